"""Metadata in the heads of pages: citation tags, structured data, link previews and feeds.

Functions return a `Head`, which `head_html` writes as HTML. There are no empty tags, and our own
summary of a paper is never presented as its abstract.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from broadsheet.base.addresses import Site, absolute
from broadsheet.base.markup import element
from broadsheet.outputs.feeds.files import FeedLink
from broadsheet.outputs.social_cards import CARD_SIZE, SITE_CARD

# The names of the title in both vocabularies.
_TITLES = ("citation_title", "og:title")


@dataclass(frozen=True)
class Head:
    """The metadata of a page.

    Attributes:
        citation: Pairs for `<meta name=…>`.
        open_graph: Pairs for `<meta property=…>`.
        json_ld: Documents with the vocabulary of schema.org.
        links: Links as (relation, type, title, address).
    """

    citation: tuple[tuple[str, str], ...] = ()
    open_graph: tuple[tuple[str, str], ...] = ()
    json_ld: tuple[Mapping[str, Any], ...] = ()
    links: tuple[tuple[str, str, str, str], ...] = ()

    def with_links(self, links: Iterable[tuple[str, str, str, str]]) -> Head:
        """Returns the same metadata with more links."""
        return replace(self, links=(*self.links, *links))


def head_html(head: Head) -> str:
    """Returns metadata as HTML, one element per line."""
    lines: list[str] = [*_meta(head)]
    lines += [
        element("link", rel=relation, type=kind, title=title, href=address)
        for relation, kind, title, address in head.links
    ]
    lines += [_script(document) for document in head.json_ld]
    return "\n".join(lines)


def _meta(head: Head) -> Iterator[str]:
    """Yields `<meta>` elements. A title that both vocabularies have is there once."""
    shared = (_TITLES[1], dict(head.citation).get(_TITLES[0], ""))
    is_shared = shared in head.open_graph
    for name, value in head.citation:
        both = {"property": _TITLES[1]} if is_shared and name == _TITLES[0] else {}
        yield element("meta", name=name, **both, content=value)
    for name, value in head.open_graph:
        if not (is_shared and name == _TITLES[1]):
            yield element("meta", property=name, content=value)


def _script(document: Mapping[str, Any]) -> str:
    """Returns JSON-LD in a script element, escaped so that no text can end the element."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return f'<script type="application/ld+json">{safe}</script>'


def open_graph(
    site: Site, address: str, title: str, card: str | None, *, kind: str = "website"
) -> tuple[tuple[str, str], ...]:
    """Returns Open Graph tags, and the one tag that Twitter needs in addition.

    The theme adds the description, because `og:description` is also that of the page.

    Args:
        site: The site.
        address: The address of the page.
        title: Its title.
        card: The address of its picture, if any.
        kind: Its type.
    """
    tags = [
        ("og:type", kind),
        ("og:site_name", site.name),
        ("og:title", title),
        ("og:url", absolute(site, address)),
    ]
    if site.language != "en":  # which everybody assumes otherwise
        tags.append(("og:locale", site.language.replace("-", "_")))
    if card:
        tags += [
            ("og:image", absolute(site, card)),
            ("twitter:card", "summary_large_image"),
        ]
    # That of the site is on most pages, and says nothing about them.
    if card and card != SITE_CARD:
        width, height = CARD_SIZE
        tags += [
            ("og:image:width", str(width)),
            ("og:image:height", str(height)),
            ("og:image:alt", title),
        ]
    return tuple((name, value) for name, value in tags if value)


def feed_alternates(
    site: Site, page: str, links: Iterable[FeedLink]
) -> tuple[tuple[str, str, str, str], ...]:
    """Returns links to feeds, by which feed readers find them.

    Every feed reader knows Atom, so only the page of a feed names it as JSON, too.
    """
    return tuple(
        ("alternate", kind, link.title, absolute(site, address))
        for link in links
        for kind, address in (
            ("application/atom+xml", link.atom),
            ("application/feed+json", link.json if link.page == page else ""),
        )
        if address
    )


def twin_link(twin: str) -> tuple[str, str, str, str]:
    """Returns the link to a page's Markdown twin at the path `twin`, which is in its folder."""
    return ("alternate", "text/markdown", "Markdown", posixpath.basename(twin))
