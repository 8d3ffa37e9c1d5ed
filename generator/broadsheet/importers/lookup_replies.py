"""What the APIs of arXiv and Crossref answer about papers, as records."""

from __future__ import annotations

from broadsheet.content.records import Record
from broadsheet.importers.services import arxiv_api, crossref


def arxiv_records(reply: str) -> tuple[Record, ...]:
    """Returns the papers in a reply of arXiv's API, which is an Atom feed.

    Raises:
        BroadsheetError: It isn't such a feed.
    """
    return tuple(work.record for work in arxiv_api.works(reply))


def crossref_records(reply: str) -> tuple[Record, ...]:
    """Returns the works in a reply of Crossref's API: one work, or those that a search has found.

    Raises:
        BroadsheetError: It isn't such a reply.
    """
    return tuple(work.record for work in crossref.works(reply))
