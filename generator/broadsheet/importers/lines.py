"""Numbered lines, the ground that every importer stands on."""

from __future__ import annotations

from typing import NamedTuple

from broadsheet.importers.repairs import repaired, visible


class SourceLine(NamedTuple):
    """A line on which something is seen, trimmed, with its number in the source, from 1."""

    number: int
    text: str


def source_lines(text: str) -> tuple[SourceLine, ...]:
    """The lines of a text that hold something.

    Only the ends of lines that editors count part the text, so that numbers are those which a
    person sees; str.splitlines would part at form feeds and other marks too.
    """
    unified = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    numbered = ((number, visible(line)) for number, line in enumerate(unified.split("\n"), start=1))
    return tuple(SourceLine(number, line) for number, line in numbered if line)


def repaired_lines(text: str) -> tuple[SourceLine, ...]:
    """The lines of a text, each repaired on its own, without those that nothing is left of."""
    lines = (SourceLine(number, repaired(line)) for number, line in source_lines(text))
    return tuple(line for line in lines if line.text)


def shortened(text: str, length: int = 60) -> str:
    """`text` on one line for a message, cut at `length` characters with an ellipsis."""
    joined = " ".join(text.split())
    return joined if len(joined) <= length else joined[: length - 1].rstrip() + "…"


def span(lines: tuple[SourceLine, ...]) -> str:
    """How a message names some lines: "line 7" or "lines 7 to 9"."""
    first, last = lines[0].number, lines[-1].number
    return f"line {first}" if first == last else f"lines {first} to {last}"
