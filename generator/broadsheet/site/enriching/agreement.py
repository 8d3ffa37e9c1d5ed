"""Whether two values of a field say the same in different words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from broadsheet.base.identifiers import title_key
from broadsheet.content.model import Paper
from broadsheet.site.enriching.said import family, title_keys


def agree(name: str, paper: Paper, mine: Any, theirs: Any) -> bool:
    """Whether a paper and a service agree about a field."""
    return _SAME.get(name, _same)(paper, mine, theirs)


def _same(_: Paper, mine: Any, theirs: Any) -> bool:
    return bool(mine == theirs)


def _same_title(paper: Paper, _: str, theirs: str) -> bool:
    # Titles without a letter have no key.
    return theirs == paper.title or title_key(theirs) in title_keys(paper)


def _same_authors(_: Paper, mine: Sequence[str], theirs: Sequence[str]) -> bool:
    return sorted(map(family, mine)) == sorted(map(family, theirs))


def _same_date(_: Paper, mine: str, theirs: str) -> bool:
    return mine.startswith(theirs) or theirs.startswith(mine)


def _same_venue(_: Paper, mine: str, theirs: str) -> bool:
    first, second = title_key(mine), title_key(theirs)
    return first in second or second in first


def _same_case(_: Paper, mine: str, theirs: str) -> bool:
    return mine.casefold() == theirs.casefold()


def _same_code(_: Paper, mine: str, theirs: str) -> bool:
    return _plain_url(mine) == _plain_url(theirs)


def _plain_url(url: str) -> str:
    return url.casefold().partition("://")[2].rstrip("/").removesuffix(".git")


def _same_text(_: Paper, mine: str, theirs: str) -> bool:
    return title_key(mine) == title_key(theirs)


_SAME: Mapping[str, Callable[[Paper, Any, Any], bool]] = {
    "title": _same_title,
    "authors": _same_authors,
    "published": _same_date,
    "venue": _same_venue,
    "doi": _same_case,
    "code": _same_code,
    "abstract": _same_text,
}
