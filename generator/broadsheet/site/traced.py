"""What tasks read of an edition, and the state of everything that they can read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pydantic import BaseModel

from broadsheet.base.lazy import Lazy
from broadsheet.base.reads import ALL, KEYS, VALUE, WHETHER, Read, ReadMapping, Reads, ReadSequence
from broadsheet.citations import Citation
from broadsheet.edition import Edition

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

# A plain value, or any value if the state is live.
State = object

_MAPPINGS = (
    *("papers", "dates", "citations", "appearances", "counted", "in_issues", "related"),
    *("topics", "places", "weeks", "lists", "authors"),
)
_SEQUENCES = ("newest", "issues", "collections", "corrections", "removed")


@dataclass(frozen=True)
class Sources:
    """Everything that tasks read, by kind.

    Attributes:
        reads: What the task that is made now has read.
        is_live: Whether only this process compares states. They then are the values themselves,
            which are mostly those of the build before, so that comparing them takes no time.
    """

    reads: Reads = field(default_factory=Reads)
    is_live: bool = False
    _values: dict[str, Mapping[Any, Any] | Sequence[Any]] = field(default_factory=dict)
    _states: dict[Read, State] = field(default_factory=dict)
    _functions: dict[str, Callable[[Any], State]] = field(default_factory=dict)

    def mapping(self, kind: str, values: Mapping[Key, Value]) -> Mapping[Key, Value]:
        """Returns a mapping as one that records what of it is read."""
        self._values[kind] = values
        return ReadMapping(values, kind, self.reads)

    def sequence(self, kind: str, values: Sequence[Value]) -> Sequence[Value]:
        """Returns a sequence as one that records what of it is read."""
        self._values[kind] = values
        return ReadSequence(values, kind, self.reads)

    def states(self, kind: str, state: Callable[[Any], State]) -> None:
        """Adds values that record by themselves what of them is read.

        Args:
            kind: The name of the values.
            state: Returns the state of the value with a key.
        """
        assert kind not in self._values, kind
        self._functions[kind] = state

    def function(
        self, kind: str, function: Callable[[], Value], kinds: Sequence[str]
    ) -> Callable[[], Value]:
        """Returns a function as one that records when it's called.

        Args:
            kind: The name of its result.
            function: A function that is slow, so its result isn't made just to know its state.
            kinds: What the result is made from.
        """
        self.states(kind, lambda _: tuple(self.state((of, ALL, None)) for of in kinds))

        def recorded() -> Value:
            self.reads.seen.add((kind, VALUE, None))
            return function()

        return recorded

    def edition(self, edition: Edition) -> Edition:
        """Returns an edition as one that records what of it is read, its site excepted."""
        mappings: dict[str, Any] = {
            name: self.mapping(name, getattr(edition, name)) for name in _MAPPINGS
        }
        sequences: dict[str, Any] = {
            name: self.sequence(name, getattr(edition, name)) for name in _SEQUENCES
        }
        return replace(edition, **mappings, **sequences)

    def state(self, read: Read) -> State:
        """Returns the state of what is read, which is different if that has changed."""
        if read not in self._states:
            self._states[read] = self._state(read)
        return self._states[read]

    def _state(self, read: Read) -> State:
        kind, what, key = read
        if kind in self._functions:
            return self._functions[kind](key)
        values = self._values[kind]
        if what == WHETHER:
            return key in values
        if what == VALUE:
            return self._state_of(_get(values, key))
        keys = list(values) if isinstance(values, Mapping) else list(range(len(values)))
        if what == KEYS:
            return keys if self.is_live else _hash(repr(keys).encode())
        if self.is_live and kind != "citations":
            return dict(zip(keys, _all(values), strict=True))
        states = {key: self.state((kind, VALUE, key)) for key in keys}
        return states if self.is_live else _hash(repr(states).encode())

    def changed(self, kind: str, before: State) -> Iterator[Read]:
        """Yields all reads whose state is different now.

        Args:
            kind: The kind of what was read, of which all values are known.
            before: The live state of all values.
        """
        now = self.state((kind, ALL, None))
        assert isinstance(before, dict)
        assert isinstance(now, dict)
        keys = [key for key, value in now.items() if not _is_known(before, key, value)]
        keys += before.keys() - now.keys()
        yield from ((kind, what, key) for what in (VALUE, WHETHER) for key in keys)
        if list(before) != list(now):
            yield kind, KEYS, None
            yield kind, ALL, None
        elif keys:
            yield kind, ALL, None

    def is_whole(self, kind: str) -> bool:
        """Whether all values of a kind are known, so that it takes no time to compare them."""
        return not isinstance(self._values.get(kind, Lazy((), str)), Lazy)

    def _state_of(self, value: Any) -> State:
        if isinstance(value, Citation):
            of_paper = self.state(("papers", VALUE, value.paper.slug))
            return of_paper, value.key, value.site.url, value.site.name
        if self.is_live or value is None or isinstance(value, str):
            return value
        return _hash(_json(value) if isinstance(value, BaseModel) else repr(value).encode())


def is_same(before: State, now: State) -> bool:
    """Whether two states are the same. Equal papers may differ in the order of what they have."""
    if before is now:
        return True
    if isinstance(before, dict) and isinstance(now, dict):
        return list(before) == list(now) and all(map(is_same, before.values(), now.values()))
    if isinstance(before, BaseModel) and isinstance(now, BaseModel):
        return _json(before) == _json(now)
    return before == now


def _is_known(states: Mapping[Hashable, State], key: Hashable, state: State) -> bool:
    known = states.get(key, states)  # no state is this mapping
    return known is state or is_same(known, state)


def _all(values: Mapping[Any, Any] | Sequence[Any]) -> Iterable[Any]:
    return values.values() if isinstance(values, Mapping) else values


def _get(values: Mapping[Any, Any] | Sequence[Any], key: Any) -> Any:
    if isinstance(values, Mapping):
        return values.get(key)
    return values[key] if key < len(values) else None


def _json(value: BaseModel) -> bytes:
    return value.__pydantic_serializer__.to_json(value)


def _hash(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()
