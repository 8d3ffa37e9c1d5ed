"""Where a paper came out, taken apart for citations.

Venues are stated as people write them: "Nature Human Behaviour 2025 (vol. 9, no. 2)". A reference
wants the journal's own name; a conference is called with its year ("ICML 2024") and stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_JOURNAL = re.compile(
    r"\b(?:access|annals|bulletin|j|journal|knowl|letters|magazine|nature|pnas|review|science|"
    r"trans|transactions|frontiers)\b\.?",
    re.IGNORECASE,
)
_NOT_JOURNAL = re.compile(r"\b(?:conference|proceedings|symposium|workshop)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_VOLUME = re.compile(
    r"\bvol(?:ume|\.)? ?(?P<v>\d+)(?:, ?(?:no\.?|issue) ?(?P<i>\d+))?"
    r"|\b(?P<volume>\d+) ?\((?P<issue>\d+)\)",
    re.IGNORECASE,
)
_PAGES = re.compile(r"\b(?:pp?\. ?)?(e\d+|(?<!\d)\d+[-–]\d+)\b")
# A journal's name ends where its year, volume or a remark in brackets begins.
_END = re.compile(r",? (?:\(|(?:19|20)\d\d\b|vol\b|\d+ ?\()", re.IGNORECASE)


@dataclass(frozen=True)
class Venue:
    """`name` is a journal's alone, or a conference's as stated; what is not stated is empty."""

    name: str
    is_journal: bool
    year: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""


def parse_venue(stated: str) -> Venue:
    """The parts of a venue as stated."""
    year = (_YEAR.findall(stated) or [""])[-1]
    if not _JOURNAL.search(stated) or _NOT_JOURNAL.search(stated):
        return Venue(stated, is_journal=False, year=year)
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
