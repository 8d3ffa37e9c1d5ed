"""Which papers are about the same thing: TF-IDF over their texts.

Terms are words and pairs of neighbouring words, so that "knowledge graph" counts as one thing.
A paper keeps its strongest terms only, and a term is looked up in the papers where it is
strongest only; so the work grows with the corpus and not with its square.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise

from broadsheet.edition.plain_words import JOINING_CHARACTERS, plain_words

# Chinese, Japanese and Korean.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"(?P<unspaced>[{_UNSPACED}]+)|[^\W_{_UNSPACED}]+")
_TERMS_OF_A_PAPER = 40
# A paper is compared by its strongest terms, with the papers where each weighs most: work for
# one paper that does not grow with the corpus.
_COMPARED_TERMS = 25
_PAPERS_OF_A_TERM = 80
_SHOWN_TERMS = 4
_ROUNDING = 1e-4
# A term that more than this part of a larger corpus uses tells nothing apart.
_COMMON = 0.25
_SMALL_CORPUS = 20

Vector = Mapping[str, float]


@dataclass(frozen=True)
class Related:
    """A paper that is close to another. `score` is the cosine of their terms, 0 to 1; `shared`
    are up to four terms that bring them together, as people write them, strongest first."""

    slug: str
    score: float
    shared: tuple[str, ...]


@dataclass(frozen=True)
class TermSpace:
    """The corpus as vectors by slug, and each term as people write it.

    A vector holds a paper's strongest terms that others use too. Its length is at most 1: what
    is missing stands for the terms that only this paper uses, and for the weak ones.
    """

    vectors: Mapping[str, Vector]
    written: Mapping[str, str]


def related_papers(
    texts: Mapping[str, str], count: int, language: str = "en"
) -> Mapping[str, tuple[Related, ...]]:
    """For each slug of `texts` (plain texts), the `count` papers closest to it, best first.

    Ties go by slug. A paper that shares no term with another has none.
    """
    return neighbours(term_space(texts, plain_words(language)), count)


def neighbours(space: TermSpace, count: int) -> Mapping[str, tuple[Related, ...]]:
    """As `related_papers`, for a corpus whose vectors are there already."""
    postings = _postings(space.vectors)
    return {
        slug: tuple(
            Related(other, score, _shared(vector, space.vectors[other], space.written))
            for other, score in _closest(slug, vector, postings, count)
        )
        for slug, vector in space.vectors.items()
    }


def term_space(texts: Mapping[str, str], plain: frozenset[str]) -> TermSpace:
    """The vectors of `texts`: each paper's strongest terms, weighted by TF-IDF.

    Words that are `plain` are no terms.
    """
    slugs = sorted(texts)
    used_by = Counter(t for slug in slugs for t in {t for t, _ in _terms(texts[slug], plain)})
    rarity = _rarity(used_by, len(slugs))
    vectors: dict[str, Vector] = {}
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for slug in slugs:
        found = [(term, form) for term, form in _terms(texts[slug], plain) if term in rarity]
        vectors[slug] = _vector(Counter(term for term, _ in found), rarity, used_by)
        for term, form in found:
            if term in vectors[slug]:
                spellings[term][form] += 1
    return TermSpace(vectors, {term: _spelling(forms) for term, forms in spellings.items()})


def _terms(text: str, plain: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The terms of a text with their spelling: words, and pairs parted by a space or hyphen.

    Writing without spaces gives pairs of characters. Not all of them are words, so their spelling
    is "".
    """
    before: tuple[str, int, int] | None = None
    for match in _WORD.finditer(text):
        folded = match[0].casefold()
        if match["unspaced"]:
            pairs = map("".join, pairwise(folded))
            yield from ((pair, "") for pair in pairs if not JOINING_CHARACTERS & {*pair})
        if match["unspaced"] or folded in plain:
            before = None
            continue
        stem = _singular(folded)
        if len(folded) > 1 and not folded.isdecimal():
            yield stem, match[0]
        if before and match.start() == before[2] + 1 and text[before[2]] in " -\N{HYPHEN}":
            yield f"{before[0]} {stem}", text[before[1] : match.end()]
        before = (stem, match.start(), match.end())


def _singular(word: str) -> str:
    """A word without its plural ending, so that "queries" and "query" meet."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and word[-2] not in "siu":
        return word[:-1]
    return word


def _rarity(used_by: Mapping[str, int], papers: int) -> Mapping[str, float]:
    """How much each term tells; one that a large part of the papers uses tells nothing."""
    most = papers * _COMMON if papers > _SMALL_CORPUS else papers
    return {term: math.log(1 + papers / used) for term, used in used_by.items() if used <= most}


def _vector(
    counts: Mapping[str, int], rarity: Mapping[str, float], used_by: Mapping[str, int]
) -> Vector:
    weights = {term: (1 + math.log(n)) * rarity[term] for term, n in sorted(counts.items())}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    common = sorted((-weight, term) for term, weight in weights.items() if used_by[term] > 1)
    return {term: -weight / length for weight, term in common[:_TERMS_OF_A_PAPER]}


def _postings(vectors: Mapping[str, Vector]) -> Mapping[str, list[tuple[float, str]]]:
    """By term, the papers where it weighs most, as (negative weight, slug)."""
    postings: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for slug, vector in vectors.items():
        for term, weight in vector.items():
            postings[term].append((-weight, slug))
    return {term: sorted(papers)[:_PAPERS_OF_A_TERM] for term, papers in postings.items()}


def _closest(
    slug: str, vector: Vector, postings: Mapping[str, list[tuple[float, str]]], count: int
) -> list[tuple[str, float]]:
    scores: dict[str, float] = defaultdict(float)
    for term, weight in islice(vector.items(), _COMPARED_TERMS):
        for negative, other in postings[term]:
            scores[other] -= weight * negative
    scores.pop(slug, None)
    least = min(heapq.nlargest(count, scores.values()), default=0.0) - _ROUNDING
    # Rounded before it is compared: a last digit that differs between machines decides nothing.
    likely = ((-round(score, 4), other) for other, score in scores.items() if score >= least)
    return [(other, -score) for score, other in sorted(likely)[:count]]


def _shared(one: Vector, other: Vector, written: Mapping[str, str]) -> tuple[str, ...]:
    """The strongest terms of both; a word that stands in a pair that is shown is left out."""
    ranked = sorted((-one[term] * other[term], term) for term in one.keys() & other.keys())
    pairs = [term for _, term in ranked if " " in term]
    paired = {word for pair in pairs[:_SHOWN_TERMS] for word in pair.split()}
    shown = [term for _, term in ranked if written[term] and (" " in term or term not in paired)]
    return tuple(written[term] for term in shown[:_SHOWN_TERMS])


def _spelling(forms: Counter[str]) -> str:
    """The usual spelling; small letters where they occur, for a title capitalizes everything."""
    small = [form for form in forms if form == form.lower()]
    return min(small or forms, key=lambda form: (-forms[form], form))
