"""What earlier builds worked out and later ones need not: a help, never an input."""

from __future__ import annotations

import json
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def kept_texts(folder: Path) -> Iterator[MutableMapping[str, str]]:
    """Formatted texts by what they were made of, read from `folder` and kept there.

    A file that cannot be read is the same as none.
    """
    path = folder / "texts.json"
    try:
        known = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        known = {}
    texts: dict[str, str] = known if isinstance(known, dict) else {}
    before = len(texts)
    yield texts
    if len(texts) != before:
        folder.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".part")
        half.write_text(json.dumps(texts, ensure_ascii=False), "utf-8")
        half.replace(path)
