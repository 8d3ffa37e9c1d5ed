"""Pages of pictures: how topics go over time, and a map of all papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from broadsheet.base.addresses import topic_url
from broadsheet.outputs.charts import (
    map_files,
    map_picture,
    months_picture,
    together_picture,
    trends_of,
    trends_picture,
)
from broadsheet.outputs.pages.catalog import Catalog
from broadsheet.outputs.pages.page import Page


def pictures_pages(catalog: Catalog) -> Iterator[Page]:
    """Trends, and the map when related papers are known."""
    yield _trends(catalog)
    if catalog.map_places:
        yield _map(catalog)


def map_points(catalog: Catalog) -> Mapping[str, bytes]:
    """The file of points that the map's page asks for."""
    if not catalog.map_places:
        return {}
    corpus = catalog.corpus
    papers, topics = tuple(corpus.papers.values()), tuple(corpus.topics.values())
    return map_files(papers, catalog.map_places, topics)


def _addresses(catalog: Catalog) -> Mapping[str, str]:
    """Topics' pages as seen from a page one folder deep."""
    return {slug: f"../{topic_url(slug)}" for slug in catalog.corpus.topics}


def _trends(catalog: Catalog) -> Page:
    papers = tuple(catalog.corpus.papers.values())
    topics = tuple(catalog.corpus.topics.values())
    addresses = _addresses(catalog)
    trends = trends_of(topics, papers)
    return Page(
        address="trends/",
        kind="trends",
        title="Trends",
        description=f"Which topics of {catalog.site.name} rise, return, and appear together.",
        values={
            "rising": [trend.name for trend in trends if trend.word == "rises"],
            "returning": [trend.name for trend in trends if trend.word == "returns"],
            "months": months_picture(papers),
            "table": trends_picture(trends, addresses) if trends else "",
            "together": together_picture(topics, papers, addresses),
        },
    )


def _map(catalog: Catalog) -> Page:
    papers = tuple(catalog.corpus.papers.values())
    topics = tuple(catalog.corpus.topics.values())
    return Page(
        address="map/",
        kind="map",
        title="Map",
        description=f"A map of {len(papers)} papers: those that share rare terms stand together.",
        values={
            "count": len(papers),
            "picture": map_picture(papers, catalog.map_places, topics, _addresses(catalog)),
        },
    )
