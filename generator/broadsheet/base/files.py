"""Atomic writing, and splitting large files.

`replace_file` writes atomically: other programs see the old content or the new content, never a
mix. `FolderWriter` fills a site's working folder, which nobody reads yet. To change several files
as one, see `change`.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# In bytes. Cloudflare Pages allows 25 MiB per file, Overleaf 50 MB.
FILE_LIMIT = 24_000_000
# In seconds.
_PAUSES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4)


@contextmanager
def path_in_errors(path: Path | str) -> Iterator[None]:
    """Adds `path` to any OSError that doesn't name a file, such as the one for a full disk."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


@contextmanager
def fixed_modes() -> Iterator[None]:
    """Makes new files and folders readable by everyone, whatever the user's umask is."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


def leads_out(path: Path, *folders: Path) -> bool:
    """Whether a path leads out of all of some folders by links, or to something hidden in them."""
    real = path.resolve()
    inside = [f.resolve() for f in folders if real.is_relative_to(f.resolve())]
    hidden = [any(part.startswith(".") for part in real.relative_to(f).parts) for f in inside]
    return all(hidden)


def replace_file(path: Path, content: bytes) -> None:
    """Writes a file atomically. If that fails, the old content stays, with its permissions."""
    if path.exists() and not path.is_file():  # a device such as /dev/stdout
        with path_in_errors(path):
            path.write_bytes(content)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = _temporary(path)
    try:
        with path_in_errors(path):
            temporary.write_bytes(content)
        if path.exists():
            shutil.copymode(path, temporary)
        move(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def replace_file_by_parts(path: Path, parts: Iterable[bytes]) -> None:
    """Writes a file atomically without having all of it in memory."""
    temporary = _temporary(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path_in_errors(path), temporary.open("wb") as stream:
            stream.writelines(parts)
        move(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def move(source: Path | str, target: Path | str) -> None:
    """Moves a file or folder to a place, replacing a file there.

    Windows refuses that as long as another program, such as a virus scanner, has it open. That
    mostly takes a moment, so the move is tried again for about a second.
    """
    pauses = _PAUSES if sys.platform == "win32" else ()
    for seconds in pauses:
        try:
            os.replace(source, target)  # noqa: PTH105
        except PermissionError:
            time.sleep(seconds)
        else:
            return
    os.replace(source, target)  # noqa: PTH105


def _temporary(path: Path) -> Path:
    """Returns a file beside `path` that no other process writes."""
    return path.with_name(f".{path.name}.{os.getpid()}.part")


# A file as it was written: its size in bytes, its time in nanoseconds, and maybe its SHA-256.
FileState = tuple[int, int, str]


class FolderWriter:
    """Writes files into a folder that nobody else reads yet."""

    def __init__(self, folder: Path) -> None:
        """Remembers the folder, and later the folders made in it."""
        self._folder = str(folder)
        self._made: set[str] = set()

    def write(self, path: str, content: bytes, *, hashed: bool = False) -> FileState:
        """Writes a file, by its path in the folder.

        Args:
            path: The path.
            content: What to write.
            hashed: Whether to return a hash of the content.
        """
        whole = self._place(path)
        with path_in_errors(whole), open(whole, "wb", buffering=0) as stream:  # noqa: PTH123
            stream.write(content)
        # Windows sets the time of a file when it's closed.
        _, when = state_of(whole)
        return len(content), when, hashlib.sha256(content).hexdigest() if hashed else ""

    def share(self, path: str, other: Path) -> None:
        """Adds a file of another folder: the same file, or a copy where that's impossible."""
        place = self._place(path)
        try:
            os.link(other / path, place)
        except OSError:
            shutil.copy2(other / path, place)

    def take(self, path: str, other: Path) -> None:
        """Moves a file from another folder."""
        move(other / path, self._place(path))

    def _place(self, path: str) -> str:
        """Returns the whole path of a file, in a folder that exists."""
        whole = os.path.join(self._folder, path)  # noqa: PTH118 - faster for thousands of files
        parent = os.path.dirname(whole)  # noqa: PTH120
        if parent not in self._made:
            _make_folder(parent)
            self._made.add(parent)
        return whole


def _make_folder(folder: str) -> None:
    """Makes a folder, unless it's there. Most are new ones in folders that exist."""
    try:
        os.mkdir(folder)  # noqa: PTH102
    except OSError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103


def state_of(path: str) -> tuple[int, int]:
    """Returns the size and time of a file."""
    found = os.stat(path)  # noqa: PTH116
    return found.st_size, found.st_mtime_ns


@dataclass(frozen=True)
class Frame:
    """The bytes before, between and after the entries of a file."""

    head: bytes = b""
    joint: bytes = b""
    tail: bytes = b""


def split_files(
    entries: Iterable[bytes], stem: str, ending: str, frame: Frame, limit: int = FILE_LIMIT
) -> dict[str, bytes]:
    """Joins entries to as few files of at most `limit` bytes as possible.

    An entry that is larger than the limit gets a file of its own.

    Returns:
        The content of each file by name: "<stem>.<ending>" for a single file, or else
        "<stem>-1.<ending>", "<stem>-2.<ending>" and so on.
    """
    around = len(frame.head) + len(frame.tail)
    # Streams need less memory than lists of entries do until these are joined.
    parts: list[io.BytesIO] = []
    size = around
    for entry in entries:
        if not parts or size + len(entry) > limit:
            parts.append(io.BytesIO())
            size = around
            parts[-1].write(frame.head + entry)
        else:
            parts[-1].write(frame.joint + entry)
        size += len(entry) + len(frame.joint)
    for part in parts:
        part.write(frame.tail)
    texts = [part.getvalue() for part in parts] or [frame.head + frame.tail]
    if len(texts) == 1:
        return {f"{stem}.{ending}": texts[0]}
    return {f"{stem}-{number}.{ending}": text for number, text in enumerate(texts, start=1)}
