"""The five source documents, read exactly: counts, places, dates, lists, and nothing of ads.

They lie beside the checkout, not in it; without them these tests are skipped.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from broadsheet.base.errors import Level
from broadsheet.base.identifiers import title_key
from broadsheet.importers import Reading, decode, read
from broadsheet.importers.repairs import repaired

SHARED = Path(__file__).parents[3] / "shared"
SEEDS = SHARED / "seeds"
FACTS = SHARED / "data" / "paper-facts.jsonl"

pytestmark = pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the source documents are not beside the checkout (../shared/seeds)"
)

# Lines that are header, introduction, contents or promotion, by article.
AROUND = {
    "000": [*range(1, 13), 102, 103, 104],
    "001": [*range(1, 15), 223, 224, 225],
    "002": [*range(1, 14), 112, 113, 114],
}


def _path(number: str) -> Path:
    return next(SEEDS.glob(f"{number}_*.txt"))


@cache
def _reading(number: str) -> Reading:
    path = _path(number)
    return read(decode(path.read_bytes(), path.name), path.name)


@cache
def _lines(number: str) -> list[str]:
    return _path(number).read_text(encoding="utf-8").split("\n")


@pytest.mark.parametrize(
    "number, week, start, end, sizes",
    [
        ("000", "2024-W12", date(2024, 3, 18), date(2024, 3, 24), [6, 2, 2, 1, 2, 1]),
        ("001", "2024-W24", date(2024, 6, 10), date(2024, 6, 16), [13, 7, 4, 2, 4, 1]),
        ("002", "2024-W35", date(2024, 8, 26), date(2024, 9, 1), [5, 4, 3, 1, 1]),
    ],
)
def test_an_article_gives_its_week_and_numbered_entries(
    number: str, week: str, start: date, end: date, sizes: list[int]
) -> None:
    reading = _reading(number)
    issue = reading.issue
    assert reading.shape == "weekly-article"
    assert issue is not None
    assert (issue.week, issue.start, issue.end) == (week, start, end)
    numbers = [[entry.number for entry in section.entries] for section in issue.sections]
    assert numbers == [
        [f"{section}.{place}" for place in range(1, size + 1)]
        for section, size in enumerate(sizes, start=1)
    ]
    assert len(reading.records) == sum(sizes)


def test_sections_are_called_what_the_body_calls_them() -> None:
    headings = {
        number: [section.heading for section in issue.sections]
        for number in AROUND
        if (issue := _reading(number).issue)
    }
    assert headings["000"][-1] == "LLM Regulations & Ethics"
    assert headings["002"][2] == "LLM Quantization & Optimization"
    for number, found in headings.items():
        printed = [line.split(". ", 1)[1] for line in _lines(number) if _is_section(line)]
        assert found == printed


def _is_section(line: str) -> bool:
    return line[:1].isdigit() and line[1:3] == ". "


@pytest.mark.parametrize("number", AROUND)
def test_every_line_of_an_article_is_a_heading_or_in_one_paper_and_no_other_line_is(
    number: str,
) -> None:
    reading = _reading(number)
    headings = [record.line for record in reading.records]
    headings += [section.line for section in (reading.issue.sections if reading.issue else ())]
    rest = [
        repaired(line)
        for place, line in enumerate(_lines(number), start=1)
        if line and place not in headings and place not in AROUND[number]
    ]
    texts = [line for record in reading.records for line in (record.text or "").split("\n") if line]
    assert [line.removeprefix("- ") for line in texts] == rest


def test_exactly_five_papers_of_the_articles_have_lists() -> None:
    lists = {
        f"{number}-{entry.number}": (entry.record.text or "").count("\n- ")
        for number in AROUND
        for section in getattr(_reading(number).issue, "sections", ())
        for entry in section.entries
        if "\n- " in (entry.record.text or "")
    }
    assert lists == {"000-3.1": 3, "001-1.5": 3, "001-3.2": 2, "001-5.1": 2, "002-1.1": 3}


@pytest.mark.parametrize("number, paragraphs", [("000", 2), ("001", 3), ("002", 3)])
def test_the_introduction_stands_between_the_title_lines_and_the_contents(
    number: str, paragraphs: int
) -> None:
    issue = _reading(number).issue
    assert issue is not None
    assert (issue.introduction or "").split("\n\n") == _lines(number)[2 : 2 + paragraphs]


@pytest.mark.parametrize(
    "number, shape, slug, count",
    [("003", "papers-page", "trending", 220), ("004", "dataset-viewer", "data-set", 39)],
)
def test_a_page_is_a_collection(number: str, shape: str, slug: str, count: int) -> None:
    reading = _reading(number)
    assert reading.shape == shape
    assert reading.collection is not None
    assert reading.collection.slug == slug
    assert len(reading.collection.records) == len(reading.records) == count


def test_the_papers_page_has_every_title_with_the_abstract_below_it() -> None:
    records, lines = _reading("003").records, _lines("003")
    assert [record.line for record in records] == list(range(3, 442, 2))
    assert records[0].title == lines[2].removeprefix("Subscribe")
    assert [record.title for record in records[1:]] == [repaired(x) for x in lines[4::2]]
    assert [record.abstract for record in records] == [repaired(x) for x in lines[3::2]]


def test_the_data_set_has_ids_and_abstracts_without_titles() -> None:
    records = _reading("004").records
    assert [record.title for record in records] == [None] * 39
    starts = [n for n, line in enumerate(_lines("004"), start=1) if line[4:5] == "."]
    assert [record.line for record in records] == starts
    assert all(record.abstract and "\n" not in record.abstract for record in records)
    text = " ".join(record.abstract or "" for record in records)
    for debris in (" athttps", ":https", "111Code", "[email", "**", ") ,", ") ."):
        assert debris not in text
    assert "fromto" in text
    assert "thanM parameters" in text


@pytest.mark.parametrize(
    "number, lines",
    [
        ("000", [11, 58, 59, 60, 61, 96, 102]),
        ("001", [13, 223]),
        ("002", [9, 12, 112]),
        ("003", [150, 208, 352]),
    ],
)
def test_the_problems_are_these_and_all_of_them_warnings(number: str, lines: list[int]) -> None:
    problems = _reading(number).problems
    assert [problem.line for problem in problems] == lines
    assert {problem.level for problem in problems} == {Level.WARNING}


def test_what_the_data_set_lost_is_reported_where_it_stands() -> None:
    problems = _reading("004").problems
    assert {problem.level for problem in problems} == {Level.WARNING}
    lost = [problem.line for problem in problems if "number was lost" in problem.message]
    assert lost == [22, 113, 136, 168]


@pytest.mark.skipif(not FACTS.is_file(), reason="the facts are not beside the checkout")
def test_facts_import_as_records_and_name_the_same_papers() -> None:
    text = decode(FACTS.read_bytes(), FACTS.name)
    reading = read(text, FACTS.name)
    assert (reading.shape, len(reading.records), reading.problems) == ("records", 318, ())
    facts = {
        json.loads(line)["key"]: record
        for line, record in zip(text.splitlines(), reading.records, strict=True)
    }
    for place, record in enumerate(_reading("003").records, start=1):
        fact = facts[f"003-{place}"]
        keys = {title_key(title) for title in (fact.title or "", *fact.other_titles)}
        assert title_key(record.title or "") in keys
    ids = [facts[f"004-{place}"].arxiv for place in range(1, 40)]
    assert [record.arxiv for record in _reading("004").records] == ids
