"""The front page: the newest week with its lead, and ways to everything else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial

from broadsheet.content.model import Entry, Issue, Paper
from broadsheet.edition import Edition
from broadsheet.edition.textlinks import links_on
from broadsheet.outputs.charts import periods_of, spark
from broadsheet.outputs.pages.front import numbers_of
from broadsheet.outputs.pages.home_views import HomeView, TopicOverTime
from broadsheet.outputs.pages.listed import collection_line, listed, topic_line, week_line
from broadsheet.outputs.pages.page import Page, Plan
from broadsheet.outputs.pages.rows import ListedPaper, SectionView, TopicLine

OLDER_WEEKS = 6
# A week with this many papers, and with half as many as there are topics, is a column of its own.
FEWEST_BESIDE = 10
MOST_TOPICS_BESIDE = 2
# How many papers the front page of a site without issues lists.
LATEST_PAPERS = 11


def home_plan(edition: Edition) -> Plan:
    """Returns the plan of the front page."""
    return Plan("", "home", partial(_home, edition))


def _home(edition: Edition) -> Page:
    newest = sorted(edition.weeks.values(), key=lambda week: week.name, reverse=True)
    issue = newest[0].issues[0] if newest else None
    lead = _lead(issue) if issue else None
    site, settings = edition.site, edition.settings
    return Page(
        address="",
        title=site.name,
        description=site.description
        or edition.language.text("New papers every week on %(site)s.", site=site.name),
        view=HomeView(
            name=site.name,
            tagline=site.description,
            byline=settings.byline,
            letter=settings.newsletter.subscribe,
            numbers=numbers_of(edition),
            latest=week_line(edition, newest[0]) if newest else None,
            introduction=links_on("", issue).introduction or "" if issue else "",
            lead=_entry(edition, lead) if lead else None,
            sections=tuple(_sections(edition, issue, lead)) if issue else (),
            papers=() if newest else tuple(listed(edition, found) for found in _latest(edition)),
            weeks=tuple(week_line(edition, week) for week in newest[1 : OLDER_WEEKS + 1]),
            topics=tuple(_topics(edition)),
            collections=tuple(collection_line(edition, found) for found in edition.collections),
            is_long=issue is not None and _is_long(issue, len(edition.topics)),
        ),
    )


def _is_long(issue: Issue, topics: int) -> bool:
    """Whether a list of an issue is longer than its introduction, its lead and a list of topics."""
    entries = len(issue.entries())
    return entries >= FEWEST_BESIDE and topics <= MOST_TOPICS_BESIDE * entries


def _lead(issue: Issue) -> Entry | None:
    """Returns the entry that an issue chose, or else its first."""
    entries = issue.entries()
    chosen = (entry for entry in entries if entry.paper == issue.lead)
    return next(chosen, entries[0] if entries else None)


def _entry(edition: Edition, entry: Entry) -> ListedPaper:
    return listed(edition, edition.papers[entry.paper], entry.number or "")


def _sections(edition: Edition, issue: Issue, lead: Entry | None) -> Iterator[SectionView]:
    for number, section in enumerate(issue.sections, start=1):
        papers = tuple(_entry(edition, entry) for entry in section.entries if entry is not lead)
        if papers:
            yield SectionView(number, section.heading, "", papers, "")


def _latest(edition: Edition) -> list[Paper]:
    """Returns the latest papers of a site without issues."""
    papers = sorted(
        edition.newest, key=lambda paper: edition.dates[paper.slug].listed, reverse=True
    )
    return papers[:LATEST_PAPERS]


def _topics(edition: Edition) -> Iterator[TopicOverTime]:
    """Yields topics with a picture each, those with most papers first."""
    lines = [topic_line(edition, topic) for topic in edition.topics.values()]
    dates = _dates_by_topic(edition)
    periods = periods_of(paper.published for paper in edition.counted.values())
    for line in sorted(lines, key=lambda line: (-line.count, line.name)):
        counts = periods.count(dates.get(line.slug, ()))
        yield TopicOverTime(line, spark(f"bs-spark-{line.slug}", _title(edition, line), counts))


def _title(edition: Edition, line: TopicLine) -> str:
    return edition.language.text("%(topic)s over time", topic=line.name)


def _dates_by_topic(edition: Edition) -> Mapping[str, list[str | None]]:
    dates: dict[str, list[str | None]] = defaultdict(list)
    for paper in edition.counted.values():
        for topic in paper.topics:
            dates[topic].append(paper.published)
    return dates
