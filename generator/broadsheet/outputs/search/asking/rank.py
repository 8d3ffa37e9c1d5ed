"""Finds lunr's results in lunr's order with nothing but the postings of a query's terms."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from broadsheet.outputs.search.asking.expand import expand
from broadsheet.outputs.search.asking.index import Postings, SearchIndex, Term

# BM25's parameters as in lunr.
_K1 = 1.2
_B = 0.75


@dataclass(frozen=True)
class Clause:
    """Any of some terms in any of some fields.

    Attributes:
        terms: The terms. An asterisk at the end stands for any ending.
        fields: The places of the fields, or None for all.
        presence: "required", "optional" or "prohibited".
        boost: The factor for its weight.
        is_word: Whether it stands for a word of the query.
    """

    terms: tuple[str, ...]
    fields: tuple[int, ...] | None
    presence: str
    boost: int = 1
    is_word: bool = False


@dataclass(frozen=True)
class Ranking:
    """What clauses have found.

    Attributes:
        documents: The documents in the order of their numbers.
        scores: Their scores.
        terms: The terms of each clause.
    """

    documents: Sequence[int]
    scores: Mapping[int, float]
    terms: Sequence[Sequence[Term]]


def rank(index: SearchIndex, clauses: Sequence[Clause]) -> Ranking:
    """Runs clauses as `lunr.Index.query` does."""
    terms = [[term for name in clause.terms for term in expand(index, name)] for clause in clauses]
    allowed = _allowed(index, clauses, terms)
    scores: dict[int, float] = {}
    for field, boosts in enumerate(_boosts_by_field(index, clauses, terms)):
        _add_scores(index, field, boosts, allowed, scores)
    if all(clause.presence == "prohibited" for clause in clauses):
        return Ranking(sorted(allowed), dict.fromkeys(allowed, 0.0), terms)
    return Ranking(sorted(number for number in scores if scores[number]), scores, terms)


def words_met(
    index: SearchIndex, clauses: Sequence[Clause], terms: Sequence[Sequence[Term]]
) -> Mapping[int, int]:
    """Returns how many of the clauses that stand for a word each document matches."""
    found: Counter[int] = Counter()
    for clause, known in zip(clauses, terms, strict=True):
        if clause.is_word:
            found.update(_marked(known, _fields(index, clause)))
    return found


def best(
    documents: Iterable[int], scores: Mapping[int, float], words: Mapping[int, int] | None
) -> list[int]:
    """Sorts documents, the best first; equals stay in their order.

    With `words`, from `words_met`, those that have more of the words come first: as if lunr were
    asked for all of the words, then for all but one, and so on.
    """
    met = words or {}
    return sorted(documents, key=lambda number: (-met.get(number, 0), -scores.get(number, 0.0)))


def _fields(index: SearchIndex, clause: Clause) -> Sequence[int]:
    return range(len(index.table["fields"])) if clause.fields is None else clause.fields


def _marked(terms: Iterable[Term], fields: Sequence[int]) -> set[int]:
    """Returns the documents that have one of the terms in one of the fields."""
    return {n for term in terms for field in fields if field in term.of for n in term.of[field][0]}


def _allowed(
    index: SearchIndex, clauses: Sequence[Clause], terms: Sequence[Sequence[Term]]
) -> Collection[int]:
    """Returns the documents that have what is required and nothing that is prohibited."""
    allowed = set(range(index.table["documents"]))
    for clause, known in zip(clauses, terms, strict=True):
        if clause.presence != "optional":
            holds = _marked(known, _fields(index, clause))
            allowed = allowed & holds if clause.presence == "required" else allowed - holds
    return allowed


def _boosts_by_field(
    index: SearchIndex, clauses: Sequence[Clause], terms: Sequence[Sequence[Term]]
) -> list[dict[str, tuple[Term, int]]]:
    """Returns the terms to look up in each field, with the sum of their clauses' boosts."""
    boosts: list[dict[str, tuple[Term, int]]] = [{} for _ in index.table["fields"]]
    for clause, known in zip(clauses, terms, strict=True):
        if clause.presence == "prohibited":
            continue
        for field in _fields(index, clause):
            for term in known:
                _, before = boosts[field].get(term.name, (term, 0))
                boosts[field][term.name] = term, before + clause.boost
    return boosts


def _add_scores(
    index: SearchIndex,
    field: int,
    boosts: Mapping[str, tuple[Term, int]],
    allowed: Collection[int],
    scores: dict[int, float],
) -> None:
    """Adds the weights of a field's terms (BM25) to the scores of allowed documents."""
    table = index.table
    about = table["fields"][field]
    present = [(term, boost) for term, boost in boosts.values() if field in term.of]
    if not present:
        return
    lengths = index.lengths(field) if about["lengths"] >= 0 else None
    average = about["total"] / table["documents"]
    magnitude = math.hypot(*(boost for _, boost in boosts.values()))
    for term, boost in present:
        postings = term.of[field]
        factor = about["boost"] * boost * (_K1 + 1) / magnitude
        weight = _rarity(term, table["documents"]) * factor
        for number, count in postings.counts.items():
            if number in allowed:
                length = _length(postings, lengths, number)
                norm = _K1 * (1 - _B + _B * (length / average))
                scores[number] = scores.get(number, 0.0) + (weight * count) / (norm + count)


def _length(postings: Postings, lengths: Sequence[int] | None, number: int) -> int:
    return postings.lengths[number] if lengths is None else lengths[number]


def _rarity(term: Term, documents: int) -> float:
    return math.log(1 + abs((documents - term.documents + 0.5) / (term.documents + 0.5)))
