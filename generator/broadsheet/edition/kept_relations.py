"""Keeping the relations of papers for the next build."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import islice
from typing import Any

from broadsheet.base.cache import Cache, no_search_for_cycles
from broadsheet.edition.related import Related, Relations, Said
from broadsheet.edition.vectors import Counts, Usage, Vector

_NAME = "related"
# Papers that are packed together. Packing all at once would need their memory twice.
_TOGETHER = 1000


def kept_relations(cache: Cache) -> Relations:
    """Returns the relations that an earlier build kept, or none."""
    known: Relations | None = cache.remembered(_NAME)
    if known:
        return known
    with no_search_for_cycles():
        values = cache.values(_NAME)
        head = next(values, None)
        return _unpacked(head, values) if head else Relations()


def keep_relations(cache: Cache, relations: Relations) -> None:
    """Keeps relations for later builds."""
    if not cache.remember(_NAME, relations):
        cache.keep(_NAME, _packed(relations))


def _packed(relations: Relations) -> Iterator[Any]:
    yield relations.count, relations.usage.terms.tobytes(), relations.usage.papers.tobytes()
    slugs = iter(relations.said)
    while together := list(islice(slugs, _TOGETHER)):
        yield [_packed_paper(relations, slug) for slug in together]


def _packed_paper(relations: Relations, slug: str) -> tuple[Any, ...]:
    said, vector = relations.said[slug], relations.vectors[slug]
    return (
        slug,
        said.text,
        said.counts.terms.tobytes(),
        said.counts.times,
        vector.terms.tobytes(),
        vector.weights.tobytes(),
        [tuple(other) for other in relations.related[slug]],
    )


def _unpacked(head: Any, parts: Iterator[Any]) -> Relations:
    count, terms, papers = head
    said: dict[str, Said] = {}
    vectors: dict[str, Vector] = {}
    related: dict[str, tuple[Related, ...]] = {}
    for part in parts:
        for slug, text, used, times, strongest, weights, others in part:
            said[slug] = Said(text, Counts(array("I", used), times))
            vectors[slug] = Vector(array("I", strongest), array("H", weights))
            related[slug] = tuple(map(Related._make, others))
    return Relations(count, Usage(array("I", terms), array("I", papers)), said, vectors, related)
