"""Caching results for later builds.

A cache only saves time: its folder can be deleted at any time, and two builds can use it at once.
A result is used again if its inputs and the program are the same. If it's missing or damaged, it
is made again.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from broadsheet.base.files import replace_file, replace_file_by_parts

_PACKAGE = Path(__file__).parents[1]
# Bytes that are read at once to compute a checksum.
_PART = 2**20


@dataclass(frozen=True)
class Cache:
    """A folder of results, each in a file. Without a folder, nothing is cached.

    Attributes:
        folder: The folder.
        memory: Where a process that builds several times keeps values, so that it doesn't read them
            again. Whoever asks for them mustn't change them.
    """

    folder: Path | None = None
    memory: dict[Path, Any] | None = None

    def below(self, name: str) -> Cache:
        """Returns the part of this cache in the folder `name`."""
        return Cache(self.folder / name if self.folder else None, self.memory)

    def content(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Returns the content cached as `name`, after making and caching it if necessary.

        The name must be derived from everything that the content is made from.
        """
        content = self.found(name)
        if content is None:
            content = make()
            self.put(name, content)
        return content

    def found(self, name: str) -> bytes | None:
        """Returns the content kept as `name`, or None if there is none or it's damaged."""
        if self.folder:
            with suppress(OSError):
                checksum, content = _parted((self.folder / name).read_bytes())
                if checksum == hashlib.sha256(content).digest():
                    return content
        return None

    def put(self, name: str, content: bytes) -> None:
        """Keeps content as `name`, in place of what is there."""
        if self.folder:
            replace_file(self.folder / name, hashlib.sha256(content).digest() + content)

    def remembered(self, name: str) -> Any:
        """Returns what this process remembers as `name`, or None."""
        return self.memory.get(self.folder / name) if self.memory and self.folder else None

    def remember(self, name: str, value: object) -> bool:
        """Remembers a value as `name`. Returns whether this process has a memory."""
        if self.memory is None or not self.folder:
            return False
        self.memory[self.folder / name] = value
        return True

    def values(self, name: str, classes: Iterable[type] = ()) -> Iterator[Any]:
        """Yields the values that this program last kept as `name`, or nothing.

        Args:
            name: The name of the values.
            classes: The classes of values that aren't plain. Creating one must be harmless,
                whatever its content is.
        """
        with suppress(OSError, pickle.UnpicklingError), ExitStack() as stack:
            if self.folder:
                stream = stack.enter_context((self.folder / name).open("rb"))
                end = _end_of_values(stream)
                while stream.tell() < end:
                    yield _Unpickler(stream, classes).load()

    def keep(self, name: str, values: Iterable[Any]) -> None:
        """Keeps values for later builds.

        They consist of plain values (numbers, text, bytes, tuples, lists, sets and dictionaries)
        and of classes that are named when they are read. Each is written and read on its own, so
        they don't need to be in memory together.
        """
        if self.folder:
            replace_file_by_parts(self.folder / name, _packed(values))


def _parted(content: bytes) -> tuple[bytes, bytes]:
    """Returns the checksum at the beginning of a file, and everything after it."""
    size = hashlib.sha256().digest_size
    return content[:size], content[size:]


@contextmanager
def no_search_for_cycles() -> Iterator[None]:
    """Keeps Python from looking for cycles among many new values that have none.

    That would take longer than making them.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@cache
def program() -> bytes:
    """Returns a hash of Broadsheet's code, its Python and all installed packages."""
    found = hashlib.sha256(f"{sys.version} {sys.byteorder} {sys.maxsize}".encode())
    for path in sorted(_PACKAGE.rglob("*.py")):
        found.update(hashlib.sha256(path.read_bytes()).digest())
    for folder in filter(None, sys.path):
        # Their names include versions.
        found.update("".join(sorted(map(str, Path(folder).glob("*.dist-info")))).encode())
    return found.digest()


def _packed(values: Iterable[Any]) -> Iterator[bytes]:
    """Yields each value, then a checksum of them and of the program."""
    checksum = hashlib.sha256(program())
    for value in values:
        packed = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        checksum.update(packed)
        yield packed
    yield checksum.digest()


def _end_of_values(stream: BinaryIO) -> int:
    """Returns where the checksum is, or 0 if it's wrong: the file is damaged, or not ours."""
    checksum = hashlib.sha256(program())
    end = remaining = stream.seek(0, os.SEEK_END) - checksum.digest_size
    stream.seek(0)
    while remaining > 0 and (part := stream.read(min(remaining, _PART))):
        checksum.update(part)
        remaining -= len(part)
    is_right = remaining == 0 and stream.read() == checksum.digest()
    stream.seek(0)
    return end if is_right else 0


class _Unpickler(pickle.Unpickler):
    """Reads plain values and harmless classes only.

    Unpickling can run any function that it looks up, and anybody may have put a file into the
    cache. So nothing else can be looked up.
    """

    def __init__(self, stream: BinaryIO, classes: Iterable[type]) -> None:
        super().__init__(stream)
        self._classes = {(known.__module__, known.__qualname__): known for known in classes}

    def find_class(self, module: str, name: str) -> type:
        if (module, name) not in self._classes:
            raise pickle.UnpicklingError(f"{module}.{name} isn't expected here")
        return self._classes[module, name]
