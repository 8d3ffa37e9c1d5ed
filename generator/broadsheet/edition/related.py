"""Related papers: those whose texts share rare terms, by TF-IDF and cosine similarity.

What was found for earlier texts is used again, so after a change of one paper only its own terms
are counted, and only the papers near it get other related papers. The result is the same as
without earlier texts.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from broadsheet.edition.closest import FULL_SCORE, Close, Closest
from broadsheet.edition.reasons import Pair, PrintedText
from broadsheet.edition.terms import Spelled, Terms, is_pair
from broadsheet.edition.vectors import (
    NO_USAGE,
    Counts,
    Usage,
    Vector,
    counts_of,
    level,
    levels_of,
    steps,
    usage_and_levels,
    vector_of,
)

# If more papers have changed than this share, everything is counted again.
_MANY = 0.25


class Related(NamedTuple):
    """A paper that is similar to another.

    Attributes:
        slug: The slug of the paper.
        score: The cosine similarity of the terms of both, from 0 to 1.
        shared: Up to four phrases that stand in the texts of both, those that say most first.
    """

    slug: str
    score: float
    shared: tuple[str, ...]


class Said(NamedTuple):
    """The terms of a text, with a hash of the text."""

    text: bytes
    counts: Counts


@dataclass(frozen=True)
class Relations:
    """How papers are related, and what is needed to find out again after a change.

    Attributes:
        count: How many related papers each paper has at most.
        usage: How many papers use each term.
        said: The terms of each paper, by slug.
        vectors: The vector of each paper, by slug.
        related: The related papers of each paper, by slug, the most similar first.
    """

    count: int = 0
    usage: Usage = NO_USAGE
    said: Mapping[str, Said] = field(default_factory=dict)
    vectors: Mapping[str, Vector] = field(default_factory=dict)
    related: Mapping[str, tuple[Related, ...]] = field(default_factory=dict)


def relate(
    texts: Mapping[str, str], count: int, language: str = "en", before: Relations | None = None
) -> Relations:
    """Finds the papers most similar to each paper.

    Args:
        texts: The texts of papers by slug, as plain text.
        count: How many papers to find for each. It finds fewer if too few share a term.
        language: The language of the site, for its stop words.
        before: The relations of earlier texts of these papers, which save time.
    """
    before = before or Relations()
    terms = Terms(language)
    said = {
        slug: _said(texts[slug], language, terms, before.said.get(slug)) for slug in sorted(texts)
    }
    slugs = said.keys() | before.said.keys()
    changed = {slug for slug in slugs if said.get(slug) is not before.said.get(slug)}
    if not changed and count == before.count:
        return before
    usage, vectors = _vectors(before, said, changed)
    moved = changed | {slug for slug in vectors if vectors[slug] != before.vectors.get(slug)}
    related = {}
    if count == before.count:
        related = {
            slug: found
            for slug, found in before.related.items()
            if slug not in moved and moved.isdisjoint(other.slug for other in found)
        }
    related = _related(texts, terms, vectors, related, count)
    return Relations(count, usage, said, vectors, related)


def _said(text: str, language: str, terms: Terms, before: Said | None) -> Said:
    found = hashlib.blake2b(text.encode(), digest_size=16, key=language.encode()).digest()
    if before and before.text == found:
        return before
    return Said(found, counts_of(terms.count(text)))


def _vectors(
    before: Relations, said: Mapping[str, Said], changed: Collection[str]
) -> tuple[Usage, dict[str, Vector]]:
    """Returns how many papers use each term, and the vectors. Unchanged ones are taken over."""
    papers = len(said)
    if len(changed) > _MANY * papers or steps(papers) != steps(len(before.said)):
        usage, levels = usage_and_levels([paper.counts for paper in said.values()])
        found = zip(said.items(), levels, strict=True)
        return usage, {slug: vector_of(paper.counts, at) for (slug, paper), at in found}
    differences: Counter[int] = Counter()
    for slug in changed:
        differences.update(said[slug].counts.terms if slug in said else ())
        differences.subtract(before.said[slug].counts.terms if slug in before.said else ())
    usage = before.usage.changed(differences)
    shifted = {
        term
        for term, difference in differences.items()
        if difference and level(usage.of(term), papers) != level(before.usage.of(term), papers)
    }
    vectors = {}
    for slug, paper in said.items():
        if slug in changed or not shifted.isdisjoint(paper.counts.terms):
            vectors[slug] = vector_of(paper.counts, levels_of(paper.counts, usage, papers))
        else:
            vectors[slug] = before.vectors[slug]
    return usage, vectors


def _related(
    texts: Mapping[str, str],
    terms: Terms,
    vectors: Mapping[str, Vector],
    known: Mapping[str, tuple[Related, ...]],
    count: int,
) -> dict[str, tuple[Related, ...]]:
    """Compares papers whose related papers aren't known with all others."""
    slugs = list(vectors)
    number = {slug: n for n, slug in enumerate(slugs)}
    closest = Closest((_close(known.get(slug, ()), number) for slug in slugs), count)
    new = [slug for slug in slugs if slug not in known]
    if known:
        wanted = {term for slug in new for term in vectors[slug].terms}
        for slug in known:
            closest.add(number[slug], vectors[slug], wanted)
    for slug in new:
        closest.compare(number[slug], vectors[slug])
    related = {}
    for slug, found in zip(slugs, closest.found, strict=True):
        if slug in known and number[slug] not in closest.touched:
            related[slug] = known[slug]
        else:
            others = [(slugs[other], -score) for score, other in found]
            related[slug] = _explained(slug, others, texts, terms, vectors)
    return related


def _close(found: Sequence[Related], number: Mapping[str, int]) -> list[Close]:
    return [(-int(other.score * FULL_SCORE), number[other.slug]) for other in found]


def _explained(
    slug: str,
    others: Sequence[tuple[str, int]],
    texts: Mapping[str, str],
    terms: Terms,
    vectors: Mapping[str, Vector],
) -> tuple[Related, ...]:
    """Returns the related papers of a paper, with the terms that it shares with each."""
    weights, text = vectors[slug].weight_of, PrintedText(texts[slug])
    shared = [_shared(weights, vectors[other]) for other, _ in others]
    spelled = terms.spell(texts[slug], {term for found in shared for term in found})
    related = []
    for (other, score), found in zip(others, shared, strict=True):
        pair = Pair(text, PrintedText(texts[other]), terms.joining)
        reasons = pair.reasons(_candidates(found, spelled))
        related.append(Related(other, score / FULL_SCORE, tuple(reasons)))
    return tuple(related)


def _shared(weights: Mapping[int, int], other: Vector) -> list[int]:
    """Returns the terms that two papers share, the strongest first."""
    found = zip(other.terms, other.weights, strict=True)
    ranked = sorted([(-weights[term] * its, term) for term, its in found if term in weights])
    return [term for _, term in ranked]


def _candidates(shared: Iterable[int], spelled: Mapping[int, Spelled]) -> list[Spelled]:
    """Returns terms as people write them, pairs before single words that aren't part of one."""
    written = [term for term in shared if term in spelled]
    pairs = [term for term in written if is_pair(term)]
    paired = {word for pair in pairs for word in spelled[pair].words}
    words = [term for term in written if not is_pair(term) and term not in paired]
    return [spelled[term] for term in (*pairs, *words)]
