"""The elements of a feed by the names that are usual for them, whatever kind of feed it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from xml.etree.ElementTree import Element, tostring

from broadsheet.importers.services.xml_elements import text_of

# Parts of namespaces, of which there are several versions, and the prefixes that people know.
_PREFIXES = (
    ("purl.org/dc/elements", "dc:"),
    ("purl.org/dc/terms", "dcterms:"),
    ("prismstandard.org", "prism:"),
    ("arxiv.org/schemas", "arxiv:"),
    ("www.w3.org/2005/Atom", ""),
    ("purl.org/rss/1.0/modules", "other:"),
    ("purl.org/rss/1.0", ""),
    ("my.netscape.com/rdf", ""),
    ("backend.userland.com", ""),
    ("rssnamespace.org/feedburner", ""),
)
_ITEMS = frozenset(["item", "entry"])


@dataclass(frozen=True)
class Fields:
    """The texts of an item by name, such as "title" and "dc:creator"."""

    texts: Mapping[str, Sequence[str]]

    def all(self, *names: str) -> tuple[str, ...]:
        """Returns all texts with these names, those of the first name first."""
        return tuple(text for name in names for text in self.texts.get(name, ()) if text)

    def first(self, *names: str) -> str:
        """Returns the first text with one of these names, or ""."""
        return next(iter(self.all(*names)), "")


def is_item(tag: str) -> bool:
    """Whether an element with this tag is an item of a feed."""
    return _usual_name(tag) in _ITEMS


def title_of(root: Element) -> str:
    """Returns the title of a feed, which is inside of its channel in RSS."""
    channel = next((child for child in root if name_of(child) == "channel"), root)
    return fields_of(channel).first("title")


def fields_of(item: Element) -> Fields:
    """Returns the texts of an item."""
    texts: dict[str, list[str]] = {}
    for child in item:
        for name, text in _named_texts(child):
            texts.setdefault(name, []).append(text.strip())
    return Fields(texts)


def name_of(element: Element) -> str:
    """Returns the name of an element with the usual prefix of its namespace."""
    return _usual_name(element.tag)


@cache
def _usual_name(tag: str) -> str:
    namespace, _, name = tag.rpartition("}")
    known = (prefix for part, prefix in _PREFIXES if part in namespace)
    return (next(known, "other:") if namespace else "") + name


def _named_texts(element: Element) -> Iterator[tuple[str, str]]:
    """Yields the texts of an element. Addresses and labels of Atom are in attributes."""
    name = name_of(element)
    address = element.get("href") or element.get("url") or ""
    if name in {"link", "enclosure"} and element.get("type") == "application/pdf":
        yield "pdf", address
    elif name == "link":
        is_page = element.get("rel", "alternate") == "alternate"
        yield ("link" if is_page else "other:link"), address or text_of(element)
    elif name == "author" and len(element):
        yield from ((name, text_of(child)) for child in element if name_of(child) == "name")
    elif name == "category":
        yield name, element.get("term") or text_of(element)
    else:
        yield name, _as_html(element) if len(element) else text_of(element)


def _as_html(element: Element) -> str:
    """Returns the content of an element as HTML, as which most feeds write it."""
    for child in element.iter():
        child.tag = child.tag.rpartition("}")[2]
    return "".join(tostring(child, encoding="unicode", method="html") for child in element)
