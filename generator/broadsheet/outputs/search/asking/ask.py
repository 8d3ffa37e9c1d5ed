"""Answers a query: which papers match, in which order, and how they were found.

All words are required. If no paper has them all, one letter may differ in words that no paper has.
If that finds nothing either, some of the words are enough, and papers with more of them come first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from broadsheet.outputs.search.asking.checks import (
    exact_first,
    of_one_person,
    passing,
    with_phrases,
)
from broadsheet.outputs.search.asking.clauses import Way, clauses_for, corrections
from broadsheet.outputs.search.asking.expand import finished
from broadsheet.outputs.search.asking.index import SearchIndex
from broadsheet.outputs.search.asking.query import Query, Word, parse
from broadsheet.outputs.search.asking.rank import Clause, best, rank, words_met

# Below this, papers with only some of the words follow those with all.
_FEW = 10
_PHRASES_CHECKED = 40
# How many of the best papers are looked at for exact titles.
_LOOKED_AT = 16


@dataclass(frozen=True)
class Found:
    """Documents that were found.

    Attributes:
        documents: The documents.
        scores: Their scores, or None if nothing ranks them.
        words: How many of the words each has, or None if each has all.
    """

    documents: Sequence[int] = ()
    scores: Mapping[int, float] | None = None
    words: Mapping[int, int] | None = None

    def only(self, wanted: set[int]) -> Found:
        """Returns those among some documents."""
        return replace(self, documents=[n for n in self.documents if n in wanted])

    def first(self, count: int, *, by_date: bool = False) -> list[int]:
        """Returns the first documents in their order; newest first without a ranking."""
        if by_date or self.scores is None:
            return sorted(self.documents, reverse=True)[:count]
        return best(self.documents, self.scores, self.words)[:count]


@dataclass(frozen=True)
class Answer:
    """What was found, and how.

    Attributes:
        query: The query.
        mode: "all" words, "spelled" with other words, "some" of the words, only a "filter", or
            "none".
        found: What was found.
        more: Papers with only some of the words.
        instead: Terms used for misspelled words.
        unchecked: How many papers weren't checked for a phrase.
    """

    query: Query
    mode: str = "none"
    found: Found = field(default_factory=Found)
    more: Found = field(default_factory=Found)
    instead: tuple[str, ...] = ()
    unchecked: int = 0


def ask(index: SearchIndex, text: str, *, by_date: bool = False) -> Answer:
    """Asks for words as they are, or with the last one unfinished if no paper has them all.

    Args:
        index: The index.
        text: The query as a person writes it.
        by_date: Whether the newest papers are wanted, not the best.
    """
    whole = _answer(index, text, by_date)
    if whole.mode in ("all", "filter") or not whole.query.words:
        return whole
    begun = _answer(index, text, by_date, is_unfinished=True)
    is_begun = begun.mode == "all" and _last(begun.query).prefix
    return begun if is_begun else whole


def best_found(
    index: SearchIndex, answer: Answer, count: int, *, by_date: bool = False
) -> list[int]:
    """Returns the first documents of an answer, those with exact titles first."""
    found = answer.found.first(max(count, _LOOKED_AT), by_date=by_date)
    if by_date or answer.found.scores is None:
        return found[:count]
    looked_at = found[:_LOOKED_AT]
    order = exact_first(index.results(looked_at), answer.query, index.analyzer)
    return [*(looked_at[n] for n in order), *found[_LOOKED_AT:]][:count]


def also_found(answer: Answer, count: int) -> list[int]:
    """Returns the first documents with only some of the words, without those that have all."""
    known = set(answer.found.documents)
    rest = set(answer.more.documents) - known
    return answer.more.only(rest).first(max(0, count))


def _answer(index: SearchIndex, text: str, by_date: bool, *, is_unfinished: bool = False) -> Answer:
    fields = index.table["fields"]
    query = parse(text, index.analyzer, fields, is_unfinished=is_unfinished)
    answer = _results(index, query)
    for one in query.filters:
        wanted = passing(index, one)
        found, more = answer.found.only(wanted), answer.more.only(wanted)
        answer = replace(answer, found=found, more=more)
    return _with_phrases(index, answer, by_date) if query.phrases else answer


def _with_phrases(index: SearchIndex, answer: Answer, by_date: bool) -> Answer:
    """Keeps the best documents that have the phrases."""
    query, total = answer.query, len(answer.found.documents)
    checked = answer.found.first(_PHRASES_CHECKED, by_date=by_date)
    unchecked = max(0, total - _PHRASES_CHECKED)
    if unchecked:
        phrases = ", ".join(f"“{phrase.text}”" for phrase in query.phrases)
        notice = f"Only the first {len(checked)} of {total} matching papers were checked for "
        query = replace(query, notices=(*query.notices, f"{notice}{phrases}."))
    found = replace(answer.found, documents=with_phrases(index, query, checked))
    return replace(answer, query=query, found=found, unchecked=unchecked)


def _results(index: SearchIndex, query: Query) -> Answer:
    documents = range(index.table["documents"])
    if not documents:
        return Answer(query)
    if query.words:
        return _looked_up(index, query)
    if not query.filters and not query.phrases:
        return Answer(query)
    return Answer(query, "filter", Found(documents))


def _looked_up(index: SearchIndex, query: Query) -> Answer:
    query = replace(query, words=tuple(_finished(index, word) for word in query.words))
    known = index.terms([term for word in query.words for term in word.terms]).keys()

    def attempt(presence: str, corrected: Mapping[tuple[str, ...], tuple[str, ...]]) -> Found:
        return _ranked(index, clauses_for(query, Way(known, presence, corrected)))

    found = attempt("required", {})
    if found.documents:
        is_few = len(found.documents) < _FEW and not query.phrases
        return Answer(query, "all", found, attempt("optional", {}) if is_few else Found())
    corrected = corrections(index, query, known)
    instead = tuple(term for terms in corrected.values() for term in terms)

    def spelled(presence: str) -> Found:
        return _of_one_person(index, query, instead, attempt(presence, corrected))

    for mode, look in _ways(query, instead, spelled, lambda: attempt("optional", {})):
        found = look()
        if found.documents:
            used = instead if mode == "spelled" else ()
            return Answer(query, mode, found, instead=used)
    return Answer(query)


def _ways(
    query: Query,
    instead: Sequence[str],
    spelled: Callable[[str], Found],
    some: Callable[[], Found],
) -> Iterator[tuple[str, Callable[[], Found]]]:
    """Yields what to try if no paper has all words, in order."""
    if instead:
        yield "spelled", lambda: spelled("required")
    if not query.phrases:
        yield "some", some
        if instead:
            yield "spelled", lambda: spelled("optional")


def _of_one_person(index: SearchIndex, query: Query, instead: Sequence[str], found: Found) -> Found:
    """Returns what was found with corrected words, as far as it's by the same person."""
    if not found.documents or found.scores is None:
        return found
    ordered = best(found.documents, found.scores, found.words)
    return replace(found, documents=of_one_person(index, query, instead, ordered))


def _finished(index: SearchIndex, word: Word) -> Word:
    """Adds what an unfinished word may become: terms that begin with it, stems of longer words."""
    if not word.prefix:
        return word
    known = index.terms(list(finished(index.analyzer, word.prefix)))
    last = tuple(dict.fromkeys((*word.groups[-1], *known)))
    is_begun = index.is_narrow(word.prefix) and index.starting_with(word.prefix)
    groups = (*word.groups[:-1], last)
    return replace(word, groups=groups, prefix=word.prefix if is_begun else "")


def _last(query: Query) -> Word:
    return query.words[-1]


def _ranked(index: SearchIndex, clauses: Sequence[Clause]) -> Found:
    if not clauses:
        return Found()
    ranking = rank(index, clauses)
    # As in lunr, nothing matches if no paper has a required word in its field.
    pairs = list(zip(clauses, ranking.terms, strict=True))
    if any(clause.presence == "required" and not terms for clause, terms in pairs):
        return Found()
    need_all = any(clause.is_word and clause.presence == "required" for clause in clauses)
    words = None if need_all else words_met(index, clauses, ranking.terms)
    return Found(ranking.documents, ranking.scores, words)
