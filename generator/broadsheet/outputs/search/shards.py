"""Splitting the inverted index into shards by ranges of sorted terms.

A shard has four parts, which are compressed separately. All numbers are packed. The first part:

    number of terms
    for each term   how many UTF-16 units it shares with the previous term
    length in bytes, then the rest of each term (UTF-8, separated by line feeds)
    for each term   one bit per field that contains it, the first field lowest
    for each term and field that contains it   number of documents

For each of the latter, the second part has the documents as gaps. The third part has how often the
term occurs in each of them, minus one. The fourth part has the length of the field in each of
them, minus one, unless the field is long.

A term with many documents has a shard of its own, so that rare terms next to it stay cheap.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from broadsheet.outputs.search.document import FIELDS
from broadsheet.outputs.search.inverted import InvertedIndex, unpack
from broadsheet.outputs.search.packing import (
    deflated,
    deflated_column,
    gaps,
    in_parts,
    packed,
    packed_number,
)

# In bytes before compression. Larger shards cost each query more, smaller ones a larger table.
_MIN_SHARD = 2_000
_MAX_SHARD = 9_000


@dataclass(frozen=True)
class Shard:
    """A shard. `first` is the shortest text after all previous terms that isn't after its own."""

    first: str
    parts: tuple[bytes, bytes, bytes, bytes]

    def compressed(self) -> bytes:
        """Returns the content of its block."""
        head, documents, counts, lengths = self.parts
        columns = deflated_column(documents), deflated(counts), deflated_column(lengths)
        return in_parts((deflated(head), *columns))


class _Term(NamedTuple):
    term: str
    mask: int
    counts: tuple[int, ...]
    documents: bytes
    frequencies: bytes
    lengths: bytes

    @property
    def size(self) -> int:
        columns = len(self.documents) + len(self.frequencies) + len(self.lengths)
        return columns + len(self.term) // 2 + 4


def cut(index: InvertedIndex) -> list[Shard]:
    """Splits all terms into shards, in order. There is at least one, even without terms."""
    shards: list[Shard] = []
    last = ""
    for terms in _ranges(index, shard_size(index.document_count)):
        first = shortest_between(last, terms[0].term) if shards else ""
        shards.append(Shard(first, _parts(terms)))
        last = terms[-1].term
    return shards or [Shard("", _parts([]))]


def shard_size(document_count: int) -> int:
    """Returns the size of shards before compression in bytes.

    It grows more slowly than the corpus, so the table does, too.
    """
    return max(_MIN_SHARD, min(_MAX_SHARD, int(10 * document_count**0.5)))


def _ranges(index: InvertedIndex, size: int) -> Iterator[list[_Term]]:
    gathered: list[_Term] = []
    room = size
    for name in index.terms:
        term = _term(index, name)
        if gathered and room < term.size:
            yield gathered
            gathered, room = [], size
        gathered.append(term)
        room -= term.size
    if gathered:
        yield gathered


def _term(index: InvertedIndex, term: str) -> _Term:
    mask = 0
    counts: list[int] = []
    columns: list[tuple[bytes, bytes, bytes]] = []
    for place, of in enumerate(index.postings):
        if postings := of.get(term):
            mask |= 1 << place
            counts.append(len(postings))
            columns.append(_columns(index, place, postings))
    joined = columns[0] if len(columns) == 1 else map(b"".join, zip(*columns, strict=True))
    return _Term(term, mask, tuple(counts), *joined)


def _columns(index: InvertedIndex, place: int, postings: array[int]) -> tuple[bytes, bytes, bytes]:
    numbers, counts = unpack(postings)
    lengths = index.lengths[place]
    if len(numbers) == 1:  # most terms are rare
        length = b"" if FIELDS[place].long else packed_number(lengths[numbers[0]] - 1)
        return packed_number(numbers[0]), packed_number(counts[0] - 1), length
    return (
        packed(gaps(numbers)),
        packed([count - 1 for count in counts]),
        b"" if FIELDS[place].long else packed([lengths[number] - 1 for number in numbers]),
    )


def _parts(terms: Sequence[_Term]) -> tuple[bytes, bytes, bytes, bytes]:
    return (
        _head(terms),
        b"".join(term.documents for term in terms),
        b"".join(term.frequencies for term in terms),
        b"".join(term.lengths for term in terms),
    )


def _head(terms: Sequence[_Term]) -> bytes:
    names = ["", *(term.term for term in terms)]
    shared = [_shared(a, b) for a, b in pairwise(names)]
    rests = "\n".join(name[n:] for name, n in zip(names[1:], shared, strict=True)).encode()
    units = (_units(name[:n]) for name, n in zip(names[1:], shared, strict=True))
    return b"".join(
        (
            packed((len(terms), *units, len(rests))),
            rests,
            packed(term.mask for term in terms),
            packed(count for term in terms for count in term.counts),
        )
    )


def _shared(a: str, b: str) -> int:
    """Returns the number of characters at the start that two texts share."""
    length = min(len(a), len(b))
    while a[:length] != b[:length]:
        length -= 1
    return length


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-be")) // 2


def shortest_between(last: str, first: str) -> str:
    """Returns the shortest start of `first` that sorts after `last`, which is before `first`."""
    return first[: _shared(last, first) + 1]
