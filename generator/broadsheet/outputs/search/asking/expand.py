"""Finds terms of the index for the beginning of a word, and for unfinished or misspelled words."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence

from broadsheet.outputs.search.analysis import Analyzer
from broadsheet.outputs.search.asking.index import SearchIndex, Term
from broadsheet.outputs.search.languages import ENGLISH

_LETTERS = string.ascii_lowercase + string.digits
_SHORTEST_HALF = 2
_SHORTEST_MISSPELT = 5
_THREE_LETTERS = re.compile("[a-z]{3}")
_ENDINGS = (
    *("ing", "ed", "er", "ers", "ation", "ations", "ization", "ment", "ments", "ness", "ity"),
    *("ive", "able", "al", "ally", "ical", "ance", "ence", "ant", "ent", "ous", "ful"),
)


def expand(index: SearchIndex, name: str) -> list[Term]:
    """Returns the terms for a term of a clause. An asterisk at its end stands for any ending."""
    if name.endswith("*"):
        return index.starting_with(name[:-1])
    return [*index.terms([name]).values()]


def finished(analyzer: Analyzer, word: str) -> Sequence[str]:
    """Returns stems of the words that an unfinished word may become.

    "reasonin" needs them, because terms are stems and no term begins with it.
    """
    if analyzer.language.stem != ENGLISH.stem:
        return [analyzer.stem(word)]
    stems = (
        analyzer.stem(word + ending[size:])
        for ending in _ENDINGS
        for size in range(1, len(ending))
        if word.endswith(ending[:size])
    )
    return [*dict.fromkeys(stems)]


def misspelt(index: SearchIndex, word: str) -> list[str]:
    """Returns the terms of the index that a word may mean if one of its letters is wrong.

    A wrong letter leaves one half of the stem intact, so two places of the sorted terms are enough.
    """
    stem = index.analyzer.stem
    stemmed = stem(word)
    half = len(stemmed) // 2
    tail = stemmed[half + 1 :]
    is_long = len(word) >= _SHORTEST_MISSPELT and _THREE_LETTERS.search(word)
    if not is_long or half < _SHORTEST_HALF:
        return []
    near = set(index.spelled("forward", stemmed[:half]))
    if len(tail) >= _SHORTEST_HALF:
        near |= {term[::-1] for term in index.spelled("backward", tail[::-1])}
    found = (sorted(set(map(stem, words)) & near) for words in _one_letter_off(word))
    return next(filter(None, found), [])


def _one_letter_off(word: str) -> tuple[set[str], set[str]]:
    """Returns words that a word may mean.

    First those with a letter added, left out or swapped with its neighbor, then, as they're less
    likely, those with a letter changed.
    """
    moved: set[str] = set()
    changed: set[str] = set()
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        moved.add(before + after[1:])
        if len(after) > 1:
            moved.add(before + after[1] + after[0] + after[2:])
        moved.update(before + letter + after for letter in _LETTERS)
        changed.update(before + letter + after[1:] for letter in _LETTERS)
    return moved, changed
