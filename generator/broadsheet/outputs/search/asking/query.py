"""Parses what a person asks for into words, phrases, exclusions, fields and filters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from broadsheet.outputs.search.analysis import Analyzer
from broadsheet.outputs.search.asking.words import (
    Group,
    asked,
    is_unspaced,
    number_joined,
    phrase_words,
    pieces,
)
from broadsheet.outputs.search.table import SearchedField

_SHAPES = {
    "year": (re.compile(r"\d{4}", re.ASCII), "a year. Write year:2023 or year:2023..2024."),
    "week": (re.compile(r"\d{4}-W\d{2}", re.ASCII), "a week. Write week:2024-W12."),
}
_SHORTEST_PREFIX = 3


@dataclass(frozen=True)
class Word:
    """A word of a query.

    Attributes:
        groups: Terms. A paper needs one of each group.
        spelled: The same groups as the person spelled them.
        joined: A term that improves the score, or "".
        prefix: The beginning of an unfinished word, or "".
        fields: Places of fields, or None for all.
        excluded: Whether papers must not have it.
    """

    groups: tuple[Group, ...]
    spelled: tuple[Group, ...]
    joined: str = ""
    prefix: str = ""
    fields: tuple[int, ...] | None = None
    excluded: bool = False

    @property
    def terms(self) -> tuple[str, ...]:
        """All terms that it asks for."""
        return tuple(term for group in (*self.groups, (self.joined,)) for term in group if term)


@dataclass(frozen=True)
class Phrase:
    """Words that a paper must have, or not have, one after the other."""

    words: str
    text: str
    field: str
    excluded: bool


@dataclass(frozen=True)
class Filter:
    """Years or weeks that papers must be from, or not be from. Either end can be ""."""

    kind: str
    first: str
    last: str
    excluded: bool


@dataclass(frozen=True)
class Query:
    """A parsed query.

    Attributes:
        words: Its words.
        phrases: Its phrases.
        filters: Its years and weeks.
        notices: What can't be understood.
        is_unfinished: Whether the last word may go on.
    """

    words: tuple[Word, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    filters: tuple[Filter, ...] = ()
    notices: tuple[str, ...] = ()
    is_unfinished: bool = field(default=False)

    @property
    def wanted(self) -> Iterator[Word]:
        """The words that aren't excluded."""
        return (word for word in self.words if not word.excluded)


@dataclass(frozen=True)
class _Piece:
    """A word or a phrase as it's written."""

    value: str
    field: str
    excluded: bool
    is_quoted: bool

    @property
    def plain_word(self) -> str:
        """The word, or "" if it's quoted, excluded or limited to a field."""
        return "" if self.is_quoted or self.excluded or self.field else self.value


def parse(
    text: str, analyzer: Analyzer, fields: Sequence[SearchedField], *, is_unfinished: bool = False
) -> Query:
    """Parses a query.

    Args:
        text: What a person has written.
        analyzer: The analyzer of the index.
        fields: The fields of the index.
        is_unfinished: Whether the last word may go on.
    """
    is_unfinished = is_unfinished and text == text.rstrip()
    names = [name for one in fields for name in one["asked"]]
    found = list(_pieces(text, names))
    query = Query(is_unfinished=is_unfinished)
    for place, piece in enumerate(found):
        if _is_bare_name(piece, names):
            continue
        before = found[place - 1].plain_word if place else ""
        parser = _Parser(analyzer, fields, before, is_unfinished and place == len(found) - 1)
        query = parser.added(query, piece)
    return query


def _pieces(text: str, names: Sequence[str]) -> Iterator[_Piece]:
    choices = "|".join([*names, *_SHAPES])
    pattern = re.compile(rf'(-?)(?:({choices}):)?(?:"([^"]*)(?:"|\Z)|(\S+))', re.IGNORECASE)
    for found in pattern.finditer(text):
        sign, name, quoted, word = found.groups()
        value, is_quoted = (word, False) if quoted is None else (quoted, True)
        yield _Piece(value, (name or "").lower(), sign == "-", is_quoted)


def _is_bare_name(piece: _Piece, names: Sequence[str]) -> bool:
    known = [f"{name}:" for name in (*names, *_SHAPES)]
    return not piece.is_quoted and piece.value.lower().removeprefix("-") in known


@dataclass(frozen=True)
class _Parser:
    """Adds a piece to a query.

    Attributes:
        analyzer: The analyzer of the index.
        fields: The fields of the index.
        before: The plain word before the piece, or "".
        is_unfinished: Whether the piece may go on.
    """

    analyzer: Analyzer
    fields: Sequence[SearchedField]
    before: str
    is_unfinished: bool

    def added(self, query: Query, piece: _Piece) -> Query:
        """Returns the query with a piece."""
        is_week = _SHAPES["week"][0].fullmatch(piece.value.upper())
        kind = piece.field or ("week" if is_week else "")
        if kind in _SHAPES:
            return _with_filter(query, kind, piece)
        if piece.is_quoted and not self._is_word(piece.value):
            return self._with_phrase(query, piece)
        return self._with_word(query, piece)

    def _is_word(self, quoted: str) -> bool:
        """Whether quotation marks are around a single word."""
        parts = pieces(self.analyzer, quoted)
        is_unspaced_run = any(is_unspaced(self.analyzer, part) for part in parts)
        return len(quoted.split()) < 2 and not is_unspaced_run

    def _with_word(self, query: Query, piece: _Piece) -> Query:
        spelled = tuple(asked(self.analyzer, piece.value))
        groups = self._stems(spelled)
        if not groups:
            return query
        is_free = self.before and not piece.is_quoted and not piece.field and not piece.excluded
        word = Word(
            # Excluding "fine-tuning" must not exclude all papers with "fine".
            groups=((groups[-1][-1],),) if piece.excluded else groups,
            spelled=spelled,
            joined=number_joined(self.analyzer, self.before, piece.value) if is_free else "",
            prefix="" if piece.excluded else self._prefix(spelled),
            fields=self._places(piece.field),
            excluded=piece.excluded,
        )
        return replace(query, words=(*query.words, word))

    def _stems(self, groups: Sequence[Group]) -> tuple[Group, ...]:
        return tuple(tuple(map(self.analyzer.stem, group)) for group in groups)

    def _prefix(self, spelled: Sequence[Group]) -> str:
        """Returns the unfinished word, or "" if it's too short.

        A single character of a script without spaces counts as unfinished, as terms are pairs.
        """
        word = spelled[-1][-1]
        if is_unspaced(self.analyzer, word):
            return word if len(word) == 1 else ""
        return word if self.is_unfinished and len(word) >= _SHORTEST_PREFIX else ""

    def _places(self, name: str) -> tuple[int, ...] | None:
        places = (place for place, one in enumerate(self.fields) if name in one["asked"])
        return tuple(places) or None

    def _with_phrase(self, query: Query, piece: _Piece) -> Query:
        value = piece.value
        spelled = tuple(group for word in value.split() for group in asked(self.analyzer, word))
        if not piece.excluded and not spelled:
            notice = f"“{value}” has only very common words, which search leaves out."
            return replace(query, notices=(*query.notices, notice))
        words = phrase_words(self.analyzer, value)
        phrase = Phrase(words, value, piece.field, piece.excluded)
        query = replace(query, phrases=(*query.phrases, phrase))
        if piece.excluded:
            return query
        word = Word(self._stems(spelled), spelled, fields=self._places(piece.field))
        return replace(query, words=(*query.words, word))


def _with_filter(query: Query, kind: str, piece: _Piece) -> Query:
    shape, expected = _SHAPES[kind]
    ends = piece.value.upper().split("..")
    is_known = len(ends) <= 2 and any(ends) and all(not end or shape.fullmatch(end) for end in ends)
    if not is_known:
        notice = f"“{piece.value}” isn’t {expected}"
        return replace(query, notices=(*query.notices, notice))
    found = Filter(kind, ends[0], ends[-1], piece.excluded)
    return replace(query, filters=(*query.filters, found))
