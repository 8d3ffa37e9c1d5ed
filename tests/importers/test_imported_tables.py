"""Tables and JSON of any form: what columns are, what dates mean, and how much is read."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from growth import lines_run

from broadsheet.base.errors import BroadsheetError
from broadsheet.content.columns import ColumnChoices, KeptColumns, kept_for
from broadsheet.importers import csv_cells, json_objects, read
from broadsheet.importers.table_dates import slash_order, table_date


def _fields(text: str, *given: tuple[str, str]) -> dict[str, str]:
    columns = read(text, "a", choices=ColumnChoices(given)).columns
    assert columns
    return dict(columns.fields)


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("2024", "2024"),
        ("2024.0", "2024"),
        ("2024-3", "2024-03"),
        ("2024-03-18T10:30:00.000Z", "2024-03-18"),
        ("2024-03-18 00:00:00+00:00", "2024-03-18"),
        ("20240318", "2024-03-18"),
        ("20241318", None),
        ("18.03.2024", "2024-03-18"),
        ("3.2024", "2024-03"),
        ("18. März 2024", "2024-03-18"),
        ("März 2024", "2024-03"),
        ("1er août 2024", "2024-08-01"),
        ("18 juin 2024", "2024-06-18"),
        ("18 juil. 2024", "2024-07-18"),
        ("December 3, 2024", "2024-12-03"),
        ("3rd Sept 2024", "2024-09-03"),
        ("2024年3月18日", "2024-03-18"),
        ("2024 年 3 月", "2024-03"),
        ("1710720000", "2024-03-18"),
        ("1710720000000", "2024-03-18"),
        ("45369", None),
        ("31.02.2024", None),
        ("spring", None),
        ("", None),
    ],
)
def test_dates_of_tables_are_partial_dates(cell: str, date: str | None) -> None:
    assert table_date(cell) == date


@pytest.mark.parametrize(
    ("cells", "order", "dates"),
    [
        (["03/04/2024", "13/04/2024"], "dmy", ["2024-04-03", "2024-04-13"]),
        (["03/04/2024", "04/13/2024"], "mdy", ["2024-03-04", "2024-04-13"]),
        (["03/04/2024", "05/06/2024"], "", ["2024", "2024"]),
        (["13/04/2024", "04/13/2024"], "", ["2024", "2024"]),
    ],
)
def test_a_column_tells_whether_its_dates_begin_with_the_day(
    cells: list[str], order: str, dates: list[str]
) -> None:
    assert slash_order(cells) == order
    assert [table_date(cell, order) for cell in cells] == dates


def test_the_values_of_a_column_must_fit_its_name() -> None:
    head = "title,id,data,date,issue,paper\n"
    words = "Boats,7,ImageNet,no date,3,https://x.example/\n"
    assert _fields(head + words) == {"title": "title"}
    fitting = "Boats,2403.00010,https://x.example/,2024,2024-W12,https://arxiv.org/abs/2403.00010\n"
    assert _fields(head + fitting) == {
        "title": "title",
        "id": "arxiv",
        "data": "data",
        "date": "published",
        "issue": "issue",
    }


def test_the_title_of_something_else_is_no_title_of_a_paper() -> None:
    row = {"paper": {"title": "Boats"}, "shelf": {"title": "Toys"}, "a": 1, "b": 2}
    assert _fields(json.dumps([row])) == {"paper.title": "title"}
    assert _fields(json.dumps([row]), ("venue", "shelf.title")) == {
        "paper.title": "title",
        "shelf.title": "venue",
    }


def _kept(*names: str) -> KeptColumns:
    return KeptColumns(columns=dict.fromkeys(names, "title"))


def test_the_decision_about_the_same_columns_counts_or_else_that_about_most_of_them() -> None:
    small, large, other = _kept("a"), _kept("a", "b", "c"), _kept("x")
    kept = [small, large, other]
    assert kept_for(["a", "b", "c"], kept) is large
    assert kept_for(["a", "b"], kept) is large  # JSON often lacks some keys
    assert kept_for(["a", "b", "c", "d"], kept) is large
    assert kept_for(["a", "d"], kept) is small
    assert kept_for(["a", "d"], kept, whole=True) is None
    assert kept_for(["y"], kept) is None


def test_a_choice_wins_over_an_importer_that_would_not_read_the_column() -> None:
    text = '{"title": "Boats", "venue": "TOYS", "rating": 5}\n'
    assert read(text, "a").importer == "records"
    reading = read(text, "a", choices=ColumnChoices((("extra", "rating"),)))
    assert (reading.importer, reading.records[0].extra) == ("json", {"rating": "5"})
    kept = KeptColumns(columns={"title": "title", "venue": "venue", "rating": "extra"})
    again = read(text, "a", choices=ColumnChoices(kept=(kept,)))
    assert again.records == reading.records


def _csv(count: int) -> str:
    return "title,authors,year\n" + '"Boats",Ada Example,2024\n' * count


def _array(count: int) -> str:
    rows = [{"paper_title": f"Boats {n}", "a": {"b": 1}, "c": [1]} for n in range(count)]
    return json.dumps({"meta": {"n": count}, "items": rows}, indent=1)


def _lines(count: int) -> str:
    return '{"Titel": "Boote", "a": 1}\n' * count


def _days(count: int) -> str:
    paper = {"paper": {"id": "2403.00010", "title": "Boats"}, "publishedAt": "2024-03-18"}
    return json.dumps({f"day {n}": [paper] for n in range(count)}, indent=1)


@pytest.mark.parametrize("make", [_csv, _array, _lines, _days])
def test_twice_as_many_rows_are_twice_the_work(make: Callable[[int], str]) -> None:
    small, large = make(200), make(400)
    read(small, "a")  # what is only done once
    assert lines_run(lambda: read(large, "a")) < 2.2 * lines_run(lambda: read(small, "a"))


@pytest.mark.parametrize("make", [_csv, _array, _lines])
def test_more_rows_than_the_limit_are_refused_in_one_message(
    make: Callable[[int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_cells, "MOST_ROWS", 5)
    monkeypatch.setattr(json_objects, "MOST_ROWS", 5)
    assert len(read(make(5), "a").records) == 5
    with pytest.raises(BroadsheetError, match=r"^a: has more than 5 (rows|objects) \(split it"):
        read(make(6), "a")


def test_objects_whose_keys_are_ids_have_no_more_columns_than_the_limit() -> None:
    rows = [{"Titel": "Boote", f"id {n}": 1} for n in range(600)]
    reading = read(json.dumps(rows), "a")
    assert len(reading.records) == 600
    assert "601 different keys; read 500" in str(reading.problems[0])
    assert reading.columns
    assert len(reading.columns.all) == 500
