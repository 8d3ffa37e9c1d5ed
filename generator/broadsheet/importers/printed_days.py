"""The days that people print in headings: "June 3 - June 9", "22.-28. Mai 2024", "2024-W12".

Only what is certain counts. Where the year is missing, a heading above can have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from broadsheet.base.identifiers import fold, parse_week
from broadsheet.importers.month_names import month_numbers, weekday_names

MOST_DAYS = 14
_LONGEST = 300

_ISO = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_ISO_SHORT_END = re.compile(
    r"(?<!\d)(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})\s*(?:to|[-\u2013\u2014~])\s*"
    r"(?P<m2>\d{1,2})(?P=s)(?P<d2>\d{1,2})(?![\d/.-])"
)
_NUMERIC_RANGE = re.compile(
    r"(?<![\d/.])(\d{1,2})([/.])(\d{1,2})(?:\2(\d{4}))?\.?\s*(?:to|bis|au|al|a|[-\u2013\u2014~])\s*"
    r"(\d{1,2})\2(\d{1,2})(?:\2(\d{4}))?(?![\d/])"
)
_ISO_WEEK = re.compile(r"(?<!\d)(\d{4})[-_ ]?w(\d{1,2})(?!\d)")
_WEEK_WORD = r"(?:week|woche|kw|cw|wk|semaine|semana|settimana|vecka|uge|tydzien|\u5468)"
_WEEK = re.compile(
    rf"(?:\b{_WEEK_WORD}[\s-]*(?:no\.?|nr\.?|n\u00ba|#)?\s*|\u7b2c\s*)(\d{{1,2}})(?!\d)\s*\u5468?"
)
_COUNTED_WEEK = re.compile(
    r"\b(?:first|second|third|fourth|fifth|last|[1-5](?:st|nd|rd|th)) week\b"
)
_EAST = re.compile(
    r"(?:(?P<y>\d{4})\s*[\u5e74\ub144]\s*)?(?P<m>\d{1,2})\s*[\u6708\uc6d4]\s*(?P<d>\d{1,2})\s*[\u65e5\u53f7\uc77c]?"
    r"(?:\s*[-\u2013\u2014~\uff5e\u301c\u81f3\u5230]+\s*"
    r"(?:(?:(?P<y2>\d{4})\s*[\u5e74\ub144]\s*)?(?P<m2>\d{1,2})\s*[\u6708\uc6d4]\s*)?(?P<d2>\d{1,2})\s*[\u65e5\u53f7\uc77c])?"
)
_EAST_MONTH = re.compile(r"(?<!\d)(\d{4})\s*[\u5e74\ub144]\s*(\d{1,2})\s*[\u6708\uc6d4]")
_MONTH_AND_YEAR = re.compile(r"\b([^\W\d]{3,12}[.,]?(?: del?)?) ((?:19|20)\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19[5-9]|20[0-9])\d)(?!\d)")
_TOKEN = re.compile(
    r"(?P<year>(?:19[5-9]|20[0-9])\d(?!\d))|(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|\u00ba)?(?![\w%])"
    r"|(?P<dash>[-\u2013\u2014~\u2212]|\b(?:to|bis|au|al|a|hasta|until|till|through|till|t/m|do)\b)"
    r"|(?P<word>[^\W\d]+\.?)|(?P<other>[^\s,()\[\]*_|:])"
)
_FILLERS = frozenset(
    (
        *("de", "del", "du", "des", "den", "der", "von", "vom", "the", "of", "from"),
        *("le", "la", "el", "os", "desde", "dal", "il"),
    )
)
# When a page was made says nothing about the papers.
_NO_DATE = re.compile(
    r"\b(?:updated?|modified|generated|created|accessed|aktualisiert|stand|actualizado)\b"
    r"|mis a jour|\u66f4\u65b0|\u751f\u6210"
)
# M: month, D: day, Y: year, "-": a dash or "to". The letters are those of the tokens of a heading.
_FORMS = tuple(
    re.compile(form)
    for form in (
        "MDY?-MDY?",
        "MD-DY?",
        "DMY?-DMY?",
        "D-DMY?",
        "MDY",
        "DMY",
        "D-M-Y",
        "YMD",
        "MD",
        "DM",
    )
)


class _Day(NamedTuple):
    month: int
    day: int
    year: int | None = None


@dataclass(frozen=True)
class PrintedDays:
    """The first and the last day in a heading, or the number of a week.

    Attributes:
        first: Month, day and perhaps year of the first day.
        last: Those of the last day, which may be the first.
        week: The number of an ISO week, instead of days. 0 if it isn't known which week is meant.
        year: The year that the heading has somewhere.
        words: What the heading says besides.
    """

    first: _Day | None = None
    last: _Day | None = None
    week: int | None = None
    year: int | None = None
    words: tuple[str, ...] = ()

    @property
    def is_day(self) -> bool:
        """Whether only one day is printed."""
        return self.week is None and self.first == self.last

    def in_year(self, year: int | None) -> tuple[tuple[date, date], ...]:
        """Returns what the first and last day can be; `year` is that of a heading above.

        At the turn of a year, there can be two answers: the year can be that of either day.
        """
        year = self.year or year
        if self.week is not None:
            return _week_days(year, self.week) if year else ()
        assert self.first is not None
        assert self.last is not None
        turns = self.last.month < self.first.month
        known = {(self.first.year, 0), (self.last.year, -int(turns))}
        starts = {own + shift for own, shift in known if own}
        if not starts and year:
            starts = {year, year - 1} if turns else {year}
        elif len(starts) > 1:
            starts = {self.first.year} if self.first.year else starts
        found = (_days(self.first, self.last, start, start + turns) for start in sorted(starts))
        return tuple(days for days in found if days)


def _week_days(year: int, week: int) -> tuple[tuple[date, date], ...]:
    if not parse_week(f"{year:04d}-W{week:02d}"):
        return ()
    start = date.fromisocalendar(year, week, 1)
    return ((start, start + timedelta(days=6)),)


def _days(first: _Day, last: _Day, start: int, end: int) -> tuple[date, date] | None:
    try:
        days = (
            date(first.year or start, first.month, first.day),
            date(last.year or end, last.month, last.day),
        )
    except ValueError:
        return None
    return days if timedelta(0) <= days[1] - days[0] < timedelta(days=MOST_DAYS) else None


def year_in(text: str) -> int | None:
    """Returns the year in a heading, if it has exactly one."""
    years = set(_YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else None


def months_in(text: str) -> tuple[tuple[int, int], ...]:
    """Returns the months with their years in a text, as (month, year)."""
    found = [(int(east[2]), int(east[1])) for east in _EAST_MONTH.finditer(text)]
    for words, year in _MONTH_AND_YEAR.findall(fold(text)):
        month = month_numbers().get(words.split()[0].strip(".,"))
        found += [(month, int(year))] if month else []
    return tuple(found)


def printed_days(text: str) -> PrintedDays | None:
    """Returns the days in a heading or a title, if there are any."""
    if len(text) > _LONGEST or not re.search(r"\d", text):
        return None
    folded = fold(text)
    if _NO_DATE.search(folded):
        return None
    return next(_found(folded), None)


def _found(text: str) -> Iterator[PrintedDays]:
    if week := _ISO_WEEK.search(text):
        yield PrintedDays(week=int(week[2]), year=int(week[1]), words=_words(text, week))
    yield from _iso(text)
    if east := _EAST.search(text):
        yield _east(text, east)
    yield from _numeric(text)
    yield from _named(text)
    # "Week 3 of March" is the author's own count.
    has_month = any(kind == "M" for kind, _ in _tokens(text))
    if has_month and (counted := _COUNTED_WEEK.search(text) or _WEEK.search(text)):
        yield PrintedDays(week=0, year=year_in(text), words=_words(text, counted))
    elif week := _WEEK.search(text):
        year = year_in(text)
        yield PrintedDays(week=int(week[1]), year=year, words=_words(text, week))


def _iso(text: str) -> Iterator[PrintedDays]:
    if short := _ISO_SHORT_END.search(text):
        year, month, day, month2, day2 = (int(short[key]) for key in ("y", "m", "d", "m2", "d2"))
        yield PrintedDays(_Day(month, day, year), _Day(month2, day2), words=_words(text, short))
    days = [_Day(int(d[3]), int(d[4]), int(d[1])) for d in _ISO.finditer(text)]
    words = _words(_ISO.sub(" ", text))
    if len(days) in (1, 2):
        yield PrintedDays(days[0], days[-1], words=words)


def _east(text: str, found: re.Match[str]) -> PrintedDays:
    value = {key: int(number) if number else None for key, number in found.groupdict().items()}
    month, day = value["m"] or 0, value["d"] or 0
    first = _Day(month, day, value["y"])
    last = _Day(value["m2"] or month, value["d2"] or day, value["y2"])
    words = _words(text, found)
    return PrintedDays(first, last if value["d2"] else first, None, year_in(text), words)


def _numeric(text: str) -> Iterator[PrintedDays]:
    """Yields ranges such as "22/05 - 28/05", if only one order of day and month makes a week."""
    found = _NUMERIC_RANGE.search(text)
    if not found:
        return
    a, _, b, year, c, d, year2 = found.groups()
    years = int(year) if year else None, int(year2) if year2 else None
    orders = (
        (_Day(int(b), int(a), years[0]), _Day(int(d), int(c), years[1])),
        (_Day(int(a), int(b), years[0]), _Day(int(c), int(d), years[1])),
    )
    own = year_in(text)
    readings = [PrintedDays(first, last, None, own, _words(text, found)) for first, last in orders]
    possible = [reading for reading in readings if reading.in_year(2024)]
    if len(possible) == 1 or (len(possible) == 2 and possible[0] == possible[1]):
        yield possible[0]


def _named(text: str) -> Iterator[PrintedDays]:
    """Yields days with the name of a month."""
    tokens = list(_tokens(text))
    kinds = "".join(kind for kind, _ in tokens)
    for form in _FORMS:
        for found in form.finditer(kinds):
            start, end = found.span()
            words = tuple(word for kind, word in (*tokens[:start], *tokens[end:]) if kind == "o")
            days = list(_in_order(tokens[start:end]))
            is_vague = form.pattern in ("MD", "DM") and len(words) > 4
            if not is_vague and all(1 <= day.month <= 12 for day in days):
                yield PrintedDays(days[0], days[-1], None, year_in(text), words)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    months, weekdays = month_numbers(), weekday_names()
    for found in _TOKEN.finditer(text):
        word = found[0].rstrip(".")
        if found["year"]:
            yield "Y", word
        elif found["day"]:
            yield (
                "W" if re.search(rf"{_WEEK_WORD}\W*$", text[: found.start()]) else "D",
                found["day"],
            )
        elif found["dash"]:
            yield "-", word
        elif word in months:
            yield "M", str(months[word])
        elif word not in _FILLERS and word not in weekdays:
            yield "o", word


def _in_order(tokens: list[tuple[str, str]]) -> Iterator[_Day]:
    """Yields the first and the last day of some tokens. Days share a month that only one has."""
    months = [int(value) for kind, value in tokens if kind == "M"]
    days = [int(value) for kind, value in tokens if kind == "D"]
    parts = "".join(kind for kind, _ in tokens).split("-")
    years = [int(value) for kind, value in tokens if kind == "Y"]
    first_year = years[0] if years and ("Y" in parts[0] or len(days) == 1) else None
    last_year = years[-1] if years and "Y" in parts[-1] else None
    yield _Day(months[0], days[0], first_year)
    if len(days) > 1:
        yield _Day(months[-1], days[-1], last_year)


def _words(text: str, found: re.Match[str] | None = None) -> tuple[str, ...]:
    """Returns the words of a heading besides what was found in it."""
    rest = f"{text[: found.start()]} {text[found.end() :]}" if found else text
    return tuple(re.findall(r"[^\W\d_]{2,}", _YEAR.sub(" ", rest)))
