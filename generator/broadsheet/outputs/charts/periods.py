"""Stretches of time, even ones, that papers are counted in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from broadsheet.base.language import Language

_MONTHS_OF_A_QUARTER = 3
_MONTHS_OF_A_YEAR = 12
_MOST_MONTHS = 72
_MOST_QUARTERS = 80


@dataclass(frozen=True)
class Periods:
    """Consecutive periods of `months` months each (1, 3 or 12), without a gap.

    `first` counts months since year 0, `size` counts the periods.
    """

    first: int
    months: int
    size: int

    def index(self, published: str) -> int | None:
        """The period of a date that is known to its month; years alone fit years only."""
        month = _month(published, whole_years=self.months == _MONTHS_OF_A_YEAR)
        return None if month is None else (month - self.first) // self.months

    def count(self, dates: Iterable[str | None]) -> tuple[int, ...]:
        """How many of the dates are in each period."""
        found = Counter(self.index(day) for day in dates if day)
        return tuple(found.get(place, 0) for place in range(self.size))

    def year(self, place: int) -> int:
        """The year in which a period begins."""
        return (self.first + place * self.months) // _MONTHS_OF_A_YEAR

    def name(self, place: int, language: Language) -> str:
        """A period as people write it: "March 2024", "1st quarter 2024" or "2024"."""
        month = (self.first + place * self.months) % _MONTHS_OF_A_YEAR
        first = date(self.year(place), month + 1, 1)
        if self.months == _MONTHS_OF_A_QUARTER:
            return language.quarter(first)
        return language.date(
            f"{first:%Y}" if self.months == _MONTHS_OF_A_YEAR else f"{first:%Y-%m}"
        )


def periods_of(dates: Iterable[str | None], finest: int = 1) -> Periods:
    """Periods that cover all dates: months, or quarters or years when there are too many."""
    known = sorted({m for day in dates if day and (m := _month(day)) is not None})
    if not known:
        return Periods(0, finest, 0)
    span = known[-1] - known[0] + 1
    months = max(finest, 1 if span <= _MOST_MONTHS else 3 if span <= _MOST_QUARTERS * 3 else 12)
    first = known[0] // months * months
    count = (known[-1] - first) // months + 1
    return Periods(first, months, count)


def _month(published: str, *, whole_years: bool = False) -> int | None:
    parts = published.split("-")
    if len(parts) == 1 and not whole_years:
        return None
    month = int(parts[1]) - 1 if len(parts) > 1 else 0
    return int(parts[0]) * _MONTHS_OF_A_YEAR + month
