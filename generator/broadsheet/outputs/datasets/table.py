"""The corpus as one table, a row a paper: what JSON Lines, CSV, Parquet and SQLite hold."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from broadsheet.base.addresses import absolute, paper_url
from broadsheet.base.plaintext import without_marks
from broadsheet.citations.keys import year_of
from broadsheet.content.model import Paper
from broadsheet.edition import Edition

Row = Mapping[str, Any]
LIST_MARK = "; "


@dataclass(frozen=True)
class Column:
    """A column: `kind` is "string", "int32" or "list" (of strings); `meaning` is for people."""

    name: str
    kind: str
    meaning: str


COLUMNS = (
    Column("slug", "string", "The paper's address on the site, which never changes"),
    Column("key", "string", "The citation key"),
    Column("title", "string", "The title; missing while only an identifier is known"),
    Column("authors", "list", "Names in the printed order"),
    Column("arxiv", "string", "The arXiv id without version; in CSV after arXiv:"),
    Column("doi", "string", "The DOI"),
    Column("published", "string", "Date of first publication: YYYY, YYYY-MM or YYYY-MM-DD"),
    Column("year", "int32", "The year of that date, or of the arXiv id"),
    Column("venue", "string", "Where it was published, as stated"),
    Column("topics", "list", "Topics, by slug"),
    Column("weeks", "list", "ISO weeks of the issues that list it"),
    Column("collections", "list", "Collections that list it, by slug"),
    Column("listed", "string", "The day on which it was first listed"),
    Column("tldr", "string", "One sentence of ours"),
    Column("summary", "string", "A paragraph of ours"),
    Column("abstract", "string", "The paper's own abstract, as its source prints it"),
    Column("code", "string", "Address of the code"),
    Column("url", "string", "Address of the paper's page on the site"),
)


def rows_of(edition: Edition) -> list[Row]:
    """One row per paper, in order of slugs. Every row has every column, None where unknown."""
    return [_row(paper, edition) for paper in edition.papers.values()]


def _row(paper: Paper, edition: Edition) -> dict[str, Any]:
    row: dict[str, Any] = {column.name: getattr(paper, column.name, None) for column in COLUMNS}
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
        "tldr": without_marks(paper.tldr),
        "summary": without_marks(paper.summary),
        "code": paper.links.code,
        "url": absolute(edition.site, paper_url(paper.slug)),
    }


def jsonl_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    """A JSON object a line; unknown values are null, so that every line has the same fields."""
    for row in rows:
        yield (json.dumps(row, ensure_ascii=False) + "\n").encode()


def csv_head() -> bytes:
    """The line of CSV that names the columns."""
    return _csv_line([column.name for column in COLUMNS])


def csv_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    """A row a line, as RFC 4180 has it; lists are joined with "; ".

    An arXiv id begins with "arXiv:", because readers of CSV take a bare one for a number and
    lose its last zero.
    """
    for row in rows:
        named = {**row, "arxiv": f"arXiv:{row['arxiv']}" if row["arxiv"] else None}
        yield _csv_line([flat(named[column.name]) for column in COLUMNS])


def _csv_line(values: Sequence[object]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(values)
    return text.getvalue().encode()


def flat(value: Any) -> Any:
    """A list as one text; other values as they are."""
    return LIST_MARK.join(value) if isinstance(value, list) else value
