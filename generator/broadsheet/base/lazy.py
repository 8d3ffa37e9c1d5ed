"""Values that are made when they are needed first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeVar

Value = TypeVar("Value")

# What needs a value often needs it again soon. All values of a large corpus would take more memory
# than the corpus.
_MOST = 1_000


class Lazy(Mapping[str, Value]):
    """A mapping that makes its values when they are needed first, and keeps some of them."""

    def __init__(self, keys: Collection[str], make: Callable[[str], Value]) -> None:
        """Starts without values.

        Args:
            keys: All keys, in order.
            make: Returns the value of a key, always the same one.
        """
        self._keys, self._make = keys, make
        self._made: dict[str, Value] = {}

    def __getitem__(self, key: str) -> Value:
        if key not in self._made:
            if key not in self._keys:
                raise KeyError(key)
            if len(self._made) >= _MOST:
                self._made.clear()
            self._made[key] = self._make(key)
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
