"""Highwire Press tags, which Google Scholar and Zotero read from pages."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from broadsheet.base.addresses import Site, absolute, paper_url
from broadsheet.base.markup import plain
from broadsheet.citations.coins import inverted
from broadsheet.citations.csl import Csl
from broadsheet.citations.names import parse_name
from broadsheet.content.model import Paper
from broadsheet.edition import Edition

_VENUE_TAG = {
    "article-journal": "citation_journal_title",
    "paper-conference": "citation_conference_title",
}


def citation_tags(paper: Paper, edition: Edition) -> tuple[tuple[str, str], ...]:
    """The `citation_*` tags of a paper's page, an author a tag; none is empty.

    There are none while authors or date are unknown: Scholar takes no record without them.
    """
    if not paper.authors or "issued" not in edition.citations[paper.slug].csl:
        return ()
    return tuple((name, value) for name, value in _tags(paper, edition) if value)


def _tags(paper: Paper, edition: Edition) -> Iterator[tuple[str, str]]:
    reference, site = edition.citations[paper.slug].csl, edition.site
    yield "citation_title", reference["title"]
    for author in paper.authors:
        yield "citation_author", author_tag(author)
    yield "citation_publication_date", _slashed(reference)
    yield "citation_online_date", (paper.published or "").replace("-", "/")
    yield _VENUE_TAG.get(reference["type"], ""), reference.get("container-title", "")
    first, _, last = reference.get("page", "").replace("–", "-").partition("-")
    yield "citation_volume", reference.get("volume", "")
    yield "citation_issue", reference.get("issue", "")
    yield "citation_firstpage", first
    yield "citation_lastpage", last
    yield "citation_publisher", reference.get("publisher", "")
    yield "citation_doi", paper.doi or ""
    yield "citation_arxiv_id", paper.arxiv or ""
    yield "citation_public_url", reference["URL"]
    yield "citation_abstract_html_url", absolute(site, paper_url(paper.slug))
    yield "citation_pdf_url", _own_pdf(paper, site)
    for topic in edition.topics_of(paper):
        yield "citation_keywords", topic.name
    yield "citation_abstract", plain(paper.abstract or "")
    # Zotero takes a page with citation_title alone for a journal's.
    yield "DC.type", "preprint" if reference["type"] == "article" and paper.arxiv else ""


def author_tag(author: str) -> str:
    """ "Family, Given"; as printed when Zotero would take the two sides for two people.

    It parts a name at its comma when both sides have a space.
    """
    name = parse_name(author)
    both = " " in name.last and " " in name.given
    # A third part between commas would be left out, so a suffix follows the given names.
    return author if both else inverted(name)


def _slashed(reference: Csl) -> str:
    """The date of what is cited as YYYY/MM/DD, as precise as it is known."""
    parts = reference.get("issued", {}).get("date-parts", [[]])[0]
    return "/".join(f"{part:02d}" for part in parts)


def _own_pdf(paper: Paper, site: Site) -> str:
    """Scholar wants the PDF on the host that says so."""
    pdf = paper.links.pdf or ""
    return pdf if urlsplit(pdf).netloc.lower() == site.host else ""
