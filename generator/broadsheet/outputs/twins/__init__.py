"""Markdown twins: a version of each page for programs that read text, and llms.txt."""

from __future__ import annotations

from collections.abc import Callable

from broadsheet.base.addresses import Site
from broadsheet.edition import Edition
from broadsheet.outputs.pages import Page
from broadsheet.outputs.twins.lists import twin_text


def twin_of(edition: Edition, html: Callable[[Page], str], page: Page) -> str:
    """Returns the twin of a page, which is made from HTML for pages without papers.

    Args:
        edition: The edition.
        html: Returns the content of a page.
        page: The page.
    """
    text = twin_text(edition, page)
    return text or twin_of_html(page.title, html(page), page.address, edition.site)


def twin_of_html(title: str, html: str, address: str, site: Site) -> str:
    """Returns the twin of a page that only has HTML; see `from_html`."""
    # Reading HTML needs large libraries, and most builds have no such page to write.
    from broadsheet.outputs.twins.from_html import page_text  # noqa: PLC0415

    return page_text(title, html, address, site)
