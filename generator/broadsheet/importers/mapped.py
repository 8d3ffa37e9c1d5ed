"""Turning the rows of a table into records, once it's known what its columns are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from broadsheet.base.errors import Problem, sorted_problems, warning
from broadsheet.base.identifiers import parse_week
from broadsheet.base.text import shortened
from broadsheet.content.columns import EXTRA, IDENTIFYING, LINK_FIELDS, ColumnChoices
from broadsheet.content.fields import EXTRA_NAME_LENGTH, MOST_EXTRA
from broadsheet.content.records import ReadColumns, Reading, Record
from broadsheet.importers import cells
from broadsheet.importers.finished import divided, finished, left_out
from broadsheet.importers.lines import quoted
from broadsheet.importers.mapping import columns_for
from broadsheet.importers.table_dates import is_slashed, slash_order, table_date

# How many rows tell what a column is.
_SAMPLE = 50


class Row(NamedTuple):
    """A row of a table, or a JSON object, with the line that it starts on."""

    line: int
    values: Mapping[str, Any]


def reading_of(
    rows: Callable[[], Iterable[Row]],
    names: Sequence[str],
    choices: ColumnChoices,
    importer: str,
    source: str,
    *,
    line: int = 1,
    problems: Sequence[Problem] = (),
) -> Reading:
    """Returns the records of rows.

    Args:
        rows: Returns the rows, which are read several times and never all in memory.
        names: The names of their columns.
        choices: What people say about columns.
        importer: The name of the importer.
        source: The name of the text.
        line: The line of the columns' names.
        problems: What was odd about the text so far.

    Raises:
        BroadsheetError: No column identifies papers.
    """
    first = [*islice(rows(), _SAMPLE)]
    samples = {name: [row.values.get(name) for row in first] for name in names}
    columns = columns_for(samples, choices, source, line)
    dates = [name for name, field in columns.fields.items() if field == "published"]
    orders = {
        name: slash_order(str(row.values.get(name) or "") for row in rows()) for name in dates
    }
    records, odd = divided(
        result for row in rows() for result in _record(row, columns, orders, source)
    )
    odd += _unclear_dates(rows, [name for name in dates if not orders[name]], source)
    return Reading(
        importer,
        source,
        records=records,
        problems=sorted_problems([*problems, *odd]),
        columns=columns,
    )


def _unclear_dates(
    rows: Callable[[], Iterable[Row]], names: Iterable[str], source: str
) -> Iterator[Problem]:
    """Yields one warning about each column of which only the years are clear, if there are any."""
    for name in names:
        lines = (row.line for row in rows() if is_slashed(str(row.values.get(name) or "")))
        line = next(lines, None)
        if line is not None:
            message = "can't tell days from months in dates such as 03/04/2024; kept the years"
            yield warning(source, line, name, message, "write dates like 2024-04-03")


def _record(
    row: Row, columns: ReadColumns, orders: Mapping[str, str], source: str
) -> Iterator[Record | Problem]:
    """Yields the record of a row, if it identifies a paper, and what is odd about the row."""
    found: dict[str, Any] = {}
    for name, field in columns.fields.items():
        value = row.values.get(name)
        if cells.is_blank(value):
            continue
        try:
            _add(found, name, field, value, orders.get(name, ""))
        except ValueError as error:
            yield left_out(str(error), name, row.line, source)
    if not found and all(map(cells.is_blank, row.values.values())):
        return
    names: dict[str, str] = {}
    for name, field in columns.fields.items():
        names.setdefault(field, name)
    wanted = [name for name, field in columns.fields.items() if field in IDENTIFYING]
    yield from finished(found, row.line, source, names, f"fill in {' or '.join(wanted)}")


def _issue_of(value: Any) -> str:
    text = cells.line_of(value)
    if not parse_week(text):
        raise ValueError(f"{quoted(text)} isn't an issue; write its ISO week, such as 2024-W12")
    return text


_ONE: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("title", "venue", "tldr", "section", "number", "collection"), cells.line_of),
    **dict.fromkeys(("summary", "abstract"), cells.paragraphs_of),
    "arxiv": cells.arxiv_of,
    "issue": _issue_of,
}
_MANY: Mapping[str, Callable[[Any], tuple[str, ...]]] = {
    "authors": cells.names_of,
    "other_titles": cells.titles_of,
    "topics": cells.words_of,
    "keywords": cells.words_of,
}


def _add(found: dict[str, Any], name: str, field: str, value: Any, order: str) -> None:
    """Adds what a cell says about a field. The first column of a field counts, except in lists."""
    if field in _ONE:
        found.setdefault(field, _ONE[field](value))
    elif field in _MANY:
        found[field] = tuple(dict.fromkeys((*found.get(field, ()), *_MANY[field](value))))
    elif field == "published":
        _add_date(found, cells.line_of(value), order)
    elif field in LINK_FIELDS:
        found.setdefault("links", {}).setdefault(field, cells.link_of(value))
    elif field == EXTRA:
        _add_fact(found, name, cells.fact_of(value))
    else:
        kind, address = (cells.doi_of if field == "doi" else cells.address_of)(value)
        if kind in ("arxiv", "doi"):
            found.setdefault(kind, address)
        elif kind:
            found.setdefault("links", {}).setdefault(kind, address)
        else:
            _add_fact(found, name, address)


def _add_date(found: dict[str, Any], text: str, order: str) -> None:
    date = table_date(text, order)
    if date is None:
        raise ValueError(f"{quoted(text)} isn't a date; write one like 2024-03-18, 2024-03 or 2024")
    # A later column may have the same date in more detail.
    if date.startswith(found.get("published", "")):
        found["published"] = date


def _add_fact(found: dict[str, Any], name: str, value: str) -> None:
    facts = found.setdefault(EXTRA, {})
    if len(facts) >= MOST_EXTRA:
        raise ValueError(f"a paper has at most {MOST_EXTRA} facts under extra; ignore some columns")
    facts[shortened(name, EXTRA_NAME_LENGTH)] = value
