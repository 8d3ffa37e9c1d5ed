"""Texts on one line, shortened, and counts as English messages have them."""

from __future__ import annotations

# Longer than almost any word. A text without a space for so long is cut where it must be, which
# is right for languages that write no spaces.
_LONGEST_WORD = 40
# Search engines and link previews cut descriptions at about this length.
DESCRIPTION_LENGTH = 160


def one_line(text: str) -> str:
    """Returns a text with single spaces and no line breaks."""
    return " ".join(text.split())


def shortened(text: str, length: int = DESCRIPTION_LENGTH) -> str:
    """Returns a text on one line, cut after a whole word if it's longer than `length`."""
    line = one_line(text)
    if len(line) <= length:
        return line
    head = line[: length - 1]
    words, _, rest = head.rpartition(" ")
    return (words if len(rest) < _LONGEST_WORD else head).rstrip(" ,;:.，、；：。") + "…"


def counted(number: int, name: str, names: str = "") -> str:
    """Returns a number with its noun: "1 paper", "2,000 papers"."""
    return f"{number} {name}" if number == 1 else f"{number:,} {names or f'{name}s'}"
