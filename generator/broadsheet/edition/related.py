"""Related papers: those whose texts share rare terms, by TF-IDF and cosine similarity.

Terms are words and pairs of adjacent words, so that "knowledge graph" is a term. Only the
strongest terms of a paper count, and only the papers in which a term is strongest. So the work
grows linearly with the corpus.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise

from broadsheet.edition.stop_words import JOINING_CHARACTERS, stop_words

# Chinese, Japanese and Korean.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"(?P<unspaced>[{_UNSPACED}]+)|[^\W_{_UNSPACED}]+")
# These limits keep the work per paper constant, however large the corpus is.
_TERMS_OF_A_PAPER = 40
_COMPARED_TERMS = 25
_PAPERS_OF_A_TERM = 80
# Enough to show why two papers are related.
_SHOWN_TERMS = 4
# Scores are rounded, because their last digits differ between machines.
_ROUNDING = 1e-4
# A term in more than this share of the papers doesn't tell them apart, unless the corpus is small.
_MAX_SHARE = 0.25
_SMALL_CORPUS = 20

Vector = Mapping[str, float]


@dataclass(frozen=True)
class Related:
    """A paper that is similar to another.

    Attributes:
        slug: The slug of the paper.
        score: The cosine similarity of the terms of both, from 0 to 1.
        shared: Up to four terms that both share, as people write them, the strongest first.
    """

    slug: str
    score: float
    shared: tuple[str, ...]


@dataclass(frozen=True)
class TermSpace:
    """The papers as vectors of term weights by slug, and each term as people write it.

    A vector has the strongest terms of a paper that other papers use, too. Its length is at most
    1, because it lacks weak terms and those that only this paper uses.
    """

    vectors: Mapping[str, Vector]
    spellings: Mapping[str, str]


def related_papers(
    texts: Mapping[str, str], count: int, language: str = "en"
) -> Mapping[str, tuple[Related, ...]]:
    """Finds the papers most similar to each paper.

    Args:
        texts: The texts of papers by slug, as plain text.
        count: How many papers to find for each.
        language: The language of the site, for its stop words.

    Returns:
        Related papers by slug, the most similar first. A paper that shares no term with others
        has none.
    """
    return neighbors(term_space(texts, stop_words(language)), count)


def neighbors(space: TermSpace, count: int) -> Mapping[str, tuple[Related, ...]]:
    """Like `related_papers`, but for papers whose vectors are known."""
    postings = _postings(space.vectors)
    return {
        slug: tuple(
            Related(other, score, _shared(vector, space.vectors[other], space.spellings))
            for other, score in _closest(slug, vector, postings, count)
        )
        for slug, vector in space.vectors.items()
    }


def term_space(texts: Mapping[str, str], stops: frozenset[str]) -> TermSpace:
    """Returns the strongest terms of each text, weighted by TF-IDF, without stop words."""
    slugs = sorted(texts)
    used_by = Counter(t for slug in slugs for t in {t for t, _ in _terms(texts[slug], stops)})
    rarity = _rarity(used_by, len(slugs))
    vectors: dict[str, Vector] = {}
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for slug in slugs:
        found = [(term, form) for term, form in _terms(texts[slug], stops) if term in rarity]
        vectors[slug] = _vector(Counter(term for term, _ in found), rarity, used_by)
        for term, form in found:
            if term in vectors[slug]:
                spellings[term][form] += 1
    return TermSpace(vectors, {term: _spelling(forms) for term, forms in spellings.items()})


def _terms(text: str, stops: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yields the terms of a text with their spelling: words, and pairs with a space or hyphen.

    Writing without spaces yields pairs of characters. Not all of them are words, so their
    spelling is "".
    """
    before: tuple[str, int, int] | None = None
    for match in _WORD.finditer(text):
        folded = match[0].casefold()
        if match["unspaced"]:
            pairs = map("".join, pairwise(folded))
            yield from ((pair, "") for pair in pairs if not JOINING_CHARACTERS & {*pair})
        if match["unspaced"] or folded in stops:
            before = None
            continue
        stem = _singular(folded)
        if len(folded) > 1 and not folded.isdecimal():
            yield stem, match[0]
        if before and match.start() == before[2] + 1 and text[before[2]] in " -\N{HYPHEN}":
            yield f"{before[0]} {stem}", text[before[1] : match.end()]
        before = (stem, match.start(), match.end())


def _singular(word: str) -> str:
    """Removes a plural ending, so that "queries" and "query" are the same term."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and word[-2] not in "siu":
        return word[:-1]
    return word


def _rarity(used_by: Mapping[str, int], papers: int) -> Mapping[str, float]:
    """Returns the weight of each term that isn't too common to tell papers apart."""
    most = papers * _MAX_SHARE if papers > _SMALL_CORPUS else papers
    return {term: math.log(1 + papers / used) for term, used in used_by.items() if used <= most}


def _vector(
    counts: Mapping[str, int], rarity: Mapping[str, float], used_by: Mapping[str, int]
) -> Vector:
    weights = {term: (1 + math.log(n)) * rarity[term] for term, n in sorted(counts.items())}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    common = sorted((-weight, term) for term, weight in weights.items() if used_by[term] > 1)
    return {term: -weight / length for weight, term in common[:_TERMS_OF_A_PAPER]}


def _postings(vectors: Mapping[str, Vector]) -> Mapping[str, list[tuple[float, str]]]:
    """Returns the papers in which each term is strongest, as (negative weight, slug)."""
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
    # Rounded before comparing, so that last digits, which differ between machines, don't matter.
    likely = ((-round(score, 4), other) for other, score in scores.items() if score >= least)
    return [(other, -score) for score, other in sorted(likely)[:count]]


def _shared(first: Vector, second: Vector, spellings: Mapping[str, str]) -> tuple[str, ...]:
    """Returns the strongest terms of both, without words that are part of a shown pair."""
    ranked = sorted((-first[term] * second[term], term) for term in first.keys() & second.keys())
    pairs = [term for _, term in ranked if " " in term]
    paired = {word for pair in pairs[:_SHOWN_TERMS] for word in pair.split()}
    shown = [term for _, term in ranked if spellings[term] and (" " in term or term not in paired)]
    return tuple(spellings[term] for term in shown[:_SHOWN_TERMS])


def _spelling(forms: Counter[str]) -> str:
    """Returns the most common spelling, in lowercase if that occurs, as titles capitalize words."""
    lowercase = [form for form in forms if form == form.lower()]
    return min(lowercase or forms, key=lambda form: (-forms[form], form))
