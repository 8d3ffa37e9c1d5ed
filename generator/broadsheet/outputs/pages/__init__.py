"""What each page shows, in which order, at which address: pure functions, one a kind of page.

To add a page, write a function that yields `Page` values, add it to `pages_of`, and put a
template of its kind into ``site_templates/pages``.
"""

from __future__ import annotations

from collections.abc import Iterator

from broadsheet.outputs.pages.authors import authors_pages
from broadsheet.outputs.pages.catalog import Catalog, catalog_of
from broadsheet.outputs.pages.charts import map_points, pictures_pages
from broadsheet.outputs.pages.collections import collections_pages
from broadsheet.outputs.pages.data import data_pages
from broadsheet.outputs.pages.front import front_pages
from broadsheet.outputs.pages.page import Page, source_of
from broadsheet.outputs.pages.papers import papers_pages
from broadsheet.outputs.pages.topics import topics_pages
from broadsheet.outputs.pages.weeks import weeks_pages

__all__ = ["Catalog", "Page", "catalog_of", "map_points", "pages_of", "source_of"]


def pages_of(catalog: Catalog) -> Iterator[Page]:
    """Every page of the site."""
    yield from front_pages(catalog)
    yield from data_pages(catalog)
    yield from weeks_pages(catalog)
    yield from topics_pages(catalog)
    yield from papers_pages(catalog)
    yield from collections_pages(catalog)
    yield from authors_pages(catalog)
    yield from pictures_pages(catalog)
