"""Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element, SubElement, tostring

from broadsheet.base.addresses import Site, absolute
from broadsheet.base.characters import without_harmful
from broadsheet.outputs.feeds import Feed, FeedEntry, Person


def atom(feed: Feed, site: Site) -> bytes:
    """Returns a feed as an Atom document."""
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": site.language})
    _say(root, "id", feed.id)
    _say(root, "title", feed.title)
    if feed.description:
        _say(root, "subtitle", feed.description)
    _say(root, "updated", _moment(feed.updated))
    # RFC 4287 requires an author for entries without one, such as papers with unknown authors.
    _person(root, Person(site.name, site.url))
    here, page = absolute(site, feed.atom), absolute(site, feed.page)
    SubElement(root, "link", rel="self", type="application/atom+xml", href=here)
    SubElement(root, "link", rel="alternate", type="text/html", href=page)
    SubElement(root, "generator").text = "Broadsheet"
    root.extend(_entries(feed))
    # Encoding the whole text at once is faster than encoding each piece of it.
    text: str = tostring(root, encoding="unicode")
    return f"<?xml version='1.0' encoding='utf-8'?>\n{text}\n".encode()


def _entries(feed: Feed) -> Iterator[Element]:
    for entry in feed.entries:
        yield _entry(entry)


def _entry(entry: FeedEntry) -> Element:
    element = Element("entry")
    _say(element, "id", entry.id)
    _say(element, "title", entry.title)
    _say(element, "published", _moment(entry.published))
    _say(element, "updated", _moment(entry.updated))
    for person in entry.people:
        _person(element, person)
    # Without a relation, a link is the page of the entry.
    SubElement(element, "link", href=entry.url)
    for topic in entry.topics:
        SubElement(element, "category", term=without_harmful(topic))
    if entry.summary:
        _say(element, "summary", entry.summary)
    SubElement(element, "content", type="html").text = entry.content
    return element


def _say(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = without_harmful(text)


def _person(parent: Element, person: Person) -> None:
    author = SubElement(parent, "author")
    _say(author, "name", person.name)
    if person.url:
        _say(author, "uri", person.url)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
