"""Walking through a JSON text, to the works in its envelopes and their lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from broadsheet.base.errors import BroadsheetError, Problem

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()
# The keys in which services put works, from the outside to the inside.
_OPENALEX = ("results",)
_SEMANTIC_SCHOLAR = ("data", "recommendedPapers", "citedPaper", "citingPaper")
_CROSSREF = ("message", "items")
_DBLP = ("result", "hits", "hit", "info")
_ENVELOPES = frozenset([*_OPENALEX, *_SEMANTIC_SCHOLAR, *_CROSSREF, *_DBLP])


def located(text: str, source: str) -> Iterator[tuple[int, Any]]:
    """Yields the values in the envelopes of a JSON text, each with the line that it starts on.

    Raises:
        BroadsheetError: The text isn't JSON.
    """
    cursor = _Cursor(text.removeprefix("\ufeff"), source)
    try:
        yield from cursor.values()
        while cursor.skip() < len(cursor.text):
            yield from cursor.values()
    except json.JSONDecodeError as error:
        message = f"invalid JSON: {error.msg[:1].lower()}{error.msg[1:]} in column {error.colno}"
        advice = "the file may be incomplete; save it again"
        raise BroadsheetError(Problem(source, error.lineno, "", message, advice)) from error
    except RecursionError as error:
        raise BroadsheetError(Problem(source, 0, "", "nested too deeply")) from error
    except ValueError as error:  # a number with thousands of digits
        raise BroadsheetError(Problem(source, 0, "", f"invalid JSON: {error}")) from error


class _Cursor:
    """A place in a JSON text, which moves on from value to value."""

    def __init__(self, text: str, source: str) -> None:
        self.text, self.source = text, source
        self.at = 0
        self._line, self._counted = 1, 0

    def skip(self) -> int:
        """Goes to the next character that isn't blank."""
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at

    def line(self) -> int:
        """Returns the line of the current place."""
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line

    def take(self, char: str) -> bool:
        """Goes behind a character if it's the next one."""
        found = self.text.startswith(char, self.skip())
        self.at += found
        return found

    def expect(self, char: str) -> None:
        if not self.take(char):
            raise json.JSONDecodeError(f"Expecting {char!r}", self.text, self.at)

    def value(self) -> Any:
        """Returns the next value, whatever it is."""
        found, self.at = _DECODER.raw_decode(self.text, self.skip())
        return found

    def values(self) -> Iterator[tuple[int, Any]]:
        """Yields the next value, or what is in it if it's an envelope."""
        self.skip()
        line = self.line()
        if self.take("["):
            yield from self._items()
        elif self.take("{"):
            yield from self._members(line)
        else:
            yield line, self.value()

    def _items(self) -> Iterator[tuple[int, Any]]:
        if self.take("]"):
            return
        yield from self.values()
        while self.take(","):
            yield from self.values()
        self.expect("]")

    def _members(self, line: int) -> Iterator[tuple[int, Any]]:
        """Yields what is in an envelope, or the object itself if it's none."""
        found: dict[str, Any] = {}
        is_envelope = False
        more = not self.take("}")
        while more:
            key = self.value()
            if not isinstance(key, str):
                raise json.JSONDecodeError("Expecting a key in quotes", self.text, self.at)
            self.expect(":")
            if key in _ENVELOPES and self.text[self.skip() : self.at + 1] in ("[", "{"):
                is_envelope = True
                yield from self.values()
            else:
                found[key] = self.value()
            more = self.take(",")
            if not more:
                self.expect("}")
        if not is_envelope:
            yield line, found
