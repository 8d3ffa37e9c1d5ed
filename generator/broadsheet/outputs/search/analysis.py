"""Text in, terms out: the same terms, in the same order, as lunr.py with `COMPOUNDS` before
its own trimmer, stop words and stemmer (see `whole.py`), several times faster because what a
word becomes is remembered.

Case and accents do not matter. A compound gives its parts and its joined form ("GPT-4" is
gpt, 4 and gpt4; "pre-training" is pre, train and pretrain), and a number that follows a word
is joined to it as well ("GPT 4"). The browser's half of this is browser/analysis.js.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from lunr.stemmer import PorterStemmer
from lunr.stop_word_filter import WORDS

STOP_WORDS = frozenset(WORDS)

# Letters that Unicode does not take apart into a plain letter and a mark, and final sigma.
_PLAIN = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ħ": "h",
        "\u0131": "i",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "\u03c2": "\u03c3",
    }
    | {"æ": "ae", "œ": "oe"}
)
# A possessive ending falls, any other apostrophe closes up.
_APOSTROPHE = re.compile(r"['’\u02bc](?:s(?![^\W_]))?")
_PART = r"[^\W_]+(?:(?<=[0-9])\.(?=[0-9])[^\W_]+)*"
_COMPOUND = re.compile(rf"{_PART}(?:[-\u2010\u2013*^&]{_PART})*")
_PARTS = re.compile(_PART)
_VERSIONED = re.compile(r"([0-9]{4}\.[0-9]{4,5})v[0-9]+")
_LETTERS = re.compile(r"[a-z]+")
_LETTERS_DIGITS = re.compile(r"([a-z]{2,})([0-9].*)")
_SHORT_NUMBER = re.compile(r"[0-9]{1,3}(?![0-9]).*")
_LAST_WORD = re.compile(r"(?<![^\W_])[a-z]{2,}$")
_HAS_LETTER = re.compile(r"[a-z]")
_LONGEST_JOIN = 4


def fold(text: str) -> str:
    """`text` in lower case, without accents and apostrophes."""
    lowered = text.lower()
    if not lowered.isascii():
        marked = unicodedata.normalize("NFKD", lowered)
        plain = "".join(c for c in marked if unicodedata.category(c) != "Mn")
        lowered = plain.lower().translate(_PLAIN)
    return _APOSTROPHE.sub("", lowered)


def words_of(raw: str) -> tuple[str, ...]:
    """The words, not yet stemmed, of a run of characters without white space."""
    return tuple(
        word
        for compound in _COMPOUND.findall(fold(raw))
        for word in _compound_words(_PARTS.findall(compound))
    )


def number_joined(before: str, raw: str) -> str | None:
    """ "gpt4" for "GPT" before "4"; None unless a short number follows a word directly."""
    number = _leading_number(raw)
    word = _LAST_WORD.search(fold(before)) if number else None
    return word[0] + number if number and word and word[0] not in STOP_WORDS else None


def _leading_number(raw: str) -> str | None:
    part = _PARTS.match(fold(raw))
    return part[0] if part and _SHORT_NUMBER.fullmatch(part[0]) else None


def _compound_words(parts: list[str]) -> Iterator[str]:
    for part in parts:
        yield from _part_words(part)
    if len(parts) > 1:
        yield from dict.fromkeys((*_numbered(parts), *_joined(parts)))


def _part_words(part: str) -> tuple[str, ...]:
    if versioned := _VERSIONED.fullmatch(part):
        return (versioned[1],)
    if split := _LETTERS_DIGITS.fullmatch(part):
        return (split[1], split[2], part)
    return (part,)


def _numbered(parts: list[str]) -> Iterator[str]:
    for word, number in pairwise(parts):
        if _LETTERS.fullmatch(word) and _SHORT_NUMBER.fullmatch(number):
            yield word + number


def _joined(parts: list[str]) -> Iterator[str]:
    joined = "".join(parts)
    if len(parts) <= _LONGEST_JOIN and _HAS_LETTER.search(joined):
        yield joined


class Analyzer:
    """Turns texts into terms and remembers every word that it met."""

    def __init__(self) -> None:
        self._terms: dict[str, tuple[str, ...]] = {}
        self._stems: dict[str, str] = {}
        self._numbers: set[str] = set()
        self._stemmer = PorterStemmer()

    def terms(self, text: str) -> list[str]:
        """The terms of `text`, repetitions included, in order."""
        terms: list[str] = []
        known, numbers = self._terms, self._numbers
        before = ""
        for raw in text.split():
            found = known.get(raw)
            if found is None:
                found = self._learn(raw)
            if raw in numbers and (joined := number_joined(before, raw)):
                terms.append(self.stem(joined))
            terms.extend(found)
            before = raw
        return terms

    def stem(self, word: str) -> str:
        """The stem that lunr.py gives a word in lower case."""
        found = self._stems.get(word)
        if found is None:
            found = self._stems[word] = self._stemmer.stem(word)
        return found

    def _learn(self, raw: str) -> tuple[str, ...]:
        if _leading_number(raw):
            self._numbers.add(raw)
        words = words_of(raw)
        terms = tuple(self.stem(word) for word in words if word not in STOP_WORDS)
        self._terms[raw] = terms
        return terms
