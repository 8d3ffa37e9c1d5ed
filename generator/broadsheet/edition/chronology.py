"""When each paper became known here, told by the content alone and never by the clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from broadsheet.content.model import Corpus, Paper

# For a paper of which nothing is dated: feeds must say some day, and it must never change.
UNDATED = date(1970, 1, 1)


@dataclass(frozen=True)
class Chronology:
    """By paper: the day from which it counts as known, and the last day anything was added.

    The first is that of the first issue that lists it, else of its publication, else of the
    first source. Not of the source before: a large import would make one day of all papers.
    """

    first: Mapping[str, date]
    last: Mapping[str, date]

    def latest(self, papers: Iterable[str]) -> date:
        """The last change among papers."""
        return max((self.last[slug] for slug in papers), default=UNDATED)


def chronology_of(corpus: Corpus) -> Chronology:
    """Days from the issues and collections that list a paper, and from the paper itself."""
    issues: dict[str, list[date]] = defaultdict(list)
    for issue in corpus.issues:
        for entry in issue.entries():
            issues[entry.paper].append(issue.end)
    read = _days_of_reading(corpus)
    first, last = {}, {}
    for slug, paper in corpus.papers.items():
        published = [first_day(paper.published)] if paper.published else []
        first[slug] = min(issues[slug] or published or read[slug], default=UNDATED)
        last[slug] = max([first[slug], *issues[slug], *read[slug]])
    return Chronology(first, last)


def _days_of_reading(corpus: Corpus) -> Mapping[str, list[date]]:
    """When the sources that give or list a paper were read."""
    days: dict[str, list[date]] = defaultdict(list)
    for slug, paper in corpus.papers.items():
        days[slug] += [given.retrieved for given in paper.provenance if given.retrieved]
    for collection in corpus.collections:
        day = collection.source.retrieved if collection.source else None
        for entry in collection.entries:
            days[entry.paper] += [day] if day else []
    return days


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
