"""Reading a list of JSON objects one by one, each with its line.

An error in one object ends the reading, because nobody can tell where the next one starts. Those
before it are kept. Numbers become text: 2406.04520 is an arXiv id, and others may have a million
digits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from broadsheet.base.errors import Problem
from broadsheet.importers.json_values import Found, document
from broadsheet.importers.lines import quoted

# Where a file that isn't itself a list has its items.
_LISTS = ("items", "references")
_BLANK = re.compile(r"[ \t\r\n]*")


@dataclass(frozen=True)
class Item:
    """An object of a list, with the line that it starts on."""

    line: int
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Surroundings:
    """What stands beside a list, such as the collections of its items."""

    fields: Mapping[str, Any]


@dataclass(frozen=True)
class _Placed:
    """A value with its position in the text."""

    position: int
    value: Any


class _JsonError(Exception):
    """Nothing more can be read. Carries the position and what is wrong there."""

    def __init__(self, position: int, message: str) -> None:
        self.position, self.message = position, message
        super().__init__(message)


_Reading = Generator[_Placed | Surroundings, None, int]


def items(text: str, source: str) -> Iterator[Item | Surroundings | Problem]:
    """Yields the objects of all lists in a text, and objects that stand alone.

    Objects whose list is in another object come before the rest of that object.
    """
    line_of = _line_counter(text)
    try:
        for found in _roots(text):
            if isinstance(found, Surroundings):
                yield found
            else:
                yield _item(found.value, line_of(found.position), source)
    except _JsonError as error:
        message, advice = error.message, "everything from here on was skipped"
        yield Problem(source, line_of(error.position), "", message, advice)


def first_item(text: str) -> Item | None:
    """Returns the first object of a text.

    An object with lists of other names is read without most of them: it may be any other file.
    """
    one = document(text, "")
    if isinstance(one, Found) and not any(isinstance(one.value.get(n), list) for n in _LISTS):
        return Item(one.line, one.value)
    first = next(items(text, ""), None)
    return first if isinstance(first, Item) else None


def text_of(fields: Mapping[str, Any], name: str) -> str:
    """Returns a text, or the first of several, or an empty text if there's none."""
    return next(iter(texts_of(fields.get(name))), "")


def texts_of(value: Any, key: str = "") -> tuple[str, ...]:
    """Returns the texts in a value, which can be one text, a list of texts or of objects.

    Args:
        value: The value.
        key: The key with the text in each object, if they can be objects.
    """
    each = value if isinstance(value, list) else [value]
    found = (part.get(key) if isinstance(part, dict) else part for part in each)
    return tuple(text for text in found if isinstance(text, str))


def _line_counter(text: str) -> Callable[[int], int]:
    """Returns a function that returns the line of a position, which must not be before the last."""
    before, line = 0, 1

    def line_of(position: int) -> int:
        nonlocal before, line
        line += text.count("\n", before, position)
        before = position
        return line

    return line_of


def _item(value: Any, line: int, source: str) -> Item | Problem:
    if not isinstance(value, dict):
        message = f"isn't a JSON object: {quoted(json.dumps(value))}"
    elif _has_half_characters(value):
        message = "contains a lone surrogate, which is half a character"
    else:
        return Item(line, value)
    return Problem(source, line, "", message, "it was skipped")


def _has_half_characters(value: Any) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _roots(text: str) -> _Reading:
    position = _after_blank(text, len(text) - len(text.removeprefix("\ufeff")))
    while position < len(text):
        if text[position] not in "[{":
            raise _JsonError(position, f"invalid JSON: unexpected {quoted(text[position:])}")
        position = yield from (_list if text[position] == "[" else _object)(text, position)
        position = _after_blank(text, position)
    return position


def _list(text: str, start: int) -> _Reading:
    position = _after_blank(text, start + 1)
    while _sign(text, position) != "]":
        value, end = _value(text, position)
        yield _Placed(position, value)
        position = _next(text, end, "]")
    return position + 1


def _object(text: str, start: int) -> _Reading:
    fields: dict[str, Any] = {}
    position, has_list = _after_blank(text, start + 1), False
    while _sign(text, position) != "}":
        key, position = _key(text, position)
        if key in _LISTS and _sign(text, position) == "[":
            has_list = True
            position = yield from _list(text, position)
        else:
            fields[key], position = _value(text, position)
        position = _next(text, position, "}")
    yield Surroundings(fields) if has_list else _Placed(start, fields)
    return position + 1


def _key(text: str, position: int) -> tuple[str, int]:
    """Returns a key and the position of its value."""
    if _sign(text, position) != '"':
        raise _JsonError(position, "invalid JSON: expected a key in double quotes")
    key, end = _value(text, position)
    colon = _after_blank(text, end)
    if _sign(text, colon) != ":":
        raise _JsonError(colon, "invalid JSON: expected a colon after a key")
    return key, _after_blank(text, colon + 1)


def _value(text: str, position: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, position)
    except json.JSONDecodeError as error:
        message = f"invalid JSON: {error.msg[:1].lower()}{error.msg[1:]} in column {error.colno}"
        raise _JsonError(max(error.pos, position), message) from error
    except RecursionError as error:
        raise _JsonError(position, "nested too deeply") from error
    except ValueError as error:
        raise _JsonError(position, str(error)) from error


def _next(text: str, position: int, end: str) -> int:
    """Returns the position of the next value, or of the sign that ends the list or object."""
    position = _after_blank(text, position)
    sign = _sign(text, position)
    if sign not in (end, ","):
        raise _JsonError(position, f"invalid JSON: expected a comma or {end}")
    return position if sign == end else _after_blank(text, position + 1)


def _sign(text: str, position: int) -> str:
    return text[position : position + 1]


def _after_blank(text: str, position: int) -> int:
    blank = _BLANK.match(text, position)
    return blank.end() if blank else position


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} isn't valid JSON")


_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=_refuse_constant)
