"""Splitting a text into numbered lines, for all importers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from broadsheet.base.text import shortened
from broadsheet.importers.repairs import repaired, visible

# How much of a line messages quote: enough to find it.
SHOWN_LENGTH = 60


class SourceLine(NamedTuple):
    """A line with its number in the source, counted from 1."""

    number: int
    text: str


def numbered_lines(text: str) -> Iterator[SourceLine]:
    """Yields all lines of a text as they are, one by one, as a list of all would be a second text.

    Lines are counted as editors do. (`str.splitlines` would also split at form feeds and others.)
    """
    unified = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    at, number = 0, 0
    while at <= len(unified):
        end = unified.find("\n", at)
        end = len(unified) if end < 0 else end
        number += 1
        yield SourceLine(number, unified[at:end])
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


def quoted(text: str, length: int = SHOWN_LENGTH) -> str:
    """Returns the start of a text in quotes, for messages."""
    return repr(shortened(text, length))


def line_range(lines: tuple[SourceLine, ...]) -> str:
    """Returns the numbers of some lines for messages: "line 7" or "lines 7 to 9"."""
    first, last = lines[0].number, lines[-1].number
    return f"line {first}" if first == last else f"lines {first} to {last}"
