"""Parsing XML that strangers wrote, and recognizing it by its first element."""

from __future__ import annotations

import re
from collections.abc import Mapping
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
    """Returns the first element of an XML text.

    Names of characters that only HTML has, such as "&uuml;", are accepted. A document type may be
    named but not written out, so nothing can be declared, included or fetched.

    Raises:
        BroadsheetError: It isn't well-formed, or it has declarations or too many levels.
    """
    builder = ET.TreeBuilder(element_factory=Element)
    parser = expat.ParserCreate("utf-8", "}")  # the text is decoded already
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise _RefusedError("nested too deeply")
        element = builder.start(_tag(name), dict(attributes))
        assert isinstance(element, Element)
        element.line = parser.CurrentLineNumber

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_tag(name))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = _refuse_entity
    try:
        parser.Parse(_NAMED.sub(_character, text.removeprefix("\ufeff")).encode(), True)
    except expat.ExpatError as error:
        message = f"invalid XML: {expat.ErrorString(error.code)} in column {error.offset + 1}"
        advice = "the file may be incomplete; save it again"
        raise BroadsheetError(Problem(source, error.lineno, "", message, advice)) from error
    except _RefusedError as error:
        line = parser.CurrentLineNumber
        raise BroadsheetError(Problem(source, line, "", str(error))) from error
    return builder.close()  # type: ignore[return-value]  # an Element, as its factory says


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
