"""Everything that shows papers in an order: weeks, topics, collections and authors.

Feeds, citations and the API give the same lists, so they are made once, here.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from broadsheet.base.addresses import author_url, collection_url, topic_url, week_url
from broadsheet.base.identifiers import fold, slug_of
from broadsheet.content.model import Corpus, Issue
from broadsheet.edition.chronology import newest_first


class Kind(StrEnum):
    """What a list of papers is."""

    WEEK = "week"
    TOPIC = "topic"
    COLLECTION = "collection"
    AUTHOR = "author"


_ADDRESSES = {
    Kind.WEEK: week_url,
    Kind.TOPIC: topic_url,
    Kind.COLLECTION: collection_url,
    Kind.AUTHOR: author_url,
}


@dataclass(frozen=True)
class PaperList:
    """Papers in an order, by slug, under a name. `slug` is the week itself for a week."""

    kind: Kind
    slug: str
    name: str
    papers: tuple[str, ...]
    description: str = ""

    @property
    def url(self) -> str:
        """The address of its page."""
        return _ADDRESSES[self.kind](self.slug)


def paper_lists(corpus: Corpus, authors_at_least: int) -> tuple[PaperList, ...]:
    """All lists that have a paper: weeks, topics, collections, authors, each in its order."""
    lists = (
        *weeks_of(corpus),
        *topics_of(corpus),
        *_collections(corpus),
        *_author_lists(corpus, authors_at_least),
    )
    return tuple(papers for papers in lists if papers.papers)


def weeks_of(corpus: Corpus) -> tuple[PaperList, ...]:
    """A list a week, oldest first; a week with issues of several digests has one list."""
    weeks: dict[str, list[Issue]] = defaultdict(list)
    for issue in corpus.issues:
        weeks[issue.week].append(issue)
    return tuple(
        PaperList(
            Kind.WEEK,
            week,
            " · ".join(issue.title for issue in issues),
            tuple(dict.fromkeys(e.paper for issue in issues for e in issue.entries())),
            "\n\n".join(issue.introduction for issue in issues if issue.introduction),
        )
        for week, issues in sorted(weeks.items())
    )


def topics_of(corpus: Corpus) -> tuple[PaperList, ...]:
    """A list a topic, its papers newest first."""
    papers: dict[str, list[str]] = defaultdict(list)
    for paper in newest_first(corpus.papers.values()):
        for topic in paper.topics:
            papers[topic].append(paper.slug)
    return tuple(
        PaperList(Kind.TOPIC, t.slug, t.name, tuple(papers[t.slug]), t.description or "")
        for t in corpus.topics.values()
    )


def _collections(corpus: Corpus) -> tuple[PaperList, ...]:
    return tuple(
        PaperList(
            Kind.COLLECTION,
            collection.slug,
            collection.title,
            tuple(dict.fromkeys(entry.paper for entry in collection.entries)),
            collection.description or "",
        )
        for collection in corpus.collections
    )


def _author_lists(corpus: Corpus, at_least: int) -> tuple[PaperList, ...]:
    return tuple(
        PaperList(Kind.AUTHOR, slug, name, papers)
        for slug, (name, papers) in authors_of(corpus, at_least).items()
    )


def authors_of(corpus: Corpus, at_least: int) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """Authors of `at_least` papers by slug: the name as most papers print it, papers newest first.

    Names are the same when they differ in accents, case or punctuation only. Two people of one
    name cannot be told apart and share a page.
    """
    papers: dict[str, list[str]] = defaultdict(list)
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for paper in newest_first(corpus.papers.values()):
        for author in dict.fromkeys(paper.authors):
            key = author_key(author)
            spellings[key][author] += 1
            if paper.slug not in papers[key][-1:]:
                papers[key].append(paper.slug)
    known = [key for key in papers if key and len(papers[key]) >= at_least]
    slugs = _author_slugs(known)
    authors = {slugs[key]: (_usual(spellings[key]), tuple(papers[key])) for key in known}
    return dict(sorted(authors.items()))


@lru_cache(maxsize=100_000)
def author_key(name: str) -> str:
    """What spellings of a name have in common: "J. Zico Kolter" and "J Zico Kolter" are one."""
    marks_out = "".join(c if c.isalnum() else " " for c in fold(name))
    return " ".join(marks_out.split())


def _author_slugs(keys: Iterable[str]) -> dict[str, str]:
    slugs = {key: slug_of(key, fallback="author") for key in keys}
    counts = Counter(slugs.values())
    return {
        key: slug if counts[slug] == 1 else f"{slug[:71].rstrip('-')}-{_digest(key)}"
        for key, slug in slugs.items()
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _usual(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda name: (-spellings[name], name))
