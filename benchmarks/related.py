"""Measures whether related papers are those that belong together, on the bundled papers.

    python -m benchmarks.related

Two signs tell that papers belong together, and neither is what relating looks at:

- **Listed together**: the editors of an issue put them into one section.
- **Topics**: how many of the first six related papers share a topic.

Both are compared with papers drawn at random. No text of the bundled papers names another of
them, so that can't be a sign.

The rank of a paper that is not among the first 50 counts as 51.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path
from statistics import mean

from broadsheet.base.addresses import Site
from broadsheet.base.brand import BRAND_FILE, read_brand
from broadsheet.content.load import load
from broadsheet.content.model import Issue
from broadsheet.content.settings import Settings
from broadsheet.edition import make_edition
from broadsheet.outputs.templates import templates_folder

CONTENT = Path(__file__).parents[1] / "content"
MOST = 50
SHOWN = 6


def _together(issues: Sequence[Issue]) -> Iterator[tuple[str, str]]:
    """Yields pairs of papers of one section, in both directions."""
    for issue in issues:
        for section in issue.sections:
            yield from permutations((entry.paper for entry in section.entries), 2)


def _rank(near: Sequence[str], other: str) -> int:
    return near.index(other) + 1 if other in near else MOST + 1


def main() -> None:
    """Prints the numbers."""
    corpus = load(CONTENT).corpus
    sheet = (templates_folder() / "theme" / BRAND_FILE).read_text("utf-8")
    brand = read_brand(sheet, BRAND_FILE)
    site = Site("https://related.example/", "Related", "Related papers", brand=brand)
    edition = make_edition(corpus, Settings(related=MOST), site)
    near = {slug: [found.slug for found in edition.related[slug]] for slug in corpus.papers}
    slugs = sorted(near)
    chance = random.Random(1)
    pairs = list(_together(corpus.issues))
    ranks = [_rank(near[slug], other) for slug, other in pairs]
    drawn = [_rank(near[slug], chance.choice(slugs)) for slug, _ in pairs]
    ours, others = mean(ranks), mean(drawn)
    print(f"listed together: {len(pairs)} pairs, mean rank {ours:.1f}, {others:.1f} at random")
    topics = {slug: {*paper.topics} for slug, paper in corpus.papers.items()}
    related = [bool(topics[slug] & topics[other]) for slug in slugs for other in near[slug][:SHOWN]]
    by_chance = [bool(topics[slug] & topics[chance.choice(slugs)]) for slug in slugs * SHOWN]
    share, others = mean(related), mean(by_chance)
    print(f"topics: {share:.0%} of related papers share one, {others:.0%} at random")


if __name__ == "__main__":
    main()
