"""Whether an answer is about a paper.

Services connect ids with papers by guessing, too, so an id alone is not enough, except at the
services that give the ids out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from broadsheet.base.identifiers import title_key
from broadsheet.content.model import Paper
from broadsheet.content.records import Record
from broadsheet.site.enriching.said import Said, family, title_keys

# They give out arXiv ids and DOIs.
_AUTHORITIES = ("arXiv", "Crossref")
# A title of which another one is the beginning has at least this many letters.
_LONG = 15


@dataclass(frozen=True)
class Confirmed:
    """Answers that are about a paper, and those that aren't."""

    answers: tuple[Said, ...] = ()
    strangers: tuple[Said, ...] = ()


def confirmed(paper: Paper, answers: Iterable[Said]) -> Confirmed:
    """Separates the answers about a paper from those about others.

    Answers of the services that give out ids count first. They may know another title, which the
    other services can then have, too.
    """
    ordered = sorted(answers, key=lambda answer: answer.service not in _AUTHORITIES)
    titles, first = title_keys(paper), next(iter(paper.authors), None)
    about: list[Said] = []
    strangers: list[Said] = []
    for answer in ordered:
        record = answer.work.record
        if _has_other_id(paper, record) or not _fits(answer, titles, first):
            strangers.append(answer)
            continue
        about.append(answer)
        first = first or next(iter(record.authors), None)
        if answer.service in _AUTHORITIES or not titles:
            titles |= {title_key(record.title)} if record.title else frozenset()
    return Confirmed(tuple(about), tuple(strangers))


def is_same(paper: Paper, record: Record) -> bool:
    """Whether a paper that was found by its title is this one.

    The title, the family name of the first author and the year must agree.
    """
    return (
        bool(record.title)
        and title_key(record.title or "") in title_keys(paper)
        and bool(paper.authors and record.authors)
        and family(paper.authors[0]) == family(record.authors[0])
        and bool(paper.published and record.published)
        and (paper.published or "")[:4] == (record.published or "")[:4]
        and not _has_other_id(paper, record)
    )


def _has_other_id(paper: Paper, record: Record) -> bool:
    if paper.arxiv and record.arxiv:
        return paper.arxiv != record.arxiv
    both = paper.doi and record.doi and not (paper.arxiv or record.arxiv)
    return bool(both) and (paper.doi or "").lower() != (record.doi or "").lower()


def _fits(answer: Said, titles: frozenset[str], first: str | None) -> bool:
    """Whether an answer has one of a paper's titles, or another one by the same author."""
    record = answer.work.record
    key = title_key(record.title or "")
    if not titles or key in titles:
        return True
    has_author = bool(first and record.authors) and family(first or "") == family(record.authors[0])
    if not has_author:
        return False
    return answer.service in _AUTHORITIES or any(_is_beginning(key, other) for other in titles)


def _is_beginning(first: str, second: str) -> bool:
    """Whether one title is the other one without its subtitle."""
    shorter, longer = sorted((first, second), key=len)
    return len(shorter) >= _LONG and longer.startswith(shorter)
