"""What a page's head says to machines: citation tags, structured data, previews, feeds.

Every function gives a `Head`, a value; `head_html` writes it. Facts only: a tag without a value
is left out, and our words about a paper are never called its abstract.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from broadsheet.base.addresses import Site, absolute
from broadsheet.base.markup import element
from broadsheet.outputs.feeds.files import FeedLink
from broadsheet.outputs.social_cards import CARD_SIZE


@dataclass(frozen=True)
class Head:
    """The machine-readable part of a page's head.

    `citation` are pairs for `<meta name=…>`, `open_graph` for `<meta property=…>`,
    `json_ld` are documents of schema.org, `links` are (relation, type, title, whole address).
    """

    citation: tuple[tuple[str, str], ...] = ()
    open_graph: tuple[tuple[str, str], ...] = ()
    json_ld: tuple[Mapping[str, Any], ...] = ()
    links: tuple[tuple[str, str, str, str], ...] = ()

    def with_links(self, links: Iterable[tuple[str, str, str, str]]) -> Head:
        return replace(self, links=(*self.links, *links))


def head_html(head: Head) -> str:
    """The head's elements as HTML, one a line."""
    lines: list[str] = [element("meta", name=name, content=value) for name, value in head.citation]
    lines += [element("meta", property=name, content=value) for name, value in head.open_graph]
    lines += [
        element("link", rel=relation, type=kind, title=title, href=address)
        for relation, kind, title, address in head.links
    ]
    lines += [_script(document) for document in head.json_ld]
    return "\n".join(lines)


def _script(document: Mapping[str, Any]) -> str:
    """JSON-LD in which no text can end the script element."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return f'<script type="application/ld+json">{safe}</script>'


@dataclass(frozen=True)
class Look:
    """How a page is shown elsewhere: a sentence, and the address of its picture if it has one."""

    description: str
    card: str | None = None


def open_graph(
    site: Site, address: str, title: str, look: Look, *, kind: str = "website"
) -> tuple[tuple[str, str], ...]:
    """Open Graph, and the one tag that Twitter wants besides."""
    said = [
        ("og:type", kind),
        ("og:site_name", site.name),
        ("og:title", title),
        ("og:description", look.description),
        ("og:url", absolute(site, address)),
        ("og:locale", site.language.replace("-", "_")),
    ]
    if look.card:
        width, height = CARD_SIZE
        said += [
            ("og:image", absolute(site, look.card)),
            ("og:image:type", "image/png"),
            ("og:image:width", str(width)),
            ("og:image:height", str(height)),
            ("og:image:alt", title),
            ("twitter:card", "summary_large_image"),
        ]
    return tuple((name, value) for name, value in said if value)


def feed_alternates(site: Site, links: Iterable[FeedLink]) -> tuple[tuple[str, str, str, str], ...]:
    """The links by which readers find a page's feeds."""
    return tuple(
        ("alternate", kind, link.title, absolute(site, address))
        for link in links
        for kind, address in (
            ("application/atom+xml", link.atom),
            ("application/feed+json", link.json),
        )
    )


def twin_link(site: Site, twin: str) -> tuple[str, str, str, str]:
    """The link to a page's Markdown twin, the file `twin` of the site."""
    return ("alternate", "text/markdown", "Markdown", absolute(site, twin))
