"""What services say about a paper: a record, and facts that records have no place for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from broadsheet.base.errors import BroadsheetError, Problem, sorted_problems, warning
from broadsheet.base.identifiers import has_lost_zero, parse_arxiv, parse_doi
from broadsheet.base.text import counted
from broadsheet.content.draft import refuse_invalid
from broadsheet.content.fields import Url
from broadsheet.content.records import Record
from broadsheet.importers.importer import Reading
from broadsheet.importers.lines import quoted

_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(?P<id>.+)", re.IGNORECASE)
_PREPRINT_VENUES = ("arxiv", "corr")
_URL: TypeAdapter[str] = TypeAdapter(Url)
_SKIPPED = "the record was skipped"


@dataclass(frozen=True)
class Work:
    """A record of a paper, and what a service knows about it besides.

    Attributes:
        record: The record.
        citations: How often the paper has been cited.
        categories: The service's own labels, such as "cs.CL".
        version: The number of the version that the record describes.
        withdrawn: What the service says if the paper was withdrawn or retracted.
        published_doi: The DOI of the published version, if the record is that of a preprint.
        comment: What the authors remark, such as "Accepted at EXAMPLE 2024".
    """

    record: Record
    citations: int | None = None
    categories: tuple[str, ...] = ()
    version: int | None = None
    withdrawn: str | None = None
    published_doi: str | None = None
    comment: str | None = None


@dataclass(frozen=True)
class Remark:
    """Something odd about a value, which is reported once for all records of a source."""

    line: int
    field: str
    message: str
    advice: str = ""


@dataclass(frozen=True)
class Works:
    """The works of a source, and what is odd about them."""

    works: tuple[Work, ...] = ()
    remarks: tuple[Remark, ...] = field(default=())


def reading(importer: str, source: str, found: Works) -> Reading:
    """Returns works as records. Those that can't become papers are reported and left out."""
    records: list[Record] = []
    problems = list(_reported(found.remarks, source))
    for work in found.works:
        problem = _invalid(work.record)
        if problem:
            problems.append(problem)
            continue
        records.append(replace(work.record, keywords=work.categories))
        problems += [_withdrawn(work)] if work.withdrawn else []
    return Reading(importer, source, records=tuple(records), problems=sorted_problems(problems))


def _reported(remarks: Iterable[Remark], source: str) -> Iterable[Problem]:
    first: dict[str, Remark] = {}
    counts: dict[str, int] = {}
    for remark in remarks:
        first.setdefault(remark.field, remark)
        counts[remark.field] = counts.get(remark.field, 0) + 1
    for name, remark in first.items():
        others = counts[name] - 1
        more = f"; the same in {counted(others, 'other record')}" if others else ""
        yield warning(source, remark.line, name, f"{remark.message}{more}", remark.advice)


def _invalid(record: Record) -> Problem | None:
    if not (record.title or record.arxiv or record.doi):
        message = "has neither a title nor an arXiv id nor a DOI"
        return Problem(record.source, record.line, "", message, _SKIPPED)
    try:
        refuse_invalid(record)
    except BroadsheetError as error:
        wrong = error.problems[0]
        advice = f"{wrong.advice}; {_SKIPPED}".removeprefix("; ")
        return Problem(wrong.file, wrong.line, wrong.field, wrong.message, advice)
    return None


def _withdrawn(work: Work) -> Problem:
    record = work.record
    name = quoted(record.title or record.arxiv or record.doi or "")
    message = f"{name} was withdrawn or retracted: {work.withdrawn}"
    advice = "leave it out, or add 'withdrawn:' to its file after importing"
    return warning(record.source, record.line, "withdrawn", message, advice)


def identifiers(texts: Iterable[str | None]) -> tuple[str | None, str | None]:
    """Returns the first arXiv id and the first DOI that isn't arXiv's own among some texts."""
    arxiv = doi = None
    for text in filter(None, texts):
        arxiv = arxiv or arxiv_in(text)
        parsed = parse_doi(text)
        doi = doi or (parsed if parsed and not _ARXIV_DOI.fullmatch(parsed) else None)
    return arxiv, doi


def arxiv_in(text: str) -> str | None:
    """Returns the arXiv id that a text is, also as an address or as arXiv's DOI."""
    of_doi = _ARXIV_DOI.fullmatch(parse_doi(text) or "")
    arxiv = parse_arxiv(of_doi["id"] if of_doi else text)
    return arxiv if arxiv and not has_lost_zero(arxiv) else None


def venue(*names: str | None) -> str | None:
    """Returns the first name of a venue that isn't arXiv, where preprints aren't published."""
    real = (name for name in names if name and not name.casefold().startswith(_PREPRINT_VENUES))
    return next(real, None)


def pdf_link(*addresses: str | None) -> dict[str, str]:
    """Returns the link to the first PDF that isn't on arXiv, whose links follow from the id."""
    for address in filter(None, addresses):
        try:
            host = urlsplit(_URL.validate_python(address)).hostname
        except ValidationError:
            continue  # an empty text, or the path of a file
        if not f".{host}".endswith(".arxiv.org"):
            return {"pdf": address}
    return {}
