"""Parsing XML that strangers wrote, and recognizing it by its first element."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from html.entities import html5
from typing import NoReturn
from xml.etree import ElementTree as ET
from xml.parsers import expat

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.importers.services.plain import script

# Names of elements and their attributes are near the start of any file.
_HEAD = 64 * 1024
_PROLOG = re.compile(
    r"\ufeff?(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*", re.DOTALL
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?(?P<name>[A-Za-z][\w.-]*)")
# Real files have about ten levels.
_DEEPEST = 100
_PART = 64 * 1024
_LONGEST_NAME = 40  # of a character of HTML
_NAMED = re.compile("&([A-Za-z][A-Za-z0-9]*;)")
_OF_XML = frozenset(["amp;", "lt;", "gt;", "quot;", "apos;"])


class Element(ET.Element):
    """An element that knows its line."""

    line = 0


class _RefusedError(Exception):
    """The text has something that no harmless file needs."""


def root_name(text: str) -> str | None:
    """Returns the name of the first element of an XML text, without its namespace."""
    head = text[:_HEAD]
    if not head.lstrip("\ufeff \t\r\n").startswith("<"):
        return None
    prolog = _PROLOG.match(head)
    found = _ROOT.match(head, prolog.end() if prolog else 0)
    return found["name"] if found else None


def head_of(text: str) -> str:
    """Returns the start of a text, which is enough to tell what kind of XML it is."""
    return text[:_HEAD]


def parsed(text: str, source: str) -> Element:
    """Returns the first element of an XML text, with everything in it.

    Raises:
        BroadsheetError: As for `streamed`.
    """
    elements = streamed(text, source, lambda _: False)
    root = next(elements)
    deque(elements, maxlen=0)
    return root


def streamed(text: str, source: str, is_item: Callable[[str], bool]) -> Iterator[Element]:
    """Yields the first element of an XML text when it starts, and then each item when it ends.

    An item is taken out of the element around it, so that only one has to be in memory. One that is
    inside of another item is a part of that.

    Names of characters that only HTML has, such as "&uuml;", are accepted. A document type may be
    named but not written out, so nothing can be declared, included or fetched.

    Args:
        text: The text.
        source: Its name.
        is_item: Whether an element with a tag is an item.

    Raises:
        BroadsheetError: It isn't well-formed, or it has declarations or too many levels.
    """
    items = _Items(is_item)
    parser = items.parser
    try:
        for part in _parts_of(text.removeprefix("\ufeff")):
            parser.Parse(_NAMED.sub(_character, part).encode())
            yield from items.taken()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        message = f"invalid XML: {expat.ErrorString(error.code)} in column {error.offset + 1}"
        advice = "the file may be incomplete; save it again"
        raise BroadsheetError(Problem(source, error.lineno, "", message, advice)) from error
    except _RefusedError as error:
        line = parser.CurrentLineNumber
        raise BroadsheetError(Problem(source, line, "", str(error))) from error


class _Items:
    """Builds elements while a text is parsed, and keeps items until they are taken."""

    def __init__(self, is_item: Callable[[str], bool]) -> None:
        self.parser = expat.ParserCreate("utf-8", "}")  # the text is decoded already
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.EntityDeclHandler = _refuse_entity
        self._builder = ET.TreeBuilder(element_factory=Element)
        self.parser.CharacterDataHandler = self._builder.data
        self._is_item = is_item
        self._around: list[Element] = []
        self._item: Element | None = None
        self._found: list[Element] = []

    def taken(self) -> list[Element]:
        """Returns what has been found since the last time."""
        found, self._found = self._found, []
        return found

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if len(self._around) >= _DEEPEST:
            raise _RefusedError("nested too deeply")
        element = self._builder.start(_tag(name), dict(attributes))
        assert isinstance(element, Element)
        element.line = self.parser.CurrentLineNumber
        if not self._around:
            self._found.append(element)
        if self._item is None and self._is_item(element.tag):
            self._item = element
        self._around.append(element)

    def _end(self, name: str) -> None:
        element = self._builder.end(_tag(name))
        self._around.pop()
        if element is self._item:
            self._found.append(self._item)
            self._item = None
            if self._around:
                del self._around[-1][-1]


def _parts_of(text: str) -> Iterator[str]:
    """Yields a text in parts, none of which ends within the name of a character."""
    start = 0
    while start < len(text):
        end = start + _PART
        ampersand = text.rfind("&", end - _LONGEST_NAME, end)
        if end < len(text) and ampersand > start:
            end = ampersand
        yield text[start:end]
        start = end


def _tag(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def _character(found: re.Match[str]) -> str:
    return found[0] if found[1] in _OF_XML else html5.get(found[1], found[0])


def _refuse_entity(*_: object) -> NoReturn:
    raise _RefusedError("declares an entity, which could make a file of any size; remove it")


def text_of(element: ET.Element) -> str:
    """Returns the text of an element and all elements in it, such as those in titles."""
    parts = [script(element.text or "", _local(element))]
    for child in element:
        parts += [text_of(child), child.tail or ""]
    return "".join(parts)


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def inside(element: ET.Element, tag: str) -> str:
    """Returns the text of a child without its tags, or ""."""
    child = element.find(tag)
    return text_of(child).strip() if child is not None else ""


def line_of(element: ET.Element) -> int:
    """Returns the line that an element starts on."""
    return element.line if isinstance(element, Element) else 0
