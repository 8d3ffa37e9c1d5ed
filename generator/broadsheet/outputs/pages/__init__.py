"""The content and address of each page.

To add a kind of page, write its view in `views`, describe it in `kinds`, write a function that
yields `Plan` values, call it in `pages_of`, and add a template with the name of its kind to
``site_templates/pages``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from broadsheet.outputs.pages.authors import authors_pages
from broadsheet.outputs.pages.charts import charts_pages
from broadsheet.outputs.pages.collections import collections_pages
from broadsheet.outputs.pages.corrections import corrections_pages
from broadsheet.outputs.pages.data import data_page
from broadsheet.outputs.pages.digests import digests_pages
from broadsheet.outputs.pages.front import front_pages
from broadsheet.outputs.pages.home import home_plan
from broadsheet.outputs.pages.kinds import KINDS, PageKind
from broadsheet.outputs.pages.materials import Materials
from broadsheet.outputs.pages.page import Page, Plan, source_of
from broadsheet.outputs.pages.papers import papers_pages
from broadsheet.outputs.pages.topics import topics_pages
from broadsheet.outputs.pages.weeks import weeks_pages

__all__ = ["KINDS", "Materials", "Page", "PageKind", "Plan", "pages_of", "source_of"]


def pages_of(materials: Materials) -> Iterator[Plan]:
    """Yields all generated pages, without making them."""
    yield home_plan(materials.edition)
    yield from front_pages(materials)
    yield Plan("data/", "data", partial(data_page, materials))
    yield from weeks_pages(materials)
    yield from digests_pages(materials)
    yield from topics_pages(materials)
    yield from papers_pages(materials)
    yield from collections_pages(materials)
    yield from corrections_pages(materials)
    yield from authors_pages(materials)
    yield from charts_pages(materials)
