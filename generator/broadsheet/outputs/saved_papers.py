"""What the reader's browser asks for by itself: facts and references of the papers it keeps.

A browser keeps the slugs of starred papers. The saved page fetches what belongs to them from
shards, so that no reader loads the whole corpus, and a paper that was renamed is still found.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from broadsheet.base.addresses import paper_url
from broadsheet.base.markup import plain, plain_rich
from broadsheet.citations import Citation
from broadsheet.content.model import Corpus, Paper

FOLDER = "reading"
_PAPERS_OF_A_SHARD = 32
_RECENT_DAYS = 60
_MOST_OFFLINE = 2_000_000


Links = Sequence[tuple[str, str]]


def reading_files(
    corpus: Corpus, citations: Mapping[str, Citation], links: Mapping[str, Links]
) -> Mapping[str, bytes]:
    """`reading/edition.json` and the shards `reading/<number>.json`.

    The edition says how many shards there are, the newest day on which the site learned of a
    paper, and how many papers came on each of the last days. A shard holds papers by slug, and
    for an old slug the new one. `links` are the names and addresses of where to get each paper.
    """
    known = added(corpus)
    count = _shard_count(len(corpus.papers))
    shards: dict[int, dict[str, Any]] = {number: {} for number in range(count)}
    for slug, paper in corpus.papers.items():
        topics = [(topic, corpus.topics[topic].name) for topic in paper.topics]
        shard = shards[shard_of(slug, count)]
        facts = _paper(paper, topics, known.get(slug), citations[slug])
        shard[slug] = facts | {"links": links[slug]}
        for alias in paper.aliases:
            shards[shard_of(alias, count)][alias] = {"moved": slug}
    files = {f"{FOLDER}/{number}.json": _json(shard) for number, shard in shards.items()}
    return files | {f"{FOLDER}/edition.json": _json(_edition(known, count))}


def offline_files(index: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """`reading/offline.json`: which files of the search index a browser may keep for later.

    `index` is the index by path in the site. All of it when it is small; none when it is not,
    because nobody asked for megabytes.
    """
    small = sum(map(len, index.values())) <= _MOST_OFFLINE
    return {f"{FOLDER}/offline.json": _json(sorted(index) if small else [])}


def added(corpus: Corpus) -> Mapping[str, str]:
    """The day from which the site knows each paper ("2024-03-24"), by slug.

    It is the day on which its first source was read, or else the last day of its first issue;
    papers of which neither is known are left out.
    """
    days: dict[str, list[date]] = defaultdict(list)
    for issue in corpus.issues:
        for entry in issue.entries():
            days[entry.paper].append(issue.end)
    for slug, paper in corpus.papers.items():
        read = [known.retrieved for known in paper.provenance if known.retrieved]
        days[slug] = read or days[slug]
    return {slug: min(found).isoformat() for slug, found in days.items() if found}


def shard_of(slug: str, count: int) -> int:
    """The number of the shard that holds a slug; saved.js works it out the same way."""
    return zlib.crc32(slug.encode()) % count


def _shard_count(papers: int) -> int:
    """A power of two, so that a growing corpus seldom moves papers to other shards."""
    return 1 << max(0, (papers - 1) // _PAPERS_OF_A_SHARD).bit_length()


def _edition(known: Mapping[str, str], count: int) -> dict[str, Any]:
    days = Counter(known.values())
    recent = dict(sorted(days.items(), reverse=True)[:_RECENT_DAYS])
    return {"shards": count, "edition": max(days, default=""), "added": recent}


def _paper(
    paper: Paper, topics: list[tuple[str, str]], day: str | None, citation: Citation
) -> dict[str, Any]:
    return {
        "title": plain(paper.name),
        "authors": list(paper.authors),
        "date": paper.published or "",
        "added": day or "",
        "topics": topics,
        "url": paper_url(paper.slug),
        "code": paper.links.code is not None,
        "tldr": plain_rich(paper.tldr or ""),
        "bibtex": citation.bibtex,
        "ris": citation.ris,
        "csl": citation.csl,
    }


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
