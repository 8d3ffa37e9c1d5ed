"""Splitting CSV and similar texts into rows: which mark is between cells, and where rows start."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.importers.header_words import KNOWN, name_key
from broadsheet.importers.lines import refuse_many_lines

DELIMITERS = (",", ";", "\t", "|")
# A list that people keep is much shorter. Rows of a few bytes would exhaust the memory.
MOST_ROWS = 200_000
# How many lines tell which mark is between cells.
_SAMPLE = 30
_SAMPLE_LENGTH = 20_000


class Cells(NamedTuple):
    """The cells of a row, and the line that it starts on."""

    line: int
    cells: tuple[str, ...]


class Unreadable(NamedTuple):
    """The line of a row that can't be read, and what Python says about it."""

    line: int
    said: str


def delimiter_of(text: str) -> tuple[str, int]:
    """Returns the mark between cells, and how many lines say so before the table starts.

    It's the mark that gives the first row most names of columns that Broadsheet knows, and then
    the one that gives rows the same number of cells. Excel writes a line such as "sep=;".
    """
    text = text.removeprefix("\ufeff")
    first = text[: text.find("\n")] if "\n" in text else text
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], 1
    lines = text[:_SAMPLE_LENGTH].split("\n")[:_SAMPLE]
    return max(DELIMITERS, key=lambda mark: _likelihood(lines, mark)), 0


def _likelihood(lines: Sequence[str], mark: str) -> tuple[int, int, int]:
    rows = [row.cells for row in _cells(lines, mark, 0)]
    if not rows or len(rows[0]) < 2:
        return 0, 0, 0
    known = sum(name_key(cell) in KNOWN for cell in rows[0])
    alike = sum(len(row) == len(rows[0]) for row in rows)
    return known, alike, len(rows[0])


def first_rows(text: str) -> list[Cells]:
    """Returns the first rows of a text that aren't empty."""
    mark, skipped = delimiter_of(text)
    lines = text.removeprefix("\ufeff")[:_SAMPLE_LENGTH].split("\n")[skipped:_SAMPLE]
    return [*_cells(lines, mark, skipped)]


def rows_of(text: str, source: str) -> Iterator[Cells | Problem]:
    """Yields the rows of a text that aren't empty, and problems with the others.

    Raises:
        BroadsheetError: There are too many rows.
    """
    refuse_many_lines(text, source)
    mark, skipped = delimiter_of(text)
    text = text.removeprefix("\ufeff")
    rows = _rows(_lines(text, skipped), mark, skipped)
    if mark == "\t" and any(isinstance(row, Unreadable) for row in islice(rows, MOST_ROWS + 2)):
        # Many programs don't quote cells between tabs, so quotes are part of the text.
        quoting = csv.QUOTE_NONE
    else:
        quoting = csv.QUOTE_MINIMAL
    rows = _rows(_lines(text, skipped), mark, skipped, quoting)
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS + 1:  # one has the names of the columns
            message = f"has more than {MOST_ROWS:,} rows"
            raise BroadsheetError(Problem(source, 0, "", message, "split it into several files"))
        yield row if isinstance(row, Cells) else _problem(row, source)


def _lines(text: str, skipped: int) -> Iterator[str]:
    """Yields lines one by one, because a list of all would take several times a file's size."""
    at = 0
    while at <= len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if skipped > 0:
            skipped -= 1
        else:
            yield text[at:end]
        at = end + 1


def _cells(lines: Sequence[str], mark: str, skipped: int) -> Iterator[Cells]:
    return (row for row in _rows(lines, mark, skipped) if isinstance(row, Cells))


def _rows(
    lines: Iterable[str], mark: str, skipped: int, quoting: int = csv.QUOTE_MINIMAL
) -> Iterator[Cells | Unreadable]:
    """Yields rows that aren't empty, and those that can't be read."""
    ended = (f"{line}\n" for line in lines)
    options: dict[str, Any] = {"delimiter": mark, "quoting": quoting, "strict": True}
    reader = csv.reader(ended, **options)
    while True:
        line = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Unreadable(line, str(error))
            continue
        if any(cell and not cell.isspace() for cell in cells):
            yield Cells(line, tuple(cells))


def _problem(row: Unreadable, source: str) -> Problem:
    advice = 'put cells with quotation marks in quotes, and write each inside twice: ""'
    if row.said.startswith("unexpected end"):
        message = "a cell starts with a quotation mark and doesn't end; the rest wasn't read"
    elif row.said.startswith("field larger"):
        message = "a cell is longer than 131,072 characters, perhaps because a quotation mark "
        message += "isn't closed; skipped"
    else:
        message = f"isn't a row: {row.said}; skipped"
    return Problem(source, row.line, "", message, advice)
