"""What the content itself says about when a paper appeared. The clock is never asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from broadsheet.content.model import Corpus

# A paper of which nothing is dated: feeds must give some day, and it must never change.
UNDATED = date(1970, 1, 1)


@dataclass(frozen=True)
class Dates:
    """The days of one paper. Each has one meaning, everywhere.

    Attributes:
        published: When the paper itself came out, as precisely as it is known: "2024",
            "2024-03", "2024-03-18" or "".
        listed: When readers could first find it in the digest: the last day of the first issue
            that lists it, else the day it was published, else the day its first source was read.
            Feeds and data sort by it.
        added: The day since which the site has known the paper: the day its first source was
            read, else the last day of the first issue that lists it, else None. A paper is *new*
            to a reader whose last visit was before that day.
        changed: The last day on which something was added to it.
    """

    published: str
    listed: date
    added: date | None
    changed: date


def dates_of(corpus: Corpus) -> Mapping[str, Dates]:
    """The days of every paper, by slug."""
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
        published = [first_day(paper.published)] if paper.published else []
        listed = min(issues[slug] or published or read + lists[slug], default=UNDATED)
        dates[slug] = Dates(
            published=paper.published or "",
            listed=listed,
            added=min(read or issues[slug], default=None),
            changed=max([listed, *issues[slug], *read, *lists[slug]]),
        )
    return dates


def first_day(partial: str) -> date:
    """The first day of a partial date: "2024-03" begins on 2024-03-01."""
    year, month, day = ([int(part) for part in partial.split("-")] + [1, 1])[:3]
    return date(year, month, day)
