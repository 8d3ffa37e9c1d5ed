"""Files: replacing one as a whole, splitting large ones, keeping results for later builds.

Everything that Broadsheet writes outside a site's working folder goes through `replace_file` or
`replace_files`, so a reader sees the old content or the new content and never half of either.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# Cloudflare Pages takes 25 MiB a file, Overleaf 50 MB.
BULK_LIMIT = 24_000_000


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Puts `path` into an OSError that names no file, as the error for a full disk does."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


def replace_file(path: Path, content: bytes) -> None:
    """Writes `path` as a whole. If that fails, the old content stays."""
    if path.exists() and not path.is_file():  # a device such as /dev/stdout
        with naming(path):
            path.write_bytes(content)
        return
    replace_files({path: content})


def replace_files(files: Mapping[Path, bytes]) -> None:
    """Writes several files as a whole, in the order given.

    No file is replaced until all of them have been written, so a full disk changes nothing. A
    file that exists keeps its permissions.
    """
    halves: list[tuple[Path, Path]] = []
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            half = path.with_name(f".{path.name}.part")
            halves.append((half, path))
            with naming(path):
                half.write_bytes(content)
            if path.exists():
                shutil.copymode(path, half)
        for half, path in halves:
            half.replace(path)
    finally:
        for half, _ in halves:
            half.unlink(missing_ok=True)


@dataclass(frozen=True)
class Cache:
    """Results of earlier builds, each under a name that stands for what it was made from.

    A cache is a help and never an input: its folder can be deleted at any time. Without a folder
    nothing is kept.
    """

    folder: Path | None = None

    def below(self, name: str) -> Cache:
        """The part of this cache in the folder `name`."""
        return Cache(self.folder / name if self.folder else None)

    def content(self, name: str, make: Callable[[], bytes]) -> bytes:
        """The content kept under `name`; `make` is called when there is none."""
        if self.folder is None:
            return make()
        path = self.folder / name
        if not path.is_file():
            replace_file(path, make())
        return path.read_bytes()

    @contextmanager
    def texts(self, name: str) -> Iterator[MutableMapping[str, str]]:
        """The texts kept in the file `name`, by key. Texts that the caller adds are kept too."""
        path = self.folder / name if self.folder else None
        texts = _read_texts(path) if path else {}
        before = len(texts)
        yield texts
        if path and len(texts) != before:
            replace_file(path, json.dumps(texts, ensure_ascii=False).encode())


def _read_texts(path: Path) -> dict[str, str]:
    """The texts in a cache file; a file that cannot be read counts as empty."""
    try:
        known = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


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
