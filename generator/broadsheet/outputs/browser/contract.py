"""The module `contract.js`: constants and types that Python and the scripts share.

Constants keep their names. A row is a NamedTuple, which is an array in JSON: the module has a type
of the same name, and a function that turns the array into an object. A shape is a TypedDict, which
is an object in JSON: the module has its type.
"""

from __future__ import annotations

import json
import posixpath
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NotRequired, get_args, get_origin, get_type_hints

from broadsheet.base.addresses import paper_api
from broadsheet.base.identifiers import SLUG_LENGTH
from broadsheet.base.language import MOST_AUTHORS
from broadsheet.citations.ris import TYPES
from broadsheet.outputs.charts import HUES, POINTS_FILE, MapLabel, MapPoint, PaperMap
from broadsheet.outputs.pages.kinds import KINDS
from broadsheet.outputs.saved_papers import (
    MOVED_FILE,
    NEWS_FILE,
    OFFLINE_FILE,
    News,
    SavedCitations,
    SavedPaper,
    SavedTopic,
)

CONTRACT = "contract.js"
CONSTANTS: Mapping[str, object] = {
    "HUES": HUES,
    "MOST_AUTHORS": MOST_AUTHORS,
    "RIS_TYPES": TYPES,
    "SLUG_LENGTH": SLUG_LENGTH,
    "NEWS_FILE": NEWS_FILE,
    "OFFLINE_FILE": OFFLINE_FILE,
    "POINTS_FILE": POINTS_FILE,
    "MOVED_FILE": MOVED_FILE,
    "PAPERS_FOLDER": posixpath.dirname(paper_api("any")),
    # The values of `data-list`, by kind of page, and those of lists with filters.
    "LISTS": {name: kind.list for name, kind in KINDS.items() if kind.list},
    "FILTERED_LISTS": [kind.list for kind in KINDS.values() if kind.filtered],
}
ROWS: Sequence[type[tuple[Any, ...]]] = (MapLabel, MapPoint)
SHAPES: Sequence[type] = (News, PaperMap, SavedCitations, SavedPaper, SavedTopic)

_NAMES: Mapping[Any, str] = {
    Any: "any",
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    type(None): "null",
}


def contract(
    constants: Mapping[str, object] = CONSTANTS,
    rows: Sequence[type[tuple[Any, ...]]] = ROWS,
    shapes: Sequence[type] = SHAPES,
) -> str:
    """Returns the text of a module with constants, rows and shapes."""
    values = [
        f"export const {name} = /** @type {{const}} */ ({_json(value)});\n"
        for name, value in constants.items()
    ]
    parts = [_type(one) for one in (*shapes, *rows)] + [_reader(row) for row in rows]
    return "/* Written by Broadsheet. */\n" + "".join([*values, *parts])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _type(shape: type) -> str:
    return f"/**\n * @typedef {{object}} {shape.__name__}\n{''.join(_fields(shape))} */\n"


def _fields(shape: type) -> Iterator[str]:
    for name, hint in get_type_hints(shape, include_extras=True).items():
        optional = get_origin(hint) is NotRequired
        kind = get_args(hint)[0] if optional else hint
        shown = f"[{name}]" if optional else name
        yield f" * @property {{{_script_type(kind)}}} {shown}\n"


def _reader(row: type[tuple[Any, ...]]) -> str:
    """Returns a function such as `mapPoint`, which turns an array into an object."""
    fields = ", ".join(get_type_hints(row))
    name = row.__name__[0].lower() + row.__name__[1:]
    return (
        f"/**\n * @param {{any[]}} row\n * @returns {{{row.__name__}}}\n */\n"
        f"export const {name} = ([{fields}]) => ({{ {fields} }});\n"
    )


def _script_type(hint: Any) -> str:
    """Returns the type in a script of a Python type's JSON."""
    if hint in _NAMES:
        return _NAMES[hint]
    if hasattr(hint, "_fields"):  # a row, which is an array until it's read
        return "any[]"
    origin, inner = get_origin(hint), get_args(hint)
    if origin is types.UnionType:
        return " | ".join(map(_script_type, inner))
    written = _WRITTEN.get(origin)
    return written(inner) if written else getattr(hint, "__name__", "any")


def _array(inner: Sequence[Any]) -> str:
    return f"Array<{_script_type(inner[0])}>"


def _tuple(inner: Sequence[Any]) -> str:
    if inner[-1] is Ellipsis:
        return _array(inner)
    return f"[{', '.join(map(_script_type, inner))}]"


def _record(inner: Sequence[Any]) -> str:
    return f"Record<string, {_script_type(inner[1])}>"


_WRITTEN: Mapping[Any, Callable[[Sequence[Any]], str]] = {
    list: _array,
    Sequence: _array,
    tuple: _tuple,
    dict: _record,
    Mapping: _record,
}
