"""Reading JSON with the line that each value starts on, as far as it's intact.

A text is one document or JSON Lines. Numbers are read as text, because 2406.04520 is an arXiv id.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from broadsheet.base.encoding import unique_keys
from broadsheet.base.errors import Problem
from broadsheet.importers.lines import numbered_lines

_SPACE = re.compile(r"[ \t\r\n]*")
_VISIBLE = re.compile(r"\S")
# How deep objects are read one by one, and from how many of their lists an object is kept.
_OUTLINED, _SHOWN_LISTS = 5, 50
_NUMBERS: Mapping[str, Any] = {
    "parse_float": str,
    "parse_int": str,
    "parse_constant": lambda _: None,  # NaN, as Python writes unknown numbers
}
_STRICT = json.JSONDecoder(object_pairs_hook=unique_keys, **_NUMBERS)
_LENIENT = json.JSONDecoder(**_NUMBERS)


class Found(NamedTuple):
    """A value with its line, counted from 1."""

    line: int
    value: Any


def starts_as_json(text: str) -> bool:
    """Whether a text starts like a JSON object or array."""
    return re.match(r'\ufeff?\s*(?:\{\s*["}]|\[\s*["\[\]{])', text) is not None


def has_lines(text: str) -> bool:
    """Whether a text is JSON Lines: its first line is a whole value, and there are more."""
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    end = text.find("\n", start)
    if end < 0 or not _VISIBLE.search(text, end):
        return False
    try:
        _LENIENT.decode(text[start:end])
    except (ValueError, RecursionError):
        return False
    return True


def top_values(text: str, source: str) -> Iterator[Found | Problem]:
    """Yields the values of JSON Lines, the items of an array, or else the one value of a text.

    A broken line is a problem, and the others are read. A broken document ends with a problem.
    """
    text = text.removeprefix("\ufeff")
    if has_lines(text):
        yield from _lines(text, source)
        return
    walk = Walk(text, source)
    if text[walk.skip(0) : walk.skip(0) + 1] == "[":
        yield from walk.items(walk.skip(0))
    else:
        yield walk.value(walk.skip(0))


def first_value(text: str) -> Any:
    """Returns the first value of JSON Lines or of an array, or the one object that a text is.

    Of the lists of that object, only the first objects are kept. Returns None for invalid JSON.
    """
    one = document(text, "")
    found = next(top_values(text, ""), None) if one is None else one
    return found.value if isinstance(found, Found) else None


def document(text: str, source: str) -> Found | Problem | None:
    """Returns the one object that a text is, or what is wrong with it, or None if it has others.

    Of each list, only the first object is kept, as all of them can be more than the memory has. Its
    keys may be there twice, which is only a problem of the parts that are read.
    """
    walk = Walk(text.removeprefix("\ufeff"), source, decoder=_LENIENT)
    start = walk.skip(0)
    if has_lines(text) or not walk.text.startswith("{", start):
        return None
    try:
        return Found(walk.line(start), walk.outline(start)[0])
    except (ValueError, RecursionError):
        return walk.value(start)  # says what is wrong


def inner_values(text: str, source: str, path: tuple[str, ...]) -> Iterator[Found | Problem]:
    """Yields the items of the array at a path of keys in a document, which is known to be valid."""
    walk = Walk(text.removeprefix("\ufeff"), source)
    at = walk.skip(0)
    for key in path:
        at = next(place for name, place in walk.members(at) if name == key)
    yield from walk.items(at)


def _lines(text: str, source: str) -> Iterator[Found | Problem]:
    for number, line in numbered_lines(text):
        if line.strip():
            walk = Walk(line, source, number)
            found = walk.value(walk.skip(0))
            after = walk.skip(walk.end)
            if isinstance(found, Found) and after < len(line):
                advice = "write one object per line"
                yield Problem(source, number, "", "invalid JSON: more than one value", advice)
            else:
                yield found


def _text(key: Any) -> str:
    if not isinstance(key, str):
        raise ValueError("a key isn't a text")  # noqa: TRY004 bad data, not a bug
    return key


class Walk:
    """Finds values in a JSON text. `end` is where the last one ended."""

    def __init__(
        self, text: str, source: str, first_line: int = 1, decoder: json.JSONDecoder = _STRICT
    ) -> None:
        """Starts at the beginning of a text, which is on a line of the source."""
        self.text, self.source, self.decoder = text, source, decoder
        self.end = 0
        self._line, self._counted = first_line, 0

    def skip(self, at: int) -> int:
        """Returns where the next character is that isn't blank."""
        found = _SPACE.match(self.text, at)
        return found.end() if found else at

    def line(self, at: int) -> int:
        """Returns the line of a place, which is never before the last one that was asked for."""
        self._line += self.text.count("\n", self._counted, at)
        self._counted = max(at, self._counted)
        return self._line

    def value(self, at: int) -> Found | Problem:
        """Returns the value at a place, or what is wrong with it."""
        line = self.line(at)
        try:
            value, self.end = self.decoder.raw_decode(self.text, at)
        except json.JSONDecodeError as error:
            self.end = -1
            said = f"{error.msg[:1].lower()}{error.msg[1:]}"
            column = error.pos - self.text.rfind("\n", 0, error.pos)
            message = f"invalid JSON: {said} in column {column}"
            advice = "the file may be incomplete; save it again"
            return Problem(self.source, self.line(error.pos), "", message, advice)
        except RecursionError:
            self.end = -1
            return Problem(self.source, line, "", "nested too deeply", "simplify it")
        except ValueError as error:  # a duplicate key
            _, self.end = _LENIENT.raw_decode(self.text, at)
            return Problem(self.source, line, "", f"{error}; skipped", "remove one of them")
        return Found(line, value)

    def items(self, at: int) -> Iterator[Found | Problem]:
        """Yields the items of the array at a place."""
        at = self.skip(at + 1)
        while not self.text.startswith("]", at):
            found = self.value(at)
            yield found
            if self.end < 0:
                return
            at = self.skip(self.end)
            if self.text.startswith(",", at):
                at = self.skip(at + 1)
            elif not self.text.startswith("]", at):
                message = "invalid JSON: expected a comma between two values, or the end of a list"
                advice = "the file may be incomplete; save it again"
                yield Problem(self.source, self.line(at), "", message, advice)
                return

    def outline(self, at: int, depth: int = 0) -> tuple[Any, int]:
        """Returns the value at a place, with one object of each list, and where it ends.

        If an object has very many lists, such as one for each day, the objects of most are empty.

        Raises:
            ValueError: It isn't valid.
        """
        is_object, is_list = (self.text.startswith(sign, at) for sign in "{[")
        if depth > _OUTLINED or not (is_object or is_list):
            return _LENIENT.raw_decode(self.text, at)
        end = "}" if is_object else "]"
        found: dict[str, Any] = {}
        first: list[Any] = []
        at = self.skip(at + 1)
        while not self.text.startswith(end, at):
            if is_object:
                key, at = _LENIENT.raw_decode(self.text, at)
                at = self._expected(":", at)
                value, at = self.outline(at, depth + 1)
                is_one_more = isinstance(value, list) and value and len(found) >= _SHOWN_LISTS
                found[_text(key)] = [{}] if is_one_more else value
            else:
                value, at = _LENIENT.raw_decode(self.text, at)
                first += [value] if isinstance(value, dict) and not first else []
            at = self.skip(at)
            if not self.text.startswith(end, at):
                at = self._expected(",", at)
        return (found if is_object else first), at + 1

    def _expected(self, sign: str, at: int) -> int:
        """Returns where the next character is behind a sign that has to be here."""
        at = self.skip(at)
        if not self.text.startswith(sign, at):
            raise ValueError(f"expected {sign}")
        return self.skip(at + 1)

    def members(self, at: int) -> Iterator[tuple[str, int]]:
        """Yields the keys of the object at a place, each with the place of its value."""
        at = self.skip(at + 1)
        while self.text.startswith('"', at):
            key, at = _LENIENT.raw_decode(self.text, at)
            at = self.skip(self.skip(at) + 1)  # behind the colon
            yield key, at
            at = self.skip(self.outline(at)[1])
            at = self.skip(at + 1) if self.text.startswith(",", at) else at
