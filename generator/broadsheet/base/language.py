"""The language of a site: its own words, dates, numbers and lists of names.

Words come from gettext catalogs, everything else from Babel's locale data.
Message ids are the English words. A message that a catalog lacks stays English. Messages are
format strings: values go in as `%(name)s`, a percent sign is `%%`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_skeleton, parse_pattern, split_interval_pattern
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from broadsheet.base.catalogs import catalog_names, translations

# Enough names to recognize a paper by, few enough for one line.
MOST_AUTHORS = 3
# British locale data, because pages say "26 August 2024". The words are American.
_BRITISH = Locale("en", "GB")


@dataclass(frozen=True)
class Language:
    """One language of a site; `language_of` makes it.

    Attributes:
        code: The language as `theme.language` names it, such as "de" or "zh-CN".
        locale: Where dates, numbers and lists come from.
        catalog: The name of its catalog, such as "zh_Hans"; "" for English and for
            languages that have none.
    """

    code: str
    locale: Locale = field(compare=False)
    catalog: str = field(compare=False)

    @property
    def is_english(self) -> bool:
        """Whether the site's words are meant to be English."""
        return _parts(self.code)[0] == "en"

    @property
    def is_known(self) -> bool:
        """Whether Babel knows the language."""
        return _locale(self.code) is not None

    @property
    def tag(self) -> str:
        """The language as HTML and scripts name it, such as "de-AT"; "en" if it's unknown."""
        return self.code.replace("_", "-") if self.is_known else "en"

    def message(self, message: str) -> str:
        """Returns the translation of a message with its placeholders still in it."""
        return translations(self.catalog).gettext(message)

    def message_for(self, number: float, one: str, many: str) -> str:
        """Returns the form of a translation for a number, with its placeholders still in it.

        The translation of "%(number)s paper" and "%(number)s papers", for example, has as many
        forms as the language needs.
        """
        return translations(self.catalog).ngettext(one, many, number)  # type: ignore[arg-type]

    def text(self, message: str, **values: object) -> str:
        """Returns the translation of a message with `values` in place of its placeholders."""
        return self.message(message) % values

    def counted(self, number: int, one: str, many: str, **values: object) -> str:
        """Returns the form of a message for a number, with `%(number)s` replaced by it."""
        form = self.message_for(number, one, many)
        return form % {"number": self.number(number), **values}

    def number(self, number: float, decimals: int = 0) -> str:
        """Returns a number such as "12,345", or "12,345.0" with one decimal."""
        return _number(self, number, decimals)

    def percent(self, part: float) -> str:
        """Returns a fraction as a whole percentage: "26%" for 0.256."""
        return format_percent(part, locale=self.locale)

    def date(self, partial: str) -> str:
        """Returns a partial ISO date for people, such as "18 March 2024" or "March 2024"."""
        return _date(self, partial) if partial else ""

    def quarter(self, first: dt.date) -> str:
        """Returns the quarter of a day, such as "1st quarter 2024"."""
        return format_skeleton("yQQQQ", first, locale=self.locale)

    def days(self, start: dt.date, end: dt.date) -> str:
        """Returns a range of days, such as "18 to 24 March 2024"."""
        if start == end:
            return self.date(start.isoformat())
        # Translators: a range of days; the letters are those of CLDR's date patterns.
        pattern = self.message("d MMMM y 'to' d MMMM y")
        if (start.year, start.month) == (end.year, end.month):
            pattern = self.message("d 'to' d MMMM y")
        elif start.year == end.year:
            pattern = self.message("d MMMM 'to' d MMMM y")
        first, last = map(parse_pattern, split_interval_pattern(pattern))
        return first.apply(start, self.locale) + last.apply(end, self.locale)

    def listed(self, names: Sequence[str]) -> str:
        """Returns names as "A, B and C"."""
        return _list_form(self, len(names)) % tuple(names)

    def series(self, names: Sequence[str]) -> str:
        """Returns names that may contain commas as "A; B; C"."""
        return self.message("; ").join(names)

    @property
    def comma(self) -> str:
        """The separator in lists, such as ", "."""
        return _comma(self)

    def names(self, people: Sequence[str], most: int = MOST_AUTHORS) -> str:
        """Returns people as "A, B and C", or if more than `most` + 1, "A, B, C and 4 others"."""
        shown, others = first_names(people, most)
        if not others:
            return self.listed(shown)
        return self.counted(
            others,
            # Translators: the authors of a paper whose list is shortened.
            "%(names)s and %(number)s other",
            "%(names)s and %(number)s others",
            names=self.comma.join(shown),
        )

    def others(self, number: int) -> str:
        """Returns "and 4 others", where names stand in elements of their own."""
        # Translators: after the first authors of a paper whose list is shortened.
        return self.counted(number, "and %(number)s other", "and %(number)s others")


def first_names(people: Sequence[str], most: int) -> tuple[Sequence[str], int]:
    """Returns the people to name and the number of others, which is 0 or at least 2."""
    return (people, 0) if len(people) <= most + 1 else (people[:most], len(people) - most)


# Babel takes a while, and the same numbers and days are on many pages.
@lru_cache(maxsize=10_000)
def _number(language: Language, number: float, decimals: int) -> str:
    form = f"#,##0.{'0' * decimals}".rstrip(".")
    return format_decimal(number, form, locale=language.locale)


@lru_cache(maxsize=10_000)
def _date(language: Language, partial: str) -> str:
    if len(partial) == len("2024-03-18"):
        return format_date(dt.date.fromisoformat(partial), "long", language.locale)
    first = dt.date.fromisoformat(f"{partial}-01-01"[: len("2024-03-18")])
    skeleton = "y" if len(partial) == len("2024") else "yMMMM"
    return format_skeleton(skeleton, first, locale=language.locale)


@cache
def _comma(language: Language) -> str:
    return str(language.locale.list_patterns["standard"]["middle"]).format("", "")


@lru_cache(maxsize=100)
def _list_form(language: Language, count: int) -> str:
    """Returns a list of so many names, with "%s" in place of each."""
    return format_list(["%s"] * count, locale=language.locale)


@cache
def language_of(code: str) -> Language:
    """Returns the language that a code names: "de", "de-AT", "zh", "zh-Hans", "en_US".

    A language without a catalog has English words and, if Babel knows it, its own dates and
    numbers.
    """
    locale = _locale(code)
    if locale is None or locale.language == "en":
        return Language(code, _BRITISH, "")
    usual = Locale.parse(get_global("likely_subtags").get(locale.language, locale.language))
    names = (f"{locale.language}_{locale.script or usual.script}", locale.language)
    return Language(code, locale, next((name for name in names if name in catalog_names()), ""))


def _locale(code: str) -> Locale | None:
    """Returns Babel's locale for a code, or for its language alone, if Babel has one."""
    parts = _parts(code)
    for known in ("_".join(parts), parts[0]):
        try:
            return Locale.parse(known)
        except (UnknownLocaleError, ValueError):
            continue
    return None


def _parts(code: str) -> list[str]:
    return code.replace("_", "-").split("-")


ENGLISH = language_of("en")
