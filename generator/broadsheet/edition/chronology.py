"""The dates of papers, from the content alone, so that they don't depend on today's date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from broadsheet.content.model import Corpus
from broadsheet.edition.corrections import last_corrected

# Feeds need a date that never changes, even for a paper without any.
UNDATED = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a paper. All outputs use each with the same meaning.

    Attributes:
        published: When the paper was published, as precisely as known: "2024", "2024-03",
            "2024-03-18" or "".
        listed: When readers could first find it in the digest: the last day of the first issue
            that lists it, or else the day it was published, or else the day its first source was
            imported. Feeds and data are sorted by it.
        added: When the paper was added to the site: the day its first source was imported, or
            else the last day of the first issue that lists it, or else None. A paper is *new* to
            readers whose last visit was before that day.
        changed: The last day on which something was added to it, or on which it was corrected.
    """

    published: str
    listed: date
    added: date | None
    changed: date


def dates_of(corpus: Corpus) -> Mapping[str, Dates]:
    """Returns the dates of papers by slug."""
    issues: dict[str, list[date]] = defaultdict(list)
    for issue in corpus.issues:
        for entry in issue.entries():
            issues[entry.paper].append(issue.end)
    lists: dict[str, list[date]] = defaultdict(list)
    for collection in corpus.collections:
        day = collection.source.retrieved if collection.source else None
        for entry in collection.entries:
            lists[entry.paper] += [day] if day else []
    dates: dict[str, Dates] = {}
    for slug, paper in corpus.papers.items():
        read = [given.retrieved for given in paper.provenance if given.retrieved]
        corrected = last_corrected(paper)
        published = [first_day(paper.published)] if paper.published else []
        listed_on, read_on = issues.get(slug, ()), [*read, *lists.get(slug, ())]
        listed = min(listed_on or published or read_on, default=UNDATED)
        dates[slug] = Dates(
            published=paper.published or "",
            listed=listed,
            added=min(read or listed_on, default=None),
            changed=max([listed, *listed_on, *read_on, *([corrected] if corrected else [])]),
        )
    return dates


def first_day(partial: str) -> date:
    """Returns the first day of a partial date: 2024-03-01 for "2024-03"."""
    year, month, day = ([int(part) for part in partial.split("-")] + [1, 1])[:3]
    return date(year, month, day)
