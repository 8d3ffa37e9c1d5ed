"""Why two papers are related: phrases that stand in the texts of both, as they're written there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from broadsheet.edition.stop_words import VAGUE_WORDS
from broadsheet.edition.terms import Spelled

# Enough to show why two papers are related.
MOST_REASONS = 4
# Longer phrases that two papers share are sentences rather than names of things.
_MOST_WORDS = 5
_SHORTEST_WORD = 4
# Words that say little without others, by their endings: "mainly", "improved", "generate",
# "sequential".
_NOT_ALONE = ("ly", "ed", "ing", "al", "ive", "ous", "ful", "able", "ible", "ate", "ize", "est")
# Last words of phrases that aren't names of things: "performs comparably", "fall behind".
_NOT_LAST = re.compile(r"[ -](?:[a-z]+ly|back|behind|down|off|out|up|well)$")
# The word at the end of a text, and the word after a place. Words are shorter than this.
_LAST, _AFTER, _LONGEST = re.compile(r"[^\W_]+\Z"), re.compile(r"[ -]([^\W_]+)"), 40
# What joins the parts of a compound, besides letters and digits.
_JOINTS = frozenset("-_'\N{HYPHEN}\N{RIGHT SINGLE QUOTATION MARK}")


class PrintedText:
    """A text that begins with a title on a line, and where words and phrases stand in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.title = text.partition("\n")[0]
        # Titles capitalize what isn't a name. They may be repeated.
        self._body = text.rfind(self.title) + len(self.title) + 1
        lowered = text.lower()
        # A few letters become two in lowercase, so that places would differ.
        self.folded = lowered if len(lowered) == len(text) else text

    def places(self, phrase: str) -> Iterator[int]:
        """Yields where a phrase in lowercase stands as whole words, outside of compounds."""
        place = self.folded.find(phrase)
        while place >= 0:
            if self.is_whole(place, place + len(phrase)):
                yield place
            place = self.folded.find(phrase, place + 1)

    def has(self, phrase: str) -> bool:
        """Whether a phrase in lowercase stands in the text, as `places` would tell."""
        place = self.folded.find(phrase)
        while place >= 0:
            if self.is_whole(place, place + len(phrase)):
                return True
            place = self.folded.find(phrase, place + 1)
        return False

    def is_whole(self, start: int, end: int) -> bool:
        """Whether what is between two places isn't part of a longer word or compound."""
        before, after = self.folded[start - 1 : start], self.folded[end : end + 1]
        return not (before.isalnum() or after.isalnum() or before in _JOINTS or after in _JOINTS)

    def has_name(self, word: str) -> bool:
        """Whether the text, apart from its title, has a capitalized word inside a sentence."""
        return word[0].isupper() and any(
            self.text[place : place + len(word)] == word and self.text[place - 2].islower()
            for place in self.places(word.lower())
            if place > self._body
        )


def _word_before(text: str, place: int) -> str:
    """Returns the word before a place that follows a space or hyphen, or ""."""
    if text[place - 1 : place] not in (" ", "-"):
        return ""
    last = text[max(0, place - _LONGEST) : place - 1].rpartition(" ")[2]
    if last.isalnum():  # as almost always
        return last
    found = _LAST.search(last)
    return found[0] if found else ""


@dataclass(frozen=True)
class Pair:
    """The texts of two papers, and words that aren't part of a phrase."""

    one: PrintedText
    other: PrintedText
    stops: AbstractSet[str]

    def reasons(self, candidates: Iterable[Spelled]) -> Iterator[str]:
        """Yields up to `MOST_REASONS` phrases that stand in both texts.

        Args:
            candidates: Words and pairs of words that both papers use, as the first one writes
                them, those that say most first.
        """
        shown: list[str] = []
        for found in candidates:
            phrase = self._phrase(found)
            if (
                not phrase
                or _NOT_LAST.search(phrase)
                or any(phrase in known or known in phrase for known in shown)
            ):
                continue
            shown.append(phrase)
            yield self._written(phrase)
            if len(shown) == MOST_REASONS:
                return

    def _phrase(self, found: Spelled) -> str:
        """Returns the phrase for a term in lowercase, or "" if it says too little."""
        phrase = found.text.lower()
        if not self.other.has(phrase):
            return ""
        longest = self._longest(phrase)
        return longest if longest != phrase or self._says_enough(found) else ""

    def _says_enough(self, found: Spelled) -> bool:
        """Whether a term names what papers have in common: a pair, a name, a noun of a title."""
        word, texts = found.text, (self.one, self.other)
        if found.words or not (word.islower() or word.istitle()):
            return True
        if all(text.has_name(word) for text in texts):
            return True
        word = word.lower()
        if len(word) < _SHORTEST_WORD or word in VAGUE_WORDS or word.endswith(_NOT_ALONE):
            return False
        return any(word in text.title.lower() for text in texts)

    def _longest(self, phrase: str) -> str:
        """Returns the longest phrase around one that both texts have, or "" if it isn't whole.

        The pair "augmented generation" becomes "retrieval-augmented generation".
        """
        text, found = self.one.folded, ""
        place = text.find(phrase)
        while place >= 0:
            start, end = self._extended(place, place + len(phrase))
            if text.count(" ", start, end) + text.count("-", start, end) >= _MOST_WORDS:
                start, end = place, place + len(phrase)
            if end - start > len(found) and self.one.is_whole(start, end):
                found = text[start:end]
            place = text.find(phrase, place + len(phrase))
        return found

    def _extended(self, start: int, end: int) -> tuple[int, int]:
        """Returns where the part of the first text that the other has, too, starts and ends."""
        text = self.one.folded
        while True:
            before = _word_before(text, start)
            longer = start - 1 - len(before)
            if before and self._has_longer(before, text[longer:end]):
                start = longer
                continue
            after = _AFTER.match(text, end)
            if not after or not self._has_longer(after[1], text[start : after.end()]):
                return start, end
            end = after.end()

    def _has_longer(self, word: str, phrase: str) -> bool:
        """Whether the other text has a phrase, too, that got longer by a word."""
        return word not in self.stops and self.other.has(phrase)

    def _written(self, phrase: str) -> str:
        """Returns a phrase as the texts write it, in lowercase if one of them does anywhere."""
        forms = [
            text.text[place : place + len(phrase)]
            for text in (self.one, self.other)
            for place in text.places(phrase)
        ]
        return phrase if phrase in forms else forms[0]
