"""The feed files of a site, an OPML file with all of them, and links to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from broadsheet.base.addresses import Site, absolute
from broadsheet.base.characters import without_harmful
from broadsheet.base.language import Language
from broadsheet.edition import Edition
from broadsheet.outputs.feeds import Feed, feed_pages, feed_stem, feed_title, json_path
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
        json: The JSON Feed file, or "" if there's none.
    """

    group: str
    title: str
    page: str
    atom: str
    json: str


def feed_files(feed: Feed, site: Site) -> dict[str, bytes]:
    """Returns the files of a feed by path: Atom, and JSON for the site."""
    return {feed.atom: atom(feed, site)} | ({feed.json: json_feed(feed, site)} if feed.json else {})


def feed_links(edition: Edition) -> Mapping[str, FeedLink]:
    """Returns links to all feeds by the page that a feed belongs to.

    They are for the page of feeds and the heads of other pages.
    """
    return {page: _link(edition, page) for page in feed_pages(edition)}


def _link(edition: Edition, page: str) -> FeedLink:
    title, group = feed_title(edition, page), _group(page, edition.language)
    return FeedLink(group, title, page, f"{feed_stem(page)}.xml", json_path(page))


def discovery(links: Iterable[FeedLink], page: str) -> tuple[FeedLink, ...]:
    """Returns the feeds for the head of a page: first its own, then that of the site."""
    own = [link for link in links if link.page == page]
    whole = [link for link in links if not link.page and link.page != page]
    return (*own, *whole)


def opml(feeds: Iterable[FeedLink], site: Site) -> bytes:
    """Returns all feeds as OPML 2.0, in groups, so that feed readers can subscribe to them all."""
    root = Element("opml", version="2.0")
    head = SubElement(root, "head")
    SubElement(head, "title").text = without_harmful(site.name)
    body = SubElement(root, "body")
    groups: dict[str, Element] = {}
    for feed in feeds:
        if feed.group not in groups:
            groups[feed.group] = SubElement(body, "outline", text=feed.group)
        groups[feed.group].append(_outline(feed, site))
    indent(root)
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _outline(feed: FeedLink, site: Site) -> Element:
    title = without_harmful(feed.title)
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
        "digests/": language.text("Digests"),
        "topics/": language.text("Topics"),
        "collections/": language.text("Collections"),
        "authors/": language.text("Authors"),
    }
    return names.get(page[: page.find("/") + 1], language.text("Site"))
