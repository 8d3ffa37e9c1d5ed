"""The citation keys that are out, as the content folder remembers them."""

from __future__ import annotations

from pathlib import Path

from broadsheet.base.encoding import decode
from broadsheet.citations.keys import KEYS_FILE, keys_of, keys_text, read_keys
from broadsheet.content.model import Corpus
from broadsheet.content.save import write
from broadsheet.site.project import shown_path


def published_keys(content: Path) -> dict[str, str]:
    """Keys by slug; none when there is no such file. Raises BroadsheetError for a wrong line."""
    file = content / KEYS_FILE
    if not file.exists() and not file.is_symlink():
        return {}
    return read_keys(decode(file.read_bytes(), shown_path(file)), shown_path(file))


def keep_keys(content: Path, corpus: Corpus) -> bool:
    """Writes the keys of papers that have none kept yet; False when there was nothing to write."""
    known = published_keys(content)
    # Lines of removed and renamed papers stay: their keys must not be given to others.
    keys = known | keys_of(corpus.papers.values(), known)
    if keys == known:
        return False
    write({KEYS_FILE: keys_text(keys)}, content)
    return True
