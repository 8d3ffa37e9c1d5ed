"""Bulk files cut where hosts and tools refuse larger ones, always between whole entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# Cloudflare Pages takes 25 MiB a file, Overleaf 50 MB.
BULK_LIMIT = 24_000_000


@dataclass(frozen=True)
class Frame:
    """What stands before, between and after the entries of a file."""

    head: bytes = b""
    joint: bytes = b""
    tail: bytes = b""


def bulk_files(
    entries: Iterable[bytes], stem: str, ending: str, frame: Frame, limit: int = BULK_LIMIT
) -> dict[str, bytes]:
    """Entries in as many files as keep each within `limit` bytes, if an entry alone fits.

    One file is called "<stem>.<ending>"; several are "<stem>-1.<ending>", "<stem>-2.<ending>", ….
    """
    around = len(frame.head) + len(frame.tail)
    parts: list[list[bytes]] = [[]]
    size = around
    for entry in entries:
        if parts[-1] and size + len(entry) > limit:
            parts.append([])
            size = around
        parts[-1].append(entry)
        size += len(entry) + len(frame.joint)
    texts = [frame.head + frame.joint.join(part) + frame.tail for part in parts]
    if len(texts) == 1:
        return {f"{stem}.{ending}": texts[0]}
    return {f"{stem}-{number}.{ending}": text for number, text in enumerate(texts, start=1)}
