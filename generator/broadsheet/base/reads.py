"""Recording what is read while something is made, to know later what has to be made again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, ItemsView, Iterator, Mapping, Sequence, ValuesView
from typing import Any, TypeVar, overload

from broadsheet.base.lazy import Lazy

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


# Something that was read: the kind of a value, what of it, and its key unless it's all of them.
Read = tuple[str, str, Hashable]
# A value; whether there is one; all keys; and all values with their keys.
VALUE, WHETHER, KEYS, ALL = "value", "whether", "keys", "all"


class Reads:
    """Records what is read."""

    def __init__(self) -> None:
        """Starts with nothing."""
        self.seen: set[Read] = set()

    def during(self, make: Callable[[], Value]) -> tuple[Value, set[Read]]:
        """Calls a function. Returns its result, and what was read meanwhile."""
        before, self.seen = self.seen, set()
        try:
            return make(), self.seen
        finally:
            self.seen = before


class ReadMapping(Mapping[Key, Value]):
    """A mapping that records what of it is read."""

    def __init__(self, values: Mapping[Key, Value], kind: str, reads: Reads) -> None:
        """Wraps a mapping.

        Args:
            values: The mapping.
            kind: The name of its values in what is read.
            reads: Where reads are recorded.
        """
        self._values, self._kind, self._reads = values, kind, reads
        self._is_lazy = isinstance(values, Lazy)

    def __getitem__(self, key: Key) -> Value:
        self._reads.seen.add((self._kind, VALUE, key))
        if self._is_lazy:
            # What is read to make a value says nothing more than the value itself.
            return self._reads.during(lambda: self._values[key])[0]
        return self._values[key]

    def __contains__(self, key: object) -> bool:
        self._reads.seen.add((self._kind, WHETHER, key))
        return key in self._values

    def __iter__(self) -> Iterator[Key]:
        self._reads.seen.add((self._kind, KEYS, None))
        return iter(self._values)

    def __len__(self) -> int:
        self._reads.seen.add((self._kind, KEYS, None))
        return len(self._values)

    def values(self) -> ValuesView[Value]:
        """Returns all values."""
        self._reads.seen.add((self._kind, ALL, None))
        return self._values.values()

    def items(self) -> ItemsView[Key, Value]:
        """Returns all keys and values."""
        self._reads.seen.add((self._kind, ALL, None))
        return self._values.items()


class ReadSequence(Sequence[Value]):
    """A sequence that records what of it is read. Its keys are numbers."""

    def __init__(self, values: Sequence[Value], kind: str, reads: Reads) -> None:
        """Wraps a sequence, as `ReadMapping` does a mapping."""
        self._values, self._kind, self._reads = values, kind, reads

    @overload
    def __getitem__(self, at: int) -> Value: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Value]: ...
    def __getitem__(self, at: int | slice) -> Any:
        self._reads.seen.add(
            (self._kind, VALUE, at) if isinstance(at, int) else (self._kind, ALL, None)
        )
        return self._values[at]

    def __iter__(self) -> Iterator[Value]:
        self._reads.seen.add((self._kind, ALL, None))
        return iter(self._values)

    def __len__(self) -> int:
        self._reads.seen.add((self._kind, KEYS, None))
        return len(self._values)
