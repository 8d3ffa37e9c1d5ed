"""Text analysis: turning texts into the terms of the index.

In English, the terms are the same as those from lunr.py with `Analyzer.words` before its trimmer,
stop words and stemmer. This is several times faster, because it remembers the terms of each word.

Case and accents don't matter. A compound has the terms of its parts and of its joined form ("GPT-4"
is gpt, 4 and gpt4; "pre-training" is pre, train and pretrain). A number after a word is joined to
it as well ("GPT 4"). site_templates/browser/search/analysis.js does the same with these `RULES`.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, pairwise

from broadsheet.outputs.search.languages import ENGLISH, SearchLanguage

# A letter or digit in regular expressions of JavaScript and of Python.
_LETTER, _PYTHON_LETTER = r"[\p{L}\p{N}]", r"[^\W_]"
_PART = rf"{_LETTER}+(?:(?<=[0-9])\.(?=[0-9]){_LETTER}+)*"
# Regular expressions for JavaScript with the flag "u".
RULES: Mapping[str, str] = {
    # A possessive ending or any other apostrophe, which is removed.
    "apostrophe": rf"['’\u02bc](?:s(?!{_LETTER}))?",
    "part": _PART,
    "compound": rf"{_PART}(?:[-\u2010\u2013*^&]{_PART})*",
    "versioned": r"^([0-9]{4}\.[0-9]{4,5})v[0-9]+$",
    "letters": r"^[a-z]+$",
    "lettered": r"^([a-z]{2,})([0-9].*)$",
    "number": r"^[0-9]{1,3}(?![0-9])",
    "last": rf"(?<!{_LETTER})[a-z]{{2,}}$",
    # Scripts that need no spaces between words: Han, kana, Hangul.
    "unspaced": "[々〇\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323af]+",
}
# British spellings and what stands for them: a pattern for JavaScript and Python, and the American
# form. Both are only for finding words, so a word that isn't British may change, too, if that's the
# same everywhere.
SPELLINGS: Sequence[tuple[str, str]] = (
    (
        (
            "^((?!(?:com)?prom).+(?:[aeiu]l|[aeo]r|[ai]n|en|[io]m|[aeiou]t|nt|ic|gn|rn|[ae]s|og|rd|on"
            "|id))is(e|ed|es|er|ers|ing|ation|ations|able)$"
        ),
        "$1iz$2",
    ),
    ("^(anal|catal|dial|electrol|hydrol|paral)ys(e|ed|es|er|ers|ing)$", "$1yz$2"),
    (
        (
            "^(.*(?:arm|behavi|col|clam|endeav|fav|flav|harb|hon|hum|lab|neighb|rig|rum|sav|tum|val"
            "|vap|vig))our(.*)$"
        ),
        "$1or$2",
    ),
    ("^(.*(?:calib|cent|fib|lit|met|spect|theat))re(s)?$", "$1er$2"),
    ("^(.*(?:cent|met))red$", "$1ered"),
    ("^(def|lic|off|pret)ence(s|d)?$", "$1ense$2"),
    ("^(anal|catal|dial|homol|monol)ogue(s|d)?$", "$1og$2"),
    ("^(.*)(?:ae)(m.+|di.+|sth.+)$", "$1e$2"),
    ("^(mic?ro|sub)?programme(s)?$", "$1program$2"),
    ("^artefact(.*)$", "artifact$1"),
    ("^(.*)judgement(.*)$", "$1judgment$2"),
    ("^sceptic(.*)$", "skeptic$1"),
    ("^grey(.*)$", "gray$1"),
)
# Letters that Unicode doesn't decompose into a plain letter and an accent, and final sigma.
PLAIN: Mapping[str, str] = {
    **dict(zip("øłđħ\u0131ð\u03c2", "oldhid\u03c3", strict=True)),
    "þ": "th",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
}
# Compounds with more parts aren't indexed in their joined form.
LONGEST_JOIN = 4

PATTERNS = {name: re.compile(rule.replace(_LETTER, _PYTHON_LETTER)) for name, rule in RULES.items()}
_SPELLINGS = [
    (re.compile(pattern), re.sub(r"\$(\d)", r"\\g<\1>", american))
    for pattern, american in SPELLINGS
]
# Something that all of them need. Most words have none of it.
_BRITISH = re.compile(
    "is(?:e|ing|ation|able)|ys(?:e|ing)|our|re[sd]?$|ence|ogue|ae|programme|artefact|judgement"
    "|sceptic|grey"
)
_PLAIN = str.maketrans(dict(PLAIN))
_HAS_LETTER = re.compile(r"[a-z]")
# Punctuation around words that belongs to none. An apostrophe does.
_EDGES = string.punctuation.replace("'", "")


def plain(text: str) -> str:
    """Returns `text` in lowercase and without accents."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    marked = unicodedata.normalize("NFKD", lowered)
    without_marks = "".join(c for c in marked if unicodedata.category(c) != "Mn")
    return without_marks.lower().translate(_PLAIN)


def fold(text: str) -> str:
    """Returns `text` in lowercase, without accents and English apostrophes."""
    return PATTERNS["apostrophe"].sub("", plain(text))


def american(word: str) -> str:
    """Returns an English word in lowercase as Americans spell it."""
    for pattern, spelled in _SPELLINGS if _BRITISH.search(word) else ():
        found = pattern.match(word)
        if found:
            return found.expand(spelled)
    return word


class _Terms(dict[str, tuple[str, ...]]):
    """Terms by word, found when they're first asked for."""

    def __init__(self, find: Callable[[str], tuple[str, ...]]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> tuple[str, ...]:
        found = self[word] = self._find(word)
        return found


class Analyzer:
    """Turns texts into terms, and remembers the terms of every word."""

    def __init__(self, language: SearchLanguage = ENGLISH) -> None:
        self.language = language
        self._stop_words = {plain(word) for word in language.stop_words}
        self._terms = _Terms(self._learned)
        self._term_of: dict[str, str] = {}
        self._numbers: set[str] = set()
        self._joined: dict[tuple[str, str], str] = {}

    def terms(self, text: str) -> list[str]:
        """Returns the terms of a text in order, including repetitions."""
        words = self.spaced(text).split()
        found = list(map(self._terms.__getitem__, words))
        if not self._numbers.isdisjoint(words):
            self._join_numbers(words, found)
        return list(chain.from_iterable(found))

    def _join_numbers(self, words: Sequence[str], found: list[tuple[str, ...]]) -> None:
        """Adds the joined forms of numbers and the words before them to the terms of words."""
        for place in [n for n, word in enumerate(words) if word in self._numbers]:
            pair = words[place - 1], words[place]
            joined = self._joined.get(pair)
            if joined is None:
                word = self.number_joined(*pair)
                joined = self._joined[pair] = self._term(word) if word else ""
            if joined and place:
                found[place] = (joined, *found[place])

    def words(self, raw: str) -> tuple[str, ...]:
        """Returns the words, not yet stemmed, of a text without white space."""
        return tuple(
            word
            for compound in PATTERNS["compound"].findall(self.prepared(raw))
            for word in _compound_words(PATTERNS["part"].findall(compound))
        )

    def number_joined(self, before: str, raw: str) -> str | None:
        """Returns "gpt4" for "GPT" and "4", or None unless a short number follows a word."""
        number = self._leading_number(raw)
        word = PATTERNS["last"].search(self.prepared(before)) if number else None
        return word[0] + number if number and word and not self.is_stop_word(word[0]) else None

    def _term(self, word: str) -> str:
        """The term for a word in lowercase; "" for a stop word."""
        found = self._term_of.get(word)
        if found is None:
            found = "" if self.is_stop_word(word) else self.stem(word)
            self._term_of[word] = found
        return found

    def stem(self, word: str) -> str:
        """Returns the term for a word in lowercase, even if it's a stop word."""
        is_english = self.language.stem == ENGLISH.stem
        return plain(self.language.stem(american(word) if is_english else word))

    def prepared(self, raw: str) -> str:
        """Returns a text in the form that the stemmer of the language needs."""
        if self.language.keeps_accents:
            return unicodedata.normalize("NFKC", raw).lower()
        return fold(raw)

    def is_stop_word(self, word: str) -> bool:
        """Returns whether a word is too common to search for."""
        return plain(word) in self._stop_words

    def _leading_number(self, raw: str) -> str | None:
        part = PATTERNS["part"].match(self.prepared(raw))
        return part[0] if part and PATTERNS["number"].match(part[0]) else None

    def spaced(self, text: str) -> str:
        """Returns a text with spaces around writing that has none."""
        if not self.language.has_bigrams:
            return text
        return PATTERNS["unspaced"].sub(r" \g<0> ", unicodedata.normalize("NFKC", text))

    def _learned(self, raw: str) -> tuple[str, ...]:
        core = raw.strip(_EDGES)
        if core.isascii() and core.isalpha():  # so nothing has to be split or folded
            term = self._term(core.lower())
            return (term,) if term else ()
        if self._leading_number(raw):
            self._numbers.add(raw)
        return tuple(self._terms_of(raw))

    def _terms_of(self, raw: str) -> Iterator[str]:
        if self.language.has_bigrams and PATTERNS["unspaced"].match(raw):
            return bigrams(raw)
        return filter(None, map(self._term, self.words(raw)))


def bigrams(run: str) -> Iterator[str]:
    """Yields each character with the next one, and the last one alone.

    So any two adjacent characters are a term, and any character is the start of one.
    """
    return (run[n : n + 2] for n in range(len(run)))


def _compound_words(parts: list[str]) -> Iterator[str]:
    for part in parts:
        yield from _part_words(part)
    if len(parts) > 1:
        yield from dict.fromkeys((*_numbered(parts), *_joined(parts)))


def _part_words(part: str) -> tuple[str, ...]:
    if versioned := PATTERNS["versioned"].match(part):
        return (versioned[1],)
    if split := PATTERNS["lettered"].match(part):
        return (split[1], split[2], part)
    return (part,)


def _numbered(parts: list[str]) -> Iterator[str]:
    for word, number in pairwise(parts):
        if PATTERNS["letters"].match(word) and PATTERNS["number"].match(number):
            yield word + number


def _joined(parts: list[str]) -> Iterator[str]:
    joined = "".join(parts)
    if len(parts) <= LONGEST_JOIN and _HAS_LETTER.search(joined):
        yield joined
