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
# The word before a place, and the word after it. Words are shorter than this.
_BEFORE, _AFTER, _LONGEST = re.compile(r"([^\W_]+)[ -]$"), re.compile(r"[ -]([^\W_]+)"), 40


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
        """Whether a phrase in lowercase stands in the text."""
        return next(self.places(phrase), -1) >= 0

    def is_whole(self, start: int, end: int) -> bool:
        """Whether what is between two places isn't part of a longer word or compound."""
        return not (_joins(self.folded[start - 1 : start]) or _joins(self.folded[end : end + 1]))

    def has_name(self, word: str) -> bool:
        """Whether the text, apart from its title, has a capitalized word inside a sentence."""
        return word[0].isupper() and any(
            self.text[place : place + len(word)] == word and self.text[place - 2].islower()
            for place in self.places(word.lower())
            if place > self._body
        )


def _joins(character: str) -> bool:
    return bool(character) and (
        character.isalnum() or character in "-_'\N{HYPHEN}\N{RIGHT SINGLE QUOTATION MARK}"
    )


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
            if len(re.split("[ -]", text[start:end])) > _MOST_WORDS:
                start, end = place, place + len(phrase)
            if self.one.is_whole(start, end):
                found = max(found, text[start:end], key=len)
            place = text.find(phrase, place + len(phrase))
        return found

    def _extended(self, start: int, end: int) -> tuple[int, int]:
        """Returns where the part of the first text that the other has, too, starts and ends."""
        text = self.one.folded
        while True:
            before = _BEFORE.search(text, max(0, start - _LONGEST), start)
            after = _AFTER.match(text, end)
            if before and self._has_longer(before[1], text[before.start() : end]):
                start = before.start()
            elif after and self._has_longer(after[1], text[start : after.end()]):
                end = after.end()
            else:
                return start, end

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
