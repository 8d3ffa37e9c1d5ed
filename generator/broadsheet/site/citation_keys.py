"""Reading and changing the file of published citation keys in the content folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from broadsheet.base.encoding import decode
from broadsheet.citations.keys import KEYS_FILE, keys_of, keys_text, read_keys
from broadsheet.content.model import Paper
from broadsheet.site.project import shown_path


def published_keys(content: Path) -> dict[str, str]:
    """Returns the published citation keys by slug.

    Args:
        content: The content folder. Without a file of keys, there are none.

    Raises:
        BroadsheetError: The file is invalid.
    """
    file = content / KEYS_FILE
    if not file.exists() and not file.is_symlink():
        return {}
    return read_keys(decode(file.read_bytes(), shown_path(file)), shown_path(file))


def keys_file(
    known: Mapping[str, str],
    papers: Mapping[str, Paper],
    renamed: Sequence[tuple[str, str]] = (),
) -> dict[str, str]:
    """Returns the file of citation keys by its name, or nothing if it doesn't change.

    Args:
        known: The published keys.
        papers: All papers.
        renamed: The old and new slugs of papers, which keep their keys.
    """
    keys = dict(known)
    for old, new in renamed:
        if old in known:
            # Another key of the new slug belongs to a paper that was merged into this one.
            keys |= {new: known[old], old: known.get(new, known[old])}
    # Keys of removed and renamed papers stay, so that no other paper gets them.
    keys |= keys_of(papers.values(), keys)
    return {} if keys == known else {KEYS_FILE: keys_text(keys)}
