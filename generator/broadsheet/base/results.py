"""Many small results that later builds use again, by what they were made from."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from broadsheet.base.cache import Cache

# More files make it cheaper to write a changed one, and more expensive to read all.
_FILES = 64


class Results:
    """Results by key: a hash of everything that a result is made from, the program excepted.

    They are spread over a few files. What isn't asked for again is removed.
    """

    def __init__(self, cache: Cache, name: str, classes: Collection[type] = ()) -> None:
        """Finds the results that an earlier build kept as `name`.

        Args:
            cache: The cache.
            name: A name for results of this kind.
            classes: The classes of results other than plain values.
        """
        self._cache = cache.below(name)
        self._kept: list[dict[bytes, Any]] = self._cache.remembered("") or [
            next(self._cache.values(str(number), classes), {}) for number in range(_FILES)
        ]
        self._used: list[dict[bytes, Any]] = [{} for _ in range(_FILES)]

    def get(self, key: bytes) -> Any:
        """Returns the result with a key, or None."""
        number = key[0] % _FILES
        found = self._kept[number].get(key)
        if found is not None:
            self._used[number][key] = found
        return found

    def put(self, key: bytes, result: Any) -> None:
        """Adds a result."""
        self._used[key[0] % _FILES][key] = result

    def keep(self) -> None:
        """Keeps the results that were asked for or added for later builds."""
        self._cache.remember("", self._used)
        for number, (kept, used) in enumerate(zip(self._kept, self._used, strict=True)):
            if used.keys() != kept.keys():
                self._cache.keep(str(number), [used])
