"""The papers as one table, for JSON Lines, CSV, Parquet and SQLite."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from broadsheet.base.addresses import absolute, paper_url
from broadsheet.base.plaintext import without_markup
from broadsheet.base.spreadsheets import escaped_cell
from broadsheet.citations.keys import year_of
from broadsheet.content.model import Paper
from broadsheet.edition import Edition

Row = Mapping[str, Any]
LIST_MARK = "; "


@dataclass(frozen=True)
class Column:
    """A column of the table.

    Attributes:
        name: The name of the column.
        kind: "string", "int32" or "list" (of strings).
        meaning: What it means, for the dataset card.
    """

    name: str
    kind: str
    meaning: str


COLUMNS = (
    Column("slug", "string", "The last part of the paper's URL on the site, which never changes"),
    Column("key", "string", "The citation key"),
    Column("title", "string", "The title; missing if only an identifier is known"),
    Column("authors", "list", "The names of the authors, in the order of the paper"),
    Column("arxiv", "string", "The arXiv id without its version; in CSV with the prefix arXiv:"),
    Column("doi", "string", "The DOI"),
    Column("published", "string", "Date of first publication: YYYY, YYYY-MM or YYYY-MM-DD"),
    Column("year", "int32", "The year of that date, or of the arXiv id"),
    Column("venue", "string", "Where it was published"),
    Column("topics", "list", "The slugs of its topics"),
    Column("weeks", "list", "The ISO weeks of the issues that list it"),
    Column("collections", "list", "The slugs of the collections that list it"),
    Column("listed", "string", "The day it was first listed"),
    Column("tldr", "string", "Our summary in one sentence"),
    Column("summary", "string", "Our summary in a paragraph"),
    Column("abstract", "string", "The paper's own abstract; not in CSV"),
    Column("code", "string", "The URL of the code"),
    Column("project", "string", "The URL of the project page"),
    Column("pdf", "string", "The URL of a PDF, if it isn't on arXiv"),
    Column("data", "string", "The URL of the dataset"),
    Column("demo", "string", "The URL of a demonstration"),
    Column("video", "string", "The URL of a talk or another video"),
    Column("url", "string", "The URL of the paper's page on the site"),
    Column("withdrawn", "string", "The day it was withdrawn, if it was"),
)
# Only in tables with a paper that has such facts.
_EXTRA = Column("extra", "string", "Facts beyond these columns, as a JSON object of texts")
# Asking a paper for what it doesn't have takes long.
_NAMES = tuple(column.name for column in COLUMNS)
_SAME = Paper.model_fields.keys() & _NAMES
# People read CSV in spreadsheets, where long texts are in the way. They would be most of the file.
_NOT_IN_CSV = "abstract"


def rows_of(edition: Edition) -> list[Row]:
    """Returns one row per paper, sorted by slug. Unknown values are None."""
    return list(each_row(edition))


def each_row(edition: Edition) -> Iterator[Row]:
    """Yields what `rows_of` returns."""
    has_extra = _has_extra(edition)
    for paper in edition.papers.values():
        row = _row(paper, edition)
        if has_extra:
            row[_EXTRA.name] = json.dumps(paper.extra, ensure_ascii=False) if paper.extra else None
        yield row


def _has_extra(edition: Edition) -> bool:
    return any(paper.extra for paper in edition.papers.values())


def columns_in(edition: Edition) -> tuple[Column, ...]:
    """Returns the columns of the table."""
    return (*COLUMNS, _EXTRA) if _has_extra(edition) else COLUMNS


def columns_of(rows: Sequence[Row]) -> tuple[Column, ...]:
    """Returns the columns that rows have."""
    return (*COLUMNS, _EXTRA) if rows and _EXTRA.name in rows[0] else COLUMNS


def _row(paper: Paper, edition: Edition) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(paper, name) if name in _SAME else None for name in _NAMES}
    places = edition.appearances_of(paper)
    year = year_of(paper)
    return row | {
        "key": edition.citations[paper.slug].key,
        "authors": list(paper.authors),
        "year": int(year) if year else None,
        "topics": list(paper.topics),
        "weeks": list(dict.fromkeys(place.week for place in places if place.week)),
        "collections": list(
            dict.fromkeys(place.collection for place in places if place.collection)
        ),
        "listed": edition.dates[paper.slug].listed.isoformat(),
        "tldr": without_markup(paper.tldr),
        "summary": without_markup(paper.summary),
        **dict(paper.links),
        "url": absolute(edition.site, paper_url(paper.slug)),
        "withdrawn": paper.withdrawn.on.isoformat() if paper.withdrawn else None,
    }


def jsonl_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    """Yields lines of JSON. Unknown values are null, so that all lines have the same fields."""
    for row in rows:
        line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        yield f"{line}\n".encode()


def csv_head(rows: Sequence[Row]) -> bytes:
    """Returns the line of CSV with the names of the columns of rows."""
    return _csv_line([column.name for column in _csv_columns(rows)])


def _csv_columns(rows: Sequence[Row]) -> list[Column]:
    return [column for column in columns_of(rows) if column.name != _NOT_IN_CSV]


def csv_lines(rows: Sequence[Row]) -> Iterator[bytes]:
    """Yields rows as CSV (RFC 4180) without abstracts, with lists joined by "; ".

    A text that looks like a formula gets an apostrophe. arXiv ids get the prefix "arXiv:".
    Otherwise, programs would read them as numbers and drop their last zero.
    """
    columns = _csv_columns(rows)
    for row in rows:
        named = {**row, "arxiv": f"arXiv:{row['arxiv']}" if row["arxiv"] else None}
        cells = [flat(named[column.name]) for column in columns]
        yield _csv_line([escaped_cell(v) if isinstance(v, str) else v for v in cells])


def _csv_line(values: Sequence[object]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(values)
    return text.getvalue().encode()


def flat(value: Any) -> Any:
    """Joins a list to one text. Other values are returned unchanged."""
    return LIST_MARK.join(value) if isinstance(value, list) else value
