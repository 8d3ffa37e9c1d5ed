"""Each file can be read with the tools that people use."""

from __future__ import annotations

import io
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
import yaml
from made import api_files, data_files
from toy import CORPUS, EDITION, SITE, edition_of, many

from broadsheet.outputs.datasets import files as exported
from broadsheet.outputs.datasets.card import statistics_of
from broadsheet.outputs.datasets.parquet import parquet
from broadsheet.outputs.datasets.sqlite import sqlite
from broadsheet.outputs.datasets.table import COLUMNS, rows_of
from broadsheet.outputs.twins.lists import llms_text

ROWS = rows_of(EDITION)
FILES = data_files(EDITION)
NAMES = [column.name for column in COLUMNS]


def test_pandas_reads_the_same_from_json_lines_parquet_and_csv() -> None:
    lines = pd.read_json(io.BytesIO(FILES["data/papers.jsonl"]), lines=True, dtype=False)
    table = pd.read_parquet(io.BytesIO(FILES["data/papers.parquet"]))
    sheet = pd.read_csv(io.BytesIO(FILES["data/papers.csv"]), dtype=str, keep_default_na=False)
    assert list(lines) == list(table) == NAMES
    assert list(sheet) == [name for name in NAMES if name != "abstract"]
    titles = [row["title"] for row in ROWS]
    for read in (lines, table):
        assert [None if pd.isna(title) else title for title in read["title"]] == titles
    assert list(sheet["title"]) == [row["title"] or "" for row in ROWS]
    assert [list(names) for names in table["authors"]] == [row["authors"] for row in ROWS]
    assert [cell.split("; ") for cell in sheet["topics"] if cell] == [
        row["topics"] for row in ROWS if row["topics"]
    ]


def test_an_arxiv_id_stays_a_text_with_its_last_zero() -> None:
    lines = [json.loads(line) for line in FILES["data/papers.jsonl"].splitlines()]
    assert "2406.04520" in [line["arxiv"] for line in lines]
    table = pq.read_table(io.BytesIO(FILES["data/papers.parquet"]))
    assert "2406.04520" in table["arxiv"].to_pylist()
    # Without any options, a CSV column of ids must not turn into numbers.
    sheet = pd.read_csv(io.BytesIO(FILES["data/papers.csv"]))
    assert "arXiv:2406.04520" in list(sheet["arxiv"])


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    (tmp_path / "papers.db").write_bytes(FILES["data/papers.db"])
    with closing(sqlite3.connect(tmp_path / "papers.db")) as database:
        yield database


def test_sqlite_answers_a_full_text_query(database: sqlite3.Connection) -> None:
    query = (
        "SELECT slug FROM papers WHERE id IN "
        "(SELECT rowid FROM papers_fts WHERE papers_fts MATCH ?) ORDER BY slug"
    )
    # Another ending of a word, and a name without its accents.
    assert database.execute(query, ["floating logs"]).fetchall() == [("raft-boats-that-float",)]
    assert database.execute(query, ["authors: navratil"]).fetchall() == [("latex-in-the-title",)]


def test_sqlite_has_every_listing_and_no_loose_end(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    listed = database.execute(
        "SELECT week, number, slug FROM issue_entries JOIN issues ON issue = issues.id"
        " JOIN papers ON paper = papers.id"
        " ORDER BY week, position"
    )
    assert listed.fetchall() == [
        (issue.week, entry.number, entry.paper)
        for issue in CORPUS.issues
        for entry in issue.entries()
    ]


def test_sqlite_names_papers_in_other_tables_by_number(database: sqlite3.Connection) -> None:
    tables = ("authors", "paper_topics", "issue_entries", "collection_entries")
    for table in tables:
        kinds = database.execute(f"SELECT DISTINCT typeof(paper) FROM {table}")
        assert kinds.fetchall() == [("integer",)], table
    names = database.execute(
        "SELECT name FROM authors JOIN papers ON paper = id WHERE slug = ? ORDER BY position",
        ["raft-again"],
    )
    assert [name for (name,) in names] == [*CORPUS.papers["raft-again"].authors]


def test_two_builds_give_the_same_bytes() -> None:
    assert data_files(EDITION) == FILES


def test_without_pyarrow_there_is_no_parquet_and_the_card_names_json_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exported, "can_write_parquet", lambda: False)
    files = data_files(EDITION)
    assert set(FILES) - set(files) == {"data/papers.parquet"}
    head = yaml.safe_load(files["data/README.md"].decode().split("---")[1])
    assert head["configs"][0]["data_files"][0]["path"] == ["papers.jsonl"]


def test_what_the_card_says_of_loading_keeps_an_arxiv_ids_last_zero(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as without:
        without.setattr(exported, "can_write_parquet", lambda: False)
        bare = data_files(EDITION)
    for files in (FILES, bare):
        (line,) = re.findall(r"papers = (pd\..+)", files["data/README.md"].decode())
        (name,) = re.findall(r"data/(papers\.\w+)", line)
        (tmp_path / name).write_bytes(files[f"data/{name}"])
        table = eval(line.replace(f"{SITE.url}data", str(tmp_path)), {"pd": pd})
        assert "2406.04520" in list(table["arxiv"])


def test_the_card_describes_every_column() -> None:
    card = FILES["data/README.md"].decode()
    head = yaml.safe_load(card.split("---\n")[1])
    assert [feature["name"] for feature in head["dataset_info"]["features"]] == NAMES
    assert head["dataset_info"]["splits"][0]["num_examples"] == len(ROWS)
    assert head["size_categories"] == ["n<1K"]
    assert f'pd.read_parquet("{SITE.url}data/papers.parquet")' in card
    assert "- A list, read on 2024-06-01" in card


def test_statistics_agree_with_pandas() -> None:
    found = {s["column_name"]: s for s in json.loads(FILES["data/statistics.json"])["statistics"]}
    assert list(found) == NAMES
    table = pd.read_parquet(io.BytesIO(FILES["data/papers.parquet"]))
    for name in ("title", "abstract", "authors"):
        lengths = table[name].dropna().map(len)
        said = found[name]["column_statistics"]
        if "mean" in said:
            assert said["mean"] == pytest.approx(lengths.mean(), abs=1e-5)
            assert said["std"] == pytest.approx(lengths.std(), abs=1e-5)
            assert sum(said["histogram"]["hist"]) == len(lengths)
        assert said["nan_count"] == table[name].isna().sum()
    years = found["year"]["column_statistics"]
    assert (years["min"], years["max"], years["nan_count"]) == (2001, 2024, 1)


def test_columns_of_few_values_are_labels_with_frequencies() -> None:
    corpus = many(60)
    rows = [
        {**row, "venue": "A" if n % 3 else "B"} for n, row in enumerate(rows_of(edition_of(corpus)))
    ]
    found = {s["column_name"]: s for s in statistics_of(rows)["statistics"]}
    assert found["venue"]["column_type"] == "string_label"
    assert found["venue"]["column_statistics"]["frequencies"] == {"A": 40, "B": 20}
    assert found["title"]["column_type"] == "string_text"


@pytest.mark.parametrize("count", [1, 2, 11, 57])
def test_a_histogram_has_an_edge_more_than_bins_and_counts_everything(count: int) -> None:
    rows = [{**ROWS[0], "year": 1990 + n} for n in range(count)]
    year = next(s for s in statistics_of(rows)["statistics"] if s["column_name"] == "year")
    shape = year["column_statistics"]["histogram"]
    assert len(shape["bin_edges"]) == len(shape["hist"]) + 1 <= 11
    assert sum(shape["hist"]) == count
    assert (shape["bin_edges"][0], shape["bin_edges"][-1]) == (1990, 1989 + count)


def test_large_tables_are_cut_between_rows() -> None:
    corpus = many(40)
    files = data_files(edition_of(corpus), limit=4000)
    parts = [raw for path, raw in files.items() if path.endswith(".csv")]
    assert len(parts) > 1
    assert all(len(raw) <= 4000 for raw in parts)
    assert sum(len(pd.read_csv(io.BytesIO(raw))) for raw in parts) == 40


def test_our_words_are_plain_text_in_every_form() -> None:
    words = "Says *this*, in `code`; see [that](../papers/that.md).\n\n- one\n- two $x^2$"
    plain = "Says this, in code; see that.\n\n- one\n- two x²"
    slug = "raft-boats-that-float"
    paper = CORPUS.papers[slug].model_copy(update={"tldr": words, "summary": words})
    issue = CORPUS.issues[0].model_copy(update={"introduction": words})
    papers = {**CORPUS.papers, slug: paper}
    edition = edition_of(replace(CORPUS, papers=papers, issues=(issue,)))
    row = next(row for row in rows_of(edition) if row["slug"] == slug)
    assert (row["tldr"], row["summary"]) == (plain, plain)
    files = api_files(edition)
    found = json.loads(files[f"api/v1/papers/{slug}.json"])
    assert (found["tldr"], found["summary"]) == (plain, plain)
    week = json.loads(files["api/v1/weeks/2024-W12.json"])
    assert week["issues"][0]["introduction"] == plain
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(sqlite(edition))
        assert database.execute("SELECT introduction FROM issues").fetchone() == (plain,)


def test_other_facts_are_in_every_form_if_a_paper_has_any() -> None:
    slug, facts = "raft-boats-that-float", {"Task": "Floating", "“Rating”": "4; or 5"}
    paper = CORPUS.papers[slug].model_copy(update={"extra": facts})
    edition = edition_of(replace(CORPUS, papers={**CORPUS.papers, slug: paper}))
    files = data_files(edition)
    rows = [json.loads(line) for line in files["data/papers.jsonl"].splitlines()]
    table = pq.read_table(io.BytesIO(files["data/papers.parquet"])).to_pylist()
    sheet = pd.read_csv(io.BytesIO(files["data/papers.csv"])).to_dict("records")
    for found in (rows, table, sheet):
        assert {row["slug"]: json.loads(row["extra"]) for row in found if row["slug"] == slug} == {
            slug: facts
        }
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(sqlite(edition))
        query = "SELECT json_extract(extra, '$.Task') FROM papers WHERE slug = ?"
        assert database.execute(query, [slug]).fetchone() == ("Floating",)
    assert b"`extra` | string |" in files["data/README.md"]
    api = api_files(edition)
    assert json.loads(api[f"api/v1/papers/{slug}.json"])["extra"] == facts
    assert "extra" not in json.loads(api["api/v1/papers/raft-again.json"])


def test_a_table_without_papers_still_has_its_columns() -> None:
    table = pq.read_table(io.BytesIO(parquet([])))
    assert (table.num_rows, table.column_names) == (0, NAMES)


def test_a_site_without_a_database_mentions_none() -> None:
    edition = edition_of(CORPUS, database=False)
    files = data_files(edition)
    assert files.keys() == FILES.keys() - {"data/papers.db", "data/datasette.json"}
    for text in (files["data/README.md"].decode(), llms_text(edition)):
        assert "SQLite" not in text
        assert "papers.db" not in text
    assert "papers.db" in llms_text(EDITION)
