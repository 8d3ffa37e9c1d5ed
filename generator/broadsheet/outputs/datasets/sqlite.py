"""The corpus as an SQLite database with full-text search that Datasette can use."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import chain

from broadsheet.base.plaintext import without_markup
from broadsheet.edition import Edition
from broadsheet.outputs.datasets.table import Column, columns_in, each_row, flat

# The URL of a page is that of the site with "papers/" and the slug after it.
_NOT_STORED = "url"
# Other tables name papers by number, because slugs in all of their rows and indexes took a third of
# the file. Small pages would be half empty, because few abstracts fit into one.
# Nothing is undone, so a journal would only need as much memory as the file.
# Datasette finds the full-text table by the content table that it names.
_SCHEMA = """
PRAGMA page_size = 16384;
PRAGMA journal_mode = OFF;
CREATE TABLE papers (id INTEGER PRIMARY KEY, {columns});
CREATE TABLE authors (
  paper INTEGER REFERENCES papers(id), position INTEGER, name TEXT, PRIMARY KEY (paper, position)
) WITHOUT ROWID;
CREATE TABLE topics (slug TEXT PRIMARY KEY, name TEXT, description TEXT);
CREATE TABLE paper_topics (
  paper INTEGER REFERENCES papers(id), topic TEXT REFERENCES topics(slug),
  PRIMARY KEY (paper, topic)
) WITHOUT ROWID;
CREATE TABLE issues (
  id INTEGER PRIMARY KEY, digest TEXT, name TEXT, title TEXT, week TEXT, start TEXT, end TEXT,
  introduction TEXT
);
CREATE TABLE issue_entries (
  issue INTEGER REFERENCES issues(id), position INTEGER, section TEXT, number TEXT,
  paper INTEGER REFERENCES papers(id), text TEXT, PRIMARY KEY (issue, position)
) WITHOUT ROWID;
CREATE TABLE collections (slug TEXT PRIMARY KEY, title TEXT, description TEXT);
CREATE TABLE collection_entries (
  collection TEXT REFERENCES collections(slug), position INTEGER,
  paper INTEGER REFERENCES papers(id), text TEXT, PRIMARY KEY (collection, position)
) WITHOUT ROWID;
CREATE INDEX issue_entries_by_paper ON issue_entries (paper);
CREATE VIRTUAL TABLE papers_fts USING fts5 (
  title, authors, tldr, summary, abstract, content="papers", content_rowid="id",
  tokenize="porter unicode61 remove_diacritics 2"
);
"""


def sqlite(edition: Edition) -> bytes:
    """Returns the file of the database. The same edition and SQLite give the same bytes."""
    with closing(sqlite3.connect(":memory:")) as database:
        stored = [column for column in columns_in(edition) if column.name != _NOT_STORED]
        database.executescript(_SCHEMA.format(columns=", ".join(map(_definition, stored))))
        for table, rows in _tables(edition, stored):
            _insert(database, table, rows)
        database.execute("INSERT INTO papers_fts (papers_fts) VALUES ('rebuild')")
        database.execute("INSERT INTO papers_fts (papers_fts) VALUES ('optimize')")
        database.commit()
        database.execute("VACUUM")
        return database.serialize()


def _definition(column: Column) -> str:
    kind = "INTEGER" if column.kind == "int32" else "TEXT"
    return f"{column.name} {kind}{' UNIQUE' * (column.name == 'slug')}"


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    for first in (rows := iter(rows)):
        marks = ", ".join("?" * len(first))
        insertion = f"INSERT INTO {table} VALUES ({marks})"  # noqa: S608 our own names
        database.executemany(insertion, chain([first], rows))


def _tables(
    edition: Edition, stored: Sequence[Column]
) -> Iterator[tuple[str, Iterable[tuple[object, ...]]]]:
    """Yields tables with their rows, in an order that satisfies references."""
    papers = edition.papers.values()
    ids = {slug: number for number, slug in enumerate(edition.papers, start=1)}
    yield (
        "papers",
        (
            (ids[row["slug"]], *(flat(row[column.name]) for column in stored))
            for row in each_row(edition)
        ),
    )
    yield (
        "authors",
        ((ids[p.slug], n, name) for p in papers for n, name in enumerate(p.authors, start=1)),
    )
    yield (
        "topics",
        ((t.slug, t.name, without_markup(t.description)) for t in edition.topics.values()),
    )
    known = edition.topics
    yield "paper_topics", ((ids[p.slug], t) for p in papers for t in p.topics if t in known)
    yield from _issue_tables(edition, ids)
    yield (
        "collections",
        ((c.slug, c.title, without_markup(c.description)) for c in edition.collections),
    )
    yield (
        "collection_entries",
        (
            (collection.slug, n, ids[entry.paper], entry.text)
            for collection in edition.collections
            for n, entry in enumerate(collection.entries, start=1)
        ),
    )


def _issue_tables(
    edition: Edition, ids: Mapping[str, int]
) -> Iterator[tuple[str, Iterable[tuple[object, ...]]]]:
    numbered = list(enumerate(edition.issues, start=1))
    yield (
        "issues",
        (
            (n, i.digest, i.name, i.title, i.week, str(i.start), str(i.end), words)
            for n, i in numbered
            for words in [without_markup(i.introduction)]
        ),
    )
    for n, issue in numbered:
        listed = [
            (section.heading, entry) for section in issue.sections for entry in section.entries
        ]
        yield (
            "issue_entries",
            (
                (n, place, heading, entry.number, ids[entry.paper], entry.text)
                for place, (heading, entry) in enumerate(listed, start=1)
            ),
        )
