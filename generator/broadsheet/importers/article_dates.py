"""The days of a weekly article: a range of day/month in its title, the year in its introduction.

People type these by hand. The month is written three times (twice in the range, once in the
introduction), so that one wrong month can be told from the other two; what cannot be told is
refused.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.importers.lines import SourceLine

_SEPARATOR = r"\s*(?:to|till|until|[-\u2013\u2014])\s*"
_DAY = r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?"
_RANGE = re.compile(rf"(?<![\d/]){_DAY}{_SEPARATOR}{_DAY}(?![\d/])", re.IGNORECASE)
_MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
}
_MONTH_AND_YEAR = re.compile(
    rf"(?P<week>week\s+of\s+)?\b(?P<month>{'|'.join(_MONTHS)})\b\.?,?\s+(?:of\s+)?(?P<year>\d{{4}})\b",
    re.IGNORECASE,
)
# Real weeks were seen with six to eight days.
_SHORTEST, _USUAL, _LONGEST = 6, 7, 8


@dataclass(frozen=True)
class DayRange:
    """Days and months as the title has them, and the years where it has any."""

    first: tuple[int, int]
    last: tuple[int, int]
    years: tuple[int | None, int | None]
    text: str

    @property
    def months(self) -> tuple[int, int]:
        return self.first[1], self.last[1]

    def agrees(self, start: date, end: date) -> bool:
        pairs = zip(self.years, (start.year, end.year), strict=True)
        return all(printed in (None, year) for printed, year in pairs)


@dataclass(frozen=True)
class Days:
    """The first and the last day of an issue, and what was odd about them."""

    start: date
    end: date
    problems: tuple[Problem, ...] = ()


def find_range(text: str) -> DayRange | None:
    """The range of days in a title line ("… from 26/08 to 01/09"), the day before the month."""
    found = _RANGE.search(text)
    if not found:
        return None
    day, month, year, last_day, last_month, last_year = found.groups()
    return DayRange(
        (int(day), int(month)),
        (int(last_day), int(last_month)),
        (_full_year(year), _full_year(last_year)),
        found[0],
    )


def _full_year(digits: str | None) -> int | None:
    return None if digits is None else int(digits) + 2000 * (len(digits) == 2)


@dataclass(frozen=True)
class _Clues:
    """All that an article says of its days: the title's range, the introduction's month."""

    title: SourceLine
    source: str
    printed: DayRange
    month: int
    year: int

    @property
    def stated(self) -> str:
        return f"{calendar.month_name[self.month]} {self.year}"

    def problem(self, message: str, advice: str) -> Problem:
        return Problem(self.source, self.title.number, "start", message, advice)


def issue_days(title: SourceLine, introduction: tuple[SourceLine, ...], source: str) -> Days:
    """The true days of an issue whose title line holds a range.

    Raises BroadsheetError when no year is stated or the dates contradict each other in a way
    that leaves more than one answer.
    """
    printed = find_range(title.text)
    assert printed is not None
    month, year = _stated_month(introduction, printed, title, source)
    clues = _Clues(title, source, printed, month, year)
    as_printed = _days(clues, printed.months)
    if as_printed and _is_week(*as_printed):
        return Days(*as_printed)
    return _corrected(clues)


def _stated_month(
    introduction: tuple[SourceLine, ...], printed: DayRange, title: SourceLine, source: str
) -> tuple[int, int]:
    """Month and year of the introduction; its "Fourth Week" is the author's counting, no date."""
    found = [match for line in introduction for match in _MONTH_AND_YEAR.finditer(line.text)]
    best = [match for match in found if match["week"]] or found
    stated = list(dict.fromkeys((_month(match["month"]), int(match["year"])) for match in best))
    for month, year in zip(printed.months, printed.years, strict=True):
        if not stated and year:
            return month, year
    if len(stated) == 1:
        return stated[0]
    what = "names more than one month" if stated else "states no month and year"
    message = f"the range {printed.text!r} has no year, and the introduction {what}"
    advice = "the introduction must say month and year once, like 'week of March 2024'"
    raise BroadsheetError(Problem(source, title.number, "start", message, advice))


def _month(name: str) -> int:
    return _MONTHS[name.casefold()]


def _days(clues: _Clues, months: tuple[int, int]) -> tuple[date, date] | None:
    """The days in these months when the stated month is one of them and all of them exist."""
    first, last = months
    if clues.month not in months:
        return None
    start_year = clues.year if clues.month == first else clues.year - (first > last)
    end_year = start_year + (last < first)
    try:
        start = date(start_year, first, clues.printed.first[0])
        end = date(end_year, last, clues.printed.last[0])
    except ValueError:
        return None
    return (start, end) if clues.printed.agrees(start, end) else None


def _is_week(start: date, end: date) -> bool:
    return _SHORTEST <= _length(start, end) <= _LONGEST


def _length(start: date, end: date) -> int:
    return (end - start).days + 1


def _candidates(clues: _Clues) -> Iterator[tuple[date, date]]:
    """Weeks that agree with the stated month when one printed month is put right."""
    month, (first, last) = clues.month, clues.printed.months
    near = (month, month % 12 + 1, (month - 2) % 12 + 1)
    for months in [*((other, last) for other in near), *((first, other) for other in near)]:
        days = _days(clues, months)
        if days and _is_week(*days):
            yield days


def _corrected(clues: _Clues) -> Days:
    """The one week that agrees with all but one of the three printed months.

    These digests run from Monday to Sunday, so that such a week, or else one of seven days, is
    the likeliest of several.
    """
    candidates = set(_candidates(clues)) or _whole_month(clues)
    usual = {days for days in candidates if _length(*days) == _USUAL}
    chosen = {days for days in usual if _is_calendar_week(*days)} or usual or candidates
    if len(chosen) != 1:
        message = f"the range {clues.printed.text!r} is no week of {clues.stated} (introduction)"
        advice = "write first and last day as day/month, six to eight days, in that month"
        raise BroadsheetError(clues.problem(message, advice))
    start, end = chosen.pop()
    message = f"the range {clues.printed.text!r} disagrees with {clues.stated} (introduction)"
    advice = f"{start} to {end} is taken, the one week that fits"
    return Days(start, end, (clues.problem(message, advice).as_warning(),))


def _whole_month(clues: _Clues) -> set[tuple[date, date]]:
    """The range in its own month or in the stated one, when that makes it Monday to Sunday."""
    first, last = clues.printed.months
    if first != last:
        return set()
    printed = _days(replace(clues, month=first), (first, first))
    stated = _days(clues, (clues.month, clues.month))
    return {days for days in (printed, stated) if days and _is_calendar_week(*days)}


def _is_calendar_week(start: date, end: date) -> bool:
    return start.weekday() == 0 and _length(start, end) == _USUAL
