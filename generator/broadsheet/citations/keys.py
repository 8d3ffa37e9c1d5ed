"""Citation keys such as ``zhang-etal-2024-raft``.

A key is made from the facts of a paper. If several papers would get the same key, each gets a
suffix from its own identifiers, so no key depends on the order of papers. Published keys are kept
by slug (`read_keys`, `keys_text`): facts may be corrected later, but people have the key in their
manuscripts.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.slugs import slugified
from broadsheet.citations.names import parse_name
from broadsheet.content.model import Paper

# The file in the content folder that has all published keys.
KEYS_FILE = "citation.keys"

_FUNCTION_WORD = re.compile(
    r"an?|and|are|as|at|be|by|can|do|does|for|from|how|in|into|is|its?|of|on|or|that|the|their|"
    r"this|towards?|via|we|what|when|where|which|who|why|with|without"
)
# Keeps keys readable even if the name of a group is long.
_MAX_NAME = 40
_LATEX = re.compile(r"\\[a-zA-Z]+|[{}$^_]")
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LINE = re.compile(r"(?P<slug>[a-z0-9-]+): (?P<key>\S+)")


def keys_of(papers: Iterable[Paper], published: Mapping[str, str] | None = None) -> dict[str, str]:
    """Returns the citation keys of papers, by slug.

    Args:
        papers: The papers.
        published: Published keys by slug, which stay the same. A renamed paper keeps its key,
            because its old slug is among its aliases.
    """
    by_slug = {paper.slug: paper for paper in sorted(papers, key=lambda paper: paper.slug)}
    kept = _kept_keys(by_slug.values(), published or {})
    new = {slug: _plain_key(paper) for slug, paper in by_slug.items() if slug not in kept}
    # No other paper ever gets a published key, not even that of a removed paper.
    taken = set((published or {}).values())
    for suffix in (_id_suffix, _slug_suffix):
        counts = Counter(new.values())
        clashes = [slug for slug, key in new.items() if counts[key] > 1 or key in taken]
        new |= {slug: f"{new[slug]}-{suffix(by_slug[slug])}" for slug in clashes}
    return dict(sorted({**new, **kept}.items()))


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
    if _is_plain(text) and len(text) <= _MAX_NAME:
        return text.lower()  # as slugified() does, which takes longer
    return slugified(text, _MAX_NAME) or "name"


def _is_plain(word: str) -> bool:
    return word.isascii() and word.isalpha()


def year_of(paper: Paper) -> str | None:
    """Returns the year of a paper: as published, or that of its arXiv id (2024 for 2403.…)."""
    if paper.published:
        return paper.published[:4]
    if not paper.arxiv:
        return None
    digits = paper.arxiv.rpartition("/")[2][:2]
    # The old scheme began in 1991 and ended in 2007.
    return ("19" if "/" in paper.arxiv and digits > "90" else "20") + digits


def _title_word(paper: Paper) -> str:
    """Returns the first word of the title that isn't a function word."""
    for printed in (paper.title or "").split():
        word = printed.rstrip(":,.?!").lower()
        if not _is_plain(word):
            break
        if not _FUNCTION_WORD.fullmatch(word):
            return word
    plain = _LATEX.sub("", paper.title or "")
    words = [word for word in slugified(plain).split("-") if word]
    content_words = [word for word in words if not _FUNCTION_WORD.fullmatch(word)]
    return next(iter(content_words or words), slugified(paper.arxiv or paper.slug))


def _id_suffix(paper: Paper) -> str:
    return slugified(paper.arxiv) if paper.arxiv else _hash((paper.doi or paper.slug).lower())


def _slug_suffix(paper: Paper) -> str:
    return _hash(paper.slug)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def read_keys(text: str, file: str) -> dict[str, str]:
    """Reads a file of lines "slug: key". Blank lines and comments ("# …") are ignored.

    Args:
        text: The content of the file.
        file: Its path, for error messages.

    Raises:
        BroadsheetError: A line is invalid, or a slug has two keys.
    """
    keys: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if not match or not _KEY.fullmatch(match["key"]):
            message = f"{line.strip()!r} isn't a citation key"
            raise BroadsheetError(Problem(file, number, "", message, "write `slug: key`"))
        if keys.setdefault(match["slug"], match["key"]) != match["key"]:
            message = f"{match['slug']!r} already has the key {keys[match['slug']]!r}"
            raise BroadsheetError(Problem(file, number, "", message, "remove the newer of the two"))
    return keys


def keys_text(keys: Mapping[str, str]) -> str:
    """Returns the content of the file that `read_keys` reads, sorted by slug."""
    head = "# Published citation keys. They never change; a new paper gets a new line.\n"
    return head + "".join(f"{slug}: {key}\n" for slug, key in sorted(keys.items()))
