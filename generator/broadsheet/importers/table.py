"""Importer for tables as text: CSV, tabs between cells, and the like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from broadsheet.base.errors import BroadsheetError, Problem, warning
from broadsheet.base.text import counted
from broadsheet.content.columns import NO_CHOICES, ColumnChoices
from broadsheet.content.records import Reading
from broadsheet.importers.csv_cells import Cells, delimiter_of, first_rows, rows_of
from broadsheet.importers.importer import Importer
from broadsheet.importers.lines import SHOWN_LENGTH
from broadsheet.importers.mapped import Row, reading_of
from broadsheet.importers.mapping import is_known
from broadsheet.importers.repairs import visible

NAME = "table"
# A text in which so many lines have the same number of cells is a table, whatever its columns are.
_ROWS, _COLUMNS = 3, 3
# What no table starts with: JSON, BibTeX, HTML and tables of Markdown.
_OTHERS = ("{", "[", "@", "<", "|")


def looks_like(text: str) -> bool:
    """Whether the first line has names of columns, or all lines have as many cells."""
    if text.lstrip().startswith(_OTHERS):
        return False
    rows = [row.cells for row in first_rows(text)]
    if not rows or len(rows[0]) < 2:
        return False
    columns = _COLUMNS if delimiter_of(text)[0] == "," else 2  # prose has commas
    widths = {len(cells) for cells in rows}
    return is_known(rows[0]) or (
        len(rows) >= _ROWS and len(widths) == 1 and len(rows[0]) >= columns
    )


def names_of(text: str) -> tuple[str, ...]:
    """Returns the names of the columns, as far as the first line has them."""
    rows = first_rows(text)
    return _names(rows[0].cells) if rows else ()


def read(text: str, source: str, choices: ColumnChoices = NO_CHOICES) -> Reading:
    """Reads the rows of a table. Odd rows become problems.

    Raises:
        BroadsheetError: It has no rows or too many, or no column identifies papers.
    """
    head, problems = None, list[Problem]()
    for row in rows_of(text, source):
        if isinstance(row, Problem):
            problems.append(row)
        elif head is None:
            head = row
        else:
            problems += _ragged(row, len(head.cells), source)
    if head is None:
        advice = "the first line must have the names of the columns"
        raise BroadsheetError(*problems or [Problem(source, 0, "", "has no rows", advice)])
    names = _names(head.cells)
    problems += _repeated(head, source)
    return reading_of(
        lambda: _body(text, source, names),
        [name for name in names if name],
        choices,
        NAME,
        source,
        line=head.line,
        problems=problems,
    )


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    """Returns the names of columns, which are empty for columns without one. Each name is once."""
    names: list[str] = []
    for cell in (" ".join(visible(cell).split()) for cell in cells):
        count = 2
        name = cell
        while name and name in names:
            name, count = f"{cell} ({count})", count + 1
        names.append(name)
    return tuple(names)


def _repeated(head: Cells, source: str) -> Iterator[Problem]:
    counts = Counter(" ".join(visible(cell).split()) for cell in head.cells)
    for name, count in counts.items():
        if count > 1 and name:
            message = f"{count} columns have this name; the second is {name + ' (2)'!r} here"
            yield warning(source, head.line, name[:SHOWN_LENGTH], message, "rename one of them")


def _body(text: str, source: str, names: Sequence[str]) -> Iterator[Row]:
    """Yields the rows below the first one."""
    rows = (row for row in rows_of(text, source) if isinstance(row, Cells))
    for row in islice(rows, 1, None):
        if not _is_shifted(row, len(names)):
            yield Row(row.line, dict(zip(names, row.cells, strict=False)))


def _ragged(row: Cells, width: int, source: str) -> Iterator[Problem]:
    """Yields a problem if a row has more or fewer cells than there are columns."""
    message = f"has {counted(len(row.cells), 'cell')}, but there are {width} columns"
    if _is_shifted(row, width):
        advice = "put cells that contain the mark between cells in quotes"
        yield Problem(source, row.line, "", f"{message}; the row was skipped", advice)
    elif len(row.cells) < width:
        yield warning(source, row.line, "", message, "add the cells that are missing")


def _is_shifted(row: Cells, width: int) -> bool:
    """Whether a row has more cells than columns, so that nobody knows which is in which."""
    return any(cell.strip() for cell in row.cells[width:])


TABLE = Importer(
    NAME,
    "CSV or another table as text, whose first line has the names of its columns",
    looks_like,
    read,
    read,
    names_of,
)
