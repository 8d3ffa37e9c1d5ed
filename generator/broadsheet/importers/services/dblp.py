"""Publications of dblp as XML: records, pages of persons, and results of a search."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.identifiers import parse_partial_date
from broadsheet.content.records import Record
from broadsheet.importers.importer import Importer, Reading
from broadsheet.importers.lines import quoted
from broadsheet.importers.services.plain import line
from broadsheet.importers.services.work import Remarks, Work, identifiers, pdf_link, reading
from broadsheet.importers.services.work import venue as venue_of
from broadsheet.importers.services.xml_elements import (
    head_of,
    inside,
    line_of,
    root_name,
    streamed,
    text_of,
)

NAME = "dblp"
_THESES = ("phdthesis", "mastersthesis")
_BOOKS = ("book", "proceedings", "incollection")
_KINDS = frozenset(["article", "inproceedings", "data", "www", *_BOOKS, *_THESES])
# Persons have a <person> and coauthors, which aren't publications.
_ITEMS = _KINDS | {"info"}
# Lists of other publications, and pages of persons.
_NO_PAPERS = frozenset(["www", "proceedings"])
_ROOTS = frozenset(["dblp", "dblpperson", "bht"])
# dblp numbers people who have the same name: "Ada Example 0001".
_HOMONYM = re.compile(r" \d{4}$", re.ASCII)
_IN_CORR = re.compile(r"abs/(?P<id>\S+)")


def looks_like(text: str) -> bool:
    """Whether a text is XML of dblp."""
    name = root_name(text)
    return name in _ROOTS or (name == "result" and "<hits" in head_of(text))


def read(text: str, source: str) -> Reading:
    """Reads publications.

    Raises:
        BroadsheetError: It isn't XML of dblp.
    """
    remarks = Remarks()
    return reading(NAME, source, _works(text, source, remarks), remarks)


def _works(text: str, source: str, remarks: Remarks) -> Iterator[Work]:
    elements = streamed(text, source, _ITEMS.__contains__)
    root = next(elements)
    if root.tag not in {*_ROOTS, "result", *_KINDS}:
        message = f"expected XML of dblp, found <{root.tag}>"
        raise BroadsheetError(Problem(source, root.line, "", message))
    for element in elements:
        # Hits of a search have an <info>, and nothing else does.
        if (element.tag == "info") != (root.tag == "result"):
            continue
        if element.tag in _NO_PAPERS or inside(element, "type") == "Editorship":
            message = "an entry isn't a paper but lists others"
            remarks.add(line_of(element), "", message, "skipped")
        else:
            work = _work(element, source)
            year = inside(element, "year")
            if year and not work.record.published:
                remarks.add(line_of(element), "year", f"{quoted(year)} isn't a year; left out")
            yield work


def _work(element: Element, source: str) -> Work:
    electronic = [text_of(child).strip() for child in element.iterfind("ee")]
    journal = inside(element, "journal") or inside(element, "venue")
    in_corr = _IN_CORR.fullmatch(inside(element, "volume"))
    arxiv_in_corr = in_corr["id"] if in_corr and journal == "CoRR" else None
    arxiv, doi = identifiers((inside(element, "doi"), *electronic, arxiv_in_corr))
    publication = line(inside(element, "booktitle")) or line(journal)
    record = Record(
        source,
        line_of(element),
        title=title_of(line(inside(element, "title"))) or None,
        authors=tuple(filter(None, (person_of(line(text_of(a))) for a in _authors(element)))),
        arxiv=arxiv,
        doi=doi,
        published=parse_partial_date(inside(element, "year")),
        venue=venue_of(publication or line(inside(element, "school"))),
        links=pdf_link(*(url for url in electronic if url.lower().endswith(".pdf"))),
    )
    return Work(record, published_doi=doi if arxiv else None, withdrawn=_withdrawn(element))


def title_of(title: str) -> str:
    """Returns a title without the period that dblp puts behind it."""
    return title.removesuffix(".") if not title.endswith("..") else title


def _authors(element: Element) -> Iterator[Element]:
    yield from element.iterfind("author")
    yield from element.iterfind("authors/author")


def person_of(name: str) -> str:
    """Returns a name without the number by which dblp tells people apart."""
    return _HOMONYM.sub("", name)


def _withdrawn(element: Element) -> str | None:
    return "dblp marks it as withdrawn" if element.get("publtype") == "withdrawn" else None


DBLP = Importer(
    NAME, "publications of dblp as XML, such as those of a person or a search", looks_like, read
)
