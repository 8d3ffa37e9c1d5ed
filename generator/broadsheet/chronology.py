"""When each paper became known here, told by the content alone and never by the clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from broadsheet.model import Corpus, Paper

# For a paper of which nothing is dated: feeds must say some day, and it must never change.
UNDATED = date(1970, 1, 1)


@dataclass(frozen=True)
class Chronology:
    """By paper: the day it was first listed, and the last day anything about it was added."""

    first: Mapping[str, date]
    last: Mapping[str, date]

    def latest(self, papers: Iterable[str]) -> date:
        """The last change among papers."""
        return max((self.last[slug] for slug in papers), default=UNDATED)


def chronology_of(corpus: Corpus) -> Chronology:
    """Days from the issues and collections that list a paper, else from the paper itself."""
    days: dict[str, list[date]] = defaultdict(list)
    for slug, day in _listings(corpus):
        days[slug].append(day)
    for slug, paper in corpus.papers.items():
        days[slug] += [given.retrieved for given in paper.provenance if given.retrieved]
        days[slug] = days[slug] or [first_day(paper.published)]
    # An issue is out before its text is imported, so its own day is the first.
    return Chronology(
        first={slug: min(days[slug]) for slug in corpus.papers},
        last={slug: max(days[slug]) for slug in corpus.papers},
    )


def _listings(corpus: Corpus) -> Iterator[tuple[str, date]]:
    for issue in corpus.issues:
        yield from ((entry.paper, issue.end) for entry in issue.entries())
    for collection in corpus.collections:
        day = collection.source.retrieved if collection.source else None
        if day:
            yield from ((entry.paper, day) for entry in collection.entries)


def first_day(partial: str | None) -> date:
    """The first day of a date as precise as it is known: "2024-03" begins on 2024-03-01."""
    if not partial:
        return UNDATED
    year, month, day = ([int(part) for part in partial.split("-")] + [1, 1])[:3]
    return date(year, month, day)


def newest_first(papers: Iterable[Paper]) -> list[Paper]:
    """Papers by date of publication, the newest first, then by slug; undated ones last."""
    by_slug = sorted(papers, key=lambda paper: paper.slug)
    return sorted(by_slug, key=lambda paper: paper.published or "", reverse=True)
