"""Data for the page of saved papers, for the banner of new papers, and for offline use.

Browsers store the slugs of starred papers. The page of saved papers loads their data from shards,
so that nobody has to load the whole corpus. Renamed papers are found by their old slugs.
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
NEWS_FILE = f"{FOLDER}/edition.json"
OFFLINE_FILE = f"{FOLDER}/offline.json"
# A shard of this many papers has about 70 KB.
_PAPERS_PER_SHARD = 32
# In bytes. Readers shouldn't have to download more unless they ask for it.
_MAX_OFFLINE = 2_000_000


class News(TypedDict):
    """The content of `reading/edition.json`.

    Attributes:
        shards: The number of shards.
        edition: The last day on which papers were added, or "".
        added: The number of papers that were added on each day.
    """

    shards: int
    edition: str
    added: Mapping[str, int]


class SavedPaper(TypedDict):
    """A paper in a shard. Topics are pairs of slug and name, links of name and URL."""

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
    """The new slug of a paper in the shard of its old slug."""

    moved: str


def reading_files(edition: Edition) -> Mapping[str, bytes]:
    """Returns `reading/edition.json` (`News`) and the shards `reading/<number>.json`.

    A shard has papers by slug (`SavedPaper`), and the new slugs of renamed ones (`MovedPaper`).
    """
    count = _shard_count(len(edition.papers))
    shards: dict[int, dict[str, SavedPaper | MovedPaper]] = {number: {} for number in range(count)}
    for slug, paper in edition.papers.items():
        shards[shard_of(slug, count)][slug] = _paper(paper, edition)
        for alias in paper.aliases:
            shards[shard_of(alias, count)][alias] = {"moved": slug}
    files = {f"{FOLDER}/{number}.json": _json(shard) for number, shard in shards.items()}
    return files | {NEWS_FILE: _json(_news(edition, count))}


def offline_files(index: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Returns `reading/offline.json`, a list of files that browsers store for offline searches.

    Args:
        index: The files of the search index by path. If they're large, browsers store none.
    """
    small = sum(map(len, index.values())) <= _MAX_OFFLINE
    return {OFFLINE_FILE: _json(sorted(index) if small else [])}


def shard_of(slug: str, count: int) -> int:
    """Returns the number of the shard for a slug. shards.js computes it the same way."""
    return zlib.crc32(slug.encode()) % count


def _shard_count(papers: int) -> int:
    """Returns a power of two, so that papers rarely move to other shards as the corpus grows."""
    return 1 << max(0, (papers - 1) // _PAPERS_PER_SHARD).bit_length()


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
