"""Caching results for later builds.

A cache only saves time: its folder can be deleted at any time, and two builds can use it at once.
A result is used again if its inputs and the program are the same. If it's missing or damaged, it
is made again.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from broadsheet.base.files import replace_file

_PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True)
class Cache:
    """A folder of results, each in a file. Without a folder, nothing is cached."""

    folder: Path | None = None

    def below(self, name: str) -> Cache:
        """Returns the part of this cache in the folder `name`."""
        return Cache(self.folder / name if self.folder else None)

    def content(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Returns the content cached as `name`, after making and caching it if necessary.

        The name must be derived from everything that the content is made from.
        """
        if self.folder is None:
            return make()
        path = self.folder / name
        if not path.is_file():
            replace_file(path, make())
        return path.read_bytes()

    def value(self, name: str) -> Any:
        """Returns the value that this program last kept as `name`, or None."""
        try:
            return _unpacked((self.folder / name).read_bytes()) if self.folder else None
        except (OSError, pickle.UnpicklingError):
            return None

    def keep(self, name: str, value: Any) -> None:
        """Keeps a value made of numbers, text, bytes, tuples, lists, sets and dictionaries."""
        if self.folder:
            packed = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
            replace_file(self.folder / name, _checksum(packed) + packed)


@cache
def program() -> bytes:
    """Returns a hash of Broadsheet's code and of the Python that runs it."""
    found = hashlib.sha256(f"{sys.version} {sys.byteorder} {sys.maxsize}".encode())
    for path in sorted(_PACKAGE.rglob("*.py")):
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.digest()


def _checksum(packed: bytes) -> bytes:
    return hashlib.sha256(program() + packed).digest()


def _unpacked(content: bytes) -> Any:
    checksum, packed = content[:32], content[32:]
    if checksum != _checksum(packed):
        return None  # by another version, or damaged
    return _PlainUnpickler(io.BytesIO(packed)).load()


class _PlainUnpickler(pickle.Unpickler):
    """Reads plain values only.

    Unpickling can run code when it looks up a class or function, and anybody may have put a file
    into the cache. Plain values need no lookup, so none is allowed.
    """

    def find_class(self, module: str, name: str) -> NoReturn:
        raise pickle.UnpicklingError(f"{module}.{name} isn't a plain value")
