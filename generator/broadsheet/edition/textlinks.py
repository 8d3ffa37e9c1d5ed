"""Links that people write in texts, from Markdown file to Markdown file, as addresses.

An introduction of the page "weeks/2024-W12/" says "../papers/x.md", as one file of a folder
leads to another. It is shown on other pages and in feeds as well, where that would lead nowhere.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

from broadsheet.base.addresses import Site, absolute, week_url
from broadsheet.content.model import Issue

_TARGET = re.compile(r"(?<=\]\()[^()\s]+(?=\))")


def relinked(text: str, page: str, shown: Callable[[str], str]) -> str:
    """`text`, written for the page at the address `page`, with its links as `shown` gives them.

    `shown` takes an address relative to the site's root ("papers/x/"). Links to anything but a
    Markdown file of the site stay as they are.
    """

    def replacement(match: re.Match[str]) -> str:
        address = _address(match[0], page)
        return match[0] if address is None else shown(address)

    return _TARGET.sub(replacement, text)


def whole_links(issue: Issue, site: Site) -> str:
    """An issue's introduction with whole addresses, as it is shown outside of the site."""
    page = week_url(issue.week)
    return relinked(issue.introduction or "", page, lambda address: absolute(site, address))


def seen_from(page: str) -> Callable[[str], str]:
    """How a browser at the address `page` gets to another address of the site."""
    return lambda address: f"{posixpath.relpath(address or '.', page or '.')}/"


def _address(target: str, page: str) -> str | None:
    """The address of the page that a Markdown file becomes; None for any other target."""
    if ":" in target or target.startswith("/") or not target.endswith(".md"):
        return None
    file = posixpath.normpath(posixpath.join(posixpath.dirname(page.rstrip("/")), target))
    if file.startswith("../"):
        return None
    path = file.removesuffix(".md")
    return path.removesuffix("index") if posixpath.basename(path) == "index" else f"{path}/"
