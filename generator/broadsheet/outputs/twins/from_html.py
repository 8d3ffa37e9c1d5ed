"""Markdown twins of pages that only have HTML: hand-written ones and those about the site."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from markdownify import ATX, MarkdownConverter

from broadsheet.base.addresses import Site, absolute, twin_url

# Controls and decoration.
_REMOVED = ("script", "style", "template", "form", "button", "input", "select", "dialog")


class _Converter(MarkdownConverter):
    """Converts formulas to LaTeX between dollar signs, without escaping it."""

    def convert_math(self, element: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        source = element.get("alttext")
        return f"${source}$" if source else text


def page_text(title: str, html: str, address: str, site: Site) -> str:
    """Returns the content of a page as Markdown with full URLs.

    Links to pages of the site lead to their Markdown twins.

    Args:
        title: The heading, if the page has none.
        html: The content of the page.
        address: The address of the page.
        site: The site.
    """
    soup = BeautifulSoup(html, "html.parser")
    _prepare(soup, title)
    here = absolute(site, address)
    for link in soup.find_all("a", href=True):
        link["href"] = _to_twin(urljoin(here, str(link["href"])), site)
    for picture in soup.find_all("img", src=True):
        picture["src"] = urljoin(here, str(picture["src"]))
    converter = _Converter(heading_style=ATX, bullets="-", escape_misc=True)
    return converter.convert_soup(soup).strip() + "\n"


def _prepare(soup: BeautifulSoup, title: str) -> None:
    """Replaces or removes what Markdown can't express, and adds a heading if necessary."""
    for element in soup.find_all(_REMOVED):
        element.decompose()
    for drawing in soup.find_all("svg"):
        name = drawing.find("title")
        drawing.replace_with(name.get_text() if name else "")
    for fold in soup.find_all("summary"):
        fold.name = "p"
    if not soup.find("h1"):
        heading = soup.new_tag("h1")
        heading.string = title
        soup.insert(0, heading)


def _to_twin(whole: str, site: Site) -> str:
    parts = urlsplit(whole)
    is_page = whole.startswith(site.url) and parts.path.endswith("/")
    return twin_url(whole) if is_page and not (parts.query or parts.fragment) else whole
