"""What people type to name one paper: an arXiv id, a DOI, an address of either, or a title."""

from __future__ import annotations

import re

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.identifiers import has_lost_zero, parse_arxiv, parse_doi
from broadsheet.content.records import Record
from broadsheet.importers.lines import quoted
from broadsheet.importers.repairs import visible

# The name of the source of papers that haven't been found.
BY_HAND = "broadsheet add"
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(?P<id>.+)", re.IGNORECASE)


def reference(text: str) -> Record:
    """Returns a record with nothing but the arXiv id, DOI or title in a text.

    Raises:
        BroadsheetError: The text is none of them.
    """
    plain = visible(text)
    address = plain.partition("?")[0].rstrip("/")
    doi = parse_doi(address)
    of_arxiv = _ARXIV_DOI.fullmatch(doi or "")
    arxiv = parse_arxiv(of_arxiv["id"] if of_arxiv else address)
    if arxiv and has_lost_zero(arxiv):
        raise _refusal(plain, "is missing a digit", "ids since 2015 end with five digits")
    if arxiv:
        return Record(BY_HAND, 0, arxiv=arxiv)
    if doi:
        return Record(BY_HAND, 0, doi=doi)
    if "://" in plain:
        advice = "give its arXiv id, DOI or title instead"
        raise _refusal(
            plain, "isn't the address of a paper on arXiv, Hugging Face or doi.org", advice
        )
    if " " not in plain:
        advice = "put a title in quotes; ids look like 2403.01234 or 10.1000/example"
        raise _refusal(plain, "is neither an arXiv id nor a DOI nor a title", advice)
    return Record(BY_HAND, 0, title=plain)


def _refusal(text: str, message: str, advice: str) -> BroadsheetError:
    return BroadsheetError(Problem(quoted(text), 0, "", message, advice))
