"""Pages that there is one of: about, search, feeds and saved papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby

from broadsheet.base.addresses import week_url
from broadsheet.base.language import Language
from broadsheet.content.model import Paper
from broadsheet.edition import Edition, Link
from broadsheet.outputs.feeds.files import OPML
from broadsheet.outputs.pages.materials import Materials
from broadsheet.outputs.pages.page import Page, Plan
from broadsheet.outputs.pages.rows import Coverage, FeedGroup, Numbers
from broadsheet.outputs.pages.views import AboutView, FeedsView, SavedView, SearchView

# The feeds of more authors are on their pages only.
_LISTED_AUTHORS = 100


def front_pages(materials: Materials) -> Iterator[Plan]:
    """Yields the pages about, search, feeds and saved papers."""
    edition = materials.edition
    yield Plan("about/", "about", partial(_about, edition))
    yield Plan("search/", "search", partial(_search, edition))
    if materials.feeds:
        yield Plan("feeds/", "feeds", partial(_feeds, materials))
    yield Plan("saved/", "saved", partial(_saved, edition))


def _search(edition: Edition) -> Page:
    return Page(
        address="search/",
        title=edition.language.text("Search"),
        description=edition.language.text(
            "Search the papers of %(site)s in your browser.", site=edition.site.name
        ),
        view=SearchView(len(edition.papers)),
    )


def _saved(edition: Edition) -> Page:
    return Page(
        address="saved/",
        title=edition.language.text("Saved papers"),
        description=edition.language.text(
            "The papers that you marked in this browser, with your notes."
        ),
        view=SavedView(),
    )


def numbers_of(edition: Edition) -> Numbers:
    """Returns how much there is of everything."""
    return Numbers(
        papers=len(edition.papers),
        weeks=len(edition.weeks),
        topics=len(edition.topics),
        collections=len(edition.collections),
    )


def _about(edition: Edition) -> Page:
    papers = edition.papers.values()
    gave = Counter(known.source for paper in papers for known in paper.provenance)
    weeks = sorted(edition.weeks)
    years = sorted(paper.published[:4] for paper in papers if paper.published)
    as_of, language = edition.as_of, edition.language
    return Page(
        address="about/",
        title=language.text("About"),
        description=language.text(
            "What %(site)s covers, how it’s made, and its sources.",
            site=edition.site.name,
        ),
        view=AboutView(
            name=edition.site.name,
            numbers=numbers_of(edition),
            as_of=language.date(as_of.isoformat()) if as_of else "",
            first_week=Link(weeks[0], week_url(weeks[0])) if weeks else None,
            last_week=Link(weeks[-1], week_url(weeks[-1])) if weeks else None,
            first_year=years[0] if years else "",
            last_year=years[-1] if years else "",
            coverage=tuple(
                Coverage(name, sum(map(has, papers))) for name, has in _coverage(language)
            ),
            sources=tuple(Coverage(name, count) for name, count in sorted(gave.items())),
            issues=edition.issues,
            corrections=len(edition.corrections),
        ),
    )


def _coverage(language: Language) -> Iterator[tuple[str, Callable[[Paper], bool]]]:
    """Yields facts that papers may have, and functions that tell whether a paper has them."""
    yield language.text("Papers with authors"), lambda paper: bool(paper.authors)
    yield language.text("Papers with an arXiv ID"), lambda paper: bool(paper.arxiv)
    yield language.text("Papers with a DOI"), lambda paper: bool(paper.doi)
    yield language.text("Papers with a venue"), lambda paper: bool(paper.venue)
    yield language.text("Papers with a summary"), lambda paper: bool(paper.summary)
    yield language.text("Papers with an abstract"), lambda paper: bool(paper.abstract)
    yield language.text("Papers with a link to code"), lambda paper: bool(paper.links.code)


def _feeds(materials: Materials) -> Page:
    edition, feeds = materials.edition, tuple(materials.feeds.values())
    # Elsewhere a feed has to say whose it is; here the page does.
    named = [
        replace(link, title=link.title.removesuffix(f" · {edition.site.name}")) for link in feeds
    ]
    of_authors = [link for link in named if link.page.startswith("authors/")]
    many = len(of_authors) > _LISTED_AUTHORS
    groups = groupby(
        (link for link in named if not (many and link in of_authors)),
        key=lambda link: link.group,
    )
    return Page(
        address="feeds/",
        title=edition.language.text("Feeds"),
        description=edition.language.counted(
            len(feeds),
            "%(number)s feed of %(site)s.",
            "%(number)s feeds of %(site)s: the weeks, topics, collections, and authors.",
            site=edition.site.name,
        ),
        view=FeedsView(
            groups=tuple(FeedGroup(name, tuple(links)) for name, links in groups),
            opml=OPML,
            limit=edition.settings.feed_papers,
            authors=len(of_authors) if many else 0,
            letter=edition.settings.newsletter.subscribe,
        ),
    )
