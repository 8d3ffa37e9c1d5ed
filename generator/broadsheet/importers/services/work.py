"""What services say about a paper: a record, and facts that records have no place for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
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


class Remarks:
    """What is odd about the works of a source, once for each field."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[int, str, str]] = {}
        self._counts: Counter[str] = Counter()

    def add(self, line: int, field: str, message: str, advice: str = "") -> None:
        """Adds a remark about a field of the work on a line."""
        self._first.setdefault(field, (line, message, advice))
        self._counts[field] += 1

    def include(self, others: Remarks) -> None:
        """Adds the remarks of a later part of the source."""
        self._first = {**others._first, **self._first}
        self._counts += others._counts

    def problems(self, source: str) -> tuple[Problem, ...]:
        """Returns a warning for each field."""
        return tuple(
            warning(source, line, field, f"{message}{self._more(field)}", advice)
            for field, (line, message, advice) in self._first.items()
        )

    def _more(self, field: str) -> str:
        others = self._counts[field] - 1
        return f"; the same in {counted(others, 'other record')}" if others else ""


def unreadable(service: str, reason: str) -> BroadsheetError:
    """Returns the error that a service answers something else than works."""
    message = f"sent an unreadable reply: {reason}"
    return BroadsheetError(Problem(service, 0, "", message, "run the command again later"))


def reading(importer: str, source: str, works: Iterable[Work], remarks: Remarks) -> Reading:
    """Returns works as records. Those that can't become papers are reported and left out.

    Args:
        importer: The name of the importer.
        source: The name of the source.
        works: The works, of which only one is needed at a time.
        remarks: What is odd about them, once all of them are read.
    """
    records: list[Record] = []
    problems: list[Problem] = []
    for work in works:
        problem = _invalid(work.record)
        if problem:
            problems.append(problem)
            continue
        records.append(record_of(work))
        problems += [_withdrawn(work)] if work.withdrawn else []
    problems += remarks.problems(source)
    return Reading(importer, source, records=tuple(records), problems=sorted_problems(problems))


def record_of(work: Work) -> Record:
    """Returns the record of a work, with its categories as keywords."""
    return replace(work.record, keywords=work.categories)


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
