"""Importer for what Broadsheet itself exports: JSON, JSON Lines, CSV, and files of its API."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from broadsheet.base.catalogs import catalog_names, translations
from broadsheet.base.errors import BroadsheetError, Problem, sorted_problems, warning
from broadsheet.base.spreadsheets import plain_cell
from broadsheet.content.columns import LINK_FIELDS
from broadsheet.content.records import Reading, Record
from broadsheet.importers.csv_cells import Cells, first_rows, rows_of
from broadsheet.importers.finished import divided, finished, left_out
from broadsheet.importers.importer import Importer
from broadsheet.importers.json_values import Found, first_value, starts_as_json, top_values

NAME = "broadsheet-export"
# What rows of all our tables have, and what files of the API have.
_OF_ROWS = frozenset(["slug", "key", "title", "authors", "arxiv", "listed", "weeks"])
_OF_API = frozenset(["slug", "title", "title_known", "citations"])
_COPIED = ("title", "arxiv", "doi", "published", "venue", "abstract")
LIST_MARK = "; "
_LABEL = "Machine-written, not yet reviewed: %(text)s"


def is_export(fields: Mapping[str, Any]) -> bool:
    """Whether an object is one of our exports."""
    return fields.keys() >= _OF_ROWS or fields.keys() >= _OF_API


def looks_like(text: str) -> bool:
    """Whether the first object or the header has our columns."""
    if starts_as_json(text):
        first = first_value(text)
        return isinstance(first, dict) and is_export(first)
    return any({*row.cells} >= _OF_ROWS for row in first_rows(text)[:1])


def read(text: str, source: str) -> Reading:
    """Reads all papers of an export.

    Raises:
        BroadsheetError: It isn't an export.
    """
    if not looks_like(text):
        message, advice = "isn't an export of Broadsheet", "import it without --as"
        raise BroadsheetError(Problem(source, 0, "", message, advice))
    rows = (_json_rows if starts_as_json(text) else _csv_rows)(text, source)
    records, problems = divided(result for row in rows for result in _results(row, source))
    return Reading(NAME, source, records=records, problems=sorted_problems(problems))


def _results(row: Found | Problem, source: str) -> Iterable[Record | Problem]:
    return [row] if isinstance(row, Problem) else _record(row.value, row.line, source)


def _json_rows(text: str, source: str) -> Iterator[Found | Problem]:
    for found in top_values(text, source):
        if isinstance(found, Found) and not isinstance(found.value, dict):
            yield Problem(source, found.line, "", "isn't a JSON object; skipped")
        else:
            yield found


def _csv_rows(text: str, source: str) -> Iterator[Found | Problem]:
    rows = rows_of(text, source)
    head = next(row for row in rows if isinstance(row, Cells))
    for row in rows:
        if isinstance(row, Problem):
            yield row
        elif len(row.cells) == len(head.cells):
            cells = (plain_cell(cell) or None for cell in row.cells)
            yield Found(row.line, dict(zip(head.cells, cells, strict=True)))
        else:
            message = f"has {len(row.cells)} cells, but there are {len(head.cells)} columns"
            yield Problem(source, row.line, "", message, "export the papers again; skipped")


def _record(row: Mapping[str, Any], line: int, source: str) -> Iterator[Record | Problem]:
    found = {name: row[name] for name in _COPIED if row.get(name)}
    if row.get("title_known") is False:
        found.pop("title", None)  # it's only the id
    for name, read_value in _PARSED.items():
        if row.get(name):
            try:
                found[name] = read_value(row[name])
            except ValueError as error:
                yield left_out(str(error), name, line, source)
    links = row["links"] if isinstance(row.get("links"), dict) else row
    found["links"] = {name: links[name] for name in LINK_FIELDS if links.get(name)}
    for name in ("tldr", "summary"):
        if isinstance(text := row.get(name), str) and text.startswith(_labels()):
            message = "a program wrote it, and nobody has reviewed it; left out"
            yield warning(source, line, name, message)
        elif text:
            found[name] = text
    yield from finished(found, line, source)


def _names(value: Any) -> tuple[Any, ...]:
    """Returns the values of a list, which CSV and SQLite have as one text."""
    if isinstance(value, str):
        return tuple(value.split(LIST_MARK))
    if not isinstance(value, list):
        raise ValueError("isn't a list")  # noqa: TRY004 bad data, not a bug
    return tuple(name.get("slug") if isinstance(name, dict) else name for name in value)


def _facts(value: Any) -> Any:
    """Returns the facts of a paper, which tables have as a text of JSON."""
    found = json.loads(value, parse_int=str, parse_float=str) if isinstance(value, str) else value
    if not isinstance(found, dict):
        raise ValueError("isn't a JSON object")  # noqa: TRY004 bad data, not a bug
    return found


_PARSED: Mapping[str, Callable[[Any], Any]] = {
    "authors": _names,
    "topics": _names,
    "other_titles": _names,
    "extra": _facts,
}


@cache
def _labels() -> tuple[str, ...]:
    """Returns the labels of texts that nobody has reviewed, in all languages."""
    labels = (translations(name).gettext(_LABEL) for name in ("en", *catalog_names()))
    return tuple(label.partition("%(text)s")[0].rstrip() for label in labels)


OWN_EXPORT = Importer(
    NAME,
    "papers that Broadsheet exported as JSON, JSON Lines, CSV, Parquet or SQLite, or in its API",
    looks_like,
    read,
)
