"""The terms of papers as vectors, by TF-IDF: a term weighs more the fewer papers use it.

All numbers are integers, so every machine computes the same. How many papers there are and how many
use a term only count in steps, so a change of one paper leaves nearly all vectors as they were.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isqrt, log
from typing import NamedTuple

# A weight is at most this, which stands for 1.
SCALE = 4096
# Only the strongest terms of a paper count. More would double the work for few other results.
_STRONGEST = 32
# A term that a quarter of the papers use doesn't tell them apart, unless there are very few papers.
_QUARTER, _FEW_PAPERS = 4, 8
# Papers aren't compared by a term that more papers than these use (about 7,000). So the work per
# paper is bounded. Up to 30,000 papers, no term is both that common and in fewer than a quarter.
_MOST_COMPARED = 25
# Marks the level of a term that has a weight but by which papers aren't compared.
_NOT_COMPARED = 128
# Counting the terms of this many papers at once takes about 100 MB.
_COUNTED_AT_ONCE = 10_000
_TERMS = 2**32

# Factors of a weight by how often a paper uses a term, and by the level of the term.
_TIMES = [0, *(round(64 * (1 + log(times))) for times in range(1, 256))]
_RARITY = [0, *(round(64 * log(1 + 2 ** (rarity / 2))) for rarity in range(_NOT_COMPARED - 1))] * 2


class Counts(NamedTuple):
    """The terms of a paper in ascending order, and how often it uses each, at most 255 times."""

    terms: array[int]
    times: bytes


class Vector(NamedTuple):
    """The strongest terms of a paper that others use, too, and their weights.

    Its length is at most `SCALE`, because it lacks weak terms and those that only the paper uses.
    """

    terms: array[int]
    weights: array[int]

    @property
    def weight_of(self) -> dict[int, int]:
        """The weights by term."""
        return dict(zip(self.terms, self.weights, strict=True))


@dataclass(frozen=True)
class Usage:
    """All terms in ascending order, and how many papers use each."""

    terms: array[int]
    papers: array[int]

    def of(self, term: int) -> int:
        """Returns how many papers use a term."""
        place = bisect_left(self.terms, term)
        return self.papers[place] if _is_at(self.terms, place, term) else 0

    def changed(self, differences: Mapping[int, int]) -> Usage:
        """Returns the usage after as many more or fewer papers use some terms."""
        terms, papers = self.terms[:], self.papers[:]
        for term, difference in differences.items():
            place = bisect_left(terms, term)
            if not _is_at(terms, place, term):
                terms.insert(place, term)
                papers.insert(place, 0)
            papers[place] += difference
            if not papers[place]:
                del terms[place], papers[place]
        return Usage(terms, papers)


def _is_at(terms: array[int], place: int, term: int) -> bool:
    return place < len(terms) and terms[place] == term


NO_USAGE = Usage(array("I"), array("I"))


def steps(number: int) -> int:
    """Returns the logarithm of a number to base √2, rounded down."""
    return (number * number).bit_length() - 1


def level(used_by: int, papers: int) -> int:
    """Returns what `used_by` papers of `papers` make of a term, as a byte: its level."""
    rarity = steps(papers) - steps(used_by)
    if rarity < _QUARTER and steps(papers) > _FEW_PAPERS:
        return 0
    compared = used_by > 1 and steps(used_by) <= _MOST_COMPARED
    return rarity + 1 + (0 if compared else _NOT_COMPARED)


def counts_of(times: Mapping[int, int]) -> Counts:
    """Returns counted terms in order."""
    terms = array("I", sorted(times))
    return Counts(terms, bytes([n if n < 256 else 255 for n in map(times.__getitem__, terms)]))


def levels_of(counts: Counts, usage: Usage, papers: int) -> bytes:
    """Returns the levels of a paper's terms."""
    return bytes([level(usage.of(term), papers) for term in counts.terms])


def usage_and_levels(counts: Sequence[Counts]) -> tuple[Usage, list[bytes]]:
    """Returns how many papers use each term, and the levels of each paper's terms."""
    terms, papers = array("I"), array("I")
    levels = [bytearray() for _ in counts]
    width = _TERMS // (1 + len(counts) // _COUNTED_AT_ONCE) + 1
    for first in range(0, _TERMS, width):
        parts = [_between(paper.terms, first, first + width) for paper in counts]
        used_by: Counter[int] = Counter()
        for part in parts:
            used_by.update(part)
        ordered = sorted(used_by)
        terms.extend(ordered)
        papers.extend([used_by[term] for term in ordered])
        level_of = {number: level(number, len(counts)) for number in set(used_by.values())}
        found = {term: level_of[number] for term, number in used_by.items()}
        for paper, part in zip(levels, parts, strict=True):
            paper.extend([found[term] for term in part])
    return Usage(terms, papers), [bytes(paper) for paper in levels]


def _between(terms: array[int], first: int, end: int) -> array[int]:
    return terms[bisect_left(terms, first) : bisect_left(terms, end)]


def vector_of(counts: Counts, levels: bytes) -> Vector:
    """Returns the vector of a paper from its terms and their levels."""
    factors = zip(counts.times, levels, strict=True)
    weights = [_TIMES[times] * _RARITY[level] for times, level in factors]
    square = sum([weight * weight for weight in weights])
    length = isqrt(square - 1) + 1 if square else 1  # rounded up
    known = zip(weights, counts.terms, levels, strict=True)
    compared = sorted([(-weight, term) for weight, term, at in known if 0 < at < _NOT_COMPARED])
    strongest = compared[:_STRONGEST]
    return Vector(
        array("I", [term for _, term in strongest]),
        array("H", [-weight * SCALE // length for weight, _ in strongest]),
    )
