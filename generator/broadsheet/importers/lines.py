"""Splitting a text into numbered lines, for all importers."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import NamedTuple, overload

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.text import shortened
from broadsheet.importers.repairs import repaired, visible

# How much of a line messages quote: enough to find it.
SHOWN_LENGTH = 60
# Each line takes time, and often memory, even if nothing is on it. No list has so many.
MOST_LINES = 2_000_000


class SourceLine(NamedTuple):
    """A line with its number in the source, counted from 1."""

    number: int
    text: str


def refuse_many_lines(text: str | bytes, source: str) -> None:
    """Refuses a text with more lines than anybody writes.

    Raises:
        BroadsheetError: The text has too many.
    """
    lines = text.count("\n") if isinstance(text, str) else text.count(b"\n")
    if lines > MOST_LINES:
        message = f"has more than {MOST_LINES:,} lines"
        raise BroadsheetError(Problem(source, 0, "", message, "split it into several files"))


def numbered_lines(text: str) -> Iterator[SourceLine]:
    """Yields all lines of a text as they are, one by one, as a list of all would be a second text.

    Lines are counted as editors do. (`str.splitlines` would also split at form feeds and others.)
    """
    unified = _unified(text)
    for number, start, end in _places(unified):
        yield SourceLine(number, unified[start:end])


def _unified(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _places(text: str) -> Iterator[tuple[int, int, int]]:
    """Yields the number of each line, where it starts and where it ends."""
    at, number = 0, 0
    while at <= len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        number += 1
        yield number, at, end
        at = end + 1


def source_lines(text: str) -> tuple[SourceLine, ...]:
    """Returns the lines of a text that aren't blank, trimmed."""
    return tuple(trimmed_lines(text))


def trimmed_lines(text: str) -> Iterator[SourceLine]:
    """Yields the lines of a text that aren't blank, trimmed."""
    lines = (SourceLine(number, visible(line)) for number, line in numbered_lines(text))
    return (line for line in lines if line.text)


def repaired_lines(text: str) -> Iterator[SourceLine]:
    """Yields the lines of a text, each repaired by itself, without those that become blank."""
    lines = (SourceLine(number, repaired(line)) for number, line in trimmed_lines(text))
    return (line for line in lines if line.text)


class _Places:
    """Where the lines are that `repaired_lines` yields."""

    def __init__(self, text: str) -> None:
        self.text = _unified(text)
        self.numbers, self.starts, self.is_changed = array("Q"), array("Q"), bytearray()
        for number, start, end in _places(self.text):
            line = self.text[start:end]
            shown = repaired(visible(line))
            if shown:
                self.numbers.append(number)
                self.starts.append(start)
                self.is_changed.append(shown != line)

    def line(self, place: int) -> SourceLine:
        start = self.starts[place]
        end = self.text.find("\n", start)
        line = self.text[start : len(self.text) if end < 0 else end]
        shown = repaired(visible(line)) if self.is_changed[place] else line
        return SourceLine(self.numbers[place], shown)


class RepairedLines(Sequence[SourceLine]):
    """The lines that `repaired_lines` yields, each of which is read when somebody asks for it.

    A list of them would be a second text.
    """

    def __init__(self, text: str | _Places, chosen: range | None = None) -> None:
        """Finds the lines of a text, or has those of its lines that are chosen."""
        self._places = _Places(text) if isinstance(text, str) else text
        self._chosen = range(len(self._places.numbers)) if chosen is None else chosen

    def __len__(self) -> int:
        """Returns how many lines there are."""
        return len(self._chosen)

    @overload
    def __getitem__(self, place: int) -> SourceLine: ...
    @overload
    def __getitem__(self, place: slice) -> RepairedLines: ...
    def __getitem__(self, place: int | slice) -> SourceLine | RepairedLines:
        """Returns a line, or some of the lines."""
        if isinstance(place, slice):
            return RepairedLines(self._places, self._chosen[place])
        return self._places.line(self._chosen[place])


def quoted(text: str, length: int = SHOWN_LENGTH) -> str:
    """Returns the start of a text in quotes, for messages."""
    return repr(shortened(text, length))


def line_range(lines: Sequence[SourceLine]) -> str:
    """Returns the numbers of some lines for messages: "line 7" or "lines 7 to 9"."""
    first, last = lines[0].number, lines[-1].number
    return f"line {first}" if first == last else f"lines {first} to {last}"
