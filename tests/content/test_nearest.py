"""Advice about names that don't exist, in any number of names."""

from __future__ import annotations

from growth import lines_run
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.base.nearest import Nearest

NAMES = ["boats-that-float", "boats-that-sink", "rivers", "a"]


def test_a_slip_finds_the_name() -> None:
    assert Nearest(NAMES).find("boats-that-flaot") == "boats-that-float"
    assert Nearest(NAMES).find("river") == "rivers"
    assert Nearest(NAMES).find("aa") == "a"


def test_a_word_like_no_other_finds_nothing() -> None:
    assert Nearest(NAMES).find("quantum-sheep") is None
    assert Nearest([]).find("boats") is None
    assert Nearest(NAMES).find("") is None


@given(st.lists(st.text("abc-", min_size=1, max_size=8), min_size=1), st.data())
def test_a_name_that_exists_finds_itself(names: list[str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(names))
    assert Nearest(names).find(name) == name


def test_the_order_of_names_changes_nothing() -> None:
    assert Nearest(NAMES).find("boats-that") == Nearest(reversed(NAMES)).find("boats-that")


def test_finding_one_of_many_names_takes_no_longer_than_finding_one_of_few() -> None:
    def work(count: int) -> int:
        names = Nearest(f"some-paper-{n}-about-boats" for n in range(count))
        return lines_run(lambda: names.find("some-papre-77-about-boats"))

    assert work(20_000) < 2 * work(1_000)
