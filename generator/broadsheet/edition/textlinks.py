"""Links in texts from one Markdown file to another, such as "../papers/x.md".

People write them relative to the page of the text. Introductions also appear on other pages and
in feeds, where these links have to be changed.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, TypeVar

from pydantic import BaseModel

from broadsheet.base.addresses import Site, absolute, week_url
from broadsheet.base.formulas import FORMULA
from broadsheet.content.model import Corpus, Entry, Issue
from broadsheet.content.paper_links import with_links

Model = TypeVar("Model", bound=BaseModel)

# Characters with a meaning in Markdown.
_MEANT = re.compile(r"([\\`*_\[\]])")
_TARGET = re.compile(r"(?<=\]\()[^()\s]+(?=\))")


def relinked(text: str, page: str, link_to: Callable[[str], str]) -> str:
    """Replaces links to Markdown files of the site in a text.

    Args:
        text: The text.
        page: The address of the page that the text was written for.
        link_to: Returns the new link for an address relative to the site's root ("papers/x/").
    """

    def replacement(match: re.Match[str]) -> str:
        address = _address(match[0], page)
        return match[0] if address is None else link_to(address)

    return _TARGET.sub(replacement, text)


def whole_links(issue: Issue, site: Site) -> Issue:
    """Returns an issue whose texts have full URLs, for use outside of the site."""
    return _with_links_to(issue, lambda address: absolute(site, address))


def links_on(page: str, issue: Issue) -> Issue:
    """Returns an issue whose texts have links that work on the page at an address."""
    return _with_links_to(issue, seen_from(page))


def _with_links_to(issue: Issue, link_to: Callable[[str], str]) -> Issue:
    page = week_url(issue.week)
    return changed_texts(issue, lambda text: relinked(text, page, link_to))


def with_paper_links(corpus: Corpus) -> Corpus:
    """Returns a corpus whose texts have Markdown links to papers instead of `[[some-paper]]`."""
    change = _Linker(corpus).text
    return replace(
        corpus,
        issues=tuple(changed_texts(issue, change) for issue in corpus.issues),
        collections=tuple(
            _changed(found, entries=_changed_entries(found.entries, change))
            for found in corpus.collections
        ),
    )


def changed_texts(issue: Issue, change: Callable[[str], str]) -> Issue:
    """Returns an issue with its introduction and commentary changed."""
    sections = tuple(
        _changed(
            section,
            commentary=section.commentary and change(section.commentary),
            entries=_changed_entries(section.entries, change),
        )
        for section in issue.sections
    )
    introduction = issue.introduction and change(issue.introduction)
    return _changed(issue, introduction=introduction, sections=sections)


def _changed_entries(entries: tuple[Entry, ...], change: Callable[[str], str]) -> tuple[Entry, ...]:
    return tuple(
        _changed(entry, commentary=entry.commentary and change(entry.commentary))
        for entry in entries
    )


def _changed(value: Model, **fields: Any) -> Model:
    """Returns a value with other fields, or the value itself if it has them already."""
    if all(getattr(value, name) == new for name, new in fields.items()):
        return value
    return value.model_copy(update=fields)


class _Linker:
    """Turns links to papers by their slugs or aliases into links in Markdown."""

    def __init__(self, corpus: Corpus) -> None:
        self._papers = corpus.papers

    @cached_property
    def _aliases(self) -> Mapping[str, str]:
        papers = self._papers.values()
        return {alias: paper.slug for paper in papers for alias in paper.aliases}

    def text(self, text: str) -> str:
        """Returns a text with links in Markdown."""
        return with_links(text, self._link)

    def _link(self, name: str, words: str) -> str:
        slug = name if name in self._papers else self._aliases.get(name, "")
        if slug not in self._papers:  # a draft, in a published site
            return words or name
        return f"[{words or _label(self._papers[slug].name)}](../papers/{slug}.md)"


def _label(title: str) -> str:
    """Returns a title as Markdown for the words of a link, with its formulas."""
    parts = FORMULA.split(title)  # Every other part is a formula.
    return "".join(
        f"${part}$" if number % 2 else _MEANT.sub(r"\\\1", part)
        for number, part in enumerate(parts)
    )


def seen_from(page: str) -> Callable[[str], str]:
    """Returns a function that makes links relative to the address `page`, for `relinked`."""
    return lambda address: f"{posixpath.relpath(address or '.', page or '.')}/"


def _address(target: str, page: str) -> str | None:
    """Returns the address of the page of a Markdown file, or None for other links."""
    if ":" in target or target.startswith("/") or not target.endswith(".md"):
        return None
    file = posixpath.normpath(posixpath.join(posixpath.dirname(page.rstrip("/")), target))
    if file.startswith("../"):
        return None
    path = file.removesuffix(".md")
    return path.removesuffix("index") if posixpath.basename(path) == "index" else f"{path}/"
