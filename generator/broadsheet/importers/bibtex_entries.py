"""Splitting BibTeX into entries with their fields, macros resolved.

A parser of our own, because people write BibTeX by hand. bibtexparser 2.1 is as fast, but loses
entries without a key, fields after a missing comma, and entries with "@" at the start of a line in
a field, and it leaves macros with "#" as they are. Tests compare both.

Like BibTeX, this counts all braces, also those after a backslash.
"""

from __future__ import annotations

import calendar
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.content.fields import TEXT_LENGTH
from broadsheet.importers.lines import quoted

_START = re.compile(r"@\s*(?P<kind>[A-Za-z]+)\s*(?P<open>[{(])")
_KEY = re.compile(r"\s*(?P<key>[^,={}()\"\n]*)(?:,|(?=[})]))")
_BETWEEN = r"[\s,]*(?:%[^\n]*\n[\s,]*)*"
_FIELD = re.compile(rf"{_BETWEEN}(?P<name>[^\W\d][\w:.+-]*)\s*=\s*")
_WORD = re.compile(r"[^\s,#{}\"=()]+")
_END = re.compile(rf"{_BETWEEN}[)}}]")
_GLUE = re.compile(r"\s*#\s*")
_BRACES = re.compile("[{}]")
_ENDS_OF_QUOTES = re.compile('["{}]')
# How much of a broken entry to look at for its message.
_SHOWN = 200
_NO_ENTRIES = frozenset(["comment", "preamble"])
# Macros are short, and entries use few of them. What they stand for is hardly more than the rest.
_SPARE = 1024 * 1024
_MONTHS = {calendar.month_abbr[n].casefold(): calendar.month_name[n] for n in range(1, 13)}


@dataclass(frozen=True)
class BibtexEntry:
    """An entry.

    Attributes:
        line: The line that it starts on.
        kind: Its kind in lowercase, such as "article".
        key: Its citation key.
        fields: Its fields with names in lowercase. Values are LaTeX.
    """

    line: int
    kind: str
    key: str
    fields: Mapping[str, str]


class _BrokenEntryError(Exception):
    """An entry can't be read. The message says why."""


def starts_entry(line: str) -> bool:
    """Whether a line starts with an entry."""
    return _START.match(line) is not None


def entries_of(text: str, source: str) -> Iterator[BibtexEntry | Problem]:
    """Yields the entries of a text, and a problem for each broken one, which is skipped.

    Raises:
        BroadsheetError: Its macros mean far more text than it has.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    macros, partners = _Macros(len(text) + _SPARE), _Partners(text)
    position, line, counted = 0, 1, 0
    while start := _START.search(text, position):
        line += text.count("\n", counted, start.start())
        counted, kind = start.start(), start["kind"].casefold()
        try:
            if kind in _NO_ENTRIES:
                position = partners.of(start.end() - 1) or start.end()
                continue
            key = _KEY.match(text, start.end()) if kind != "string" else None
            fields, position = _Fields(text, partners, macros).read(
                key.end() if key else start.end()
            )
        except _BrokenEntryError as error:
            shown = quoted(text[counted : counted + _SHOWN].partition("\n")[0])
            yield Problem(source, line, "", f"the entry {shown} {error}", "the entry was skipped")
            position = start.end()
            if kind == "string" and (name := _FIELD.match(text, position)):
                macros.define({name["name"].casefold(): ""})
            continue
        except _EndlessError as error:
            message = "macros of @string stand for far more text than the file has"
            advice = "write the values into the entries"
            raise BroadsheetError(Problem(source, line, "", message, advice)) from error
        if kind == "string":
            macros.define(fields)
        else:
            yield BibtexEntry(line, kind, key["key"].strip() if key else "", fields)


class _EndlessError(Exception):
    """The macros of a text mean too much other text."""


class _Macros:
    """Names that stand for texts. Each of a few lines can mean the one before many times."""

    def __init__(self, most: int) -> None:
        self._texts, self._left = dict(_MONTHS), most

    def define(self, texts: Mapping[str, str]) -> None:
        """Adds names in lowercase."""
        self._texts |= texts

    def text_of(self, word: str) -> str:
        """Returns what a word stands for, or the word itself if it's no name."""
        text = self._texts.get(word.casefold())
        if text is None:
            return word
        self._left -= len(text)
        if self._left < 0:
            raise _EndlessError
        return text


class _Partners:
    """The position of the closing brace of each opening one that has one.

    Finding them once keeps a text with many unclosed braces from being read again for each. They
    are in arrays, because a dictionary of all would take more memory than the text.
    """

    def __init__(self, text: str) -> None:
        self._opening, self._closing = array("Q"), array("Q")
        opened: list[int] = []
        for brace in _BRACES.finditer(text):
            if brace[0] == "{":
                opened.append(len(self._opening))
                self._opening.append(brace.start())
                self._closing.append(0)
            elif opened:
                self._closing[opened.pop()] = brace.start()

    def of(self, position: int) -> int:
        """Returns the position of the partner of the brace at a position, or 0 without one."""
        place = bisect_left(self._opening, position)
        is_brace = place < len(self._opening) and self._opening[place] == position
        return self._closing[place] if is_brace else 0


@dataclass(frozen=True)
class _Fields:
    """Reads the fields of an entry. Each method takes a position and returns the one after."""

    text: str
    partners: _Partners
    macros: _Macros

    def read(self, position: int) -> tuple[dict[str, str], int]:
        """Returns the fields of an entry. If one is repeated, the first one counts."""
        fields: dict[str, str] = {}
        while not (end := _END.match(self.text, position)):
            name = _FIELD.match(self.text, position)
            if not name:
                raise _BrokenEntryError(self._what_is_wrong(position))
            value, position = self._value(name.end())
            fields.setdefault(name["name"].casefold(), value)
        return fields, end.end()

    def _what_is_wrong(self, position: int) -> str:
        rest = self.text[position : position + 1_000]
        return "has no closing brace" if not rest.strip() else "can't be read"

    def _value(self, position: int) -> tuple[str, int]:
        """Returns a value, which can be several parts joined by "#"."""
        part, position = self._part(position)
        parts, length = [part], len(part)
        while glue := _GLUE.match(self.text, position):
            part, position = self._part(glue.end())
            parts.append(part)
            length += len(part)
            # Macros made of macros could grow without end.
            if length > TEXT_LENGTH or len(parts) > TEXT_LENGTH:
                raise _BrokenEntryError("has a value that is too long")
        return "".join(parts), position

    def _part(self, position: int) -> tuple[str, int]:
        sign = self.text[position : position + 1]
        if sign == "{":
            end = self._closing_brace(position)
            return self.text[position + 1 : end], end + 1
        if sign == '"':
            end = self._closing_quote(position + 1)
            return self.text[position + 1 : end], end + 1
        word = _WORD.match(self.text, position)
        if not word:
            raise _BrokenEntryError("has a key without a value")
        return self.macros.text_of(word[0]), word.end()

    def _closing_brace(self, position: int) -> int:
        partner = self.partners.of(position)
        if not partner:
            raise _BrokenEntryError("has no closing brace")
        return partner

    def _closing_quote(self, position: int) -> int:
        """Returns the position of the next quote outside of braces."""
        while found := _ENDS_OF_QUOTES.search(self.text, position):
            if found[0] == '"':
                return found.start()
            if found[0] == "}":
                break
            position = self._closing_brace(found.start()) + 1
        raise _BrokenEntryError("has no closing quote")
