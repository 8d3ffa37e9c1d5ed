"""Reading and writing the file of published citation keys in the content folder."""

from __future__ import annotations

from pathlib import Path

from broadsheet.base.encoding import decode
from broadsheet.citations.keys import KEYS_FILE, keys_of, keys_text, read_keys
from broadsheet.content.model import Corpus
from broadsheet.content.save import write
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


def keep_keys(content: Path, corpus: Corpus) -> bool:
    """Adds the citation keys of new papers to the file. Returns whether there were any."""
    known = published_keys(content)
    # Keys of removed and renamed papers stay, so that no other paper gets them.
    keys = known | keys_of(corpus.papers.values(), known)
    if keys == known:
        return False
    write({KEYS_FILE: keys_text(keys)}, content)
    return True
