"""Dates as reference managers and publishers write them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable

from broadsheet.base.identifiers import parse_partial_date

_MONTH_NAMES = (calendar.month_name, calendar.month_abbr)
_MONTHS = {name.casefold(): n for names in _MONTH_NAMES for n, name in enumerate(names) if name}
_MONTHS["sept"] = 9
_NAME = rf"(?P<name>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_LONGEST = 100
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        # "2024", "2024-03-18", "2024/3/18/Spring", "2024/03//", or a range of dates
        rf"{_YEAR}[~?%]?(?:[-/.](?P<month>\d{{1,2}})(?:[-/.]{_DAY})?)?(?:[T ]\d{{2}}:.*|/.*)?",
        rf"(?P<month>\d{{1,2}})[-/.]{_YEAR}",
        rf"{_YEAR}(?P<month>\d{{2}})(?P<day>\d{{2}})",
        rf"{_YEAR}[\s,/-]+{_NAME}(?:[\s,/-]+{_DAY})?/*",
        rf"(?:{_DAY}[\s,/-]+)?{_NAME}[\s,/-]+{_YEAR}",
        rf"{_NAME}\s+{_DAY},?\s+{_YEAR}",
    )
)


def month_number(text: str) -> int:
    """Returns the number of a month such as "3", "mar." or "March", or 0 if it isn't one."""
    plain = text.strip().rstrip(".").casefold()
    number = int(plain) if re.fullmatch("[0-9]{1,2}", plain) else _MONTHS.get(plain, 0)
    return number if number <= 12 else 0


def date_in(text: str) -> str | None:
    """Returns the partial date that a text is, or the start of a range of dates.

    The month or day is left out if it doesn't exist, such as the 21 that means spring.
    """
    plain = text.strip()[:_LONGEST]
    found = next((match for form in _FORMS if (match := form.fullmatch(plain))), None)
    if not found:
        return None
    given = found.groupdict()
    month = month_number(given.get("month") or given.get("name") or "")
    precise = f"{given['year']}-{month:02d}-{int(given.get('day') or 0):02d}"
    return next(filter(None, map(parse_partial_date, (precise, precise[:7], precise[:4]))), None)


def combined_date(texts: Iterable[str]) -> str | None:
    """Returns the first date, or a later one that is the same date in more detail."""
    first = None
    for date in filter(None, map(date_in, texts)):
        if first is None or date.startswith(first):
            first = date
    return first
