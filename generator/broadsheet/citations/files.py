"""The citation files of a site: one of each form a list of papers, and bulk files of all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from broadsheet.bulk import BULK_LIMIT, Frame, bulk_files
from broadsheet.citations import Citation
from broadsheet.citations.csl import csl_line
from broadsheet.paperlists import Kind, PaperList


@dataclass(frozen=True)
class Form:
    """A form of citation files: its ending, one entry of it, what stands around the entries."""

    ending: str
    entry: Callable[[Citation], str]
    frame: Frame


FORMS: Mapping[str, Form] = {
    "bibtex": Form("bib", lambda citation: citation.bibtex, Frame(joint=b"\n")),
    "ris": Form("ris", lambda citation: citation.ris, Frame()),
    "csl": Form(
        "csl.json", lambda citation: csl_line(citation.csl), Frame(b"[\n", b",\n", b"\n]\n")
    ),
}


def citation_files(
    citations: Mapping[str, Citation], lists: Iterable[PaperList], limit: int = BULK_LIMIT
) -> dict[str, bytes]:
    """`papers.bib`, `papers.ris` and `papers.csl.json` beside every list's page, and in data/.

    Authors' lists have none: three files for every author are too many for common hosts.
    """
    files: dict[str, bytes] = {}
    for papers in (papers for papers in lists if papers.kind is not Kind.AUTHOR):
        files |= _forms([citations[slug] for slug in papers.papers], f"{papers.url}papers", limit)
    return files | _forms([citations[slug] for slug in sorted(citations)], "data/papers", limit)


def citation_text(citations: Sequence[Citation], form: str) -> str:
    """Citations as one text: `form` is one of `FORMS` or a style's name ("APA")."""
    if form not in FORMS:
        return "".join(f"{citation.text[form]}\n" for citation in citations)
    chosen = FORMS[form]
    entries = [chosen.entry(citation) for citation in citations]
    frame = chosen.frame
    return frame.head.decode() + frame.joint.decode().join(entries) + frame.tail.decode()


def _forms(citations: Sequence[Citation], stem: str, limit: int) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for form in FORMS.values():
        entries = (form.entry(citation).encode() for citation in citations)
        files |= bulk_files(entries, stem, form.ending, form.frame, limit)
    return files
