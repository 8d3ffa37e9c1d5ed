"""Papers of arXiv's API, which answers Atom: https://info.arxiv.org/help/api/user-manual.html."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.identifiers import parse_arxiv, parse_doi, parse_partial_date
from broadsheet.content.records import Record
from broadsheet.importers.importer import Importer, Reading
from broadsheet.importers.lines import quoted
from broadsheet.importers.services.arxiv_text import (
    abstract_of,
    latex_line,
    version_of,
    withdrawn_in,
)
from broadsheet.importers.services.work import Remarks, Work, reading, unreadable
from broadsheet.importers.services.xml_elements import (
    head_of,
    inside,
    line_of,
    root_name,
    streamed,
)

NAME = "arxiv-api"
_SERVICE = "arXiv"
_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_OF_ARXIV = re.compile(r"arxiv\.org/api/|<title[^<>]*>\s*arXiv Query", re.IGNORECASE)


def looks_like(text: str) -> bool:
    """Whether a text is an Atom feed that arXiv's API made."""
    return root_name(text) == "feed" and bool(_OF_ARXIV.search(head_of(text)))


def read(text: str, source: str) -> Reading:
    """Reads the papers of a feed.

    Raises:
        BroadsheetError: It isn't an Atom feed, or arXiv reports an error.
    """
    remarks = Remarks()
    return reading(NAME, source, _works(text, source, remarks), remarks)


def works(reply: str) -> tuple[Work, ...]:
    """Returns the papers in a reply of arXiv's API.

    Raises:
        BroadsheetError: It isn't an Atom feed.
    """
    try:
        found = tuple(_works(reply, _SERVICE, Remarks()))
    except BroadsheetError as error:
        raise unreadable(_SERVICE, error.problems[0].message) from error
    return tuple(replace(work, record=replace(work.record, line=0)) for work in found)


def _works(text: str, source: str, remarks: Remarks) -> Iterator[Work]:
    entries = streamed(text, source, f"{_ATOM}entry".__eq__)
    root = next(entries)
    if root.tag != f"{_ATOM}feed":
        raise BroadsheetError(
            Problem(source, root.line, "", f"expected an Atom feed, found <{root.tag}>")
        )
    for entry in entries:
        work = _work(entry, source)
        if work:
            yield work
        else:
            remarks.add(line_of(entry), "entry", _no_paper(entry), "skipped")


def _work(entry: Element, source: str) -> Work | None:
    """Returns a paper, or None for the message that there is none."""
    address = inside(entry, f"{_ATOM}id")
    arxiv = parse_arxiv(address)
    title = latex_line(inside(entry, f"{_ATOM}title"))
    if not (arxiv and title):
        return None
    doi = parse_doi(inside(entry, f"{_ARXIV}doi"))
    comment = latex_line(inside(entry, f"{_ARXIV}comment")) or None
    abstract = abstract_of(inside(entry, f"{_ATOM}summary"))
    record = Record(
        source,
        line_of(entry),
        title=title,
        authors=tuple(_names(entry)),
        arxiv=arxiv,
        doi=doi,
        published=parse_partial_date(inside(entry, f"{_ATOM}published")[:10]),
        venue=latex_line(inside(entry, f"{_ARXIV}journal_ref")) or None,
        abstract=abstract,
    )
    labels = (category.get("term", "") for category in entry.iterfind(f"{_ATOM}category"))
    return Work(
        record,
        categories=tuple(dict.fromkeys(filter(None, labels))),
        version=version_of(address),
        withdrawn=withdrawn_in(comment, abstract),
        published_doi=doi,
        comment=comment,
    )


def _names(entry: Element) -> Iterator[str]:
    for author in entry.iterfind(f"{_ATOM}author"):
        name = latex_line(inside(author, f"{_ATOM}name"))
        # Collaborations have a colon after their name, which separates them from people.
        if name.strip(":"):
            yield name


def _no_paper(entry: Element) -> str:
    said = latex_line(inside(entry, f"{_ATOM}summary")) or latex_line(inside(entry, f"{_ATOM}id"))
    return f"an entry isn't a paper: {quoted(said)}"


ARXIV_API = Importer(NAME, "papers of arXiv's API as Atom", looks_like, read)
