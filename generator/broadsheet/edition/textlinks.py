"""Links in texts from one Markdown file to another, such as "../papers/x.md".

People write them relative to the page of the text. Introductions also appear on other pages and
in feeds, where these links have to be changed.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

from broadsheet.base.addresses import Site, absolute, week_url
from broadsheet.content.model import Issue

_TARGET = re.compile(r"(?<=\]\()[^()\s]+(?=\))")


def relinked(text: str, page: str, link_to: Callable[[str], str]) -> str:
    """Replaces links to Markdown files of the site in a text.

    Args:
        text: The text.
        page: The address of the page that the text was written for.
        link_to: Returns the new link for an address relative to the site's root ("papers/x/").
    """

    def replacement(match: re.Match[str]) -> str:
        address = _address(match[0], page)
        return match[0] if address is None else link_to(address)

    return _TARGET.sub(replacement, text)


def whole_links(issue: Issue, site: Site) -> str:
    """Returns the introduction of an issue with full URLs, for use outside of the site."""
    page = week_url(issue.week)
    return relinked(issue.introduction or "", page, lambda address: absolute(site, address))


def seen_from(page: str) -> Callable[[str], str]:
    """Returns a function that makes links relative to the address `page`, for `relinked`."""
    return lambda address: f"{posixpath.relpath(address or '.', page or '.')}/"


def _address(target: str, page: str) -> str | None:
    """Returns the address of the page of a Markdown file, or None for other links."""
    if ":" in target or target.startswith("/") or not target.endswith(".md"):
        return None
    file = posixpath.normpath(posixpath.join(posixpath.dirname(page.rstrip("/")), target))
    if file.startswith("../"):
        return None
    path = file.removesuffix(".md")
    return path.removesuffix("index") if posixpath.basename(path) == "index" else f"{path}/"
