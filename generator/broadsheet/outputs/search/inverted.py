"""The inverted index: which documents contain each term, how often, and how long fields are."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from broadsheet.outputs.search.analysis import Analyzer
from broadsheet.outputs.search.document import FIELDS, SearchDocument, field_texts
from broadsheet.outputs.search.languages import SearchLanguage

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

    @property
    def terms(self) -> set[str]:
        """All terms of all fields."""
        return set().union(*self.postings)


def unpack(posting: int) -> tuple[int, int]:
    """Returns the number of a posting's document, and how often the term occurs in it."""
    return posting >> _COUNT_BITS, posting & _HIGHEST_COUNT


def invert(documents: Sequence[SearchDocument], language: SearchLanguage) -> InvertedIndex:
    """Returns the inverted index of documents, which must be in search order."""
    analyzer = Analyzer(language)
    postings: tuple[dict[str, array[int]], ...] = tuple(
        defaultdict(lambda: array("Q")) for _ in FIELDS
    )
    lengths = tuple(array("L") for _ in FIELDS)
    for number, document in enumerate(documents):
        fields = zip(postings, lengths, field_texts(document), strict=True)
        for of_field, lengths_of_field, text in fields:
            terms = analyzer.terms(text)
            lengths_of_field.append(len(terms))
            for term, count in Counter(terms).items():
                posting = number << _COUNT_BITS | min(count, _HIGHEST_COUNT)
                of_field[term].append(posting)
    return InvertedIndex(len(documents), postings, lengths)
