"""What the columns of the table contain, as the page of data shows it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.outputs.datasets.profile import Profile, profiles_of
from broadsheet.outputs.datasets.table import COLUMNS


def _rows(**values: list[Any]) -> list[dict[str, Any]]:
    (count,) = {len(found) for found in values.values()}
    empty: dict[str, Any] = {
        column.name: [] if column.kind == "list" else None for column in COLUMNS
    }
    return [empty | {name: found[n] for name, found in values.items()} for n in range(count)]


def _profile(name: str, values: list[Any]) -> Profile:
    return {found.column.name: found for found in profiles_of(_rows(**{name: values}))}[name]


def test_years_are_counted_one_by_one_and_none_between_is_left_out() -> None:
    found = _profile("published", ["2021", "2024-03-18", "2024-04", None])
    assert (found.measure, found.missing, found.distinct) == ("years", 1, 3)
    assert found.spread is not None
    assert (found.spread.low, found.spread.high, found.spread.width) == (2021, 2024, 1)
    assert found.spread.counts == (1, 0, 0, 2)


def test_texts_are_counted_by_their_length() -> None:
    found = _profile("title", ["a" * 10, "b" * 10, "c" * 49])
    assert found.spread is not None
    assert (found.spread.low, found.spread.middle, found.spread.high) == (10, 10, 49)
    assert (found.spread.width, found.spread.counts[0], found.spread.counts[-1]) == (2, 2, 1)


def test_lists_are_counted_by_what_is_in_them_most_frequent_first() -> None:
    found = _profile("topics", [["ships", "ropes"], ["ropes"], [], ["anchors"]])
    assert (found.missing, found.distinct) == (1, 3)
    assert found.frequent == (("ropes", 2), ("anchors", 1), ("ships", 1))


def test_a_column_without_values_has_no_spread() -> None:
    found = _profile("abstract", [None, None])
    assert (found.missing, found.distinct, found.spread) == (2, 0, None)


def test_an_empty_table_has_columns() -> None:
    assert [found.missing for found in profiles_of([])] == [0] * len(COLUMNS)


@pytest.mark.parametrize("name", ["title", "year"])
@given(data=st.data())
def test_every_value_is_in_one_bin(name: str, data: st.DataObject) -> None:
    one = st.integers(1000, 2999) if name == "year" else st.text("ab", min_size=1, max_size=90)
    values = data.draw(st.lists(one, min_size=1))
    spread = _profile(name, values).spread
    assert spread is not None
    assert sum(spread.counts) == len(values)
    assert len(spread.counts) <= 20
