"""What the reader's browser asks for by itself: facts and references of the papers it keeps.

A browser keeps the slugs of starred papers. The saved page fetches what belongs to them from
shards, so that no reader loads the whole corpus, and a paper that was renamed is still found.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from broadsheet.base.addresses import paper_url
from broadsheet.base.markup import plain, plain_rich
from broadsheet.content.model import Paper
from broadsheet.edition import Edition, links_of

FOLDER = "reading"
_PAPERS_OF_A_SHARD = 32
_MOST_OFFLINE = 2_000_000


class News(TypedDict):
    """`reading/edition.json`, as the scripts read it: the number of shards, the newest day on
    which papers were added ("edition"), and how many papers were added on each day.
    """

    shards: int
    edition: str
    added: Mapping[str, int]


class SavedPaper(TypedDict):
    """A paper in its shard. `topics` and `links` are pairs: slug and name, name and address."""

    title: str
    authors: Sequence[str]
    date: str
    added: str
    topics: Sequence[tuple[str, str]]
    url: str
    code: bool
    tldr: str
    links: Sequence[tuple[str, str]]
    bibtex: str
    ris: str
    csl: Mapping[str, Any]


class MovedPaper(TypedDict):
    """An old slug in its shard, with the new one."""

    moved: str


def reading_files(edition: Edition) -> Mapping[str, bytes]:
    """`reading/edition.json` and the shards `reading/<number>.json`.

    The edition says how many shards there are, the newest day on which papers were added, and how
    many papers were added on each day. A shard holds papers by slug, and for an old
    slug the new one.
    """
    count = _shard_count(len(edition.papers))
    shards: dict[int, dict[str, SavedPaper | MovedPaper]] = {number: {} for number in range(count)}
    for slug, paper in edition.papers.items():
        shards[shard_of(slug, count)][slug] = _paper(paper, edition)
        for alias in paper.aliases:
            shards[shard_of(alias, count)][alias] = {"moved": slug}
    files = {f"{FOLDER}/{number}.json": _json(shard) for number, shard in shards.items()}
    return files | {f"{FOLDER}/edition.json": _json(_news(edition, count))}


def offline_files(index: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """`reading/offline.json`: which files of the search index a browser may keep for later.

    `index` is the index by path in the site. All of it when it is small; none when it is not,
    because nobody asked for megabytes.
    """
    small = sum(map(len, index.values())) <= _MOST_OFFLINE
    return {f"{FOLDER}/offline.json": _json(sorted(index) if small else [])}


def shard_of(slug: str, count: int) -> int:
    """The number of the shard that holds a slug; shards.js works it out the same way."""
    return zlib.crc32(slug.encode()) % count


def _shard_count(papers: int) -> int:
    """A power of two, so that a growing corpus seldom moves papers to other shards."""
    return 1 << max(0, (papers - 1) // _PAPERS_OF_A_SHARD).bit_length()


def _news(edition: Edition, count: int) -> News:
    days = Counter(dates.added.isoformat() for dates in edition.dates.values() if dates.added)
    return {"shards": count, "edition": max(days, default=""), "added": days}


def _paper(paper: Paper, edition: Edition) -> SavedPaper:
    citation = edition.citations[paper.slug]
    return {
        "title": plain(paper.name),
        "authors": list(paper.authors),
        "date": paper.published or "",
        "added": edition.added([paper.slug]),
        "topics": [(topic.slug, topic.name) for topic in edition.topics_of(paper)],
        "url": paper_url(paper.slug),
        "code": paper.links.code is not None,
        "tldr": plain_rich(paper.tldr or ""),
        "links": [(link.name, link.address) for link in links_of(paper, edition.site.words)],
        "bibtex": citation.bibtex,
        "ris": citation.ris,
        "csl": citation.csl,
    }


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
