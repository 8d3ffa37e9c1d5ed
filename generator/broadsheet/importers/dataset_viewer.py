"""Importer for Hugging Face's dataset viewer as text: rows of an arXiv id and an abstract."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from broadsheet.base.errors import BroadsheetError, Problem, sorted_problems, warning
from broadsheet.base.identifiers import has_lost_zero, parse_arxiv
from broadsheet.content.records import ReadCollection, Record
from broadsheet.importers.damage import find_damage
from broadsheet.importers.importer import Importer, Reading
from broadsheet.importers.json_values import starts_as_json
from broadsheet.importers.lines import SourceLine, quoted, source_lines, trimmed_lines
from broadsheet.importers.repairs import CONVERTED, repaired

NAME = "dataset-viewer"
_ROW = re.compile(r"([^|\s]+) \|(?: (.*)|$)")
_RULE = re.compile(r"(?:\|?\s*:?-{3,}:?\s*)+\|?")
_COLUMNS = ("arxiv_id", "abstract")
_FORM = "rows look like 'arXiv id | abstract |'"


@dataclass(frozen=True)
class _Row:
    """The first cell and the lines of the second. `closed` tells whether a bar ends the row."""

    cell: str
    line: int
    lines: tuple[SourceLine, ...]
    closed: bool


def looks_like(text: str) -> bool:
    """Whether a text starts with the name of the id column, or has a row with an arXiv id."""
    if starts_as_json(text):
        return False
    lines = source_lines(text)
    return bool(lines) and (
        lines[0].text.split("|")[0].strip() == _COLUMNS[0]
        or any(_starts_row(line.text) for line in lines)
    )


def read(text: str, source: str) -> Reading:
    """Reads the rows of a dataset as a collection.

    Raises:
        BroadsheetError: The dataset has other columns, or no row can be read.
    """
    body = _body_start(trimmed_lines(text))
    top = tuple(islice(trimmed_lines(text), max(body, 1)))
    problems = list(_header_problems(top[:body], top, source))
    found: list[Record] = []
    for row in _rows(islice(trimmed_lines(text), body, None)):
        if isinstance(row, SourceLine):
            problems.append(_not_a_row(row, source))
        else:
            found += [_record(row, source)] if _names_a_paper(row) else []
            problems += _row_problems(row, source)
    records = tuple(found)
    if not records:
        raise BroadsheetError(*problems, Problem(source, 0, "", "no rows found", _FORM))
    problems += _repeated_ids(records, source)
    collection = ReadCollection("data-set", "Papers of a dataset", "Hugging Face dataset", records)
    return Reading(
        NAME, source, collection=collection, records=records, problems=sorted_problems(problems)
    )


def _starts_row(text: str) -> bool:
    found = _ROW.fullmatch(text)
    return found is not None and parse_arxiv(found[1]) is not None


def _body_start(lines: Iterable[SourceLine]) -> int:
    """Returns the position after the line of dashes below the header, or that of the first row."""
    for place, line in enumerate(lines):
        if _RULE.fullmatch(line.text):
            return place + 1
        if _starts_row(line.text):
            return place
    return 0


def _header_problems(
    header: Sequence[SourceLine], lines: Sequence[SourceLine], source: str
) -> Iterator[Problem]:
    """Warns if there is no header. Raises BroadsheetError for other columns."""
    if not header:
        number = lines[0].number if lines else 0
        advice = f"assuming the columns {' and '.join(_COLUMNS)}"
        yield warning(source, number, "header", "no header with column names", advice)
        return
    cells = " ".join(line.text for line in header).split("|")
    names = tuple(cell.split()[0] for cell in cells if cell.split() and "---" not in cell)
    if names != _COLUMNS:
        message = (
            f"unexpected columns: {', '.join(names)}" if names else "the columns have no names"
        )
        advice = f"expected {' and '.join(_COLUMNS)}"
        raise BroadsheetError(Problem(source, header[0].number, "header", message, advice))


def _rows(lines: Iterable[SourceLine]) -> Iterator[_Row | SourceLine]:
    """Yields rows, and lines outside of rows. A row ends with a bar or where the next starts."""
    opened: _Row | None = None
    for line in lines:
        found = _ROW.fullmatch(line.text)
        if found and (opened is None or _starts_row(line.text)):
            yield from [opened] if opened else []
            opened = _with_line(_Row(found[1], line.number, (), False), line, found[2] or "")
        elif opened:
            opened = _with_line(opened, line, line.text)
        else:
            yield line
        if opened and opened.closed:
            yield opened
            opened = None
    yield from [opened] if opened else []


def _with_line(row: _Row, line: SourceLine, text: str) -> _Row:
    closed = text.endswith("|")
    kept = line._replace(text=text.removesuffix("|").strip())
    return _Row(row.cell, row.line, (*row.lines, kept) if kept.text else row.lines, closed)


def _names_a_paper(row: _Row) -> bool:
    arxiv = parse_arxiv(row.cell)
    return arxiv is not None and not has_lost_zero(arxiv)


def _record(row: _Row, source: str) -> Record:
    """Returns a row's record. Line breaks in the abstract are only those of the page."""
    text = repaired(" ".join(line.text for line in row.lines), CONVERTED)
    return Record(source, row.line, arxiv=parse_arxiv(row.cell), abstract=text or None)


def _row_problems(row: _Row, source: str) -> Iterator[Problem]:
    arxiv = parse_arxiv(row.cell)
    if arxiv is None or has_lost_zero(arxiv):
        message = f"{quoted(row.cell)} isn't an arXiv id; skipped this row"
        advice = "write an id such as 2403.01230, with any final zeros"
        yield Problem(source, row.line, "arxiv_id", message, advice)
        return
    if not row.closed:
        message = f"the row of {arxiv} doesn't end with '|'"
        yield warning(source, row.line, "abstract", message, _FORM)
    if not row.lines:
        yield warning(source, row.line, "abstract", f"the row of {arxiv} has no abstract", _FORM)
    for line in row.lines:
        for message in find_damage(repaired(line.text, CONVERTED)):
            yield warning(source, line.number, "abstract", message)


def _not_a_row(line: SourceLine, source: str) -> Problem:
    message = f"skipped a line that isn't part of a row: {quoted(line.text)}"
    return Problem(source, line.number, "", message, _FORM)


def _repeated_ids(records: Sequence[Record], source: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for record in records:
        line = first.setdefault(record.arxiv or "", record.line)
        if line != record.line:
            message = f"{record.arxiv} is also on line {line}"
            yield warning(source, record.line, "arxiv_id", message, "remove one of the two rows")


DATASET_VIEWER = Importer(
    NAME,
    "a Hugging Face dataset viewer as text, with the columns arxiv_id and abstract",
    looks_like,
    read,
    is_converted=True,
)
