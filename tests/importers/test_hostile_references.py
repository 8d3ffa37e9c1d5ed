"""References made to harm are answered with messages, not with a traceback or a long wait."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st

from broadsheet.base.errors import BroadsheetError
from broadsheet.importers import decode, read
from broadsheet.importers.json_items import Item, items

DEEP = 100_000
MANY = 10_000
FIRST = {
    "bibtex": "@misc{a, title = {Kites}}\n",
    "ris": "TY  - JOUR\nTI  - Kites\nER  - \n",
    "csl-json": '{"type": "article", "id": "a", "title": "Kites"}\n',
}
FIELDS = st.sampled_from(
    [
        "type",
        "itemType",
        "title",
        "author",
        "creators",
        "issued",
        "date",
        "DOI",
        "URL",
        "note",
        "extra",
        "tags",
        "keyword",
        "items",
        "data",
        "container-title",
        "volume",
        "page",
        "number",
        "archive",
        "notes",
        "collections",
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["family", "given", "date-parts", "tag", "items", "name"]), inner
        )
    ),
    max_leaves=6,
)


def messages(text: str, name: str) -> list[str]:
    """The problems of a text, whose first reference is sound."""
    reading = read(FIRST[name] + text, "a.txt", name)
    assert reading.records[0].title == "Kites"
    return [problem.message for problem in reading.problems]


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        ("[" * DEEP, "csl-json", "nested too deeply"),
        ('{"a":' * DEEP, "csl-json", "nested too deeply"),
        ("{" * 1_000_000, "csl-json", "invalid JSON: expected a key in double quotes"),
        ('{"title": NaN}', "csl-json", "NaN isn't valid JSON"),
        (
            '{"title": "\\ud800"}',
            "csl-json",
            "contains a lone surrogate, which is half a character",
        ),
        ('{"title": "a', "csl-json", "invalid JSON: unterminated string starting at in column 11"),
        ("@" * 1_000_000, "bibtex", None),
        ("{" * 1_000_000, "bibtex", None),
        ("@misc{" + "{" * 1_000_000, "bibtex", "the entry '@misc{"),
        ("@misc{b, title = " + "{" * DEEP + "}" * DEEP + "}", "bibtex", " characters"),
        ("x" * 1_000_000, "ris", "'xxxxx"),
    ],
)
def test_a_harmful_reference_is_at_most_one_message(
    text: str, name: str, message: str | None
) -> None:
    found = messages(text, name)
    assert len(found) == (message is not None)
    assert not message or message in found[0]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("@a{\n" * MANY, "bibtex"),
        ("@misc{b, title = {Never closed\n" * MANY, "bibtex"),
        ('@misc{b, title = "Never closed\n' * MANY, "bibtex"),
        ("TY  - JOUR\n" * MANY, "ris"),
        ('{"type": "article", "id": "b"}\n' * MANY, "csl-json"),
    ],
)
def test_many_broken_references_are_each_named(text: str, name: str) -> None:
    assert len(messages(text, name)) == MANY


def test_entries_on_one_line_do_not_repeat_it_in_their_messages() -> None:
    assert all(len(message) < 300 for message in messages("@a{" * 300_000, "bibtex"))


@pytest.mark.parametrize("name", ["markdown", "table", "weekly-article"])
def test_more_lines_than_anybody_writes_are_refused_in_one_message(name: str) -> None:
    start = {"markdown": "- [A](https://arxiv.org/abs/2403.00001)", "table": "title,arxiv\nA,"}
    text = start.get(name, "Papers from 18/03/2024 to 24/03/2024") + "\n" * 2_000_001
    with pytest.raises(BroadsheetError, match="has more than 2,000,000 lines") as error:
        read(text, "a.txt", name)
    assert len(error.value.problems) == 1


@pytest.mark.parametrize("name", FIRST)
def test_a_nul_is_refused_and_an_escaped_one_is_removed(name: str) -> None:
    with pytest.raises(BroadsheetError, match="unexpected byte 0x00"):
        decode(FIRST[name].replace("Kites", "Ki\0tes").encode(), "a.txt")
    escaped = FIRST["csl-json"].replace("Kites", "Ki\\u0000tes")
    assert read(escaped, "a.txt").records[0].title == "Kites"


def test_numbers_of_any_length_are_text() -> None:
    long = "9" * 5_000
    text = (
        f'{{"type": "article", "id": {long}, "title": "A", "issued": {{"date-parts": [[{long}]]}}}}'
    )
    reading = read(text, "a.txt")
    assert [record.title for record in reading.records] == ["A"]
    assert "isn't a date" in reading.problems[0].message


@given(st.lists(st.dictionaries(FIELDS, VALUES, max_size=6), min_size=1, max_size=4))
@example([{"itemType": "book", "title": ["A"], "creators": {"name": "B"}, "tags": "c"}])
@example([{"type": "article", "title": {"a": 1}, "author": "B", "issued": [["2024"]]}])
def test_any_json_is_read_or_named(found: list[dict[str, Any]]) -> None:
    reading = read(json.dumps({"items": found, "collections": found}), "a.txt", "csl-json")
    event(f"{len(reading.records)} records")
    assert len(reading.records) <= len(found)
    assert reading.records or reading.problems


@given(st.lists(st.dictionaries(st.text(max_size=3), VALUES), max_size=4), st.integers(0, 4))
def test_objects_are_found_on_their_lines_as_json_has_them(
    found: list[dict[str, Any]], indent: int
) -> None:
    text = json.dumps(found, indent=indent, allow_nan=False) if _is_json(found) else "[]"
    given_ = json.loads(text, parse_int=str, parse_float=str)
    read_items = [item for item in items(text, "a.json") if isinstance(item, Item)]
    assert [item.fields for item in read_items] == given_
    lines = text.split("\n")
    assert all("{" in lines[item.line - 1] for item in read_items)


def _is_json(value: Any) -> bool:
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        return False
    return True
