"""What the APIs of arXiv and Crossref answer about papers, as records.

See https://info.arxiv.org/help/api/user-manual.html and https://api.crossref.org.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.identifiers import parse_arxiv, parse_doi, parse_partial_date
from broadsheet.content.records import Record
from broadsheet.importers.repairs import repaired, visible

ARXIV = "arXiv"
CROSSREF = "Crossref"
_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV_NAMES = "{http://arxiv.org/schemas/atom}"
# arXiv breaks lines of abstracts, and indents the first line of a new paragraph.
_PARAGRAPH = re.compile(r"\n\s*\n|\n[ \t]{2,}")
_BLOCKS = frozenset(["jats:p", "p", "jats:title", "jats:list-item", "li", "br"])
_LEFT_OUT = frozenset(["jats:title", "title"])


def arxiv_records(reply: str) -> tuple[Record, ...]:
    """Returns the papers in a reply of arXiv's API, which is an Atom feed.

    Raises:
        BroadsheetError: It isn't such a feed.
    """
    if "<!DOCTYPE" in reply:
        raise _unreadable(ARXIV, "a document type isn't expected")
    try:
        root = ET.fromstring(reply)  # noqa: S314 - without a document type, no entities
    except ET.ParseError as error:
        raise _unreadable(ARXIV, str(error)) from error
    if root.tag != f"{_ATOM}feed":
        raise _unreadable(ARXIV, "it isn't an Atom feed")
    found = (_arxiv_record(entry) for entry in root.findall(f"{_ATOM}entry"))
    return tuple(record for record in found if record)


def _arxiv_record(entry: ET.Element) -> Record | None:
    """Returns a paper, or None for the message that there is none."""
    address = _inside(entry, f"{_ATOM}id")
    arxiv = parse_arxiv(address)
    title = _line(_inside(entry, f"{_ATOM}title"))
    if not (arxiv and title):
        return None
    names = (_inside(author, f"{_ATOM}name") for author in entry.findall(f"{_ATOM}author"))
    paragraphs = _PARAGRAPH.split(_inside(entry, f"{_ATOM}summary").strip())
    doi = parse_doi(_inside(entry, f"{_ARXIV_NAMES}doi"))
    return Record(
        ARXIV,
        0,
        title=title,
        authors=tuple(filter(None, map(_line, names))),
        arxiv=arxiv,
        doi=doi,
        published=parse_partial_date(_inside(entry, f"{_ATOM}published")[:10]),
        abstract="\n\n".join(filter(None, map(_line, paragraphs))) or None,
    )


def _inside(element: ET.Element, tag: str) -> str:
    return (element.findtext(tag) or "").strip()


def crossref_records(reply: str) -> tuple[Record, ...]:
    """Returns the works in a reply of Crossref's API: one work, or those that a search has found.

    Raises:
        BroadsheetError: It isn't such a reply.
    """
    try:
        message = json.loads(reply)["message"]
        works = message.get("items", [message])
        found = [_crossref_record(work) for work in works]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _unreadable(CROSSREF, "it has no works as expected") from error
    return tuple(record for record in found if record)


def _crossref_record(work: Mapping[str, Any]) -> Record | None:
    doi = parse_doi(str(work.get("DOI", "")))
    title = _line(" ".join(_paragraphs(_first(work.get("title")))))
    if not (doi and title):
        return None
    subtitle = _line(" ".join(_paragraphs(_first(work.get("subtitle")))))
    if subtitle and subtitle.casefold() not in title.casefold():
        title = f"{title}: {subtitle}"
    names = (_name(author) for author in work.get("author") or ())
    return Record(
        CROSSREF,
        0,
        title=title,
        authors=tuple(filter(None, names)),
        doi=doi,
        published=_crossref_date(work),
        venue=_line(" ".join(_paragraphs(_first(work.get("container-title"))))) or None,
        abstract="\n\n".join(_paragraphs(work.get("abstract") or "")) or None,
    )


def _first(values: list[str] | None) -> str:
    return str(values[0]) if values else ""


def _name(author: Mapping[str, str]) -> str:
    """Returns a name as "Ada Example", or that of an organization."""
    person = (
        f"{author.get('given') or ''} {author.get('family') or ''} {author.get('suffix') or ''}"
    )
    return _line(person) or _line(author.get("name") or "")


def _crossref_date(work: Mapping[str, Any]) -> str | None:
    for kind in ("published", "issued", "posted", "created"):
        parts = ((work.get(kind) or {}).get("date-parts") or [[]])[0]
        if parts and parts[0]:
            widths = (4, 2, 2)
            known = zip(parts, widths, strict=False)
            return parse_partial_date("-".join(f"{int(n):0{width}d}" for n, width in known))
    return None


def _line(text: str) -> str:
    return repaired(visible(" ".join(text.split())))


def _paragraphs(text: str) -> Iterator[str]:
    """Yields the paragraphs of a text with tags, such as `<jats:p>`, without headings."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return (line for line in map(_line, _joined(reader.parts)) if line)


def _joined(parts: Iterable[str | None]) -> Iterator[str]:
    """Yields the texts between breaks, which are None."""
    text = ""
    for part in (*parts, None):
        if part is None:
            yield text
            text = ""
        else:
            text += part


class _Reader(HTMLParser):
    """Collects the text between tags, and None where a block starts or ends."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str | None] = []
        self._left_out = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - HTMLParser's
        self._left_out += tag in _LEFT_OUT
        self.parts += [None] if tag in _BLOCKS else []

    def handle_endtag(self, tag: str) -> None:
        self._left_out -= tag in _LEFT_OUT and self._left_out > 0
        self.parts += [None] if tag in _BLOCKS else []

    def handle_data(self, data: str) -> None:
        if not self._left_out:
            self.parts.append(data)


def _unreadable(service: str, message: str) -> BroadsheetError:
    return BroadsheetError(
        Problem(service, 0, "", f"{service} sent an unreadable reply: {message}")
    )
