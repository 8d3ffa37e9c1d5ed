"""The citation files of a site: one of each form a list of papers, and bulk files of all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from broadsheet.base.files import BULK_LIMIT, Frame, bulk_files
from broadsheet.citations import Citation
from broadsheet.citations.csl import csl_line
from broadsheet.citations.styles import NUMBERED, STYLES
from broadsheet.edition import Edition, Kind, Link


@dataclass(frozen=True)
class Form:
    """A form of citation files: its name, its ending, one entry of it, what stands around them."""

    name: str
    ending: str
    entry: Callable[[Citation], str]
    frame: Frame


FORMS: Mapping[str, Form] = {
    "bibtex": Form("BibTeX", "bib", lambda citation: citation.bibtex, Frame(joint=b"\n")),
    "ris": Form("RIS", "ris", lambda citation: citation.ris, Frame()),
    "csl": Form(
        "CSL", "csl.json", lambda citation: csl_line(citation.csl), Frame(b"[\n", b",\n", b"\n]\n")
    ),
}
_STYLED = Frame(joint=b"\n")
_ENDINGS = {
    **{form.name: form.ending for form in FORMS.values()},
    **{style: f"{style.lower()}.txt" for style in STYLES},
}


def citation_files(edition: Edition, limit: int = BULK_LIMIT) -> dict[str, bytes]:
    """`papers.bib`, `papers.ris`, `papers.csl.json`, `papers.apa.txt` and so on, by path: for each
    week, topic and collection beside its page, and for all papers in data/.

    Authors and months have none: a file in each form for all of them is too much for common hosts.
    """
    citations = edition.citations
    files: dict[str, bytes] = {}
    for papers in edition.lists_of(Kind.WEEK, Kind.TOPIC, Kind.COLLECTION):
        files |= _forms([citations[slug] for slug in papers.papers], f"{papers.url}papers", limit)
    return files | _forms([citations[slug] for slug in sorted(citations)], "data/papers", limit)


def citation_links(files: Collection[str], stem: str) -> tuple[Link, ...]:
    """The names and paths of those `files` that are citations of the papers at `stem`."""
    return tuple(
        link for name, ending in _ENDINGS.items() for link in _links(files, stem, name, ending)
    )


def _links(files: Collection[str], stem: str, name: str, ending: str) -> Iterator[Link]:
    if f"{stem}.{ending}" in files:
        yield Link(name, f"{stem}.{ending}")
        return
    for number in count(1):
        path = f"{stem}-{number}.{ending}"
        if path not in files:
            return
        yield Link(f"{name} {number}", path)


def citation_text(citations: Sequence[Citation], form: str) -> str:
    """Citations as one text: `form` is one of `FORMS` or a style's name ("APA")."""
    if form not in FORMS:
        return _STYLED.joint.decode().join(f"{line}\n" for line in reference_list(citations, form))
    chosen = FORMS[form]
    entries = [chosen.entry(citation) for citation in citations]
    frame = chosen.frame
    return frame.head.decode() + frame.joint.decode().join(entries) + frame.tail.decode()


def reference_list(citations: Sequence[Citation], style: str) -> list[str]:
    """References as a list of that style has them: numbered as they come, or in order of names."""
    texts = [citation.text[style] for citation in citations]
    if style in NUMBERED:
        return [f"[{number}] {text}" for number, text in enumerate(texts, start=1)]
    return sorted(texts, key=str.casefold)


def _forms(citations: Sequence[Citation], stem: str, limit: int) -> dict[str, bytes]:
    """The citations in every form, and in every style that they have."""
    files: dict[str, bytes] = {}
    for form in FORMS.values():
        entries = (form.entry(citation).encode() for citation in citations)
        files |= bulk_files(entries, stem, form.ending, form.frame, limit)
    for style in STYLES:
        lines = (f"{line}\n".encode() for line in reference_list(citations, style))
        files |= bulk_files(lines, stem, _ENDINGS[style], _STYLED, limit)
    return files
