"""The dates of a weekly article: days and months in its title, the year in its introduction.

People type these by hand. The month occurs three times (twice in the title, once in the
introduction), so one wrong month can be recognized from the other two. Dates that remain ambiguous
are an error.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.importers.lines import SourceLine
from broadsheet.importers.printed_days import months_in, printed_days

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
# Published articles cover six to eight days.
_MIN_DAYS, _USUAL_DAYS, _MAX_DAYS = 6, 7, 8


@dataclass(frozen=True)
class DayRange:
    """The first and last (day, month) in a title, its years if it has any, and the text of both."""

    first: tuple[int, int]
    last: tuple[int, int]
    years: tuple[int | None, int | None]
    text: str

    @property
    def months(self) -> tuple[int, int]:
        """The months of the first and the last day."""
        return self.first[1], self.last[1]

    def agrees(self, start: date, end: date) -> bool:
        """Whether two dates have the printed years."""
        pairs = zip(self.years, (start.year, end.year), strict=True)
        return all(printed in (None, year) for printed, year in pairs)


@dataclass(frozen=True)
class Days:
    """The first and last day of an issue, and warnings about them."""

    start: date
    end: date
    problems: tuple[Problem, ...] = ()


def find_range(text: str) -> DayRange | None:
    """Finds dates such as "26/08 to 01/09" in a title. Days come before months."""
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


def find_named_range(text: str) -> DayRange | None:
    """Finds dates with the names of months, in any language that lists of papers have."""
    found = printed_days(text)
    if not (found and found.first and found.last) or found.is_day:
        return None
    first, last = found.first, found.last
    years = first.year, last.year or found.year
    return DayRange((first.day, first.month), (last.day, last.month), years, text)


def _full_year(digits: str | None) -> int | None:
    return None if digits is None else int(digits) + 2000 * (len(digits) == 2)


@dataclass(frozen=True)
class _Evidence:
    """Everything an article says about its dates: the range in the title, the month and year."""

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


def issue_days(title: SourceLine, introduction: Sequence[SourceLine], source: str) -> Days:
    """Returns the dates of an issue, with one wrong month corrected.

    Args:
        title: The line with the range of dates.
        introduction: The lines that mention the month and year.
        source: The name of the source, for problems.

    Raises:
        BroadsheetError: No year is mentioned, or the dates contradict each other in a way that
            leaves more than one answer.
    """
    printed = find_range(title.text) or find_named_range(title.text)
    assert printed is not None
    month, year = _stated_month(introduction, printed, title, source)
    evidence = _Evidence(title, source, printed, month, year)
    as_printed = _days(evidence, printed.months)
    if as_printed and _is_week(*as_printed):
        return Days(*as_printed)
    return _corrected(evidence)


def _stated_month(
    introduction: Sequence[SourceLine], printed: DayRange, title: SourceLine, source: str
) -> tuple[int, int]:
    """Returns the month and year in the introduction, or else in the title.

    A "Fourth Week" in it is the author's own count and doesn't tell the date.
    """
    found = [match for line in introduction for match in _MONTH_AND_YEAR.finditer(line.text)]
    best = [match for match in found if match["week"]] or found
    stated = list(dict.fromkeys((_month(match["month"]), int(match["year"])) for match in best))
    stated = stated or list(dict.fromkeys(m for line in introduction for m in months_in(line.text)))
    for month, year in zip(printed.months, printed.years, strict=True):
        if not stated and year:
            return month, year
    if len(stated) == 1:
        return stated[0]
    what = "more than one month" if stated else "no month and year"
    message = f"can't tell the dates of {printed.text!r}: the introduction mentions {what}"
    advice = "mention the month and year once in the introduction, as in 'week of March 2024'"
    raise BroadsheetError(Problem(source, title.number, "start", message, advice))


def _month(name: str) -> int:
    return _MONTHS[name.casefold()]


def _days(evidence: _Evidence, months: tuple[int, int]) -> tuple[date, date] | None:
    """Returns the dates in these months, if they exist and the stated month is one of the two."""
    first, last = months
    if evidence.month not in months:
        return None
    start_year = evidence.year if evidence.month == first else evidence.year - (first > last)
    end_year = start_year + (last < first)
    try:
        start = date(start_year, first, evidence.printed.first[0])
        end = date(end_year, last, evidence.printed.last[0])
    except ValueError:
        return None
    return (start, end) if evidence.printed.agrees(start, end) else None


def _is_week(start: date, end: date) -> bool:
    return _MIN_DAYS <= _length(start, end) <= _MAX_DAYS


def _length(start: date, end: date) -> int:
    return (end - start).days + 1


def _candidates(evidence: _Evidence) -> Iterator[tuple[date, date]]:
    """Yields the weeks that fit the stated month after replacing one of the printed months."""
    month, (first, last) = evidence.month, evidence.printed.months
    near = (month, month % 12 + 1, (month - 2) % 12 + 1)
    for months in [*((other, last) for other in near), *((first, other) for other in near)]:
        days = _days(evidence, months)
        if days and _is_week(*days):
            yield days


def _corrected(evidence: _Evidence) -> Days:
    """Returns the one week that fits all but one of the three months.

    If several fit, those from Monday to Sunday are the most likely, then those of seven days.
    """
    candidates = set(_candidates(evidence)) or _whole_month(evidence)
    usual = {days for days in candidates if _length(*days) == _USUAL_DAYS}
    chosen = {days for days in usual if _is_calendar_week(*days)} or usual or candidates
    if len(chosen) != 1:
        message = f"{evidence.printed.text!r} isn't a week in {evidence.stated}"
        advice = "write the first and last day as day/month; a week has six to eight days"
        raise BroadsheetError(evidence.problem(message, advice))
    start, end = chosen.pop()
    message = f"{evidence.printed.text!r} isn't a week in {evidence.stated}"
    advice = f"assuming {start} to {end}"
    return Days(start, end, (evidence.problem(message, advice).as_warning(),))


def _whole_month(evidence: _Evidence) -> set[tuple[date, date]]:
    """Returns the range in its own month and in the stated one, if that is Monday to Sunday."""
    first, last = evidence.printed.months
    if first != last:
        return set()
    printed = _days(replace(evidence, month=first), (first, first))
    stated = _days(evidence, (evidence.month, evidence.month))
    return {days for days in (printed, stated) if days and _is_calendar_week(*days)}


def _is_calendar_week(start: date, end: date) -> bool:
    return start.weekday() == 0 and _length(start, end) == _USUAL_DAYS
