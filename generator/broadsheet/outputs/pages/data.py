"""The page of data: the table of all papers, and downloads: the dataset, citations and the API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from broadsheet.base.addresses import absolute
from broadsheet.base.language import Language
from broadsheet.edition import Link
from broadsheet.outputs.citation_files import citation_links
from broadsheet.outputs.datasets.table import rows_of
from broadsheet.outputs.pages.data_views import DataFile, DataView
from broadsheet.outputs.pages.materials import Materials
from broadsheet.outputs.pages.page import Page
from broadsheet.outputs.pages.table import newest_rows, shown_columns, table_columns

# Without dtype, an arXiv id becomes a number and loses its last zero.
_LOADING = """\
import pandas as pd
papers = pd.read_json("{}", lines=True, dtype=False)
"""


def data_page(materials: Materials) -> Page:
    """Returns the page with the table of all papers, which links to all downloads."""
    edition, language = materials.edition, materials.edition.language
    rows = rows_of(edition)
    columns = table_columns(rows, language)
    sources = _sources(materials.files)
    tables = tuple(_tables(materials.files, language))
    lines = [table.path for table in tables if table.path.endswith(".jsonl")]
    first = lines[0] if lines else "data/papers.jsonl"
    license_id = edition.settings.license
    return Page(
        address="data/",
        title=language.text("Data"),
        description=language.text(
            "All papers of %(site)s as tables, citations, a database, and JSON.",
            site=edition.site.name,
        ),
        view=DataView(
            columns=columns,
            shown=shown_columns(columns),
            rows=newest_rows(rows, language),
            count=len(rows),
            sources=sources,
            size=shown_size(sum(materials.files[path] for path in sources), language),
            tables=tables,
            citations=citation_links(materials.files, "data/papers"),
            lists=(
                Link(language.text("Papers"), "api/v1/papers.json"),
                Link(language.text("Weeks"), "api/v1/weeks.json"),
                Link(language.text("Topics"), "api/v1/topics.json"),
                Link(language.text("Collections"), "api/v1/collections.json"),
            ),
            loading=_LOADING.format(absolute(edition.site, first)),
            license="" if license_id == "unknown" else license_id.upper(),
        ),
    )


def _sources(files: Mapping[str, int]) -> tuple[str, ...]:
    """Returns the CSV files with all papers, in their order."""
    found = [path for path in files if path.startswith("data/papers") and path.endswith(".csv")]
    return tuple(sorted(found, key=lambda path: (len(path), path)))


def _tables(files: Mapping[str, int], language: Language) -> Iterator[DataFile]:
    # By ending, in the order in which they are shown.
    kinds = {
        ".jsonl": ("JSON Lines", language.text("one object per paper")),
        ".csv": ("CSV", language.text("one row per paper without its abstract, for spreadsheets")),
        ".parquet": (
            "Parquet",
            language.text("all columns with types, for pandas and DuckDB"),
        ),
        ".db": (
            "SQLite",
            language.text("papers, authors, topics, weeks, and collections, with full-text search"),
        ),
    }
    in_data = [path for path in files if path.startswith("data/papers")]
    for ending, (name, meaning) in kinds.items():
        for path in in_data:
            if PurePosixPath(path).suffix == ending:
                yield DataFile(path, name, meaning, shown_size(files[path], language))


def shown_size(size: int, language: Language) -> str:
    """Returns the size of a file in bytes for people, such as "12 KB" or "3.4 MB"."""
    if size < 1_000_000:
        return f"{language.number(max(1, round(size / 1000)))} KB"
    return f"{language.number(size / 1_000_000, decimals=1)} MB"
