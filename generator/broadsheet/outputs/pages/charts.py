"""Pages of charts: topics over time, and a map of all papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from broadsheet.base.addresses import topic_url
from broadsheet.base.markup import NOTHING
from broadsheet.edition import Edition
from broadsheet.outputs.charts import (
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
    papers, topics = tuple(edition.papers.values()), tuple(edition.topics.values())
    language, trends = edition.language, trends_of(topics, papers)
    return Page(
        address="trends/",
        title=language.text("Trends"),
        description=language.text(
            "Which topics of %(site)s grow, come back, and appear together.",
            site=edition.site.name,
        ),
        view=TrendsView(
            rising=tuple(trend.name for trend in trends if trend.direction == "rises"),
            returning=tuple(trend.name for trend in trends if trend.direction == "returns"),
            months=months_picture(papers, language),
            topics=trends_picture(trends, addresses, language) if trends else NOTHING,
            together=together_picture(topics, papers, addresses, language),
        ),
    )


def _map(materials: Materials) -> Page:
    edition, addresses = materials.edition, _addresses(materials.edition)
    places = materials.places()
    papers, topics = tuple(edition.papers.values()), tuple(edition.topics.values())
    about = map_words(len(papers), edition.language)
    return Page(
        address="map/",
        title=edition.language.text("Map"),
        description=about,
        view=MapView(about, map_picture(papers, places, topics, addresses, edition.language)),
    )
