"""Citation keys such as ``zhang-etal-2024-raft``.

A key is made from the paper's own facts. Papers that would get the same key all get an ending
from their own identifiers, so no key depends on the order of papers. What has been published
is remembered by slug (`read_keys`, `keys_text`), because facts are corrected and people have
the key in their manuscripts by then.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from slugify import slugify

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.citations.names import parse_name
from broadsheet.content.model import Paper

# Where a content folder remembers the keys that are out.
KEYS_FILE = "citation.keys"

_LITTLE_WORD = re.compile(
    r"an?|and|are|as|at|be|by|can|do|does|for|from|how|in|into|is|its?|of|on|or|that|the|their|"
    r"this|towards?|via|we|what|when|where|which|who|why|with|without"
)
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LINE = re.compile(r"(?P<slug>[a-z0-9-]+): (?P<key>\S+)")


def keys_of(papers: Iterable[Paper], published: Mapping[str, str] | None = None) -> dict[str, str]:
    """The citation key of every paper, by slug.

    `published` holds keys that are out already, by slug; they stay, also for a paper that
    has been renamed since (its old slug is among its aliases).
    """
    listed = sorted(papers, key=lambda paper: paper.slug)
    kept = _kept_keys(listed, published or {})
    fresh = {paper.slug: _plain_key(paper) for paper in listed if paper.slug not in kept}
    # A key that was published once is never given to another paper, not even a removed one's.
    taken = set((published or {}).values())
    by_slug = {paper.slug: paper for paper in listed}
    for ending in (_id_ending, _slug_ending):
        counts = Counter(fresh.values())
        clashes = [slug for slug, key in fresh.items() if counts[key] > 1 or key in taken]
        fresh |= {slug: f"{fresh[slug]}-{ending(by_slug[slug])}" for slug in clashes}
    return dict(sorted({**fresh, **kept}.items()))


def _kept_keys(papers: Iterable[Paper], published: Mapping[str, str]) -> dict[str, str]:
    kept: dict[str, str] = {}
    used: set[str] = set()
    for paper in papers:
        known = (published[slug] for slug in (paper.slug, *paper.aliases) if slug in published)
        key = next(known, None)
        if key and key not in used:
            kept[paper.slug] = key
            used.add(key)
    return kept


def _plain_key(paper: Paper) -> str:
    return "-".join([_people(paper), year_of(paper) or "nd", _title_word(paper)])


def _people(paper: Paper) -> str:
    families = [_ascii(_family(author)) for author in paper.authors[:2]]
    if not families:
        return "anon"
    if len(paper.authors) > 2:
        return f"{families[0]}-etal"
    return "-".join(families)


def _family(author: str) -> str:
    return parse_name(author).last


def _ascii(text: str) -> str:
    return slugify(text, max_length=40, word_boundary=True) or "name"


def year_of(paper: Paper) -> str | None:
    """The year of a paper: as stated, or that of its arXiv id (2403.… is of 2024)."""
    if paper.published:
        return paper.published[:4]
    if not paper.arxiv:
        return None
    digits = paper.arxiv.rpartition("/")[2][:2]
    # The old scheme began in 1991 and ended in 2007.
    return ("19" if "/" in paper.arxiv and digits > "90" else "20") + digits


def _title_word(paper: Paper) -> str:
    """The first word of the title that says something."""
    plain = re.sub(r"\\[a-zA-Z]+|[{}$^_]", "", paper.title or "")
    words = [word for word in slugify(plain).split("-") if word]
    telling = [word for word in words if not _LITTLE_WORD.fullmatch(word)]
    return next(iter(telling or words), slugify(paper.arxiv or paper.slug))


def _id_ending(paper: Paper) -> str:
    return slugify(paper.arxiv) if paper.arxiv else _digest((paper.doi or paper.slug).lower())


def _slug_ending(paper: Paper) -> str:
    return _digest(paper.slug)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def read_keys(text: str, file: str) -> dict[str, str]:
    """The keys that a file of lines "slug: key" remembers; empty lines and "# …" are passed."""
    keys: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if not match or not _KEY.fullmatch(match["key"]):
            raise BroadsheetError(
                Problem(file, number, "", f"{line.strip()!r} is not a key", "write slug: key")
            )
        if keys.setdefault(match["slug"], match["key"]) != match["key"]:
            message = f"{match['slug']!r} has the key {keys[match['slug']]!r} above"
            raise BroadsheetError(Problem(file, number, "", message, "keep the older of the two"))
    return keys


def keys_text(keys: Mapping[str, str]) -> str:
    """The file that `read_keys` reads, sorted so that a new paper is one new line."""
    head = "# Citation keys that are out. They never change; a new paper gets a new line.\n"
    return head + "".join(f"{slug}: {key}\n" for slug, key in sorted(keys.items()))
