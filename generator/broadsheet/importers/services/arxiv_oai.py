"""Papers of arXiv's OAI-PMH: https://info.arxiv.org/help/oa/index.html.

Of its formats, `arXiv` and `arXivRaw` are read. `oai_dc` has no ids of its own for what it says.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.identifiers import parse_arxiv, parse_doi, parse_partial_date
from broadsheet.content.records import Record
from broadsheet.importers.forgiving import names_in
from broadsheet.importers.importer import Importer, Reading
from broadsheet.importers.lines import quoted
from broadsheet.importers.services.arxiv_text import (
    abstract_of,
    latex_line,
    month_of,
    people_in,
    version_of,
    withdrawn_in,
)
from broadsheet.importers.services.plain import day_in
from broadsheet.importers.services.work import Remarks, Work, reading
from broadsheet.importers.services.xml_elements import (
    inside,
    line_of,
    root_name,
    streamed,
    text_of,
)

NAME = "arxiv-oai"
_OAI = "{http://www.openarchives.org/OAI/2.0/}"
_ERROR = f"{_OAI}error"
_ITEMS = frozenset([f"{_OAI}record", _ERROR])
_FORMATS = ("{http://arxiv.org/OAI/arXiv/}", "{http://arxiv.org/OAI/arXivRaw/}")


def looks_like(text: str) -> bool:
    """Whether a text is a reply of OAI-PMH."""
    return root_name(text) == "OAI-PMH"


def read(text: str, source: str) -> Reading:
    """Reads the papers of a reply.

    Raises:
        BroadsheetError: It isn't a reply of OAI-PMH, or arXiv reports an error.
    """
    remarks = Remarks()
    return reading(NAME, source, _works(text, source, remarks), remarks)


def _works(text: str, source: str, remarks: Remarks) -> Iterator[Work]:
    elements = streamed(text, source, _ITEMS.__contains__)
    root = next(elements)
    if root.tag != f"{_OAI}OAI-PMH":
        message = f"expected papers of OAI-PMH, found <{root.tag}>"
        raise BroadsheetError(Problem(source, root.line, "", message))
    for element in elements:
        if element.tag == _ERROR:
            message = f"has no papers but an error: {quoted(text_of(element), 200)}"
            raise BroadsheetError(Problem(source, root.line, "", message))
        found = next(_metadata(element), None)
        if found:
            yield _work(*found, source, remarks)
        else:
            advice = "skipped; ask for it with metadataPrefix=arXiv"
            remarks.add(line_of(element), "metadata", "a record has no metadata of arXiv", advice)


def _metadata(element: Element) -> Iterator[tuple[Element, str]]:
    """Yields the metadata of a paper and its namespace. Deleted papers have none."""
    for namespace in _FORMATS:
        for name in ("arXiv", "arXivRaw"):
            yield from ((found, namespace) for found in element.iter(f"{namespace}{name}"))


def _work(paper: Element, space: str, source: str, remarks: Remarks) -> Work:
    arxiv = parse_arxiv(inside(paper, f"{space}id"))
    doi = parse_doi(inside(paper, f"{space}doi"))
    comment = latex_line(inside(paper, f"{space}comments")) or None
    abstract = abstract_of(inside(paper, f"{space}abstract"))
    versions = paper.findall(f"{space}version")
    created = inside(paper, f"{space}created") or (
        day_in(inside(versions[0], f"{space}date")) if versions else ""
    )
    record = Record(
        source,
        line_of(paper),
        title=latex_line(inside(paper, f"{space}title")) or None,
        authors=_authors(paper, space, remarks),
        arxiv=arxiv,
        doi=doi,
        published=parse_partial_date(created or "") or month_of(arxiv or ""),
        venue=latex_line(inside(paper, f"{space}journal-ref")) or None,
        abstract=abstract,
    )
    return Work(
        record,
        categories=tuple(inside(paper, f"{space}categories").split()),
        version=version_of(versions[-1].get("version", "")) if versions else None,
        withdrawn=withdrawn_in(comment, abstract),
        published_doi=doi,
        comment=comment,
    )


def _authors(paper: Element, space: str, remarks: Remarks) -> tuple[str, ...]:
    """Returns the names, which the raw format has in one text."""
    parts = (f"{space}forenames", f"{space}keyname", f"{space}suffix")
    authors = paper.findall(f"{space}authors/{space}author")
    if authors:
        names = (latex_line(" ".join(inside(author, part) for part in parts)) for author in authors)
        return tuple(filter(None, names))
    given = inside(paper, f"{space}authors")
    plain = people_in(given)
    found = names_in(plain) if plain else []
    if found is None:
        remarks.add(line_of(paper), "authors", f"can't tell the names in {quoted(plain)}; left out")
    return tuple(found or ())


ARXIV_OAI = Importer(NAME, "papers of arXiv's OAI-PMH as XML", looks_like, read)
