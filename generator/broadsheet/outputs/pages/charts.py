"""Pages of charts: topics over time, and a map of all papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from broadsheet.base.addresses import topic_url
from broadsheet.base.language import Language
from broadsheet.base.markup import NOTHING
from broadsheet.edition import Edition
from broadsheet.outputs.charts import (
    MIN_WEEKS,
    counts_picture,
    map_picture,
    map_words,
    months_picture,
    together_picture,
    trends_of,
    trends_picture,
)
from broadsheet.outputs.pages.materials import Materials
from broadsheet.outputs.pages.page import Page, Plan
from broadsheet.outputs.pages.views import MapView, TrendsView
from broadsheet.outputs.words import papers_counted


def charts_pages(materials: Materials) -> Iterator[Plan]:
    """Yields the page of trends, and that of the map if there are related papers."""
    yield Plan("trends/", "trends", partial(_trends, materials.edition))
    if materials.edition.related:
        yield Plan("map/", "map", partial(_map, materials))


def _addresses(edition: Edition) -> Mapping[str, str]:
    """Returns the addresses of topics by slug, as seen from these pages."""
    return {slug: f"../{topic_url(slug)}" for slug in edition.topics}


def _trends(edition: Edition) -> Page:
    addresses = _addresses(edition)
    papers, topics = tuple(edition.counted.values()), tuple(edition.topics.values())
    language, trends = edition.language, trends_of(topics, papers)
    too_few = _too_few(len(edition.weeks), language)
    known, picture = ((), counts_picture) if too_few else (trends, trends_picture)
    return Page(
        address="trends/",
        title=language.text("Trends"),
        description=language.text(
            "Which topics of %(site)s grow, come back, and appear together.",
            site=edition.site.name,
        ),
        view=TrendsView(
            basis=_basis(edition),
            too_few=too_few,
            rising=tuple(trend.name for trend in known if trend.direction == "rises"),
            returning=tuple(trend.name for trend in known if trend.direction == "returns"),
            months=months_picture(papers, language),
            topics=picture(trends, addresses, language) if trends else NOTHING,
            together=together_picture(topics, papers, addresses, language),
        ),
    )


def _basis(edition: Edition) -> str:
    """Returns a sentence that says what everything is counted from."""
    language = edition.language
    return language.text(
        "Based on %(papers)s in %(weeks)s and %(collections)s of this site. They’re a selection, "
        "not all papers of the field.",
        papers=papers_counted(len(edition.papers), language),
        weeks=language.counted(len(edition.weeks), "%(number)s week", "%(number)s weeks"),
        collections=language.counted(
            len(edition.collections), "%(number)s collection", "%(number)s collections"
        ),
    )


def _too_few(weeks: int, language: Language) -> str:
    """Returns why nothing is said about directions, or "" if there are enough weeks."""
    if weeks >= MIN_WEEKS:
        return ""
    return language.counted(
        weeks,
        "Trends need at least %(needed)s weeks, and there is only %(number)s so far. Fewer weeks "
        "show which papers were chosen, not where the field goes. So this page only counts papers.",
        "Trends need at least %(needed)s weeks, and there are only %(number)s so far. Fewer weeks "
        "show which papers were chosen, not where the field goes. So this page only counts papers.",
        needed=language.number(MIN_WEEKS),
    )


def _map(materials: Materials) -> Page:
    edition, addresses = materials.edition, _addresses(materials.edition)
    places = materials.places()
    papers, topics = tuple(edition.counted.values()), tuple(edition.topics.values())
    about = map_words(len(papers), edition.language)
    return Page(
        address="map/",
        title=edition.language.text("Map"),
        description=about,
        view=MapView(about, map_picture(papers, places, topics, addresses, edition.language)),
    )
