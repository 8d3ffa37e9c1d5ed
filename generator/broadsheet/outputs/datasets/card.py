"""The dataset card and column statistics, in the format of the Hugging Face Hub."""

from __future__ import annotations

import json
import re
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from broadsheet.base.addresses import absolute
from broadsheet.base.markdown_text import escaped
from broadsheet.content.model import Collection, Issue
from broadsheet.edition import Edition
from broadsheet.outputs.datasets.table import Column, Row, columns_of

# As in the Hub's dataset viewer: a text column with few different values has labels.
_MAX_LABELS = 1000
_MAX_LABEL_SHARE = 0.2
_BINS = 10
_DECIMALS = 5
_TEXT = """# {name}

{description}

{papers} papers, {issues} issues, {collections} collections, {topics} topics.
Read them on the web: <{site}>.

## Loading

```python
import pandas as pd
papers = pd.read_{kind}("{address}"{options})

from datasets import load_dataset
papers = load_dataset("{kind}", data_files="{address}", split="train")
```

`papers.csv` is for spreadsheets and has no abstracts. A text that a spreadsheet would take for a
formula, because it starts with `=`, `+`, `-`, `@` or a tab, has an apostrophe before it.

{database}## Columns

| column | type | missing | meaning |
|---|---|---|---|
{columns}

`statistics.json` has the lengths, ranges and frequencies of the values in each column.

## Sources

{sources}

Unknown values are missing, never guessed. `abstract` is the paper's own abstract; `tldr` and
`summary` were written for this site. Dates are as precise as they are known. People with the same
name can't be told apart.{unreviewed}
"""
_DATABASE = """\
`papers.db` is an SQLite database with the same papers, more tables and full-text search, but
without `url`. Explore it with `datasette papers.db -m datasette.json`, or query it:

```sql
SELECT title FROM papers
WHERE id IN (SELECT rowid FROM papers_fts WHERE papers_fts MATCH 'retrieval');
```

"""
_UNREVIEWED = ", some by a program. Those that nobody has reviewed yet start with words that say so"
_SIZES = (1_000, 10_000, 100_000, 1_000_000)
_SIZE_NAMES = ("n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "n>1M")


def statistics_of(rows: Sequence[Row]) -> dict[str, Any]:
    """Returns column statistics in the format of the Hub's dataset viewer."""
    columns = [_column(column, [row[column.name] for row in rows]) for column in columns_of(rows)]
    return {"num_examples": len(rows), "statistics": columns, "partial": False}


def statistics_file(rows: Sequence[Row]) -> bytes:
    """Returns the column statistics as a JSON file."""
    return (json.dumps(statistics_of(rows), ensure_ascii=False, indent=1) + "\n").encode()


def _column(column: Column, values: Sequence[Any]) -> dict[str, Any]:
    known = [value for value in values if value is not None]
    missing = len(values) - len(known)
    found: dict[str, Any] = {
        "nan_count": missing,
        "nan_proportion": round(missing / len(values), _DECIMALS) if values else 0.0,
    }
    kind = {"int32": "int", "list": "list"}.get(column.kind) or _text_kind(known, len(values))
    found |= _labels(known) if kind == "string_label" else _numbers(_sizes(known, column.kind))
    return {"column_name": column.name, "column_type": kind, "column_statistics": found}


def _text_kind(known: Sequence[str], count: int) -> str:
    distinct = len(set(known))
    few = distinct <= _MAX_LABELS and distinct <= _MAX_LABEL_SHARE * count
    return "string_label" if few or distinct <= _BINS else "string_text"


def _labels(known: Sequence[str]) -> dict[str, Any]:
    counts = Counter(known)
    return {
        "no_label_count": 0,
        "no_label_proportion": 0.0,
        "n_unique": len(counts),
        "frequencies": dict(sorted(counts.items())),
    }


def _sizes(known: Sequence[Any], kind: str) -> list[int]:
    """Returns numbers unchanged, and the lengths of texts and lists."""
    return [int(value) for value in known] if kind == "int32" else [len(value) for value in known]


def _numbers(sizes: Sequence[int]) -> dict[str, Any]:
    if not sizes:
        return dict.fromkeys(("min", "max", "mean", "median", "std", "histogram"))
    spread = statistics.stdev(sizes) if len(sizes) > 1 else 0.0
    return {
        "min": min(sizes),
        "max": max(sizes),
        "mean": round(statistics.fmean(sizes), _DECIMALS),
        "median": round(float(statistics.median(sizes)), _DECIMALS),
        "std": round(spread, _DECIMALS),
        "histogram": _histogram(sizes),
    }


def _histogram(sizes: Sequence[int]) -> dict[str, list[int]]:
    """Returns at most ten bins of the same width. The last edge is the largest value."""
    low, high = min(sizes), max(sizes)
    width = -(-(high - low + 1) // _BINS)
    edges = [*range(low, high + 1, width), high]
    counts = Counter((size - low) // width for size in sizes)
    return {"hist": [counts[place] for place in range(len(edges) - 1)], "bin_edges": edges}


def dataset_card(edition: Edition, rows: Sequence[Row], files: Mapping[str, bytes]) -> bytes:
    """Returns README.md of a dataset. `files` are its data files by path."""
    head = _card_head(edition, rows, files)
    text = yaml.safe_dump(head, sort_keys=False, allow_unicode=True)
    return f"---\n{text}---\n\n{_card_text(edition, rows, files)}".encode()


def _card_head(edition: Edition, rows: Sequence[Row], files: Mapping[str, bytes]) -> dict[str, Any]:
    main = _main_files(files)
    return {
        "pretty_name": edition.site.name,
        "language": [edition.site.language],
        "license": edition.settings.license,
        "size_categories": [_size(len(rows))],
        "task_categories": ["text-retrieval", "summarization"],
        "tags": ["arxiv", "papers", "digest", "bibliography"],
        "configs": [
            {"config_name": "default", "data_files": [{"split": "train", "path": main}]},
        ],
        "dataset_info": {
            "features": [_feature(column) for column in columns_of(rows)],
            "splits": [
                {
                    "name": "train",
                    "num_bytes": sum(len(files[f"data/{path}"]) for path in main),
                    "num_examples": len(rows),
                }
            ],
        },
    }


def _main_files(files: Mapping[str, bytes]) -> list[str]:
    """Returns the files to load: Parquet if there is one, or else JSON Lines."""
    names = [path.removeprefix("data/") for path in files]
    found = [name for name in names if name.endswith(".parquet")]
    return found or [name for name in names if name.endswith(".jsonl")]


def _feature(column: Column) -> dict[str, str]:
    if column.kind == "list":
        return {"name": column.name, "sequence": "string"}
    return {"name": column.name, "dtype": column.kind}


def _size(count: int) -> str:
    return _SIZE_NAMES[sum(count >= size for size in _SIZES)]


def _card_text(edition: Edition, rows: Sequence[Row], files: Mapping[str, bytes]) -> str:
    site = edition.site
    address = absolute(site, f"data/{_main_files(files)[0]}")
    kind = "parquet" if address.endswith(".parquet") else "json"
    table = (
        f"| `{c.name}` | {c.kind} | {sum(row[c.name] is None for row in rows)} | {c.meaning} |"
        for c in columns_of(rows)
    )
    return _TEXT.format(
        name=escaped(site.name),
        description=_line(site.description) or "Digests of papers.",
        papers=len(rows),
        issues=len(edition.issues),
        collections=len(edition.collections),
        topics=len(edition.topics),
        site=site.url,
        address=address,
        kind=kind,
        # Without dtype, pandas reads arXiv ids as numbers, and they lose their last zero.
        options="" if kind == "parquet" else ", lines=True, dtype=False",
        database=_DATABASE if edition.settings.database else "",
        columns="\n".join(table),
        unreviewed=_UNREVIEWED if any(p.unreviewed for p in edition.papers.values()) else "",
        sources="\n".join(_sources(edition)),
    )


def _line(text: str) -> str:
    """Escapes a line of text. At its start, a number or sign would begin a list or a heading."""
    return re.sub(r"^(\d*)([-+#=.)])", r"\1\\\2", escaped(text))


def _sources(edition: Edition) -> list[str]:
    listed: tuple[Issue | Collection, ...] = (*edition.issues, *edition.collections)
    sources = [listing.source for listing in listed if listing.source]
    lines = {
        f"- {_line(source.name)}"
        + (f", <{source.url}>" if source.url else "")
        + (f", read on {source.retrieved}" if source.retrieved else "")
        for source in sources
    }
    return sorted(lines) or ["- written by hand"]
