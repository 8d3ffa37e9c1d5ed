"""Texts as people read them: counts, dates, lists of authors, shortened texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

# Enough names to recognize a paper by, few enough for one line.
MOST_AUTHORS = 3
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
    return line[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def counted(number: int, name: str) -> str:
    """Returns a number with its noun: "1 paper", "2,000 papers"."""
    return f"{number} {name}" if number == 1 else f"{number:,} {name}s"


def shown_authors(authors: Sequence[str], most: int = MOST_AUTHORS) -> str:
    """Returns all names if there are at most `most` + 1, else the first `most` "and 5 others"."""
    if len(authors) <= most + 1:
        return (
            ", ".join(authors[:-1]) + (" and " if len(authors) > 1 else "") + "".join(authors[-1:])
        )
    return ", ".join(authors[:most]) + f" and {len(authors) - most} others"


def shown_date(partial: str) -> str:
    """Returns a partial date for people: "18 March 2024", "March 2024", "2024" or ""."""
    if len(partial) <= 4:
        return partial
    day = date.fromisoformat(partial if len(partial) == 10 else f"{partial}-01")
    month = f"{day:%B} {day.year}"
    return f"{day.day} {month}" if len(partial) == 10 else month


def shown_range(start: date, end: date) -> str:
    """Returns a range of days for people: "18 to 24 March 2024"."""
    last = f"{end.day} {end:%B} {end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {last}"
    if start.year == end.year:
        return f"{start.day} {start:%B} to {last}"
    return f"{start.day} {start:%B} {start.year} to {last}"
