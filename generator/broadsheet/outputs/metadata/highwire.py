"""Highwire Press tags and COinS: what Google Scholar and Zotero read from pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from urllib.parse import quote, urlsplit

from broadsheet.base.addresses import Site, absolute, paper_url
from broadsheet.base.markup import plain
from broadsheet.base.plaintext import escape
from broadsheet.citations.csl import Csl
from broadsheet.citations.names import Name, parse_name
from broadsheet.content.model import Corpus, Paper

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
    # A third part between commas would be left out, so a suffix follows the given names.
    return author if both else inverted(name)


def inverted(name: Name) -> str:
    """ "van der Berg, Ada Jr.", with one comma; a literal name as it is."""
    given = f"{name.given} {name.suffix}".strip()
    return f"{name.last}, {given}" if given else name.last


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


@lru_cache(maxsize=100_000)
def _coded(value: str) -> str:
    """Percent-encoded whole, so that Markdown finds no sign of its own in it."""
    return quote(value, safe="").replace("_", "%5F").replace("~", "%7E")


def _context(reference: Csl) -> Iterator[tuple[str, str]]:
    """A conference paper is one of a book's parts, as Zotero and OpenURL's registry have it."""
    conference = reference["type"] == "paper-conference"
    genre = {"article": "preprint", "paper-conference": "proceeding"}.get(reference["type"])
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{'book' if conference else 'journal'}"
    yield "rft.genre", genre or "article"
    yield "rft.atitle", reference["title"]
    yield f"rft.{'btitle' if conference else 'jtitle'}", reference.get("container-title", "")
    yield "rft.volume", reference.get("volume", "")
    yield "rft.issue", reference.get("issue", "")
    yield "rft.pages", reference.get("page", "")
    parts = reference.get("issued", {}).get("date-parts", [[]])[0]
    yield "rft.date", "-".join(f"{part:02d}" for part in parts)
    for author in reference.get("author", []):
        name = _name(author)
        yield f"rft.au{'corp' if ' ' in name.literal else ''}", inverted(name)
    yield "rft_id", f"info:doi/{reference['DOI']}" if "DOI" in reference else ""
    yield "rft_id", reference["URL"]
    # Zotero's name for the type, which its form for journals lacks. It takes a title for a
    # journal's article only, so this stands last.
    yield "rft.type", "preprint" if reference.get("publisher") == "arXiv" else ""


def _name(author: Mapping[str, str]) -> Name:
    parts = ("family", "given", "non-dropping-particle", "suffix", "literal")
    return Name(*(author.get(part, "") for part in parts))
