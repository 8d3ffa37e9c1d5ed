"""OPML, which lists feeds and no papers.

`broadsheet import` fetches these feeds. Importers fetch nothing, so this one only names them.
"""

from __future__ import annotations

from typing import NoReturn

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.text import counted
from broadsheet.importers.importer import Importer
from broadsheet.importers.services.xml_elements import parsed, root_name

_MOST_SHOWN = 5


def looks_like(text: str) -> bool:
    """Whether a text is OPML."""
    return root_name(text) == "opml"


def feeds_in(text: str, source: str) -> tuple[str, ...]:
    """Returns the addresses of the feeds that a text names, each once.

    Raises:
        BroadsheetError: It isn't valid XML.
    """
    outlines = parsed(text, source).iter("outline")
    found = ((outline.get("xmlUrl") or "").strip() for outline in outlines)
    return tuple(dict.fromkeys(filter(None, found)))


def read(text: str, source: str) -> NoReturn:
    """Refuses a list of feeds, and names them.

    Raises:
        BroadsheetError: Always.
    """
    feeds = feeds_in(text, source)
    message = f"lists {counted(len(feeds), 'feed')} and no papers"
    more = f" and {len(feeds) - _MOST_SHOWN:,} more" if len(feeds) > _MOST_SHOWN else ""
    advice = f"import the feeds themselves: {' '.join(feeds[:_MOST_SHOWN])}{more}" if feeds else ""
    raise BroadsheetError(Problem(source, 0, "", message, advice))


OPML = Importer(
    "opml", "a list of feeds in OPML; `broadsheet import` fetches and reads them", looks_like, read
)
