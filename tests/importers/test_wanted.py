"""Choosing papers of a source, also of one that is larger than the memory."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

import pytest

from broadsheet.base.errors import BroadsheetError
from broadsheet.content.records import ReadCollection, Reading, Record
from broadsheet.importers import Wanted, read, read_lines, wanted
from broadsheet.importers.lines import SourceLine

KITE = Record(
    "a.json", 1, title="Kites: A Survey", authors=("Ada Example",), published="2024-11-05",
    keywords=("cs.CL", "cs.LG"), venue="EXAMPLE 2024", extra={"Task": "Flight"},
)  # fmt: skip
KNOT = Record("a.json", 2, title="Knots", published="2024", topics=("math.GT",))


@pytest.mark.parametrize(
    ("conditions", "since", "titles"),
    [
        ((), None, ["Kites: A Survey", "Knots"]),
        ((("categories", "cs.CL"),), None, ["Kites: A Survey"]),
        ((("categories", "CS.*"),), None, ["Kites: A Survey"]),
        ((("categories", "cs.CL"), ("categories", "math.GT")), None, ["Kites: A Survey", "Knots"]),
        ((("categories", "cs.CL"), ("title", "Knots")), None, []),
        ((("authors", "ada *"),), None, ["Kites: A Survey"]),
        ((("venue", "*example*"),), None, ["Kites: A Survey"]),
        ((("Task", "flight"),), None, ["Kites: A Survey"]),
        ((("title", "Kites"),), None, []),
        ((), "2024-11-05", ["Kites: A Survey", "Knots"]),
        ((), "2024-11-06", ["Knots"]),
        ((), "2024-12", ["Knots"]),
        ((), "2025", []),
    ],
)
def test_papers_are_chosen_by_fields_and_dates(
    conditions: tuple[tuple[str, str], ...], since: str | None, titles: list[str]
) -> None:
    found = Wanted(conditions, since).chosen(Reading("any", "a.json", records=(KITE, KNOT)))
    assert [record.title for record in found.records] == titles


def test_a_paper_without_a_date_is_not_recent() -> None:
    assert not Wanted(since="2024").fits(replace(KITE, published=None))


def test_a_collection_and_its_problems_have_only_what_is_chosen() -> None:
    reading = read('{"title": "A", "tldrr": 1}\n{"title": "B", "tldrrr": 2}\n', "a.jsonl")
    listed = replace(reading, collection=ReadCollection("a", "A", "A", reading.records))
    found = Wanted((("title", "B"),)).chosen(listed)
    assert found.collection
    assert found.collection.records == found.records
    assert [problem.line for problem in found.problems] == [2]


def test_an_unknown_field_is_refused_with_the_nearest() -> None:
    with pytest.raises(BroadsheetError, match="did you mean 'categories'"):
        Wanted((("category", "cs.CL"),)).chosen(Reading("any", "a.json", records=(KITE,)))


def dump(count: int) -> Iterator[SourceLine]:
    """Yields the lines of a snapshot, of which every hundredth is about language."""
    for number in range(count):
        paper = {
            "id": f"2411.{number % 100_000:05d}",
            "title": f"Kite {number}",
            "categories": "cs.CL cs.LG" if number % 100 == 0 else "math.GT",
            "versions": [{"version": "v1", "created": "Tue, 5 Nov 2024 17:59:59 GMT"}],
            "authors_parsed": [["Example", "Ada", ""]],
            "abstract": "  Kites fly in the wind.\n" * 20,
        }
        yield SourceLine(number + 1, json.dumps(paper))


LANGUAGE = Wanted((("categories", "cs.CL"),), "2024-11-01")


def test_a_large_source_is_read_line_by_line_and_only_what_is_wanted_is_kept() -> None:
    reading = read_lines(dump(1000), "dump.json", LANGUAGE)
    assert reading.importer == "arxiv-dump"
    assert [record.line for record in reading.records] == list(range(1, 1001, 100))
    assert reading.records[0].published == "2024-11-05"
    assert reading.problems == ()


def test_lines_of_a_large_source_that_are_broken_are_reported_once() -> None:
    broken = [SourceLine(11, "{"), SourceLine(12, "[" * 5000), SourceLine(13, '{"title": "A"}')]
    reading = read_lines([*dump(10), *broken], "dump.json", LANGUAGE)
    assert len(reading.records) == 1
    (problem,) = reading.problems
    assert (problem.line, problem.message) == (11, "invalid JSON: '{'; the same in 2 other records")


def test_the_memory_for_a_large_source_does_not_grow_with_it() -> None:
    assert peak(4000) < peak(400) + 200_000


def peak(count: int) -> int:
    """Returns the most bytes that reading some lines takes, of which one is wanted."""
    one = Wanted((("title", "Kite 0"),))
    tracemalloc.start()
    try:
        assert len(read_lines(dump(count), "dump.json", one).records) == 1
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("lines", "chosen", "problem"),
    [
        (dump(2), Wanted(), "has more papers than a site can use"),
        (dump(2), Wanted((("Task", "A"),)), "no paper has the field 'Task'"),
        ([SourceLine(1, "Dear Ada,")], LANGUAGE, "only openalex, .* can be read line by line"),
        ([], LANGUAGE, "is too large"),
    ],
)
def test_a_large_source_that_cannot_be_chosen_from_is_refused(
    lines: list[SourceLine], chosen: Wanted, problem: str
) -> None:
    with pytest.raises(BroadsheetError, match=problem):
        read_lines(lines, "dump.json", chosen)


def test_more_papers_than_fit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wanted, "_MOST", 3)
    with pytest.raises(BroadsheetError, match="more than 3 papers are wanted"):
        read_lines(dump(1000), "dump.json", LANGUAGE)
