"""Every export format, of all papers and of a part, read by a program it's made for."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pybtex.database
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from toy import edition_of

from broadsheet.content.check import load_and_check
from broadsheet.outputs.datasets.selection import Selection, export, selected
from broadsheet.outputs.datasets.table import COLUMNS

pytestmark = pytest.mark.slow

EDITION = edition_of(load_and_check(Path(__file__).parents[2] / "content").corpus, related=0)
NAMES = [column.name for column in COLUMNS]
PARTS = {
    "whole": Selection(),
    "topic": Selection(topic="retrieval"),
    "week": Selection(week="2024-W12"),
    "collection": Selection(collection="trending"),
    "all three": Selection("retrieval", "2024-W12", "trending"),
}
every_part = pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)


def written(form: str, part: Selection) -> tuple[bytes, list[str]]:
    """A part of the papers in a format, and the titles in it."""
    titles = [paper.name for paper in selected(EDITION, part).papers.values()]
    return export(form, EDITION, part), titles


def test_parts_have_the_papers_that_their_lists_have() -> None:
    counts = {name: len(selected(EDITION, part).papers) for name, part in PARTS.items()}
    topic = [paper for paper in EDITION.papers.values() if "retrieval" in paper.topics]
    week = next(issue for issue in EDITION.issues if issue.week == "2024-W12")
    trending = next(c for c in EDITION.collections if c.slug == "trending")
    assert counts["whole"] == len(EDITION.papers)
    assert counts["topic"] == len(topic)
    assert counts["week"] == len({entry.paper for entry in week.entries()})
    assert counts["collection"] == len({entry.paper for entry in trending.entries})
    assert counts["all three"] < counts["week"]


@every_part
def test_bibtex_is_read_alike_by_two_parsers(part: Selection) -> None:
    raw, titles = written("bibtex", part)
    library = parse_string(raw.decode())
    assert not library.failed_blocks
    parsed = pybtex.database.parse_string(raw.decode(), "bibtex")
    assert [entry.key for entry in library.entries] == list(parsed.entries)
    assert len(library.entries) == len(titles)


@every_part
def test_ris_is_read_by_rispy(part: Selection) -> None:
    raw, titles = written("ris", part)
    assert [entry["title"] for entry in rispy.loads(raw.decode())] == [
        entry["title"] for entry in json.loads(export("csl", EDITION, part))
    ]
    assert len(rispy.loads(raw.decode())) == len(titles)


@every_part
@pytest.mark.parametrize("form", ["apa", "ieee"])
def test_formatted_references_have_a_paragraph_a_paper(form: str, part: Selection) -> None:
    raw, titles = written(form, part)
    assert raw.decode().count("\n\n") + bool(raw) == len(titles)


@every_part
def test_tables_are_read_by_pandas(part: Selection) -> None:
    parquet, titles = written("parquet", part)
    tables = [
        pd.read_parquet(io.BytesIO(parquet)),
        pd.read_csv(io.BytesIO(export("csv", EDITION, part)), dtype=str),
        pd.read_json(io.BytesIO(export("jsonl", EDITION, part)), lines=True, dtype=False),
        pd.DataFrame(json.loads(export("json", EDITION, part))),
    ]
    for table in tables:
        if titles:
            assert set(NAMES) - set(table) <= {"abstract"}  # CSV has none
            assert list(table["title"]) == titles
        assert len(table) == len(titles)
    assert pq.read_table(io.BytesIO(parquet)).num_rows == len(titles)


@every_part
def test_the_database_answers_a_query_in_full_text(part: Selection) -> None:
    raw, titles = written("sqlite", part)
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(raw)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("SELECT count(*) FROM papers").fetchone() == (len(titles),)
        found = database.execute(
            "SELECT title FROM papers_fts WHERE papers_fts MATCH 'retrieved OR retrieval'"
        ).fetchall()
        assert {title for (title,) in found} <= set(titles)
        assert found or part == PARTS["all three"]
