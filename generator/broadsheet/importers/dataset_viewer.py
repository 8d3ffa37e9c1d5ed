"""Importer for Hugging Face's dataset viewer as text: rows of an arXiv id and an abstract."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from broadsheet.base.errors import BroadsheetError, Problem, sorted_problems, warning
from broadsheet.base.identifiers import has_lost_zero, parse_arxiv
from broadsheet.content.records import ReadCollection, Record
from broadsheet.importers.damage import find_damage
from broadsheet.importers.importer import Importer, Reading
from broadsheet.importers.json_values import starts_as_json
from broadsheet.importers.lines import SourceLine, quoted, source_lines
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
    lines = source_lines(text)
    body = _body_start(lines)
    problems = list(_header_problems(lines[:body], lines, source))
    rows, stray = _rows(lines[body:])
    problems += [_not_a_row(line, source) for line in stray]
    records = tuple(_record(row, source) for row in rows if _names_a_paper(row))
    if not records:
        wrong = [problem for row in rows for problem in _row_problems(row, source)]
        raise BroadsheetError(*problems, *wrong, Problem(source, 0, "", "no rows found", _FORM))
    problems += [problem for row in rows for problem in _row_problems(row, source)]
    problems += _repeated_ids(records, source)
    collection = ReadCollection("data-set", "Papers of a dataset", "Hugging Face dataset", records)
    return Reading(
        NAME, source, collection=collection, records=records, problems=sorted_problems(problems)
    )


def _starts_row(text: str) -> bool:
    found = _ROW.fullmatch(text)
    return found is not None and parse_arxiv(found[1]) is not None


def _body_start(lines: Sequence[SourceLine]) -> int:
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


def _rows(lines: Sequence[SourceLine]) -> tuple[list[_Row], list[SourceLine]]:
    """Returns rows, and lines outside of rows. A row ends with a bar or where the next starts."""
    rows: list[_Row] = []
    stray: list[SourceLine] = []
    opened: _Row | None = None
    for line in lines:
        found = _ROW.fullmatch(line.text)
        if found and (opened is None or _starts_row(line.text)):
            rows += [opened] if opened else []
            opened = _with_line(_Row(found[1], line.number, (), False), line, found[2] or "")
        elif opened:
            opened = _with_line(opened, line, line.text)
        else:
            stray.append(line)
        if opened and opened.closed:
            rows.append(opened)
            opened = None
    return rows + ([opened] if opened else []), stray


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
)
