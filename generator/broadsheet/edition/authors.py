"""The authors who get a page, because they wrote enough papers."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from broadsheet.base.identifiers import SLUG_LENGTH, fold, slug_of
from broadsheet.content.model import Paper

# Papers of more authors are those of large groups, whose members rarely write together otherwise.
# They don't make anybody frequent.
MOST_COUNTED = 50
# Without a setting, at most one author in this many papers gets a page, ...
_PAPERS_PER_AUTHOR = 20
# ... but in a small corpus, this many authors may.
_FEW_AUTHORS = 20
_NOT_LETTERS = re.compile(r"[\W_]+")
# The addresses of further pages of the list of authors.
_PAGES = re.compile(r"page-\d+")


@dataclass(frozen=True)
class Author:
    """An author with a page: its slug, the most common spelling of the name, and the papers."""

    slug: str
    name: str
    papers: tuple[str, ...]


def authors_at_least(papers: Sequence[Paper], wanted: int | None) -> int:
    """Returns how many papers an author needs to get a page.

    Args:
        papers: All papers.
        wanted: The owner's setting. Without it, this is the smallest number for which at most
            one author in twenty papers gets a page, and at least two.
    """
    if wanted is not None:
        return wanted
    most = max(_FEW_AUTHORS, len(papers) // _PAPERS_PER_AUTHOR)
    authors_with = Counter(_counts(papers).values())
    # The number of authors with at least as many papers.
    authors = 0
    for number in sorted(authors_with, reverse=True):
        authors += authors_with[number]
        if authors > most:
            return max(2, number + 1)
    return 2


def authors_of(newest: Sequence[Paper], at_least: int) -> Iterator[Author]:
    """Yields authors of `at_least` papers, in the most common spelling of their names.

    Names that only differ in accents, case or punctuation are the same. Two people with the same
    name can't be told apart and share a list.
    """
    known = {key for key, count in _counts(newest).items() if count >= at_least}
    papers: dict[str, list[str]] = defaultdict(list)
    names: dict[str, list[str]] = defaultdict(list)
    for paper in newest:
        for author in dict.fromkeys(paper.authors):
            key = author_key(author)
            if key in known:
                names[key].append(author)
                if paper.slug not in papers[key][-1:]:
                    papers[key].append(paper.slug)
    slugs = _author_slugs(known)
    for key in sorted(known, key=slugs.__getitem__):
        yield Author(slugs[key], _usual(names[key]), tuple(papers[key]))


def _counts(papers: Iterable[Paper]) -> Mapping[str, int]:
    """Returns the number of papers of each author, by `author_key`, without those of groups."""
    counts: Counter[str] = Counter()
    for paper in papers:
        if len(paper.authors) <= MOST_COUNTED:
            counts.update(set(map(author_key, paper.authors)))
    del counts[""]
    return counts


@lru_cache(maxsize=100_000)
def author_key(name: str) -> str:
    """Returns a key that all spellings of a name share, as "J. Zico Kolter" and "J Zico Kolter"."""
    return _NOT_LETTERS.sub(" ", fold(name)).strip()


def _author_slugs(keys: Iterable[str]) -> dict[str, str]:
    slugs = {key: slug_of(key, fallback="author") for key in keys}
    counts = Counter(slugs.values())
    return {
        # A hyphen and the hash have nine characters.
        key: slug
        if counts[slug] == 1 and not _PAGES.fullmatch(slug)
        else f"{slug[: SLUG_LENGTH - 9].rstrip('-')}-{_hash(key)}"
        for key, slug in slugs.items()
    }


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _usual(names: Sequence[str]) -> str:
    """Returns the most common spelling of a name."""
    counts = Counter(names)
    return min(counts, key=lambda name: (-counts[name], name))
