"""The page of files to take away: the corpus as data, its citations, the API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from broadsheet.base.addresses import absolute
from broadsheet.outputs.citation_files import citation_links
from broadsheet.outputs.pages.catalog import Catalog
from broadsheet.outputs.pages.page import Page

# What the files in data/ are, by ending, in the order in which they are shown.
_KINDS = {
    ".jsonl": ("JSON Lines", "an object a paper"),
    ".csv": ("CSV", "a row a paper, for spreadsheets"),
    ".parquet": ("Parquet", "the same table, typed, for pandas and DuckDB"),
    ".db": ("SQLite", "papers, authors, topics, weeks and collections, with full-text search"),
}
# Without dtype, an arXiv id becomes a number and loses its last zero.
_LOADING = """\
import pandas as pd
papers = pd.read_json("{}", lines=True, dtype=False)
"""
_LISTS = ("papers", "weeks", "topics", "collections")


@dataclass(frozen=True)
class File:
    """A file to take away: its path, what it is, how large it is."""

    path: str
    name: str
    meaning: str
    size: str


def data_pages(catalog: Catalog) -> Iterator[Page]:
    """The page that leads to all files, where they are."""
    tables = list(_tables(catalog.files))
    first = next(table.path for table in tables if table.path.endswith(".jsonl"))
    yield Page(
        address="data/",
        kind="data",
        title="Data",
        description=f"All papers of {catalog.site.name} as tables, citations, a database and JSON.",
        values={
            "tables": tables,
            "citations": citation_links(catalog.files, "data/papers"),
            "lists": [(name.capitalize(), f"api/v1/{name}.json") for name in _LISTS],
            "loading": _LOADING.format(absolute(catalog.site, first)),
            "license": ""
            if catalog.config.license == "unknown"
            else catalog.config.license.upper(),
        },
    )


def _tables(files: Mapping[str, int]) -> Iterator[File]:
    in_data = [path for path in files if path.startswith("data/papers")]
    for ending, (name, meaning) in _KINDS.items():
        for path in in_data:
            if PurePosixPath(path).suffix == ending:
                yield File(path, name, meaning, shown_size(files[path]))


def shown_size(size: int) -> str:
    """A file's size as people say it: "12 KB", "3.4 MB"."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB"
