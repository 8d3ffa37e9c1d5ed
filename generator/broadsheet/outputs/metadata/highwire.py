"""Highwire Press tags for Google Scholar and Zotero."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from broadsheet.base.addresses import Site
from broadsheet.citations.coins import MOST_TAGGED, inverted
from broadsheet.citations.csl import Csl
from broadsheet.citations.names import parse_name
from broadsheet.content.model import Paper
from broadsheet.edition import Edition

_VENUE_TAG = {
    "article-journal": "citation_journal_title",
    "paper-conference": "citation_conference_title",
}


def citation_tags(paper: Paper, edition: Edition) -> tuple[tuple[str, str], ...]:
    """Returns the `citation_*` tags of a paper's page.

    There are none if authors or date are unknown, because Google Scholar requires them. There is
    no abstract: it's on the page, where Scholar reads it, and in the RIS and CSL-JSON of the page.
    """
    if not paper.authors or "issued" not in edition.citations[paper.slug].csl:
        return ()
    return tuple((name, value) for name, value in _tags(paper, edition) if value)


def _tags(paper: Paper, edition: Edition) -> Iterator[tuple[str, str]]:
    reference, site = edition.citations[paper.slug].csl, edition.site
    yield "citation_title", reference["title"]
    for author in paper.authors[:MOST_TAGGED]:
        yield "citation_author", author_tag(author)
    cited, online = _slashed(reference), (paper.published or "").replace("-", "/")
    yield "citation_publication_date", cited
    yield "citation_online_date", online if online != cited else ""
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
    yield "citation_pdf_url", _own_pdf(paper, site)
    for topic in edition.topics_of(paper):
        yield "citation_keywords", topic.name
    # Without this, Zotero would take the paper for a journal article.
    yield "DC.type", "preprint" if reference["type"] == "article" and paper.arxiv else ""


def author_tag(author: str) -> str:
    """Returns an author as "Family, Given", or as printed if Zotero would see two people.

    Zotero splits a name at its comma if there are spaces on both sides of it.
    """
    name = parse_name(author)
    both = " " in name.last and " " in name.given
    # Zotero ignores what follows a second comma, so a suffix goes after the given names.
    return author if both else inverted(name)


def _slashed(reference: Csl) -> str:
    """Returns the date to cite as YYYY/MM/DD, YYYY/MM or YYYY."""
    parts = reference.get("issued", {}).get("date-parts", [[]])[0]
    return "/".join(f"{part:02d}" for part in parts)


def _own_pdf(paper: Paper, site: Site) -> str:
    """Returns the URL of the PDF, if it's on this site, as Google Scholar requires."""
    pdf = paper.links.pdf or ""
    return pdf if urlsplit(pdf).netloc.lower() == site.host else ""
