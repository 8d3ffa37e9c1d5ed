"""Dates in tables: those of spreadsheets, and with months in German, French and Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from broadsheet.base.identifiers import fold, parse_partial_date
from broadsheet.importers.dates import date_in

# How the names of months begin in English, German and French, and their English names.
_MONTHS = {
    start: name
    for name, starts in {
        "Jan": ("jan",),
        "Feb": ("feb", "fev"),
        "Mar": ("mar", "mae", "mrz"),
        "Apr": ("apr", "avr"),
        "May": ("may", "mai"),
        "Jun": ("jun", "juin"),
        "Jul": ("jul", "juil"),
        "Aug": ("aug", "aou"),
        "Sep": ("sep",),
        "Oct": ("oct", "okt"),
        "Nov": ("nov",),
        "Dec": ("dec", "dez"),
    }.items()
    for start in starts
}
_WORD = re.compile(r"[^\W\d_]+")
_CHINESE = re.compile(r"(\d{4})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号])?)?")
_DOTTED = re.compile(r"(?:(?P<day>\d{1,2})\.\s?)?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})", re.ASCII)
_GERMAN_DAY = re.compile(r"^(\d{1,2})(?:\.|er)\s+(?=[^\W\d])", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T]\d{1,2}:.*)?", re.ASCII)
# "2024.0", as programs write a year in a column of numbers, or "20240318".
_DIGITS = re.compile(r"(\d{4})(?:\.0+|(\d{2})(\d{2}))", re.ASCII)
_SECONDS = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d+)?", re.ASCII)


def table_date(text: str, order: str = "") -> str | None:
    """Returns the partial date in a cell, or None if there isn't one.

    Args:
        text: The cell.
        order: "dmy" or "mdy", if that is how this column writes 03/04/2024. If it isn't known,
            only the year of such a date counts.
    """
    plain = text.strip()
    if found := _SECONDS.fullmatch(plain):
        return datetime.fromtimestamp(int(found[1]), UTC).date().isoformat()
    if found := _DIGITS.fullmatch(plain) or _CHINESE.fullmatch(plain):
        return _partial(*found.groups())
    if found := _DOTTED.fullmatch(plain):
        return _partial(found["year"], found["month"], found["day"])
    if found := _SLASHED.fullmatch(plain):
        day, month = (found[1], found[2]) if order == "dmy" else (found[2], found[1])
        return _partial(found[3], month, day) if order else parse_partial_date(found[3])
    return date_in(_WORD.sub(_english, _GERMAN_DAY.sub(r"\1 ", plain)))


def slash_order(texts: Iterable[str]) -> str:
    """Returns whether the dates with slashes of a column begin with the day or the month.

    Returns an empty text if that can't be told, because no number is greater than 12.
    """
    begins_with_day = begins_with_month = False
    for match in filter(None, (_SLASHED.fullmatch(text.strip()) for text in texts)):
        begins_with_day |= int(match[1]) > 12
        begins_with_month |= int(match[2]) > 12
    if begins_with_day == begins_with_month:
        return ""
    return "dmy" if begins_with_day else "mdy"


def is_slashed(text: str) -> bool:
    """Whether a date is written like 03/04/2024."""
    return _SLASHED.fullmatch(text.strip()) is not None


def _english(word: re.Match[str]) -> str:
    name = fold(word[0])
    return next((month for start, month in _MONTHS.items() if name.startswith(start)), word[0])


def _partial(year: str, month: str | None, day: str | None) -> str | None:
    numbers = [f"{int(part):02d}" for part in (month, day) if part]
    return parse_partial_date("-".join([year, *numbers]))
