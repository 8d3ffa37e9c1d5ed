"""OPML, which lists feeds and no papers: it's refused with the feeds to import instead."""

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


def read(text: str, source: str) -> NoReturn:
    """Refuses a list of feeds, and names them.

    Raises:
        BroadsheetError: Always.
    """
    outlines = parsed(text, source).iter("outline")
    feeds = [url for url in (outline.get("xmlUrl") for outline in outlines) if url]
    message = f"lists {counted(len(feeds), 'feed')} and no papers"
    more = f" and {len(feeds) - _MOST_SHOWN:,} more" if len(feeds) > _MOST_SHOWN else ""
    advice = f"import the feeds themselves: {' '.join(feeds[:_MOST_SHOWN])}{more}" if feeds else ""
    raise BroadsheetError(Problem(source, 0, "", message, advice))


OPML = Importer("opml", "OPML, of which it names the feeds to import instead", looks_like, read)
