"""The feed files of a site, an OPML file with all of them, and links to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from broadsheet.base.addresses import Site, absolute
from broadsheet.base.language import Language
from broadsheet.base.markup import clean
from broadsheet.outputs.feeds import Feed
from broadsheet.outputs.feeds.atom import atom
from broadsheet.outputs.feeds.jsonfeed import json_feed

OPML = "feeds/all.opml"


@dataclass(frozen=True)
class FeedLink:
    """A link to a feed. Addresses are relative to the site's root.

    Attributes:
        group: Its heading in lists of feeds, such as "Topics".
        title: The title of the feed.
        page: The page that the feed belongs to.
        atom: The Atom file.
        json: The JSON Feed file.
    """

    group: str
    title: str
    page: str
    atom: str
    json: str


def feed_files(feeds: Sequence[Feed], site: Site) -> dict[str, bytes]:
    """Returns the Atom and JSON files of feeds and the OPML file, by path."""
    files: dict[str, bytes] = {}
    for feed in feeds:
        files[feed.atom] = atom(feed, site)
        files[feed.json] = json_feed(feed, site)
    return files | {OPML: opml(feeds, site)} if feeds else {}


def feed_links(feeds: Iterable[Feed], language: Language) -> tuple[FeedLink, ...]:
    """Returns links to feeds, for the page of feeds and the heads of other pages."""
    return tuple(
        FeedLink(_group(feed.page, language), feed.title, feed.page, feed.atom, feed.json)
        for feed in feeds
    )


def discovery(links: Iterable[FeedLink], page: str) -> tuple[FeedLink, ...]:
    """Returns the feeds for the head of a page: first its own, then that of the site."""
    own = [link for link in links if link.page == page]
    whole = [link for link in links if not link.page and link.page != page]
    return (*own, *whole)


def opml(feeds: Sequence[Feed], site: Site) -> bytes:
    """Returns all feeds as OPML 2.0, in groups, so that feed readers can subscribe to them all."""
    root = Element("opml", version="2.0")
    head = SubElement(root, "head")
    SubElement(head, "title").text = clean(site.name)
    body = SubElement(root, "body")
    groups: dict[str, Element] = {}
    for feed in feeds:
        group = _group(feed.page, site.words)
        if group not in groups:
            groups[group] = SubElement(body, "outline", text=group)
        groups[group].append(_outline(feed, site))
    indent(root)
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _outline(feed: Feed, site: Site) -> Element:
    title = clean(feed.title)
    return Element(
        "outline",
        # In OPML, the type of all feeds is "rss", even of Atom.
        type="rss",
        text=title,
        title=title,
        xmlUrl=absolute(site, feed.atom),
        htmlUrl=absolute(site, feed.page),
    )


def _group(page: str, language: Language) -> str:
    names = {
        "topics/": language.text("Topics"),
        "collections/": language.text("Collections"),
        "authors/": language.text("Authors"),
    }
    return names.get(page[: page.find("/") + 1], language.text("Site"))
