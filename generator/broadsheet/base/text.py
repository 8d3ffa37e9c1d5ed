"""How the site says counts, dates, names of people and the beginnings of texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

MOST_AUTHORS = 3
# What search engines and link previews show of a description.
DESCRIPTION_LENGTH = 160


def one_line(text: str) -> str:
    """The text with single spaces and no line breaks."""
    return " ".join(text.split())


def shortened(text: str, length: int = DESCRIPTION_LENGTH) -> str:
    """The beginning of a text on one line, whole words, at most `length` characters."""
    line = one_line(text)
    if len(line) <= length:
        return line
    return line[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def counted(number: int, name: str) -> str:
    """A number with what it counts: "1 paper", "2,000 papers"."""
    return f"{number} {name}" if number == 1 else f"{number:,} {name}s"


def shown_authors(authors: Sequence[str], most: int = MOST_AUTHORS) -> str:
    """All names if there are at most `most` + 1, else the first `most` and how many more."""
    if len(authors) <= most + 1:
        return (
            ", ".join(authors[:-1]) + (" and " if len(authors) > 1 else "") + "".join(authors[-1:])
        )
    return ", ".join(authors[:most]) + f" and {len(authors) - most} others"


def shown_date(partial: str) -> str:
    """A partial date as people read it: "18 March 2024", "March 2024", "2024" or ""."""
    if len(partial) <= 4:
        return partial
    day = date.fromisoformat(partial if len(partial) == 10 else f"{partial}-01")
    month = f"{day:%B} {day.year}"
    return f"{day.day} {month}" if len(partial) == 10 else month


def shown_range(start: date, end: date) -> str:
    """A range of days as people write it: "18 to 24 March 2024"."""
    last = f"{end.day} {end:%B} {end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {last}"
    if start.year == end.year:
        return f"{start.day} {start:%B} to {last}"
    return f"{start.day} {start:%B} {start.year} to {last}"
