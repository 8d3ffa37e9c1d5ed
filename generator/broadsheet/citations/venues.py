"""Parsing venues for citations.

Venues are written as in "Nature Human Behaviour 2025 (vol. 9, no. 2)". References need the name of
a journal alone. The name of a conference includes its year ("ICML 2024").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_JOURNAL = re.compile(
    r"\b(?:access|annals|bulletin|j|journal|knowl|letters|magazine|nature|pnas|review|science|"
    r"trans|transactions|frontiers)\b\.?",
    re.IGNORECASE,
)
# Whatever its name, only a periodical has numbered issues of a volume.
_ISSUE = re.compile(r"\(vol\. \d+, no\. \d+")
_NOT_JOURNAL = re.compile(r"\b(?:conference|proceedings|symposium|workshop)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_VOLUME = re.compile(
    r"\bvol(?:ume|\.)? ?(?P<v>\d+)(?:, ?(?:no\.?|issue) ?(?P<i>\d+))?"
    r"|\b(?P<volume>\d+) ?\((?P<issue>\d+)\)",
    re.IGNORECASE,
)
_PAGES = re.compile(r"\b(?:pp?\. ?)?(e\d+|(?<!\d)\d+[-–]\d+)\b")
# The name of a journal ends where its year, volume or a remark in parentheses starts.
_END = re.compile(r",? (?:\(|(?:19|20)\d\d\b|vol\b|\d+ ?\()", re.IGNORECASE)


@dataclass(frozen=True)
class Venue:
    """The parts of a venue. Unknown parts are empty.

    Attributes:
        name: The name of a journal, or a conference as stated, with its year.
        is_journal: Whether it's a journal.
        year: The year as four digits.
        volume: The volume of a journal.
        issue: The issue of a journal.
        pages: Pages such as "10-20", or the number of an article.
    """

    name: str
    is_journal: bool
    year: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""


def parse_venue(stated: str) -> Venue:
    """Parses a venue as people write it."""
    is_journal = _JOURNAL.search(stated) or _ISSUE.search(stated)
    if not is_journal or _NOT_JOURNAL.search(stated):
        return Venue(stated, is_journal=False, year=_last_year(stated))
    # Pages and volumes can look like years.
    year = _last_year(_PAGES.sub("", _VOLUME.sub("", stated)))
    end = _END.search(stated)
    name, rest = (stated[: end.start()], stated[end.start() :]) if end else (stated, "")
    if not name.strip():
        return Venue(stated, is_journal=True, year=year)
    volume, pages = _VOLUME.search(rest), _PAGES.search(rest)
    return Venue(
        name,
        is_journal=True,
        year=year,
        volume=(volume["v"] or volume["volume"]) if volume else "",
        issue=(volume["i"] or volume["issue"] or "") if volume else "",
        pages=pages[1] if pages else "",
    )


def _last_year(text: str) -> str:
    return str((_YEAR.findall(text) or [""])[-1])
