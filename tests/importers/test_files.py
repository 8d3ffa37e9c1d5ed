"""Files that aren't text: tables and packed texts are read, and damaged or large ones refused."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import tracemalloc
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from broadsheet.base import encoding
from broadsheet.base.errors import BroadsheetError
from broadsheet.importers import files, read
from broadsheet.importers.files import text_of_file

LIST = "Titel;Jahr\nFlöße;2024\n"


def _parquet(rows: list[dict[str, object]]) -> bytes:
    return _packed(pa.Table.from_pylist(rows))


def _packed(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()


def _database(*statements: str) -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()
        return database.serialize()


def _titles(raw: bytes) -> list[str | None]:
    return [record.title for record in read(text_of_file(raw, "a"), "a").records]


def _refusal(raw: bytes) -> str:
    with pytest.raises(BroadsheetError) as refusal:
        text_of_file(raw, "list.x")
    (problem,) = refusal.value.problems
    return str(problem)


@pytest.mark.parametrize(
    "raw",
    [
        LIST.encode(),
        LIST.encode("utf-16"),
        b"\xfe\xff" + LIST.replace("\n", "\r\n").encode("utf-16-be"),
        gzip.compress(LIST.encode()),
        gzip.compress(LIST[:8].encode()) + gzip.compress(LIST[8:].encode()),
    ],
    ids=["UTF-8", "UTF-16", "UTF-16, other order", "gzip", "gzip in parts"],
)
def test_a_text_may_be_utf_16_or_packed(raw: bytes) -> None:
    assert _titles(raw) == ["Flöße"]


def test_a_table_of_parquet_with_any_columns_is_read() -> None:
    raw = _parquet(
        [
            {"paper_title": "Boats", "day": date(2024, 3, 18), "people": ["Ada", "Bob"], "b": b"x"},
            {"paper_title": "Rafts", "day": None, "people": None, "b": None},
        ]
    )
    text = text_of_file(raw, "a.parquet")
    assert json.loads(text.split("\n")[0])["day"] == "2024-03-18"
    assert _titles(raw) == ["Boats", "Rafts"]


def test_a_table_of_parquet_has_values_of_any_kind() -> None:
    repeated = pa.array(["Boats", "Boats"]).dictionary_encode()
    table = pa.table(
        {
            "title": repeated,
            "authors": pa.ListArray.from_arrays([0, 1, 2], repeated),
            "links": pa.array([[("code", "b")], []], pa.map_(pa.string(), pa.string())),
            "facts": [{"cited": 3, "tags": ["a"]}, None],
            "price": pa.array([Decimal("1.50"), None]),
            "level": pa.array([7, 7]).dictionary_encode(),
            "read": pa.array([datetime(2024, 3, 18, 12, tzinfo=UTC), None]),
        }
    )
    text = text_of_file(_packed(table), "a.parquet")
    first, second = map(json.loads, text.splitlines())
    assert first == {
        "title": "Boats",
        "authors": ["Boats"],
        "links": [["code", "b"]],
        "facts": {"cited": 3, "tags": ["a"]},
        "price": "1.50",
        "level": 7,
        "read": "2024-03-18 12:00:00+00:00",
    }
    assert (second["links"], second["facts"], second["price"]) == ([], None, None)


LONG = pa.DictionaryArray.from_arrays(pa.array([0] * 20, pa.int32()), pa.array(["x" * 2**23]))
EQUAL = pa.DictionaryArray.from_arrays(pa.array(bytearray(2**23), pa.int8()), pa.array(["Ada"]))


@pytest.mark.parametrize(
    "table",
    [
        pa.table({"title": LONG}),
        pa.table({"title": ["Boats"], "authors": pa.ListArray.from_arrays([0, 20], LONG)}),
        pa.table({"title": pa.StructArray.from_arrays([LONG], ["text"])}),
        pa.table({"title": ["Boats"], "authors": pa.ListArray.from_arrays([0, 2**23], EQUAL)}),
        pa.table({"title": pa.nulls(200_001, pa.string())}),
        pa.table({"title": ["x" * (2**26 + 1)]}),
    ],
    ids=["texts", "texts in a list", "texts in objects", "a list", "rows", "one text"],
)
def test_a_small_file_that_means_far_more_is_refused_before_it_is_unpacked(table: pa.Table) -> None:
    raw = _packed(table)
    assert len(raw) < 20_000
    tracemalloc.start()
    try:
        assert "has more than 200,000 rows or 64 MiB of text" in _refusal(raw)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2**20


def test_a_table_of_papers_in_a_database_is_read() -> None:
    statements = ("CREATE TABLE papers (title TEXT, x BLOB)", "INSERT INTO papers VALUES ('A', 1)")
    assert _titles(_database(*statements)) == ["A"]


def test_a_database_without_papers_is_refused() -> None:
    assert _refusal(_database("CREATE TABLE boats (title TEXT)")) == (
        "list.x: has no table 'papers' (it has 'boats'; export the table as CSV and import that)"
    )
    view = "CREATE VIEW papers AS SELECT 1 AS title"
    assert "has no table 'papers' (it has none" in _refusal(_database(view))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (gzip.compress(LIST.encode())[:-9], "can't be read as gzip: its end is missing"),
        (b"\x1f\x8bnot gzip", "can't be read as gzip: Error"),
        (b"PAR1 and no more", "can't be read as Parquet: "),
        (_parquet([{"title": "A"}])[:-30], "can't be read as Parquet: "),
        (b"SQLite format 3\0" + b"x" * 2000, "can't be read as SQLite: "),
        (_database("CREATE TABLE papers (title TEXT)")[:4096], "can't be read as SQLite: "),
        (b"\xff\xfea", "can't be read as UTF-16 text: "),
        (b"PK\x03\x04", "is a ZIP file, as spreadsheets are (save the spreadsheet as CSV"),
        ("a\0b".encode("utf-16"), "isn't UTF-8 text: unexpected byte 0x00"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_damaged_file_is_refused_in_one_message(raw: bytes, said: str) -> None:
    assert said in _refusal(raw)


def test_what_unpacks_to_more_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = gzip.compress(gzip.compress(b"a" * 10_000_000) + b"a" * 10_000_000)
    table = _parquet([{"title": "A" * 100_000}] * 100)
    packed = _database(
        "CREATE TABLE papers (title TEXT)",
        "INSERT INTO papers SELECT hex(zeroblob(9000))",
        "INSERT INTO papers SELECT title FROM papers",
        "INSERT INTO papers SELECT title FROM papers",
    )
    monkeypatch.setattr(encoding, "SIZE_LIMIT", 2**15)
    assert "unpacks to more than the limit of 32,768 bytes (split it" in _refusal(bomb)
    for raw in (table, packed):
        assert "has more than 200,000 rows or 0 MiB of text" in _refusal(raw)


def test_a_query_that_does_not_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_STEPS", 1000)
    many = ", ".join(["('A')"] * 500)
    raw = _database("CREATE TABLE papers (title TEXT)", f"INSERT INTO papers VALUES {many}")
    assert "can't be read as SQLite: interrupted" in _refusal(raw)
