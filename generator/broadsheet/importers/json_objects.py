"""Importer for JSON of any form that has a list of objects, and JSON Lines with any keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any

from broadsheet.base.characters import without_harmful
from broadsheet.base.errors import BroadsheetError, Problem, warning
from broadsheet.content.columns import NO_CHOICES, ColumnChoices
from broadsheet.content.records import Reading
from broadsheet.importers.csv_cells import MOST_ROWS
from broadsheet.importers.importer import Importer
from broadsheet.importers.json_values import (
    Found,
    document,
    inner_values,
    starts_as_json,
    top_values,
)
from broadsheet.importers.lines import quoted
from broadsheet.importers.mapped import Row, reading_of
from broadsheet.importers.mapping import is_known, known_fields

NAME = "json"
# Objects inside of objects become columns such as "paper.title", but not deeper than this.
_DEPTH = 4
# Objects whose keys are ids would have as many columns as values.
_MOST_COLUMNS = 500
# How far from the outside a list of objects is searched for.
_LIST_DEPTH = 3
_SAMPLE = 20

Path = tuple[str, ...]


def names_of(text: str) -> tuple[str, ...]:
    """Returns the columns of the first objects."""
    if not starts_as_json(text):
        return ()
    try:
        found = [*islice(_objects(text, "")(), _SAMPLE)]
    except BroadsheetError:
        return ()
    rows = [flattened(row.value) for row in found if isinstance(row, Found)]
    return tuple(dict.fromkeys(name for row in rows for name in row))


def read(text: str, source: str, choices: ColumnChoices = NO_CHOICES) -> Reading:
    """Reads the objects of a list. Odd ones become problems.

    Raises:
        BroadsheetError: There is no list of objects or several, or nothing identifies papers.
    """
    objects = _objects(text, source)
    problems: list[Problem] = []
    names: dict[str, None] = {}
    line = 0
    for number, found in enumerate(objects()):
        if number >= MOST_ROWS:
            message = f"has more than {MOST_ROWS:,} objects"
            raise BroadsheetError(Problem(source, 0, "", message, "split it into several files"))
        if isinstance(found, Problem):
            problems.append(found)
        else:
            line = line or found.line
            names |= dict.fromkeys(flattened(found.value))
    if not line:
        advice = "there must be a list of objects, such as [{...}, {...}]"
        raise BroadsheetError(*problems or [Problem(source, 0, "", "has no papers", advice)])
    if len(names) > _MOST_COLUMNS:
        message = f"the objects have {len(names):,} different keys; read {_MOST_COLUMNS}"
        problems.append(warning(source, line, "", message))
    return reading_of(
        lambda: (Row(o.line, flattened(o.value)) for o in objects() if isinstance(o, Found)),
        [*names][:_MOST_COLUMNS],
        choices,
        NAME,
        source,
        line=line,
        problems=problems,
    )


def flattened(value: Mapping[str, Any], around: str = "", depth: int = 1) -> dict[str, Any]:
    """Returns an object without objects in it: {"paper": {"title": …}} has "paper.title"."""
    found: dict[str, Any] = {}
    for key, inner in value.items():
        name = " ".join(without_harmful(f"{around}{key}").split())
        if isinstance(inner, Mapping) and inner and depth < _DEPTH:
            found |= flattened(inner, f"{name}.", depth + 1)
        elif name:
            found.setdefault(name, inner)
    return found


def _objects(text: str, source: str) -> Callable[[], Iterator[Found | Problem]]:
    """Returns what yields the objects of a text with their lines, and problems with others."""
    one = document(text, source)
    path = _path_of_list(one, source) if isinstance(one, Found) else ()
    values = (
        partial(inner_values, text, source, path) if path else partial(top_values, text, source)
    )
    return lambda: (_object(found, source) for found in values())


def _object(found: Found | Problem, source: str) -> Found | Problem:
    if isinstance(found, Found) and not isinstance(found.value, dict):
        message = f"isn't a JSON object: {quoted(str(found.value))}; skipped"
        return Problem(source, found.line, "", message)
    return found


def _path_of_list(found: Found, source: str) -> Path:
    """Returns where the one list of objects is in an object, or () if that is itself a paper."""
    names = [name for name, value in flattened(found.value).items() if not isinstance(value, list)]
    if is_known(names):
        return ()
    lists = [*_lists(found.value)]
    most = max((known for _, known in lists), default=0)
    likely = [path for path, known in lists if known == most]
    if len(likely) != 1:
        raise BroadsheetError(_not_one_list(likely, found.line, source))
    return likely[0]


def _lists(value: Mapping[str, Any], around: Path = ()) -> Iterator[tuple[Path, int]]:
    """Yields the paths of the lists of objects inside of an object.

    Each comes with how many fields of papers its first object has.
    """
    for key, inner in value.items():
        if isinstance(inner, list):
            first = next((item for item in inner if isinstance(item, dict)), None)
            if first is not None:
                yield (*around, key), known_fields(flattened(first))
        elif isinstance(inner, dict) and len(around) + 1 < _LIST_DEPTH:
            yield from _lists(inner, (*around, key))


def _not_one_list(paths: Sequence[Path], line: int, source: str) -> Problem:
    if not paths:
        advice = "there must be a list of objects, such as [{...}, {...}]"
        return Problem(source, line, "", "has no papers and no list of objects", advice)
    shown = ", ".join(quoted(".".join(path)) for path in paths[:5])
    message = f"has {len(paths):,} lists of objects: {shown}{', …' if paths[5:] else ''}"
    return Problem(source, line, "", message, "keep the one with the papers")


JSON = Importer(
    NAME,
    "JSON with a list of objects, or JSON Lines, with any keys",
    starts_as_json,
    read,
    read,
    names_of,
)
