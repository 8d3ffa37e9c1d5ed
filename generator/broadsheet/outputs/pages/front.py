"""The pages that stand alone: home, about, search, feeds, saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from broadsheet.outputs.feeds.files import OPML, FeedLink
from broadsheet.outputs.pages.catalog import Catalog
from broadsheet.outputs.pages.collections import collection_line
from broadsheet.outputs.pages.listed import Link, card_of
from broadsheet.outputs.pages.page import Page
from broadsheet.outputs.pages.topics import topic_line
from broadsheet.outputs.pages.weeks import introduction_on, week_line

RECENT_WEEKS = 6
LEADING_PAPERS = 6


def front_pages(catalog: Catalog) -> Iterator[Page]:
    """Home, about, search, feeds, saved."""
    yield _home(catalog)
    yield _about(catalog)
    yield Page(
        address="search/",
        kind="search",
        title="Search",
        description=f"Search the papers of {catalog.site.name} in your browser.",
        values={"count": len(catalog.corpus.papers)},
    )
    if catalog.feeds:
        yield _feeds(catalog)
    yield Page(
        address="saved/",
        kind="saved",
        title="Saved papers",
        description="The papers that you marked in this browser, with your notes.",
    )


def _numbers(catalog: Catalog) -> dict[str, int]:
    corpus = catalog.corpus
    return {
        "papers": len(corpus.papers),
        "weeks": len(catalog.weeks),
        "topics": len(corpus.topics),
        "collections": len(corpus.collections),
    }


def _home(catalog: Catalog) -> Page:
    newest = sorted(catalog.weeks, reverse=True)
    latest = catalog.weeks[newest[0]] if newest else ()
    entries = [entry for issue in latest for entry in issue.entries()][:LEADING_PAPERS]
    topics = sorted(
        catalog.corpus.topics.values(),
        key=lambda topic: (-len(catalog.by_topic.get(topic.slug, ())), topic.name),
    )
    return Page(
        address="",
        kind="home",
        title=catalog.site.name,
        description=catalog.site.description or f"Papers of the week on {catalog.site.name}.",
        values={
            "name": catalog.site.name,
            "tagline": catalog.site.description,
            "numbers": _numbers(catalog),
            "latest": week_line(catalog, newest[0]) if newest else None,
            "introduction": introduction_on("", latest[0]) if latest else "",
            "cards": [
                card_of(catalog, catalog.corpus.papers[e.paper], e.number or "", "")
                for e in entries
            ],
            "weeks": [week_line(catalog, week) for week in newest[:RECENT_WEEKS]],
            "topics": [topic_line(catalog, topic) for topic in topics],
            "collections": [collection_line(found) for found in catalog.corpus.collections],
        },
    )


def _about(catalog: Catalog) -> Page:
    corpus = catalog.corpus
    gave = Counter(known.source for paper in corpus.papers.values() for known in paper.provenance)
    weeks = sorted(catalog.weeks)
    years = sorted(paper.published[:4] for paper in corpus.papers.values() if paper.published)
    have = {
        field: sum(bool(getattr(paper, field)) for paper in corpus.papers.values())
        for field in ("authors", "arxiv", "doi", "venue", "summary", "abstract")
    }
    have["code"] = sum(paper.links.code is not None for paper in corpus.papers.values())
    return Page(
        address="about/",
        kind="about",
        title="About",
        description=f"What {catalog.site.name} covers, how it is made, and from which sources.",
        values={
            "name": catalog.site.name,
            "numbers": _numbers(catalog),
            "as_of": catalog.as_of,
            "first_week": Link(weeks[0], f"weeks/{weeks[0]}/") if weeks else None,
            "last_week": Link(weeks[-1], f"weeks/{weeks[-1]}/") if weeks else None,
            "first_year": years[0] if years else "",
            "last_year": years[-1] if years else "",
            "have": have,
            "sources": sorted(gave.items()),
            "issues": corpus.issues,
            "collections": [collection_line(found) for found in corpus.collections],
        },
    )


def _feeds(catalog: Catalog) -> Page:
    groups: dict[str, list[FeedLink]] = {}
    for link in catalog.feeds:
        # Elsewhere a feed has to say whose it is; here the page does.
        named = replace(link, title=link.title.removesuffix(f" · {catalog.site.name}"))
        groups.setdefault(link.group, []).append(named)
    return Page(
        address="feeds/",
        kind="feeds",
        title="Feeds",
        description=f"{len(catalog.feeds)} feeds of {catalog.site.name}: the weeks, and every "
        "topic, collection and author.",
        values={
            "groups": list(groups.items()),
            "opml": OPML,
            "limit": catalog.config.feed_papers,
        },
    )
