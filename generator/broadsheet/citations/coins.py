"""COinS (ContextObjects in Spans), from which reference managers import papers of a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from urllib.parse import quote

from broadsheet.citations.csl import Csl
from broadsheet.citations.names import Name

# How many authors are named for programs where every reader loads them, too: here and in the heads
# of pages. The others are in BibTeX, in the API and in all data.
MOST_TAGGED = 50


def context_object(reference: Csl) -> str:
    """Returns the title of the empty span for a reference, not yet escaped for HTML."""
    return "&".join(f"{name}={_coded(value)}" for name, value in _context(reference) if value)


@lru_cache(maxsize=100_000)
def _coded(value: str) -> str:
    """Percent-encodes everything that Markdown or URLs could interpret."""
    return quote(value, safe="").replace("_", "%5F").replace("~", "%7E")


def _context(reference: Csl) -> Iterator[tuple[str, str]]:
    """Yields the fields of OpenURL. Conference papers use the format for books, as in Zotero."""
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
    for author in reference.get("author", [])[:MOST_TAGGED]:
        name = _name(author)
        yield f"rft.au{'corp' if ' ' in name.literal else ''}", inverted(name)
    yield "rft_id", f"info:doi/{reference['DOI']}" if "DOI" in reference else ""
    yield "rft_id", reference["URL"]
    # Zotero's own field, because the journal format has no preprints. Zotero reads the title only
    # while it takes the work for a journal article, so the type comes last.
    yield "rft.type", "preprint" if reference.get("publisher") == "arXiv" else ""


def _name(author: Mapping[str, str]) -> Name:
    parts = ("family", "given", "non-dropping-particle", "suffix", "literal")
    return Name(*(author.get(part, "") for part in parts))


def inverted(name: Name) -> str:
    """Returns a name with one comma ("van der Berg, Ada Jr."), or a literal name unchanged."""
    given = f"{name.given} {name.suffix}".strip()
    return f"{name.last}, {given}" if given else name.last
