"""What tasks read of an edition, and the state of everything that they can read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pydantic import BaseModel

from broadsheet.base.reads import ALL, KEYS, VALUE, WHETHER, Read, ReadMapping, Reads, ReadSequence
from broadsheet.citations import Citation
from broadsheet.edition import Edition

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

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
        known: Values with their states, of an earlier build in this process.
    """

    reads: Reads = field(default_factory=Reads)
    known: dict[Read, tuple[object, bytes]] | None = None
    _values: dict[str, Mapping[Any, Any] | Sequence[Any]] = field(default_factory=dict)
    _states: dict[Read, bytes] = field(default_factory=dict)
    _functions: dict[str, Callable[[Any], bytes]] = field(default_factory=dict)

    def mapping(self, kind: str, values: Mapping[Key, Value]) -> Mapping[Key, Value]:
        """Returns a mapping as one that records what of it is read."""
        self._values[kind] = values
        return ReadMapping(values, kind, self.reads)

    def sequence(self, kind: str, values: Sequence[Value]) -> Sequence[Value]:
        """Returns a sequence as one that records what of it is read."""
        self._values[kind] = values
        return ReadSequence(values, kind, self.reads)

    def states(self, kind: str, state: Callable[[Any], bytes]) -> None:
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
        self.states(kind, lambda _: b"".join(self.state((of, ALL, None)) for of in kinds))

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

    def state(self, read: Read) -> bytes:
        """Returns a hash of what is read. It's different if that has changed."""
        if read not in self._states:
            self._states[read] = self._state(read)
        return self._states[read]

    def _state(self, read: Read) -> bytes:
        kind, what, key = read
        if kind in self._functions:
            return self._functions[kind](key)
        values = self._values[kind]
        if what == WHETHER:
            return b"yes" if key in values else b""
        if what == VALUE:
            return self._state_of(read, _get(values, key))
        keys = list(values) if isinstance(values, Mapping) else list(range(len(values)))
        known = repr(keys).encode()
        if what == KEYS:
            return _hash(known)
        return _hash(b"".join([known, *(self.state((kind, VALUE, key)) for key in keys)]))

    def _state_of(self, read: Read, value: Any) -> bytes:
        """Returns the state of a value, which is known if the last build had the same one."""
        if self.known is None:
            return self._state_of_value(value)
        same = (value.paper, value.key, value.site) if isinstance(value, Citation) else value
        if read in self.known:
            before, state = self.known[read]
            # Equal papers may differ in the order of what they have.
            if before is same or (not isinstance(value, BaseModel) and before == same):
                return state
        state = self._state_of_value(value)
        self.known[read] = (same, state)
        return state

    def _state_of_value(self, value: Any) -> bytes:
        if value is None or isinstance(value, str):
            return (value or "").encode()
        if isinstance(value, Citation):
            known = (value.key, value.site.url, value.site.name)
            return _hash(self.state(("papers", VALUE, value.paper.slug)) + repr(known).encode())
        return _hash(_json(value) if isinstance(value, BaseModel) else repr(value).encode())


def _get(values: Mapping[Any, Any] | Sequence[Any], key: Any) -> Any:
    if isinstance(values, Mapping):
        return values.get(key)
    return values[key] if key < len(values) else None


def _json(value: BaseModel) -> bytes:
    return value.__pydantic_serializer__.to_json(value)


def _hash(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()
