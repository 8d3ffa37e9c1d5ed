"""Which week each heading of a page means, with the years that other headings have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

from broadsheet.base.errors import Problem
from broadsheet.base.identifiers import fold
from broadsheet.importers.digest_outline import Heading
from broadsheet.importers.lines import quoted
from broadsheet.importers.printed_days import PrintedDays, printed_days, year_in

_WEEK_OF = re.compile(
    r"\b(?:week (?:of|starting|beginning|commencing|from)|woche (?:vom|ab)|semaine du|"
    r"semana del?)\b"
)
_WEEKLY = re.compile(r"week|woche|woch|semain|semana|settiman|周|週|#\s*\d|\bno\.|issue|newsletter")
_DAILY = re.compile(r"\bdaily\b|\btoday|taglich|quotidien|diari[oa]|每日|今日")
_PATH_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/_.-](\d{1,2})[/_.-](\d{1,2})(?!\d)")
# "12_week.md"
_WEEK_LAST = re.compile(r"^(\d{1,2})[ -]?week\b")
# Of a path, the file and the folders around it can have the date.
_MOST_NAMES = 4


@dataclass(frozen=True)
class Dated:
    """The days that a heading or the name of a file means.

    Attributes:
        start: The first day.
        end: The last day.
        text: The heading, as printed.
        line: Its line, or 0.
        has_name: Whether the heading says more than the days.
        is_day: Whether it's only one day.
    """

    start: date
    end: date
    text: str
    line: int
    has_name: bool
    is_day: bool


class Dating:
    """The days of the headings of a page.

    Args:
        headings: All headings with those above them.
        years: Other texts that can have the year, such as the page's title.
        source: The name of the source, for problems.
        titles: Headings that are titles of papers, so dates in them mean no list.
    """

    def __init__(
        self,
        headings: Iterable[tuple[Heading, ...]],
        years: Sequence[str],
        source: str,
        titles: AbstractSet[Heading],
    ) -> None:
        self.problems: list[Problem] = []
        self._found: dict[Heading, Dated | None] = {}
        default = next(filter(None, map(year_in, years)), None)
        open_ones: dict[Heading, tuple[tuple[date, date], ...]] = {}
        for path in dict.fromkeys(headings):
            for place, heading in enumerate(path):
                days = printed_days(heading.text)
                if heading not in open_ones and days and heading not in titles:
                    above = (year_in(other.text) for other in reversed(path[:place]))
                    year = next(filter(None, above), default)
                    open_ones[heading] = days.in_year(year)
        usual = _usual_weekday(open_ones.values())
        for heading, answers in open_ones.items():
            chosen = _chosen(answers, usual)
            if not chosen:
                self.problems.append(_undated(heading, source))
            self._found[heading] = chosen and _dated(heading, *chosen)

    @property
    def has_any(self) -> bool:
        """Whether any heading has days, even if it isn't certain which."""
        return bool(self._found)

    def is_dated(self, heading: Heading) -> bool:
        """Whether a heading has days."""
        return heading in self._found

    def of(self, path: Sequence[Heading]) -> Dated | None:
        """Returns the days of the lowest heading that has any."""
        known = (self._found[heading] for heading in reversed(path) if heading in self._found)
        return next(known, None)


def _usual_weekday(answers: Iterable[tuple[tuple[date, date], ...]]) -> int:
    """Returns on which day of the week weeks start: the most frequent one, or else Monday."""
    certain = (found[0][0] for found in answers if len(found) == 1 and found[0][0] != found[0][1])
    counts = Counter(start.weekday() for start in certain)
    return counts.most_common(1)[0][0] if counts else 0


def _chosen(answers: tuple[tuple[date, date], ...], usual: int) -> tuple[date, date] | None:
    """Returns the only answer, or the only one that starts on the usual day of the week."""
    if len(answers) > 1:
        answers = tuple(days for days in answers if days[0].weekday() == usual)
    return answers[0] if len(answers) == 1 else None


def _dated(heading: Heading, start: date, end: date) -> Dated:
    days = printed_days(heading.text)
    assert days is not None
    if start == end and _WEEK_OF.search(fold(heading.text)):
        end = start + timedelta(days=6)
    has_name = _names(days)
    return Dated(start, end, heading.text, heading.line, has_name, start == end)


def _names(days: PrintedDays) -> bool:
    """Whether a heading has a name of its own besides the days."""
    return sum(len(word) > 3 or word.isalpha() for word in days.words) > 1


def _undated(heading: Heading, source: str) -> Problem:
    days = printed_days(heading.text)
    found = days.in_year(days.year or 2024) if days else ()  # 2024 had all days and weeks
    shown = quoted(heading.text)
    if len(found) > 1:
        message, advice = f"can't tell which year {shown} means", "write the years of both days"
    elif found and not (days and days.year):
        message = f"can't tell the year of {shown}"
        advice = "write the year into this heading or one above"
    else:
        message = f"{shown} isn't a week"
        advice = "write its first and last day, or its number; a list covers 14 days at most"
    message += ", so its papers have no issue"
    return Problem(source, heading.line, "start", message, f"{advice}, and import it again")


def days_of_page(title: str, day: str, source: str) -> Dated | None:
    """Returns the days in the title, the front matter or the name of a page."""
    path = _PATH_DAY.search(source)
    names = ["-".join((path[1], path[2].zfill(2), path[3].zfill(2)))] if path else []
    names += [name.replace("_", " ") for name in reversed(source.split("/"))][:_MOST_NAMES]
    names = [_WEEK_LAST.sub(r"week \1", name) for name in names]
    for text, has_title in ((title, True), (day[:10], bool(title)), *((n, False) for n in names)):
        days = printed_days(text)
        found = days.in_year(year_in(day) or year_in(source)) if days else ()
        if len(found) == 1:
            start, end = found[0]
            return Dated(start, end, title, 0, has_title, start == end)
    return None


def is_part_of_week(days: Dated, title: str, *, has_front_matter: bool) -> bool:
    """Whether a page is the list of one day, which is only a part of its week."""
    folded = fold(f"{title} {days.text}")
    if not days.is_day or (_WEEKLY.search(folded) and not _DAILY.search(folded)):
        return False
    return not has_front_matter or _DAILY.search(folded) is not None
