"""Splitting a text into numbered lines, for all importers."""

from __future__ import annotations

from typing import NamedTuple

from broadsheet.base.text import shortened
from broadsheet.importers.repairs import repaired, visible

# How much of a line messages quote: enough to find it.
SHOWN_LENGTH = 60


class SourceLine(NamedTuple):
    """A line that isn't blank, trimmed, with its number in the source, counted from 1."""

    number: int
    text: str


def source_lines(text: str) -> tuple[SourceLine, ...]:
    """Returns the lines of a text that aren't blank.

    Lines are counted as editors do. (`str.splitlines` would also split at form feeds and others.)
    """
    unified = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    numbered = ((number, visible(line)) for number, line in enumerate(unified.split("\n"), start=1))
    return tuple(SourceLine(number, line) for number, line in numbered if line)


def repaired_lines(text: str) -> tuple[SourceLine, ...]:
    """Returns the lines of a text, each repaired by itself, without those that become blank."""
    lines = (SourceLine(number, repaired(line)) for number, line in source_lines(text))
    return tuple(line for line in lines if line.text)


def quoted(text: str, length: int = SHOWN_LENGTH) -> str:
    """Returns the start of a text in quotes, for messages."""
    return repr(shortened(text, length))


def line_range(lines: tuple[SourceLine, ...]) -> str:
    """Returns the numbers of some lines for messages: "line 7" or "lines 7 to 9"."""
    first, last = lines[0].number, lines[-1].number
    return f"line {first}" if first == last else f"lines {first} to {last}"
