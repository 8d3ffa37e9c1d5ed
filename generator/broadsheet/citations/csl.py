"""CSL-JSON, the format of citation processors. All other formats are made from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from broadsheet.base.addresses import Site, absolute, paper_url
from broadsheet.base.identifiers import arxiv_url, doi_url
from broadsheet.base.markup import plain
from broadsheet.citations.keys import year_of
from broadsheet.citations.names import Name, parse_name
from broadsheet.citations.venues import Venue, parse_venue
from broadsheet.content.model import Paper

# One reference in the terms of CSL-JSON: https://citationstyles.org, schema csl-data.json
Csl = Mapping[str, Any]


def csl_of(paper: Paper, key: str, site: Site) -> Csl:
    """Returns a paper as a CSL-JSON reference with the id `key`, without unknown fields.

    References have no abstracts, which no style prints. They would be most of the file of a list.
    """
    venue = parse_venue(paper.venue) if paper.venue else None
    reference: dict[str, Any] = {
        "id": key,
        "type": _type(venue),
        "title": plain(paper.name) or paper.slug,
    }
    reference["author"] = [_author(parse_name(author)) for author in paper.authors]
    reference["issued"] = _issued(paper, venue)
    reference |= _venue_fields(venue) if venue else {}
    reference["DOI"] = paper.doi
    reference["URL"] = address_of(paper, site)
    if paper.arxiv:
        reference |= _arxiv_fields(paper)
    if paper.withdrawn:
        reference["note"] = f"Withdrawn {paper.withdrawn.on}: {plain(paper.withdrawn.reason)}"
    return {field: value for field, value in reference.items() if value}


def csl_line(reference: Csl) -> str:
    """Returns a reference as JSON on one line."""
    return json.dumps(reference, ensure_ascii=False, separators=(",", ":"))


def address_of(paper: Paper, site: Site) -> str:
    """Returns the URL of a work, or that of its page on this site if nothing else is known."""
    if paper.arxiv:
        return arxiv_url(paper.arxiv)
    if paper.doi:
        return doi_url(paper.doi)
    return paper.links.project or paper.links.pdf or absolute(site, paper_url(paper.slug))


def _type(venue: Venue | None) -> str:
    if not venue:
        return "article"  # CSL's word for a preprint
    return "article-journal" if venue.is_journal else "paper-conference"


def _venue_fields(venue: Venue) -> dict[str, str]:
    return {
        "container-title": venue.name,
        "volume": venue.volume,
        "issue": venue.issue,
        "page": venue.pages,
    }


def _arxiv_fields(paper: Paper) -> dict[str, str]:
    number = f"arXiv:{paper.arxiv}"
    if paper.venue:
        return {"archive": "arXiv", "archive_location": number}
    return {"publisher": "arXiv", "number": number}


def _author(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: text for part, text in parts.items() if text}


def _issued(paper: Paper, venue: Venue | None) -> dict[str, list[list[int]]] | None:
    """Returns the date to cite: the year of the venue if known, or else of first submission."""
    date = (venue and venue.year) or paper.published or year_of(paper)
    return {"date-parts": [[int(part) for part in date.split("-")]]} if date else None
