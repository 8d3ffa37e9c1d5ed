"""What `import` says about the columns of tables, and what people say with --map."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from broadsheet.base.errors import BroadsheetError, Problem, suggest
from broadsheet.cli.shared import say
from broadsheet.content.columns import (
    FIELDS,
    FILE,
    IGNORE,
    known_field,
    with_columns,
)
from broadsheet.content.records import ReadColumns, Reading
from broadsheet.content.save import read_text
from broadsheet.importers.mapping import ALL_OTHERS, column_named
from broadsheet.site.project import shown_path

# How many columns that weren't read are named.
_MOST_UNREAD = 12


def _pairs(
    _: click.Context, __: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """Returns the fields and columns in values such as "title=Titel"."""
    pairs = []
    for value in values:
        field, sign, column = (part.strip() for part in value.partition("="))
        if not sign or not column:
            message = f"{value!r} isn't FIELD=COLUMN, such as title=Titel"
            raise click.BadParameter(message)
        try:
            pairs.append((known_field(IGNORE if field == "-" else field), column))
        except ValueError as error:
            raise click.BadParameter(str(error)) from error
    return tuple(pairs)


def map_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the option --map."""
    return click.option(
        "--map",
        "maps",
        metavar="FIELD=COLUMN",
        multiple=True,
        callback=_pairs,
        help="What a column of a table is, such as title=Titel. extra=Rating keeps a column under "
        f"its own name, and -=Notes ignores it. content/{FILE} remembers it. FIELD is one of "
        + ", ".join(FIELDS)
        + ".",
    )(command)


def require_columns(maps: Sequence[tuple[str, str]], readings: Sequence[Reading]) -> None:
    """Refuses columns that no source has.

    Raises:
        BroadsheetError: There is no such column.
    """
    tables = [(reading, reading.columns) for reading in readings if reading.columns]
    names = [name for _, columns in tables for name in columns.all]
    for field, column in maps:
        if not tables:
            message = f"{readings[0].importer} has no columns that can be chosen"
            raise BroadsheetError(
                Problem(readings[0].source, 0, "", message, "import it without --map")
            )
        if column != ALL_OTHERS and not any(column_named(column, [*c.all]) for _, c in tables):
            message = f"there is no column {column!r} for {field}"
            advice = suggest(column, names)
            raise BroadsheetError(Problem(tables[0][0].source, 0, "", message, advice))


def columns_file(readings: Sequence[Reading], folder: Path) -> dict[str, str]:
    """Returns the new text of the file of columns, if some sources have others than it says."""
    text = before = read_text(folder, FILE) if (folder / FILE).exists() else ""
    for reading in readings:
        if reading.columns:
            shown = f"{shown_path(folder)}/{FILE}"
            text = with_columns(text, shown, reading.source, reading.columns.all)
    return {FILE: text} if text != before else {}


def columns_by_source(readings: Sequence[Reading]) -> dict[str, dict[str, str]]:
    """Returns the fields that the columns of each table were taken for."""
    return {found.source: dict(found.columns.fields) for found in readings if found.columns}


def say_columns(columns: ReadColumns) -> None:
    """Prints what columns were taken for."""
    say(f"  {'; '.join(_described(columns))}")


def _described(columns: ReadColumns) -> Iterator[str]:
    by_field: dict[str, list[str]] = {}
    for name, field in columns.fields.items():
        by_field.setdefault(field, []).append(name)
    yield ", ".join(f"{field} ← {' + '.join(names)}" for field, names in by_field.items())
    if columns.unread:
        shown = ", ".join(columns.unread[:_MOST_UNREAD])
        more = len(columns.unread) - _MOST_UNREAD
        yield f"not read: {shown}" + (f" and {more:,} more" if more > 0 else "")
