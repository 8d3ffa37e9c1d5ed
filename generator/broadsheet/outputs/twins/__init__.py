"""Markdown twins: a version of each page for programs that read text, and llms.txt."""

from __future__ import annotations

from collections.abc import Callable

from broadsheet.edition import Edition
from broadsheet.outputs.pages import Page
from broadsheet.outputs.twins.from_html import page_text
from broadsheet.outputs.twins.lists import twin_text


def twin_of(edition: Edition, html: Callable[[Page], str], page: Page) -> str:
    """Returns the twin of a page, which is made from HTML for pages without papers.

    Args:
        edition: The edition.
        html: Returns the content of a page.
        page: The page.
    """
    text = twin_text(edition, page)
    return text or page_text(page.title, html(page), page.address, edition.site)
