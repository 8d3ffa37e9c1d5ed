"""The inverted index: which documents contain each term, how often, and how long fields are."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from broadsheet.outputs.search.analysis import Analyzer
from broadsheet.outputs.search.document import FIELDS
from broadsheet.outputs.search.packing import in_script_order

# A posting is one number: the document's number, then this many bits for the frequency.
_COUNT_BITS = 16
_HIGHEST_COUNT = (1 << _COUNT_BITS) - 1


@dataclass(frozen=True)
class InvertedIndex:
    """Terms and where they occur. Fields are in the order of `FIELDS`.

    Attributes:
        document_count: The number of documents.
        postings: For each field, an array by term with a posting per document (see `unpack`).
        lengths: For each field, the number of terms in each document.
    """

    document_count: int
    postings: tuple[dict[str, array[int]], ...]
    lengths: tuple[array[int], ...]

    @cached_property
    def terms(self) -> list[str]:
        """All terms of all fields, sorted."""
        return in_script_order(set().union(*self.postings))


def unpack(postings: Iterable[int]) -> tuple[list[int], list[int]]:
    """Returns the numbers of the documents of postings, and how often the term occurs in each."""
    return (
        [posting >> _COUNT_BITS for posting in postings],
        [posting & _HIGHEST_COUNT for posting in postings],
    )


def invert(texts: Sequence[Sequence[str]], analyzer: Analyzer) -> InvertedIndex:
    """Returns the inverted index of the texts of documents, a text for each field."""
    postings: tuple[dict[str, array[int]], ...] = tuple(
        defaultdict(lambda: array("Q")) for _ in FIELDS
    )
    lengths = tuple(array("L") for _ in FIELDS)
    for number, of_document in enumerate(texts):
        fields = zip(postings, lengths, of_document, strict=True)
        for of_field, lengths_of_field, text in fields:
            terms = analyzer.terms(text)
            lengths_of_field.append(len(terms))
            before = number << _COUNT_BITS
            for term, count in counted(terms):
                of_field[term].append(before | count)
    return InvertedIndex(len(texts), postings, lengths)


def array_of(counts: Mapping[int, int]) -> array[int]:
    """Returns postings from how often a term occurs in each document."""
    return array("Q", (n << _COUNT_BITS | count for n, count in sorted(counts.items())))


def counted(terms: Sequence[str]) -> Iterable[tuple[str, int]]:
    """Returns how often each term occurs, as far as postings can tell."""
    counts = Counter(terms).items()
    if len(terms) <= _HIGHEST_COUNT:
        return counts
    return [(term, min(count, _HIGHEST_COUNT)) for term, count in counts]
