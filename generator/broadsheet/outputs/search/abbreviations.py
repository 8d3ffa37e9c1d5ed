"""Abbreviations that papers use, such as "RAG" for "retrieval-augmented generation".

They're found in the papers themselves: where one is defined in parentheses, and where a paper that
uses one also has words with its initials.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from lunr.stop_word_filter import WORDS

from broadsheet.base.cache import Cache
from broadsheet.base.results import Results

_SHORT = r"[A-Z][A-Za-z]{0,6}[A-Z]"
_DEFINED = re.compile(rf"((?:[\w’']+[\s-]+){{1,9}}[\w’']+)\s\(({_SHORT})s?[),;]")
# Looking at what is before the first letter after finding one is faster than before each character.
_USED = re.compile(r"([A-Z](?<![\w-].)[A-Za-z]{0,6}[A-Z])(?:s|-|(?![\w-]))")
_WORD = re.compile(r"[^\W_]+")
_WORD_OR_END = re.compile(r"[^\W_]+|[.!?:;()]")
# Two letters are the initials of too many other words.
_GUESSED = range(3, 7)
# How many papers must use an abbreviation.
_FEWEST = 2
_STOPS = frozenset(WORDS)
# The share of the most frequent meaning among all. Ambiguous abbreviations mean nothing certain.
_CLEAR = 0.6
# An abbreviation in more papers than this share distinguishes none of them.
_COMMON = 0.2


class _Uses(NamedTuple):
    """The abbreviations in a text.

    Attributes:
        used: Those that it uses, in order.
        defined: Those that it defines, with their meanings.
        guessed: Those with words in the same text that have their initials, with these words.
    """

    used: tuple[str, ...]
    defined: tuple[tuple[str, str], ...]
    guessed: tuple[tuple[str, str], ...]


def _uses_in(text: str) -> _Uses:
    """Returns the abbreviations in a text."""
    used = tuple(dict.fromkeys(_USED.findall(text)))
    defined, guessed = _defined(text), _guessed(text, used)
    return _Uses(used, tuple(dict.fromkeys(defined)), tuple(dict.fromkeys(guessed)))


def abbreviations(texts: Iterable[str]) -> Mapping[str, str]:
    """Returns what abbreviations mean, in lowercase words: {"RAG": "retrieval augmented …"}.

    Args:
        texts: A text of each paper.
    """
    return _meanings(map(_uses_in, texts))


def words_beside(texts: Iterable[str], cache: Cache) -> list[str]:
    """Returns the words that should also find each of some texts, or "".

    Args:
        texts: A text of each paper.
        cache: Where results are kept for later builds.
    """
    kept, texts = Results(cache, "abbreviations"), list(texts)
    uses = [_uses(text, kept) for text in texts]
    known = Abbreviations(_meanings(uses))
    found = [
        _also(text, of_text.used, known, kept) for text, of_text in zip(texts, uses, strict=True)
    ]
    kept.keep()
    return found


def _uses(text: str, kept: Results) -> _Uses:
    key = _hash(text.encode(), b"")
    found = kept.get(key)
    if found is None:
        found = tuple(_uses_in(text))
        kept.put(key, found)
    return _Uses(*found)


def _also(text: str, used: Iterable[str], known: Abbreviations, kept: Results) -> str:
    key = _hash(text.encode(), known.digest)
    found: str | None = kept.get(key)
    if found is None:
        found = known.beside(text, used)
        kept.put(key, found)
    return found


def _hash(content: bytes, key: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16, key=key).digest()


def _meanings(papers: Iterable[_Uses]) -> Mapping[str, str]:
    defined: dict[str, Counter[str]] = defaultdict(Counter)
    guessed: dict[str, Counter[str]] = defaultdict(Counter)
    users: Counter[str] = Counter()
    count = 0
    for count, found in enumerate(papers, start=1):  # noqa: B007 - the last one is their number
        users.update(found.used)
        for short, words in found.defined:
            defined[short][words] += 1
        for short, words in found.guessed:
            guessed[short][words] += 1
    clear = dict(_clear({**guessed, **defined}))
    most = max(_COMMON * count, _FEWEST)
    return {short: clear[short] for short in sorted(clear) if _FEWEST <= users[short] <= most}


def _defined(text: str) -> Iterator[tuple[str, str]]:
    """Yields abbreviations that a text defines in parentheses, and their meanings."""
    if "(" not in text:
        return
    for before, short in _DEFINED.findall(text):
        words = _WORD.findall(before.lower())[-len(short) :]
        if _initials(words) == short.lower():
            yield short, " ".join(map(_singular, words))


def _initials(words: Iterable[str]) -> str:
    return "".join([word[0] for word in words])


def _guessed(text: str, used: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yields abbreviations in a text, and words in the same text that have their initials."""
    wanted = {short.lower(): short for short in used if len(short) in _GUESSED}
    if not wanted:
        return
    words = _WORD_OR_END.findall(text.lower())
    initials = _initials(words)  # with the ends of sentences, so that no run goes beyond one
    for letters, short in wanted.items():
        start = initials.find(letters)
        while start >= 0:
            run = words[start : start + len(letters)]
            if not {run[0], run[-1]} & _STOPS:
                yield short, " ".join(map(_singular, run))
            start = initials.find(letters, start + 1)


def _singular(word: str) -> str:
    """Returns "model" for "models", so that both count as the same words."""
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _clear(meanings: Mapping[str, Counter[str]]) -> Iterator[tuple[str, str]]:
    """Yields abbreviations with a meaning that is much more frequent than all others."""
    for short, counts in meanings.items():
        # In case of a tie, the order of the alphabet decides, not that of the papers.
        words, count = min(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        if count >= _CLEAR * counts.total():
            yield short, words


class Abbreviations:
    """What papers should also be found by."""

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self._meanings = meanings
        self._by_words = {words: short for short, words in meanings.items()}
        alternatives = "|".join(
            re.escape(words).replace(r"\ ", r"[\s-]+") for words in sorted(self._by_words)
        )
        self._words = re.compile(rf"\b(?:{alternatives})s?\b") if alternatives else None

    @cached_property
    def digest(self) -> bytes:
        """A hash of what abbreviations mean."""
        return _hash(repr(sorted(self._meanings.items())).encode(), b"")

    def also(self, text: str) -> str:
        """Returns the meanings of abbreviations in a text, and the abbreviations of its words."""
        return self.beside(text, _USED.findall(text))

    def beside(self, text: str, used: Iterable[str]) -> str:
        """Does what `also` does, if it's known which abbreviations a text uses."""
        shorts = dict.fromkeys(s for s in used if s in self._meanings)
        runs = self._words.findall(text.lower()) if self._words else ()
        words = dict.fromkeys(map(_spaced, runs))
        missing = [self._meanings[s] for s in shorts if self._meanings[s] not in words]
        found = (self._by_words.get(w) or self._by_words.get(_singular(w)) for w in words)
        return " ".join([*missing, *(short for short in found if short and short not in shorts)])


def _spaced(words: str) -> str:
    return " ".join(_WORD.findall(words))
