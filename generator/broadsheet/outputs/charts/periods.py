"""Months, quarters or years, for counting papers over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from broadsheet.base.language import Language

_MONTHS_OF_A_QUARTER = 3
_MONTHS_OF_A_YEAR = 12
# Charts are 720 pixels wide, and bars should have at least 8.
_MAX_MONTHS = 72
_MAX_QUARTERS = 80


@dataclass(frozen=True)
class Periods:
    """Consecutive periods of the same length.

    Attributes:
        first: The first month, counted from January of the year 0.
        months: The length of each period: 1, 3 or 12 months.
        size: The number of periods.
    """

    first: int
    months: int
    size: int

    def index(self, published: str) -> int | None:
        """Returns the position of the period of a date, or None if the date isn't precise enough.

        A year alone only has a position if the periods are years.
        """
        month = _month(published, whole_years=self.months == _MONTHS_OF_A_YEAR)
        return None if month is None else (month - self.first) // self.months

    def count(self, dates: Iterable[str | None]) -> tuple[int, ...]:
        """Returns the number of dates in each period."""
        found = Counter(self.index(day) for day in dates if day)
        return tuple(found.get(place, 0) for place in range(self.size))

    def year(self, place: int) -> int:
        """Returns the year of the period at a position."""
        return (self.first + place * self.months) // _MONTHS_OF_A_YEAR

    def name(self, place: int, language: Language) -> str:
        """Returns the name of a period, such as "March 2024", "1st quarter 2024" or "2024"."""
        month = (self.first + place * self.months) % _MONTHS_OF_A_YEAR
        first = date(self.year(place), month + 1, 1)
        if self.months == _MONTHS_OF_A_QUARTER:
            return language.quarter(first)
        return language.date(
            f"{first:%Y}" if self.months == _MONTHS_OF_A_YEAR else f"{first:%Y-%m}"
        )


def periods_of(dates: Iterable[str | None], finest: int = 1) -> Periods:
    """Returns periods that cover all dates: months, or quarters or years if they'd be too many.

    Args:
        dates: Partial dates. Years alone are ignored.
        finest: The minimum length of a period in months.
    """
    known = sorted({m for day in dates if day and (m := _month(day)) is not None})
    if not known:
        return Periods(0, finest, 0)
    span = known[-1] - known[0] + 1
    months = max(finest, 1 if span <= _MAX_MONTHS else 3 if span <= _MAX_QUARTERS * 3 else 12)
    first = known[0] // months * months
    count = (known[-1] - first) // months + 1
    return Periods(first, months, count)


@lru_cache(maxsize=10_000)  # many papers share a date, and each chart counts all of them
def _month(published: str, *, whole_years: bool = False) -> int | None:
    parts = published.split("-")
    if len(parts) == 1 and not whole_years:
        return None
    month = int(parts[1]) - 1 if len(parts) > 1 else 0
    return int(parts[0]) * _MONTHS_OF_A_YEAR + month
