"""CSL-JSON, the form that citation processors read; the other formats are made from it too."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from broadsheet.addresses import Site, absolute, paper_url
from broadsheet.citations.keys import year_of
from broadsheet.citations.names import Name, parse_name
from broadsheet.markup import plain
from broadsheet.model import Paper

# One reference in the terms of CSL-JSON: https://citationstyles.org, schema csl-data.json
Csl = Mapping[str, Any]

_JOURNAL = re.compile(
    r"\b(?:access|annals|bulletin|j|journal|knowl|letters|magazine|nature|pnas|review|science|"
    r"trans|transactions|frontiers)\b\.?",
    re.IGNORECASE,
)
_NOT_JOURNAL = re.compile(r"\b(?:conference|proceedings|symposium|workshop)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def csl_of(paper: Paper, key: str, site: Site) -> Csl:
    """One paper as a CSL-JSON reference with `key` as its id. Nothing unknown is filled in."""
    reference: dict[str, Any] = {
        "id": key,
        "type": _type(paper),
        "title": plain(paper.name) or paper.slug,
    }
    reference["author"] = [_author(parse_name(author)) for author in paper.authors]
    reference["issued"] = _issued(paper)
    reference["container-title"] = paper.venue
    reference["DOI"] = paper.doi
    reference["URL"] = address_of(paper, site)
    if paper.arxiv:
        reference |= _arxiv_fields(paper)
    # A digest's words about a paper are not its abstract; only the paper's own text is.
    reference["abstract"] = plain(paper.abstract) if paper.abstract else None
    return {field: value for field, value in reference.items() if value}


def csl_line(reference: Csl) -> str:
    """A reference as JSON on one line."""
    return json.dumps(reference, ensure_ascii=False)


def address_of(paper: Paper, site: Site) -> str:
    """Where the work itself is; the page about it on this site when nothing else is known."""
    if paper.arxiv:
        return f"https://arxiv.org/abs/{paper.arxiv}"
    if paper.doi:
        return f"https://doi.org/{paper.doi}"
    return paper.links.project or paper.links.pdf or absolute(site, paper_url(paper.slug))


def _type(paper: Paper) -> str:
    if not paper.venue:
        return "article"  # CSL's word for a preprint
    journal = _JOURNAL.search(paper.venue) and not _NOT_JOURNAL.search(paper.venue)
    return "article-journal" if journal else "paper-conference"


def _arxiv_fields(paper: Paper) -> dict[str, str]:
    number = f"arXiv:{paper.arxiv}"
    if paper.venue:
        return {"archive": "arXiv", "archive_location": number}
    return {"publisher": "arXiv", "number": number}


def _author(name: Name) -> dict[str, str]:
    parts = {
        "literal": name.literal,
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: text for part, text in parts.items() if text}


def _issued(paper: Paper) -> dict[str, list[list[int]]] | None:
    """The date of what is cited: a venue's year outdoes that of the first submission."""
    of_venue = _YEAR.findall(paper.venue or "")
    date = of_venue[-1] if of_venue else paper.published or year_of(paper)
    return {"date-parts": [[int(part) for part in date.split("-")]]} if date else None
