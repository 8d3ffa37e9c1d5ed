"""Documents in, an inverted index out: who says which term, how often, and how long fields are."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from broadsheet.outputs.search.analysis import Analyzer
from broadsheet.outputs.search.document import FIELDS, SearchDocument, field_texts

_COUNT_BITS = 16
_HIGHEST_COUNT = (1 << _COUNT_BITS) - 1


@dataclass(frozen=True)
class InvertedIndex:
    """Terms and where they stand.

    `postings` has for each field, in the order of `FIELDS`, an array a term: a number a
    document, in order, holding the document's number and how often it says the term
    (`unpack`). `ranks` counts, for each term, the terms that are older and that its first
    document also introduced: lunr adds weights in the order in which terms were first met.
    `lengths` has for each field the number of terms of each document.
    """

    document_count: int
    postings: tuple[dict[str, array[int]], ...]
    ranks: dict[str, int]
    lengths: tuple[array[int], ...]


def unpack(posting: int) -> tuple[int, int]:
    """A posting's document and the frequency of the term in it."""
    return posting >> _COUNT_BITS, posting & _HIGHEST_COUNT


def invert(documents: Sequence[SearchDocument]) -> InvertedIndex:
    """The index of documents that are in search order."""
    analyzer = Analyzer()
    postings: tuple[dict[str, array[int]], ...] = tuple({} for _ in FIELDS)
    lengths = tuple(array("L", bytes(0)) for _ in FIELDS)
    ranks: dict[str, int] = {}
    for number, document in enumerate(documents):
        met_before = len(ranks)
        for of_field, lengths_of_field, text in zip(
            postings, lengths, field_texts(document), strict=True
        ):
            terms = analyzer.terms(text)
            lengths_of_field.append(len(terms))
            _add(of_field, ranks, met_before, number << _COUNT_BITS, Counter(terms))
    return InvertedIndex(len(documents), postings, ranks, lengths)


def _add(
    postings: dict[str, array[int]],
    ranks: dict[str, int],
    met_before: int,
    shifted_number: int,
    counts: Counter[str],
) -> None:
    for term, count in counts.items():
        of_term = postings.get(term)
        if of_term is None:
            of_term = postings[term] = array("Q")
            if term not in ranks:
                ranks[term] = len(ranks) - met_before
        of_term.append(shifted_number | min(count, _HIGHEST_COUNT))
