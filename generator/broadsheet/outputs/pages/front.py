"""The pages that stand alone: home, about, search, feeds, saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from broadsheet.base.addresses import week_url
from broadsheet.edition import Edition, Link
from broadsheet.outputs.feeds.files import OPML, FeedLink
from broadsheet.outputs.pages.listed import collection_line, listed, topic_line, week_line
from broadsheet.outputs.pages.materials import Materials
from broadsheet.outputs.pages.page import Page
from broadsheet.outputs.pages.views import (
    AboutView,
    Coverage,
    FeedGroup,
    FeedsView,
    HomeView,
    Numbers,
    SavedView,
    SearchView,
)
from broadsheet.outputs.pages.weeks import introduction_on

RECENT_WEEKS = 6
LEADING_PAPERS = 6
_FIELDS = {
    "authors": "authors",
    "arxiv": "an arXiv id",
    "doi": "a DOI",
    "venue": "a venue",
    "summary": "a summary",
    "abstract": "an abstract",
}


def front_pages(materials: Materials) -> Iterator[Page]:
    """Home, about, search, feeds, saved."""
    edition = materials.edition
    yield _home(edition)
    yield _about(edition)
    yield Page(
        address="search/",
        title="Search",
        description=f"Search the papers of {edition.site.name} in your browser.",
        view=SearchView(len(edition.papers)),
    )
    if materials.feeds:
        yield _feeds(edition, materials.feeds)
    yield Page(
        address="saved/",
        title="Saved papers",
        description="The papers that you marked in this browser, with your notes.",
        view=SavedView(),
    )


def _numbers(edition: Edition) -> Numbers:
    return Numbers(
        papers=len(edition.papers),
        weeks=len(edition.weeks),
        topics=len(edition.topics),
        collections=len(edition.collections),
    )


def _home(edition: Edition) -> Page:
    newest = sorted(edition.weeks.values(), key=lambda week: week.name, reverse=True)
    entries = newest[0].entries[:LEADING_PAPERS] if newest else ()
    topics = sorted(
        (topic_line(edition, topic) for topic in edition.topics.values()),
        key=lambda topic: (-topic.count, topic.name),
    )
    site = edition.site
    return Page(
        address="",
        title=site.name,
        description=site.description or f"Papers of the week on {site.name}.",
        view=HomeView(
            name=site.name,
            tagline=site.description,
            numbers=_numbers(edition),
            latest=week_line(edition, newest[0]) if newest else None,
            introduction=introduction_on("", newest[0].issues[0]) if newest else "",
            papers=tuple(listed(edition, edition.papers[e.paper], e.number or "") for e in entries),
            weeks=tuple(week_line(edition, week) for week in newest[:RECENT_WEEKS]),
            topics=tuple(topics),
            collections=tuple(collection_line(edition, found) for found in edition.collections),
        ),
    )


def _about(edition: Edition) -> Page:
    papers = edition.papers.values()
    gave = Counter(known.source for paper in papers for known in paper.provenance)
    weeks = sorted(edition.weeks)
    years = sorted(paper.published[:4] for paper in papers if paper.published)
    as_of = edition.as_of
    return Page(
        address="about/",
        title="About",
        description=f"What {edition.site.name} covers, how it is made, and from which sources.",
        view=AboutView(
            name=edition.site.name,
            numbers=_numbers(edition),
            as_of=as_of.isoformat() if as_of else "",
            first_week=Link(weeks[0], week_url(weeks[0])) if weeks else None,
            last_week=Link(weeks[-1], week_url(weeks[-1])) if weeks else None,
            first_year=years[0] if years else "",
            last_year=years[-1] if years else "",
            coverage=(
                *(
                    Coverage(name, sum(bool(getattr(paper, field)) for paper in papers))
                    for field, name in _FIELDS.items()
                ),
                Coverage("a code link", sum(paper.links.code is not None for paper in papers)),
            ),
            sources=tuple(Coverage(name, count) for name, count in sorted(gave.items())),
            issues=edition.issues,
        ),
    )


def _feeds(edition: Edition, feeds: tuple[FeedLink, ...]) -> Page:
    # Elsewhere a feed has to say whose it is; here the page does.
    named = [
        replace(link, title=link.title.removesuffix(f" · {edition.site.name}")) for link in feeds
    ]
    groups = groupby(named, key=lambda link: link.group)
    return Page(
        address="feeds/",
        title="Feeds",
        description=f"{len(feeds)} feeds of {edition.site.name}: the weeks, and every topic, "
        "collection and author.",
        view=FeedsView(
            groups=tuple(FeedGroup(name, tuple(links)) for name, links in groups),
            opml=OPML,
            limit=edition.settings.feed_papers,
        ),
    )
