"""A part of the corpus in a form of one's choice: what ``broadsheet export`` writes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from broadsheet.base.addresses import Site
from broadsheet.base.errors import BroadsheetError, Problem, suggest
from broadsheet.citations import Citation, cite
from broadsheet.citations.styles import STYLES, can_format
from broadsheet.content.model import Collection, Corpus, Entry, Issue
from broadsheet.outputs.citation_files import citation_text
from broadsheet.outputs.datasets.parquet import parquet
from broadsheet.outputs.datasets.sqlite import sqlite
from broadsheet.outputs.datasets.table import csv_head, csv_lines, jsonl_lines, rows_of


@dataclass(frozen=True)
class Selection:
    """Which papers: those of a topic, a week and a collection, each if given."""

    topic: str | None = None
    week: str | None = None
    collection: str | None = None


@dataclass(frozen=True)
class _Chosen:
    corpus: Corpus
    site: Site
    citations: Mapping[str, Citation]

    @property
    def keys(self) -> dict[str, str]:
        return {slug: citation.key for slug, citation in self.citations.items()}


@dataclass(frozen=True)
class Format:
    """A form to export: its file ending, what it is, how it is written."""

    ending: str
    description: str
    write: Callable[[_Chosen], bytes]


def _cited(form: str) -> Callable[[_Chosen], bytes]:
    return lambda chosen: citation_text(list(chosen.citations.values()), form).encode()


def _styled(style: str) -> Callable[[_Chosen], bytes]:
    def write(chosen: _Chosen) -> bytes:
        if not can_format():
            advice = "pip install 'broadsheet[citations]'"
            raise BroadsheetError(Problem(style, 0, "", "it needs a CSL processor", advice))
        return _cited(style)(chosen)

    return write


def _json(chosen: _Chosen) -> bytes:
    rows = rows_of(chosen.corpus, chosen.site, chosen.keys)
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()


def _jsonl(chosen: _Chosen) -> bytes:
    return b"".join(jsonl_lines(rows_of(chosen.corpus, chosen.site, chosen.keys)))


def _csv(chosen: _Chosen) -> bytes:
    rows = rows_of(chosen.corpus, chosen.site, chosen.keys)
    return csv_head() + b"".join(csv_lines(rows))


def _parquet(chosen: _Chosen) -> bytes:
    return parquet(rows_of(chosen.corpus, chosen.site, chosen.keys))


def _sqlite(chosen: _Chosen) -> bytes:
    return sqlite(chosen.corpus, chosen.site, chosen.keys)


_STYLED = frozenset(style.lower() for style in STYLES)
FORMATS: Mapping[str, Format] = {
    "bibtex": Format("bib", "BibTeX", _cited("bibtex")),
    "ris": Format("ris", "RIS, for reference managers", _cited("ris")),
    "csl": Format("csl.json", "CSL-JSON, for citation processors", _cited("csl")),
    **{s.lower(): Format("txt", f"references in {s} style", _styled(s)) for s in STYLES},
    "json": Format("json", "a JSON array, an object a paper", _json),
    "jsonl": Format("jsonl", "JSON Lines, an object a paper", _jsonl),
    "csv": Format("csv", "a table, a row a paper", _csv),
    "parquet": Format("parquet", "the same table as Parquet", _parquet),
    "sqlite": Format("db", "an SQLite database with full-text search", _sqlite),
}


def export(
    form: str,
    corpus: Corpus,
    site: Site,
    selection: Selection | None = None,
    published_keys: Mapping[str, str] | None = None,
) -> bytes:
    """The selected papers as one file.

    Raises BroadsheetError for a form, topic, week or collection that does not exist, with the
    suggest that does, and when a form's extra is not installed.
    """
    if form not in FORMATS:
        raise _unknown("format", form, FORMATS)
    # Keys are made of the whole corpus: a part of it must not change them.
    part = selected(corpus, selection or Selection())
    citations = cite(corpus, site, published_keys, styled=form in _STYLED)
    chosen = {slug: citations[slug] for slug in part.papers}
    return FORMATS[form].write(_Chosen(part, site, chosen))


def selected(corpus: Corpus, selection: Selection) -> Corpus:
    """The corpus of the selected papers, and of what lists them."""
    slugs = set(corpus.papers)
    if selection.topic:
        _check("topic", selection.topic, corpus.topics)
        slugs &= {s for s, paper in corpus.papers.items() if selection.topic in paper.topics}
    if selection.week:
        _check("week", selection.week, {issue.week for issue in corpus.issues})
        issues = [issue for issue in corpus.issues if issue.week == selection.week]
        slugs &= {entry.paper for issue in issues for entry in issue.entries()}
    if selection.collection:
        collections = {collection.slug: collection for collection in corpus.collections}
        _check("collection", selection.collection, collections)
        slugs &= {entry.paper for entry in collections[selection.collection].entries}
    return _part(corpus, slugs)


def _part(corpus: Corpus, slugs: set[str]) -> Corpus:
    issues = (_issue_part(issue, slugs) for issue in corpus.issues)
    collections = (_collection_part(collection, slugs) for collection in corpus.collections)
    return replace(
        corpus,
        papers={slug: paper for slug, paper in corpus.papers.items() if slug in slugs},
        issues=tuple(issue for issue in issues if issue.sections),
        collections=tuple(collection for collection in collections if collection.entries),
    )


def _issue_part(issue: Issue, slugs: set[str]) -> Issue:
    sections = [
        section.model_copy(update={"entries": _entries(section.entries, slugs)})
        for section in issue.sections
    ]
    left = tuple(section for section in sections if section.entries)
    return issue.model_copy(update={"sections": left})


def _collection_part(collection: Collection, slugs: set[str]) -> Collection:
    return collection.model_copy(update={"entries": _entries(collection.entries, slugs)})


def _entries(entries: Iterable[Entry], slugs: set[str]) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry.paper in slugs)


def _check(what: str, name: str, known: Iterable[str]) -> None:
    if name not in set(known):
        raise _unknown(what, name, known)


def _unknown(what: str, name: str, known: Iterable[str]) -> BroadsheetError:
    message = f"there is no {what} {name!r}"
    return BroadsheetError(Problem("export", 0, "", message, suggest(name, known)))
