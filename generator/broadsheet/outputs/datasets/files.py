"""The data files of a site, and the manifest of all files for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from broadsheet.base.addresses import Site
from broadsheet.base.files import FILE_LIMIT, Frame, split_files
from broadsheet.edition import Edition
from broadsheet.outputs.api.files import API
from broadsheet.outputs.datasets.card import dataset_card, statistics_file
from broadsheet.outputs.datasets.parquet import can_write_parquet, parquet
from broadsheet.outputs.datasets.sqlite import sqlite
from broadsheet.outputs.datasets.table import csv_head, csv_lines, jsonl_lines, rows_of
from broadsheet.outputs.task import FilesByPath, Task

MANIFEST = f"{API}/manifest.json"


def is_listed(path: str) -> bool:
    """Whether a file is in the manifest. The page of the data isn't."""
    return path.startswith(("data/", f"{API}/")) and not path.startswith("data/index.")


def is_download(path: str) -> bool:
    """Whether the page of the data shows the size of a file."""
    return path.startswith("data/papers")


def data_tasks(edition: Edition, limit: int = FILE_LIMIT) -> Iterator[Task]:
    """Yields tasks for the files in data/: the papers in several formats, and what describes them.

    Args:
        edition: The edition.
        limit: The maximum size of JSON Lines and CSV files in bytes; larger ones are split.
    """
    yield Task("data/tables", partial(_tables, edition, limit))
    if edition.settings.database:
        yield Task("data/papers.db", partial(_database, edition))


def _tables(edition: Edition, limit: int) -> FilesByPath:
    rows = rows_of(edition)
    files = split_files(jsonl_lines(rows), "data/papers", "jsonl", Frame(), limit)
    lines = tuple(files.values())
    files |= split_files(csv_lines(rows), "data/papers", "csv", Frame(csv_head(rows)), limit)
    if can_write_parquet():
        files["data/papers.parquet"] = parquet(rows, lines)
    return files | {
        "data/README.md": dataset_card(edition, rows, files),
        "data/statistics.json": statistics_file(rows),
    }


def _database(edition: Edition) -> FilesByPath:
    return {"data/papers.db": sqlite(edition), "data/datasette.json": _datasette(edition.site)}


def _datasette(site: Site) -> bytes:
    """Returns metadata for Datasette (`datasette papers.db -m datasette.json`)."""
    papers = {"sort_desc": "listed", "facets": ["year", "venue"], "label_column": "title"}
    metadata = {
        "title": site.name,
        "description": site.description,
        "source_url": site.url,
        "databases": {"papers": {"tables": {"papers": papers}}},
    }
    return (json.dumps(metadata, ensure_ascii=False, indent=1) + "\n").encode()
