"""Highwire Press tags and COinS: what Google Scholar and Zotero read from pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote, urlsplit

from broadsheet.addresses import Site, absolute, paper_url
from broadsheet.citations.csl import Csl
from broadsheet.citations.names import parse_name
from broadsheet.markup import plain
from broadsheet.model import Corpus, Paper
from broadsheet.plaintext import escape

_VENUE_TAG = {
    "article-journal": "citation_journal_title",
    "paper-conference": "citation_conference_title",
}


def citation_tags(
    paper: Paper, reference: Csl, corpus: Corpus, site: Site
) -> tuple[tuple[str, str], ...]:
    """The `citation_*` tags of a paper's page, an author a tag; none is empty.

    There are none while authors or date are unknown: Scholar takes no record without them.
    """
    if not paper.authors or "issued" not in reference:
        return ()
    return tuple((name, value) for name, value in _tags(paper, reference, corpus, site) if value)


def _tags(paper: Paper, reference: Csl, corpus: Corpus, site: Site) -> Iterator[tuple[str, str]]:
    yield "citation_title", reference["title"]
    for author in paper.authors:
        yield "citation_author", author_tag(author)
    yield "citation_publication_date", _slashed(reference)
    yield "citation_online_date", (paper.published or "").replace("-", "/")
    yield _VENUE_TAG.get(reference["type"], ""), reference.get("container-title", "")
    yield "citation_publisher", reference.get("publisher", "")
    yield "citation_doi", paper.doi or ""
    yield "citation_arxiv_id", paper.arxiv or ""
    yield "citation_public_url", reference["URL"]
    yield "citation_abstract_html_url", absolute(site, paper_url(paper.slug))
    yield "citation_pdf_url", _own_pdf(paper, site)
    for topic in paper.topics:
        yield "citation_keywords", corpus.topics[topic].name if topic in corpus.topics else ""
    yield "citation_abstract", plain(paper.abstract or "")
    # Zotero takes a page with citation_title alone for a journal's.
    yield "DC.type", "preprint" if reference["type"] == "article" and paper.arxiv else ""


def author_tag(author: str) -> str:
    """ "Family, Given"; as printed when Zotero would take the two sides for two people.

    It parts a name at its comma when both sides have a space.
    """
    name = parse_name(author)
    both = " " in name.last and " " in name.given
    return author if both or name.suffix else name.inverted


def _slashed(reference: Csl) -> str:
    """The date of what is cited as YYYY/MM/DD, as precise as it is known."""
    parts = reference.get("issued", {}).get("date-parts", [[]])[0]
    return "/".join(f"{part:02d}" for part in parts)


def _own_pdf(paper: Paper, site: Site) -> str:
    """Scholar wants the PDF on the host that says so."""
    pdf = paper.links.pdf or ""
    return pdf if urlsplit(pdf).netloc.lower() == site.host else ""


def coins(reference: Csl) -> str:
    """An empty span by which reference managers find a paper in a list (ContextObject in Span)."""
    return f'<span class="Z3988" title="{escape(context_object(reference))}"></span>'


def context_object(reference: Csl) -> str:
    """What that span's title says of a reference, not yet escaped for HTML."""
    return "&".join(f"{name}={_coded(value)}" for name, value in _context(reference) if value)


def _coded(value: str) -> str:
    """Percent-encoded whole, so that Markdown finds no sign of its own in it."""
    return quote(value, safe="").replace("_", "%5F").replace("~", "%7E")


def _context(reference: Csl) -> Iterator[tuple[str, str]]:
    genres = {"article": "preprint", "paper-conference": "proceeding"}
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"
    yield "rft.genre", genres.get(reference["type"], "article")
    yield "rft.atitle", reference["title"]
    yield "rft.jtitle", reference.get("container-title", "")
    parts = reference.get("issued", {}).get("date-parts", [[]])[0]
    yield "rft.date", "-".join(f"{part:02d}" for part in parts)
    for author in reference.get("author", []):
        yield "rft.au", _printed(author)
    yield "rft_id", f"info:doi/{reference['DOI']}" if "DOI" in reference else ""
    yield "rft_id", reference["URL"]


def _printed(author: Mapping[str, str]) -> str:
    order = ("given", "non-dropping-particle", "family", "suffix")
    return author.get("literal") or " ".join(author[part] for part in order if part in author)
