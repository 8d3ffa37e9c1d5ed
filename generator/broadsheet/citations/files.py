"""The citation files of a site: one of each form a list of papers, and bulk files of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from broadsheet.citations import Citation
from broadsheet.citations.bibtex import bibtex_files
from broadsheet.citations.csl import csl_text
from broadsheet.paperlists import PaperList

# Overleaf and others refuse files from 50 MB on.
BULK_LIMIT = 49_000_000


def citation_files(
    citations: Mapping[str, Citation], lists: Iterable[PaperList], limit: int = BULK_LIMIT
) -> dict[str, bytes]:
    """`papers.bib`, `papers.ris` and `papers.csl.json` beside every list's page, and in data/."""
    files: dict[str, bytes] = {}
    for papers in lists:
        chosen = [citations[slug] for slug in papers.papers]
        files |= _forms(chosen, f"{papers.url}papers", limit)
    return files | _forms([citations[slug] for slug in sorted(citations)], "data/papers", limit)


def citation_text(citations: Sequence[Citation], form: str) -> str:
    """Citations as one text: `form` is "bibtex", "ris", "csl" or a style's name ("APA")."""
    if form == "bibtex":
        return "\n".join(citation.bibtex for citation in citations)
    if form == "ris":
        return "".join(citation.ris for citation in citations)
    if form == "csl":
        return csl_text(citation.csl for citation in citations)
    return "".join(f"{citation.text[form]}\n" for citation in citations)


def _forms(citations: Sequence[Citation], stem: str, limit: int) -> dict[str, bytes]:
    return {
        **bibtex_files((citation.bibtex for citation in citations), stem, limit),
        f"{stem}.ris": citation_text(citations, "ris").encode(),
        f"{stem}.csl.json": citation_text(citations, "csl").encode(),
    }
