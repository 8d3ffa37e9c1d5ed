"""Exporting selected papers in one of several formats, for ``broadsheet export``."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from broadsheet.base.addresses import collection_url, topic_url
from broadsheet.base.errors import BroadsheetError, Problem, suggest
from broadsheet.base.extensions import EXPORTERS, extensions, guarded
from broadsheet.citations.styles import STYLES
from broadsheet.edition import Edition, narrowed
from broadsheet.outputs.citation_files import citation_text
from broadsheet.outputs.datasets.parquet import parquet
from broadsheet.outputs.datasets.sqlite import sqlite
from broadsheet.outputs.datasets.table import csv_head, csv_lines, jsonl_lines, rows_of


@dataclass(frozen=True)
class Selection:
    """Which papers to export: those of a topic, a week and a collection, if given."""

    topic: str | None = None
    week: str | None = None
    collection: str | None = None


@dataclass(frozen=True)
class Format:
    """An export format.

    Attributes:
        ending: The ending of its files, without the dot.
        description: What it is, in one line.
        write: Returns the papers of an edition as the content of a file.
        name: Its name for the command. Ours have theirs in `FORMATS`.
    """

    ending: str
    description: str
    write: Callable[[Edition], bytes]
    name: str = ""


def _cited(form: str) -> Callable[[Edition], bytes]:
    def write(edition: Edition) -> bytes:
        citations = [edition.citations[slug] for slug in edition.papers]
        return citation_text(citations, form).encode()

    return write


def _json(edition: Edition) -> bytes:
    return (json.dumps(rows_of(edition), ensure_ascii=False, indent=1) + "\n").encode()


def _jsonl(edition: Edition) -> bytes:
    return b"".join(jsonl_lines(rows_of(edition)))


def _csv(edition: Edition) -> bytes:
    rows = rows_of(edition)
    return csv_head(rows) + b"".join(csv_lines(rows))


def _parquet(edition: Edition) -> bytes:
    return parquet(rows_of(edition))


FORMATS: dict[str, Format] = {
    "bibtex": Format("bib", "BibTeX", _cited("bibtex")),
    "ris": Format("ris", "RIS, for reference managers", _cited("ris")),
    "csl": Format("csl.json", "CSL-JSON, for citation processors", _cited("csl")),
    **{s.lower(): Format("txt", f"references in {s} style", _cited(s)) for s in STYLES},
    "json": Format("json", "a JSON array, one object per paper", _json),
    "jsonl": Format("jsonl", "JSON Lines, one object per paper", _jsonl),
    "csv": Format("csv", "a table, one row per paper", _csv),
    "parquet": Format("parquet", "the same table as Parquet", _parquet),
    "sqlite": Format("db", "an SQLite database with full-text search", sqlite),
}


def formats() -> Mapping[str, Format]:
    """Returns all formats by name: ours, and those that other packages register.

    Raises:
        BroadsheetError: One of another package can't be used.
    """
    others = extensions(EXPORTERS, Format, tuple(FORMATS))
    return FORMATS | {
        each.name: replace(each, write=guarded(EXPORTERS, each.name, each.write)) for each in others
    }


def export(form: str, edition: Edition, selection: Selection | None = None) -> bytes:
    """Returns selected papers as the content of one file.

    Args:
        form: The name of a format (see `formats`).
        edition: The edition.
        selection: Which papers to export; by default all.

    Raises:
        BroadsheetError: There is no such format, topic, week or collection, or the extra for the
            format isn't installed.
    """
    known = formats()
    _check("format", form, known)
    return known[form].write(selected(edition, selection or Selection()))


def selected(edition: Edition, selection: Selection) -> Edition:
    """Returns an edition with the selected papers only."""
    slugs = set(edition.papers)
    if selection.topic:
        _check("topic", selection.topic, edition.topics)
        slugs &= set(edition.lists[topic_url(selection.topic)].papers)
    if selection.week:
        _check("week", selection.week, edition.weeks)
        slugs &= set(edition.weeks[selection.week].papers)
    if selection.collection:
        _check("collection", selection.collection, {c.slug for c in edition.collections})
        slugs &= set(edition.lists[collection_url(selection.collection)].papers)
    return narrowed(edition, slugs)


def _check(what: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        message = f"there is no {what} {name!r}"
        raise BroadsheetError(Problem("export", 0, "", message, suggest(name, known)))
