"""Which cases of a test run each time, and which only with --slow."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import hypothesis
import pytest

# The pages that are read most, and that have most on them.
READ_MOST = ("home", "week", "paper", "search")


def mostly_slow(values: Iterable[Any], fast: Collection[Any]) -> list[Any]:
    """Returns the cases of a test, of which all but `fast` are slow."""
    cases = list(values)
    assert set(fast) <= set(cases), "a case that should be fast isn't there"
    return [each if each in fast else pytest.param(each, marks=pytest.mark.slow) for each in cases]


def examples(count: int) -> int:
    """Returns how many examples to try: `count` with --slow, a fifth of them otherwise."""
    return count * hypothesis.settings().max_examples // 100
