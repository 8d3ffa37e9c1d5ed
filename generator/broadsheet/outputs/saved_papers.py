"""Data for the page of saved papers, for the banner of new papers, and for offline use.

Browsers store the slugs of starred papers. The page of saved papers loads the file of each one from
the API, so that nobody has to load the whole corpus. Renamed papers are found by their old slugs.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NotRequired, TypedDict

from broadsheet.edition import Edition

FOLDER = "reading"
NEWS_FILE = f"{FOLDER}/edition.json"
OFFLINE_FILE = f"{FOLDER}/offline.json"
MOVED_FILE = f"{FOLDER}/moved.json"
# In bytes. Readers shouldn't have to download more unless they ask for it.
_MAX_OFFLINE = 2_000_000


class News(TypedDict):
    """The content of `reading/edition.json`.

    Attributes:
        edition: The last day on which papers were added, or "".
        added: The number of papers that were added on each day.
    """

    edition: str
    added: Mapping[str, int]


class SavedTopic(TypedDict):
    """A topic of a paper."""

    slug: str
    name: str


class SavedCitations(TypedDict):
    """The reference of a paper, as scripts give it to readers."""

    key: str
    bibtex: str
    csl: Mapping[str, Any]


class SavedPaper(TypedDict):
    """What scripts read in the file of a paper in the API (`api.shapes.ApiPaper`)."""

    authors: Sequence[str]
    arxiv: NotRequired[str]
    doi: NotRequired[str]
    published: NotRequired[str]
    links: Mapping[str, str]
    topics: Sequence[SavedTopic]
    tldr: NotRequired[str]
    abstract: NotRequired[str]
    citations: SavedCitations


def reading_files(edition: Edition) -> Mapping[str, bytes]:
    """Returns `reading/edition.json` (`News`), and the new slugs of renamed papers by old slug."""
    moved = {alias: slug for slug, paper in edition.papers.items() for alias in paper.aliases}
    return {NEWS_FILE: _json(_news(edition)), MOVED_FILE: _json(moved)}


def offline_files(index: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Returns `reading/offline.json`, a list of files that browsers store for offline searches.

    Args:
        index: The files of the search index by path. If they're large, browsers store none.
    """
    small = sum(map(len, index.values())) <= _MAX_OFFLINE
    return {OFFLINE_FILE: _json(sorted(index) if small else [])}


def _news(edition: Edition) -> News:
    days = Counter(dates.added.isoformat() for dates in edition.dates.values() if dates.added)
    return {"edition": max(days, default=""), "added": days}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
