"""The terms of texts: words, and pairs of adjacent words, so that "knowledge graph" is a term.

Terms are numbers, because a large corpus has millions of them: a hash of the word, without its
plural ending, or of both words. A pair's number is odd, a word's is even.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from broadsheet.edition.stop_words import JOINING_CHARACTERS, function_words, stop_words

# Chinese, Japanese and Korean.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_UNSPACED_RUN = re.compile(f"[{_UNSPACED}]+")
# What may be between the words of a pair: one of these characters. Everything else is a token, too.
_JOINTS = " -\N{HYPHEN}"
_TOKEN = re.compile(
    rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+|[^\w{re.escape(_JOINTS)}]+|_+|[{re.escape(_JOINTS)}]{{2,}}"
)
# Numbers are less than 2**32, and odd factors spread those of pairs over all of them.
_LAST, _FACTOR = 2**32 - 1, 0x9E3779B1
# Words whose numbers are remembered. The rest is rare.
_REMEMBERED = 200_000


class Spelled(NamedTuple):
    """A term as a text writes it, and the terms for its words if it's a pair."""

    text: str
    words: frozenset[int] = frozenset()


def is_pair(term: int) -> bool:
    """Whether a term is a pair of words."""
    return term & 1 == 1


class Terms:
    """Finds the terms of texts, mostly in one language ("de")."""

    def __init__(self, language: str) -> None:
        self.joining = function_words(language)
        self._numbers = _Numbers(stop_words(language))

    def count(self, text: str) -> Counter[int]:
        """Counts the terms in a text."""
        numbers = list(map(self._numbers.__getitem__, _TOKEN.findall(text)))
        silent = self._numbers.silent
        found = Counter([number for number in numbers if number not in silent])
        found.update(filter(None, _pairs(numbers)))
        if not text.isascii():
            found.update(_character_pairs(text))
        return found

    def spell(self, text: str, terms: Collection[int]) -> dict[int, Spelled]:
        """Returns terms as a text writes them, in lowercase if it does that anywhere.

        Pairs of characters aren't always words, so they are missing.
        """
        tokens = _TOKEN.findall(text)
        numbers = list(map(self._numbers.__getitem__, tokens))
        found: dict[int, Spelled] = {}
        for place in [place for place, number in enumerate(numbers) if number in terms]:
            _note(found, numbers[place], Spelled(tokens[place]))
        pairs = _pairs(numbers)
        for place in [place for place, pair in enumerate(pairs) if pair in terms]:
            form = _joined(text, tokens[place], tokens[place + 1])
            _note(found, pairs[place], Spelled(form, frozenset(numbers[place : place + 2])))
        return found


def _note(found: dict[int, Spelled], term: int, spelled: Spelled) -> None:
    """Notes how a term is written, unless it's known in lowercase already."""
    known = found.get(term)
    if known is None or (known.text != known.text.lower() and spelled.text == spelled.text.lower()):
        found[term] = spelled


def _joined(text: str, one: str, other: str) -> str:
    """Returns two words of a text with what is between them."""
    return next(form for joint in _JOINTS if (form := f"{one}{joint}{other}") in text)


class _Numbers(dict[str, int]):
    """The numbers of tokens. 0 stands for what isn't part of a term: stop words, punctuation.

    Numbers in `silent` are only terms together with another word.
    """

    def __init__(self, stopped: frozenset[str]) -> None:
        super().__init__()
        self._stopped = stopped
        self.silent = {0}

    def __missing__(self, token: str) -> int:
        if len(self) > _REMEMBERED:
            self.clear()
        folded = token.casefold()
        number = 0
        if token[0].isalnum() and folded not in self._stopped and not _UNSPACED_RUN.match(token):
            number = _number(_singular(folded))
            if len(folded) == 1 or folded.isdecimal():
                self.silent.add(number)
        self[token] = number
        return number


def _number(word: str) -> int:
    return zlib.crc32(word.encode()) & ~1


def _pairs(numbers: Sequence[int]) -> list[int]:
    """Returns the term for each number and the next one, or 0 if they aren't a pair of words."""
    return [
        (one * _FACTOR + other) & _LAST | 1 if one and other else 0
        for one, other in pairwise(numbers)
    ]


def _character_pairs(text: str) -> Iterator[int]:
    """Yields the pairs of characters in writing without spaces between words, as terms."""
    for run in _UNSPACED_RUN.findall(text):
        for pair in map("".join, pairwise(run)):
            if not JOINING_CHARACTERS & {*pair}:
                yield _number(pair)


def _singular(word: str) -> str:
    """Returns a word without its plural ending: "query" for "queries"."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and word[-2] not in "siu":
        return word[:-1]
    return word
