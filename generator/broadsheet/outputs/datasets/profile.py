"""What each column of the table contains: what is missing, how long texts are, what is frequent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from broadsheet.outputs.datasets.table import Column, Row, columns_of

# Texts that repeat, of which people want to know the most frequent ones.
_NAMED = frozenset({"venue"})
_DATES = frozenset({"published", "listed", "withdrawn"})
_MOST_FREQUENT = 4
_MAX_BINS = 20


@dataclass(frozen=True)
class Spread:
    """How numbers are spread: bins of the same width, with the number of values in each.

    Attributes:
        low: The smallest number.
        middle: The median.
        high: The largest number.
        width: The width of a bin.
        counts: The number of values in each bin. The first starts at `low`.
    """

    low: int
    middle: int
    high: int
    width: int
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Profile:
    """What a column contains.

    Attributes:
        column: The column.
        measure: What is counted: "values", "years", or the "lengths" of texts in characters.
        missing: The number of papers without a value.
        distinct: The number of different values. A list has several.
        spread: How years or lengths are spread, or None if only values are counted.
        frequent: The most frequent values and how often they occur, if values are counted.
    """

    column: Column
    measure: str
    missing: int
    distinct: int
    spread: Spread | None
    frequent: tuple[tuple[str, int], ...]


def profiles_of(rows: Sequence[Row]) -> tuple[Profile, ...]:
    """Returns what each column of the table contains."""
    return tuple(
        _profile(column, [row[column.name] for row in rows]) for column in columns_of(rows)
    )


def measure_of(column: Column) -> str:
    """Returns what is counted in a column: "values", "years" or "lengths"."""
    if column.kind == "list" or column.name in _NAMED:
        return "values"
    return "years" if column.kind == "int32" or column.name in _DATES else "lengths"


def _profile(column: Column, values: Sequence[Any]) -> Profile:
    known = [value for value in values if value not in (None, "", [])]
    measure = measure_of(column)
    counts = Counter(_single(known))
    return Profile(
        column=column,
        measure=measure,
        missing=len(values) - len(known),
        distinct=len(counts),
        spread=None if measure == "values" else _spread([_size(v, measure) for v in known]),
        frequent=_most_frequent(counts) if measure == "values" else (),
    )


def _single(values: Iterable[Any]) -> Iterable[Any]:
    """Yields values, and those inside of lists."""
    for value in values:
        yield from value if isinstance(value, list) else (value,)


def _size(value: Any, measure: str) -> int:
    return int(str(value)[:4]) if measure == "years" else len(value)


def _spread(sizes: Sequence[int]) -> Spread | None:
    if not sizes:
        return None
    low, high = min(sizes), max(sizes)
    width = -(-(high - low + 1) // _MAX_BINS)
    counts = Counter((size - low) // width for size in sizes)
    bins = range((high - low) // width + 1)
    return Spread(low, int(median(sizes)), high, width, tuple(counts[place] for place in bins))


def _most_frequent(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    ordered = sorted(counts.items(), key=lambda found: (-found[1], found[0]))
    return tuple(ordered[:_MOST_FREQUENT])
