"""Names of months and weekdays in the languages that papers are listed in."""

from __future__ import annotations

from functools import cache
from typing import Literal

from babel.dates import get_day_names, get_month_names

from broadsheet.base.identifiers import fold

# In others, the short name of a month can be an ordinary word.
_WITH_SHORT_NAMES = ("en", "de", "fr", "es")
_LANGUAGES = (*_WITH_SHORT_NAMES, "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "ru", "uk")
# Babel has three letters for it.
_OTHERS = {"sept": 9}
_WIDTHS: tuple[Literal["wide"], Literal["abbreviated"]] = ("wide", "abbreviated")
_CONTEXTS: tuple[Literal["format"], Literal["stand-alone"]] = ("format", "stand-alone")


@cache
def month_numbers() -> dict[str, int]:
    """Returns the numbers of months by their folded names."""
    found: dict[str, int] = dict(_OTHERS)
    for language in _LANGUAGES:
        for width in _WIDTHS if language in _WITH_SHORT_NAMES else _WIDTHS[:1]:
            for context in _CONTEXTS:
                for number, name in get_month_names(width, context, language).items():
                    found.setdefault(fold(name).strip("."), number)
    return found


@cache
def weekday_names() -> frozenset[str]:
    """Returns the folded names of all days of the week."""
    return frozenset(
        fold(name).strip(".")
        for language in _LANGUAGES
        for width in _WIDTHS
        for name in get_day_names(width, "format", language).values()
    )
