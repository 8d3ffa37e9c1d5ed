"""Adding papers to issues: into sections that exist, or into new ones by topic."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from broadsheet.base.identifiers import title_key
from broadsheet.base.language import Language
from broadsheet.content.model import Entry, Issue, Paper, Section, Topic
from broadsheet.content.settings import Settings
from broadsheet.content.topics import topics_by_heading

_NUMBER = re.compile(r"\d+(?:\.\d+)*")


@dataclass(frozen=True)
class Listing:
    """An entry of an issue, with the heading of its section.

    Without a heading, the entry goes into the section of the paper's main topic.
    """

    entry: Entry
    heading: str | None = None


@dataclass(frozen=True)
class Target:
    """The issue to add papers to, and which of them.

    Attributes:
        digest: The digest.
        week: The ISO week.
        topics: If there are any, only papers with one of these topics are added.
        limit: How many papers are added at most.
        section: The heading to add them under. By default, it's their main topic.
    """

    digest: str
    week: str
    topics: tuple[str, ...] = ()
    limit: int | None = None
    section: str | None = None


def issue_of_week(
    digest: str, week: str, settings: Settings, language: Language, *, draft: bool
) -> Issue:
    """Returns an issue without sections, from the Monday to the Sunday of an ISO week."""
    start = date.fromisocalendar(int(week[:4]), int(week[-2:]), 1)
    end = start + timedelta(days=6)
    title = f"{settings.digest_name(digest)}{language.comma}{language.days(start, end)}"
    return Issue(
        digest=digest, name=week, title=title, week=week, start=start, end=end, draft=draft
    )


@dataclass(frozen=True)
class Headings:
    """Chooses sections.

    Attributes:
        topics: All topics, by slug.
        topics_of: The topics of papers, by slug.
        others: The heading of papers without a topic.
    """

    topics: Mapping[str, Topic]
    topics_of: Mapping[str, tuple[str, ...]]
    others: str

    def of(self, paper: str) -> str:
        """Returns the name of a paper's main topic."""
        known = (self.topics[slug].name for slug in self.topics_of.get(paper, ()))
        return next(known, self.others)

    def listings(self, papers: Iterable[Paper], target: Target) -> tuple[Listing, ...]:
        """Returns papers in the order in which an issue lists them.

        The topics with the most papers come first, and papers without a topic last. In each topic,
        papers are sorted by date, newest first, and then by title.
        """
        wanted = set(target.topics)
        chosen = [
            paper
            for paper in papers
            if not wanted or wanted & set(self.topics_of.get(paper.slug, ()))
        ][: target.limit]
        groups: dict[str, list[Paper]] = defaultdict(list)
        for paper in chosen:
            groups[target.section or self._main(paper.slug, target.topics)].append(paper)
        order = lambda name: (name == self.others, -len(groups[name]), name)
        return tuple(
            Listing(Entry(paper=paper.slug), heading)
            for heading in sorted(groups, key=order)
            for paper in newest_first(groups[heading])
        )

    def _main(self, paper: str, wanted: Sequence[str]) -> str:
        """Returns the name of the first topic of a paper, or of the first that is wanted."""
        topics = self.topics_of.get(paper, ())
        asked = (self.topics[slug].name for slug in topics if slug in wanted)
        return next(asked, self.of(paper))

    def place(self, heading: str, sections: Sequence[Section]) -> int | None:
        """Returns the position of the section with a heading, or of one with the same topic."""
        keys = [title_key(section.heading) for section in sections]
        if title_key(heading) in keys:
            return keys.index(title_key(heading))
        by_heading = topics_by_heading(self.topics)
        meant = set(by_heading.get(title_key(heading), ()))
        same = (n for n, key in enumerate(keys) if meant & set(by_heading.get(key, ())))
        return next(same, None)


def with_listings(issue: Issue, listings: Iterable[Listing], headings: Headings) -> Issue:
    """Returns an issue with more entries at the ends of its sections, and with new sections.

    Papers that the issue has already are left out. The section of papers without a topic stays
    the last one.
    """
    known = {entry.paper for entry in issue.entries()}
    sections = list(issue.sections)
    for listing in listings:
        if listing.entry.paper in known:
            continue
        known.add(listing.entry.paper)
        heading = listing.heading or headings.of(listing.entry.paper)
        place = headings.place(heading, sections)
        if place is None:
            last = [title_key(section.heading) for section in sections[-1:]]
            place = len(sections) - (last == [title_key(headings.others)])
            sections.insert(place, Section(heading=heading))
        more = (*sections[place].entries, listing.entry)
        sections[place] = sections[place].model_copy(update={"entries": more})
    return issue.model_copy(update={"sections": tuple(sections)})


def by_number(listings: Sequence[Listing]) -> list[Listing]:
    """Sorts listings of each section by number, if all of the section have numbers like "2"."""
    sections: dict[str, list[Listing]] = defaultdict(list)
    for listing in listings:
        sections[title_key(listing.heading or "")].append(listing)
    return [listing for section in sections.values() for listing in _numbered(section)]


def _numbered(section: list[Listing]) -> list[Listing]:
    numbers = [listing.entry.number or "" for listing in section]
    if not all(_NUMBER.fullmatch(number) for number in numbers):
        return section
    key = lambda listing: [int(part) for part in (listing.entry.number or "").split(".")]
    return sorted(section, key=key)


def newest_first(papers: Iterable[Paper]) -> list[Paper]:
    """Sorts papers by date, newest first, then by title. Papers without a date come last."""
    by_title = sorted(papers, key=lambda paper: title_key(paper.name))
    return sorted(by_title, key=lambda paper: paper.published or "", reverse=True)
