"""Citation files: one per list of papers and format, and files with all papers.

Lists have the formats that all reference managers import. CSL-JSON, from which programs make
references in a style, is in the API for each paper, and in data/ for all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count

from broadsheet.base.cache import Cache
from broadsheet.base.files import FILE_LIMIT, Frame, split_files
from broadsheet.base.results import Results
from broadsheet.citations import Citation
from broadsheet.citations.csl import csl_line
from broadsheet.citations.styles import NUMBERED, STYLES
from broadsheet.edition import Edition, Kind, Link, PaperList
from broadsheet.outputs.task import FilesByPath, Task


@dataclass(frozen=True)
class Form:
    """A format: its name, the ending of its files, how to write an entry, and what is around it."""

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
# The formats of the files of a list.
LIST_FORMS = ("bibtex", "ris")
# How many papers the files of a list have. Topics overlap, so whole lists would repeat most
# citations several times.
LIST_LIMIT = 200
# A list of more references is too long to read.
_MOST_STYLED = 1000
_STYLED = Frame(joint=b"\n")
# The kinds of lists that have citation files.
_CITED = (Kind.WEEK, Kind.TOPIC, Kind.COLLECTION)
_ENDINGS = {
    **{form.name: form.ending for form in FORMS.values()},
    **{style: f"{style.lower()}.txt" for style in STYLES},
}


def citation_tasks(edition: Edition) -> Iterator[Task]:
    """Yields tasks for the citation files of each week, topic and collection.

    They have the first papers of the list, as "weeks/2024-W12/papers.bib". Authors and months have
    no files, because many hosts limit the number of files.
    """
    for papers in edition.lists_of(*_CITED):
        yield Task(f"{papers.url} citations", partial(_files_of_list, edition, papers.url))


def _files_of_list(edition: Edition, url: str) -> FilesByPath:
    first = [edition.citations[slug] for slug in edition.lists[url].papers[:LIST_LIMIT]]
    return _forms(first, f"{url}papers", FILE_LIMIT, LIST_FORMS)


def links_of_list(papers: PaperList) -> tuple[Link, ...]:
    """Returns links to the citation files of a list, if it has some."""
    if papers.kind not in _CITED or not papers.papers:
        return ()
    forms = (FORMS[name] for name in LIST_FORMS)
    return tuple(Link(form.name, f"{papers.url}papers.{form.ending}") for form in forms)


def all_citations(
    edition: Edition, limit: int = FILE_LIMIT, cache: Cache | None = None
) -> dict[str, bytes]:
    """Returns citation files of all papers, in data/. Up to a thousand are there in all styles.

    Args:
        edition: The edition.
        limit: The maximum size of a file in bytes; larger ones are split.
        cache: The cache of entries, because writing them takes longer than everything else.
    """
    slugs = sorted(edition.citations)
    kept = Results(cache or Cache(), "entries")
    entries = [_entries(edition.citations[slug], kept) for slug in slugs]
    kept.keep()
    files: dict[str, bytes] = {}
    for name, form in FORMS.items():
        of_form = (found[name] for found in entries)
        files |= split_files(of_form, "data/papers", form.ending, form.frame, limit)
    if len(slugs) <= _MOST_STYLED:
        files |= _styles([edition.citations[slug] for slug in slugs], "data/papers", limit)
    return files


def _entries(citation: Citation, kept: Results) -> Mapping[str, bytes]:
    """Returns the entries of a paper by the names of their formats."""
    entries: Mapping[str, bytes] | None = kept.get(citation.digest)
    if entries is None:
        entries = {name: form.entry(citation).encode() for name, form in FORMS.items()}
        kept.put(citation.digest, entries)
    return entries


def citation_links(files: Collection[str], stem: str) -> tuple[Link, ...]:
    """Returns links to citation files.

    Args:
        files: The paths of all files.
        stem: The path of the citation files without their endings, such as "data/papers".
    """
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
    """Returns citations as one text. `form` is a key of `FORMS` or a style such as "APA"."""
    if form not in FORMS:
        return _STYLED.joint.decode().join(f"{line}\n" for line in reference_list(citations, form))
    chosen = FORMS[form]
    entries = [chosen.entry(citation) for citation in citations]
    frame = chosen.frame
    return frame.head.decode() + frame.joint.decode().join(entries) + frame.tail.decode()


def reference_list(citations: Sequence[Citation], style: str) -> list[str]:
    """Returns references as a list in that style: numbered in this order, or sorted by name."""
    texts = [citation.text[style] for citation in citations]
    if style in NUMBERED:
        return [f"[{number}] {text}" for number, text in enumerate(texts, start=1)]
    return sorted(texts, key=str.casefold)


def _forms(
    citations: Sequence[Citation], stem: str, limit: int, names: Sequence[str]
) -> dict[str, bytes]:
    """Returns files with citations in the named formats, by path."""
    files: dict[str, bytes] = {}
    for form in map(FORMS.__getitem__, names):
        entries = (form.entry(citation).encode() for citation in citations)
        files |= split_files(entries, stem, form.ending, form.frame, limit)
    return files


def _styles(citations: Sequence[Citation], stem: str, limit: int) -> dict[str, bytes]:
    """Returns files with references in all styles, by path."""
    files: dict[str, bytes] = {}
    for style in STYLES:
        lines = (f"{line}\n".encode() for line in reference_list(citations, style))
        files |= split_files(lines, stem, _ENDINGS[style], _STYLED, limit)
    return files
