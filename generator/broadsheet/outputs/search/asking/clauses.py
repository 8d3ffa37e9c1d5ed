"""Turns the words of a query into clauses for `rank`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from broadsheet.outputs.search.asking.expand import misspelt
from broadsheet.outputs.search.asking.index import SearchIndex
from broadsheet.outputs.search.asking.query import Query, Word
from broadsheet.outputs.search.asking.rank import Clause
from broadsheet.outputs.search.asking.words import Group

_BOOST_OF_EXACT = 3
_BOOST_OF_JOINED = 2


@dataclass(frozen=True)
class Way:
    """How to look words up.

    Attributes:
        known: The terms that the index knows.
        presence: Whether a paper needs all words ("required") or any of them ("optional").
        corrected: What to use for groups of words that no paper has, as they're spelled.
    """

    known: AbstractSet[str]
    presence: str
    corrected: Mapping[Group, tuple[str, ...]] = field(default_factory=dict)


def clauses_for(query: Query, way: Way) -> tuple[Clause, ...]:
    """Returns the clauses of a query, none if no paper can have what it asks for."""
    clauses: list[Clause] = []
    for word in query.words:
        for place in range(len(word.groups)):
            made = _of_group(query, word, place, way)
            if made is None:
                return ()
            clauses += made
        if word.joined in way.known:
            clauses.append(Clause((word.joined,), word.fields, "optional", _BOOST_OF_JOINED))
    is_only_exclusion = all(clause.presence == "prohibited" for clause in clauses)
    return () if is_only_exclusion and any(query.wanted) else tuple(clauses)


def _of_group(query: Query, word: Word, place: int, way: Way) -> list[Clause] | None:
    """Returns the clauses of a group, or None if it's required and no paper has it."""
    exact = tuple(name for name in word.groups[place] if name in way.known)
    prefix = word.prefix if place == len(word.groups) - 1 else ""
    presence = _presence(query, word, prefix, way)
    if prefix:
        terms = (*(name for name in exact if not name.startswith(prefix)), f"{prefix}*")
    else:
        terms = exact or way.corrected.get(word.spelled[place], ())
    if not terms:
        return None if presence == "required" else []
    clauses = [Clause(terms, word.fields, presence, is_word=not word.excluded)]
    if prefix and exact:
        clauses.append(Clause(exact, word.fields, "optional", _BOOST_OF_EXACT))
    return clauses


def _presence(query: Query, word: Word, prefix: str, way: Way) -> str:
    if word.excluded:
        return "prohibited"
    return "optional" if _is_too_short(query, word) and not prefix else way.presence


def _is_too_short(query: Query, word: Word) -> bool:
    """Returns whether the last word may be too short, being unfinished, to decide on results."""
    others = (other for other in query.wanted if other is not word)
    return query.is_unfinished and word is query.words[-1] and any(True for _ in others)


def corrections(
    index: SearchIndex, query: Query, known: AbstractSet[str]
) -> Mapping[Group, tuple[str, ...]]:
    """Returns the terms that differ in one letter for each group of words that no paper has."""
    return {
        spelled: tuple(term for word in spelled for term in misspelt(index, word))
        for spelled in _unknown(query, known)
    }


def _unknown(query: Query, known: AbstractSet[str]) -> Iterator[Group]:
    for word in query.wanted:
        for group, spelled in zip(word.groups, word.spelled, strict=True):
            if known.isdisjoint(group):
                yield spelled
