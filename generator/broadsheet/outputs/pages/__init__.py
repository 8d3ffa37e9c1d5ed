"""What each page shows, in which order, at which address: pure functions, one per kind of page.

To add a page, write its view in `views`, say what it is in `kinds`, write a function that yields
`Page` values, add it to `pages_of`, and put a template named after its kind into
``site_templates/pages``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from broadsheet.outputs.charts.layout import Point
from broadsheet.outputs.pages.authors import authors_pages
from broadsheet.outputs.pages.charts import charts_pages
from broadsheet.outputs.pages.collections import collections_pages
from broadsheet.outputs.pages.data import data_page
from broadsheet.outputs.pages.front import front_pages
from broadsheet.outputs.pages.kinds import KINDS, PageKind
from broadsheet.outputs.pages.materials import Materials
from broadsheet.outputs.pages.page import Page, source_of
from broadsheet.outputs.pages.papers import papers_pages
from broadsheet.outputs.pages.topics import topics_pages
from broadsheet.outputs.pages.weeks import weeks_pages

__all__ = ["KINDS", "Materials", "Page", "PageKind", "pages_of", "source_of"]


def pages_of(materials: Materials, places: Mapping[str, Point]) -> Iterator[Page]:
    """Every generated page of the site. `places` are the papers' places on the map."""
    yield from front_pages(materials)
    yield data_page(materials)
    yield from weeks_pages(materials)
    yield from topics_pages(materials)
    yield from papers_pages(materials)
    yield from collections_pages(materials)
    yield from authors_pages(materials)
    yield from charts_pages(materials.edition, places)
