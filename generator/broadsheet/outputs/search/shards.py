"""Splitting terms into shards by ranges of sorted terms.

A term with many documents has a shard of its own, so that rare terms next to it stay cheap.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from broadsheet.outputs.search.inverted import InvertedIndex
from broadsheet.outputs.search.packing import deflated, deflated_column, in_parts
from broadsheet.outputs.search.terms import Parts, Term, packed_term, parts_of, shared_start

# In bytes before compression. Larger shards cost each query more, smaller ones a larger table.
_MIN_SHARD = 2_000
_MAX_SHARD = 9_000


@dataclass(frozen=True)
class Shard:
    """A shard of `count` terms: its parts, and the content of its block."""

    count: int
    parts: Parts
    content: bytes


@dataclass(frozen=True)
class Shards:
    """All terms, sorted, with their sizes, and the shards that have them."""

    names: Sequence[str]
    sizes: array[int]
    shards: Sequence[Shard]

    def firsts(self) -> list[str]:
        """Returns the first text of each shard.

        It's the shortest text after all previous terms that isn't after the shard's own.
        """
        starts = list(accumulate(shard.count for shard in self.shards[:-1]))
        return ["", *(shortest_between(self.names[n - 1], self.names[n]) for n in starts)]

    def ranges(self) -> Iterator[tuple[int, int]]:
        """Yields where the terms of each shard begin and end."""
        return pairwise(accumulate((shard.count for shard in self.shards), initial=0))


def cut(index: InvertedIndex) -> Shards:
    """Splits all terms into shards, in order. There is at least one, even without terms."""
    sizes = array("L")
    shards: list[Shard] = []
    room = limit = shard_size(index.document_count)
    gathered: list[Term] = []
    for name in index.terms:
        term = packed_term(index, name)
        size = term.size
        sizes.append(size)
        if gathered and room < size:
            shards.append(shard_of(gathered))
            gathered, room = [], limit
        gathered.append(term)
        room -= size
    if gathered or not shards:
        shards.append(shard_of(gathered))
    return Shards(index.terms, sizes, shards)


def places_to_cut(sizes: Iterable[int], document_count: int) -> list[int]:
    """Returns where `cut` ends shards of terms with these sizes."""
    room = limit = shard_size(document_count)
    ends: list[int] = []
    place = start = 0
    for place, size in enumerate(sizes):
        if place > start and room < size:
            ends.append(place)
            start, room = place, limit
        room -= size
    return [*ends, place + 1]


def shard_of(terms: Sequence[Term]) -> Shard:
    """Returns the shard of sorted terms."""
    head, *columns = parts = parts_of(terms)
    return Shard(len(terms), parts, in_parts((deflated(head), *map(deflated_column, columns))))


def shard_size(document_count: int) -> int:
    """Returns the size of shards before compression in bytes.

    It grows more slowly than the corpus, so the table does, too.
    """
    return max(_MIN_SHARD, min(_MAX_SHARD, int(15 * document_count**0.5)))


def shortest_between(last: str, first: str) -> str:
    """Returns the shortest start of `first` that sorts after `last`, which is before `first`."""
    return first[: shared_start(last, first) + 1]
