"""Terms as shards have them, packed and unpacked.

A shard has four parts, which are compressed separately. All numbers are packed. The first part:

    number of terms
    for each term   how many UTF-16 units it shares with the previous term
    length in bytes, then the rest of each term (UTF-8, separated by line feeds)
    for each term   one bit per field that contains it, the first field lowest
    for each term and field that contains it   number of documents

For each of the latter, the second part has the documents as gaps. The third part has how often the
term occurs in each of them, minus one. The fourth part has the length of the field in each of
them, minus one, unless the field is long.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice, pairwise
from typing import NamedTuple

from broadsheet.outputs.search.document import FIELDS
from broadsheet.outputs.search.inverted import InvertedIndex, unpack
from broadsheet.outputs.search.packing import gaps, packed, packed_number, unpacked

Parts = tuple[bytes, bytes, bytes, bytes]
_LONG = sum(1 << place for place, of_field in enumerate(FIELDS) if of_field.long)


class Term(NamedTuple):
    """A term with its packed columns.

    Attributes:
        name: The term.
        mask: One bit per field that contains it.
        counts: The number of documents, for each field that contains it.
        documents: The documents as gaps.
        frequencies: How often it occurs in each, minus one.
        lengths: The lengths of short fields in each, minus one.
    """

    name: str
    mask: int
    counts: tuple[int, ...]
    documents: bytes
    frequencies: bytes
    lengths: bytes

    @property
    def size(self) -> int:
        """About how many bytes it adds to a shard, before compression."""
        columns = len(self.documents) + len(self.frequencies) + len(self.lengths)
        return columns + len(self.name) // 2 + 4


def packed_term(index: InvertedIndex, name: str) -> Term:
    """Returns a term of an inverted index."""
    mask = 0
    counts: list[int] = []
    columns: list[tuple[bytes, bytes, bytes]] = []
    for place, of in enumerate(index.postings):
        if postings := of.get(name):
            mask |= 1 << place
            counts.append(len(postings))
            columns.append(_columns(index, place, postings))
    joined = columns[0] if len(columns) == 1 else map(b"".join, zip(*columns, strict=True))
    return Term(name, mask, tuple(counts), *joined)


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


def parts_of(terms: Sequence[Term]) -> Parts:
    """Returns the parts of the shard of sorted terms."""
    return (
        _head(terms),
        b"".join(term.documents for term in terms),
        b"".join(term.frequencies for term in terms),
        b"".join(term.lengths for term in terms),
    )


def _head(terms: Sequence[Term]) -> bytes:
    names = ["", *(term.name for term in terms)]
    shared = [shared_start(a, b) for a, b in pairwise(names)]
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


def shared_start(a: str, b: str) -> int:
    """Returns the number of characters at the start that two texts share."""
    length = min(len(a), len(b))
    while a[:length] != b[:length]:
        length -= 1
    return length


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-be")) // 2


def terms_of(parts: Parts) -> list[Term]:
    """Returns the terms of a shard from its parts."""
    head, *columns = parts
    numbers = unpacked(head)
    count = next(numbers)
    shared = list(islice(numbers, count))
    rests, numbers = _text_after(head, (count, *shared))
    masks = list(islice(numbers, count))
    counts = [tuple(islice(numbers, mask.bit_count())) for mask in masks]
    all_of = [sum(of) for of in counts]
    short = [_short(mask, of) for mask, of in zip(masks, counts, strict=True)]
    documents, frequencies, lengths = map(_split, columns, (all_of, all_of, short))
    names = _joined(shared, rests)
    return list(map(Term, names, masks, counts, documents, frequencies, lengths))


def postings_of(term: Term) -> dict[int, dict[int, int]]:
    """Returns how often a term occurs in each document, by field."""
    numbers, frequencies = unpacked(term.documents), unpacked(term.frequencies)
    places = [place for place in range(len(FIELDS)) if term.mask >> place & 1]
    found = {}
    for place, count in zip(places, term.counts, strict=True):
        documents = accumulate(islice(numbers, count), lambda last, gap: last + gap + 1)
        found[place] = dict(
            zip(documents, (less + 1 for less in islice(frequencies, count)), strict=True)
        )
    return found


def _text_after(head: bytes, numbers: Sequence[int]) -> tuple[list[str], Iterator[int]]:
    """Returns the lines of the text that follows packed numbers and its length, and the rest."""
    start = len(packed(numbers))
    size = next(unpacked(head[start:]))
    start += len(packed_number(size))
    lines = head[start : start + size].decode().split("\n")
    return lines, unpacked(head[start + size :])


def _joined(shared: Sequence[int], rests: Sequence[str]) -> Iterator[str]:
    last = ""
    for units, rest in zip(shared, rests, strict=False):
        kept = last if last.isascii() else last.encode("utf-16-be")[: 2 * units].decode("utf-16-be")
        last = kept[:units] + rest
        yield last


def _short(mask: int, counts: Sequence[int]) -> int:
    """Returns how many of the postings of a term have lengths."""
    places = [place for place in range(len(FIELDS)) if mask >> place & 1]
    return sum(n for place, n in zip(places, counts, strict=True) if not _LONG >> place & 1)


def _split(column: bytes, counts: Sequence[int]) -> Iterator[bytes]:
    """Yields parts of a column, each with so many packed numbers."""
    ends = [0, *(end for end, byte in enumerate(column, 1) if byte < 0x80)]
    for first, last in pairwise(accumulate(counts, initial=0)):
        yield column[ends[first] : ends[last]]
