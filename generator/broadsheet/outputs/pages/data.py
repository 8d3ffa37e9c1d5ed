"""The page of files to download: the corpus as data, its citations, the API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from broadsheet.base.addresses import absolute
from broadsheet.edition import Link
from broadsheet.outputs.citation_files import citation_links
from broadsheet.outputs.pages.materials import Materials
from broadsheet.outputs.pages.page import Page
from broadsheet.outputs.pages.views import DataFile, DataView

# What the files in data/ are, by ending, in the order in which they are shown.
_KINDS = {
    ".jsonl": ("JSON Lines", "one object per paper"),
    ".csv": ("CSV", "one row per paper, for spreadsheets"),
    ".parquet": ("Parquet", "the same table with types, for pandas and DuckDB"),
    ".db": ("SQLite", "papers, authors, topics, weeks and collections, with full-text search"),
}
# Without dtype, an arXiv id becomes a number and loses its last zero.
_LOADING = """\
import pandas as pd
papers = pd.read_json("{}", lines=True, dtype=False)
"""
_LISTS = ("papers", "weeks", "topics", "collections")


def data_page(materials: Materials) -> Page:
    """The page that leads to all files."""
    edition = materials.edition
    tables = tuple(_tables(materials.files))
    first = next(table.path for table in tables if table.path.endswith(".jsonl"))
    license_id = edition.settings.license
    return Page(
        address="data/",
        title="Data",
        description=f"All papers of {edition.site.name} as tables, citations, a database and JSON.",
        view=DataView(
            tables=tables,
            citations=citation_links(materials.files, "data/papers"),
            lists=tuple(Link(name.capitalize(), f"api/v1/{name}.json") for name in _LISTS),
            loading=_LOADING.format(absolute(edition.site, first)),
            license="" if license_id == "unknown" else license_id.upper(),
        ),
    )


def _tables(files: Mapping[str, int]) -> Iterator[DataFile]:
    in_data = [path for path in files if path.startswith("data/papers")]
    for ending, (name, meaning) in _KINDS.items():
        for path in in_data:
            if PurePosixPath(path).suffix == ending:
                yield DataFile(path, name, meaning, shown_size(files[path]))


def shown_size(size: int) -> str:
    """The size of a file in bytes as people say it: "12 KB", "3.4 MB"."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB"
