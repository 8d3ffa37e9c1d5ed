"""Importers for Markdown and web pages that list papers."""

from __future__ import annotations

import re

from broadsheet.importers.article_outline import has_outline
from broadsheet.importers.digest import read_digest
from broadsheet.importers.importer import Importer, Reading
from broadsheet.importers.lines import refuse_many_lines, source_lines
from broadsheet.importers.link_words import is_paper_url
from broadsheet.importers.markdown_page import is_marked_up, read_markdown
from broadsheet.importers.page_blocks import read_page

_STRUCTURE = re.compile(
    r"^(?:#{1,6}\s|\s{0,8}(?:[-*+]|\d{1,3}[.)])\s+|\||(?:---|\+\+\+)\s*$)", re.MULTILINE
)
_HEADING = re.compile(r"^#{1,6}\s|^---\s*$", re.MULTILINE)
_LINK = re.compile(
    r"\](?:\(|:)\s*<?(https?://[^\s)>]+)|<a\s[^>]{0,300}?href=[\"']?(https?://[^\s\"'>]+)"
)
_BARE = re.compile(r"(https?://[^\s)>\]\"']+)")
_PAGE = re.compile(
    r"\s*(?:<!--.{0,5000}?-->\s*)*"
    r"<(?:!doctype html|html|head|body|div|table|section|article|h[1-6]|p|ul|ol)\b",
    re.IGNORECASE | re.DOTALL,
)
# The start of JSON, BibTeX and the like.
_DATA = re.compile(r"\s*(?:[{@]|\[\s*[{\]\"])")
_MOST_LINKS = 2_000


def looks_like_page(text: str) -> bool:
    """Whether a text is HTML with a link to a paper."""
    return _PAGE.match(text) is not None and _has_paper(_LINK, text)


def looks_like_markdown(text: str) -> bool:
    """Whether a text is Markdown with a link to a paper."""
    if _PAGE.match(text) or _DATA.match(text) or not _STRUCTURE.search(text):
        return False
    if not is_marked_up(text) and has_outline(source_lines(text)):
        return False
    return _has_paper(_LINK, text) or (
        _HEADING.search(text) is not None and _has_paper(_BARE, text)
    )


def _has_paper(links: re.Pattern[str], text: str) -> bool:
    found = (next(filter(None, link.groups())) for link in links.finditer(text))
    return any(is_paper_url(url) for url, _ in zip(found, range(_MOST_LINKS), strict=False))


def _read_markdown(text: str, source: str) -> Reading:
    refuse_many_lines(text, source)
    return read_digest(MARKDOWN.name, read_markdown(text), source)


def _read_page(text: str, source: str) -> Reading:
    return read_digest(HTML.name, read_page(text), source)


MARKDOWN = Importer(
    "markdown",
    "Markdown with lists or tables of papers by week, day or topic",
    looks_like_markdown,
    _read_markdown,
)
HTML = Importer(
    "html",
    "a web page or an email with lists or tables of papers",
    looks_like_page,
    _read_page,
)
