"""Where a source comes from: a file, or an address on the web."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from broadsheet.content.parts import Source


def is_address(origin: str) -> bool:
    """Whether a source comes from the web."""
    return origin.lower().startswith(("https://", "http://"))


def source_of(name: str, origin: str, retrieved: date) -> Source:
    """Returns the source of a list, which remembers where it comes from."""
    if is_address(origin):
        return Source(name=name, url=origin, retrieved=retrieved)
    return Source(name=name, file=origin, retrieved=retrieved)


def origin_of(source: Source | None) -> str | None:
    """Returns where a list comes from, as it was given to the import."""
    return (source.file or source.url) if source else None


def stem_of(origin: str) -> str:
    """Returns the name of a file without its ending, or that of a host without files."""
    if not is_address(origin):
        return PurePosixPath(origin).stem
    parts = urlsplit(origin)
    return PurePosixPath(parts.path).stem or parts.hostname or origin
