"""The edition: order, lists, dates, appearances, related papers and citations of a corpus."""

from __future__ import annotations

from broadsheet.edition.appearances import Appearance
from broadsheet.edition.chronology import Dates
from broadsheet.edition.corrections import Corrected
from broadsheet.edition.counted import Counted
from broadsheet.edition.edition import Edition, make_edition, narrowed
from broadsheet.edition.links import Link, links_of
from broadsheet.edition.lists import Kind, PaperList, Week

__all__ = [
    "Appearance",
    "Corrected",
    "Counted",
    "Dates",
    "Edition",
    "Kind",
    "Link",
    "PaperList",
    "Week",
    "links_of",
    "make_edition",
    "narrowed",
]
