"""All terms, sorted forward and backward, to find those that differ in one letter.

One changed letter leaves the first or the second half of a word as it was: terms with the
same first half are neighbours in one order, those with the same second half in the other.
A block holds terms, front-coded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from broadsheet.search.packing import front_coded
from broadsheet.search.shards import utf16_key

_BLOCK = 1_000


@dataclass(frozen=True)
class Block:
    """`first` is the block's first term, as far as it is needed to tell the blocks apart."""

    first: str
    content: bytes


@dataclass(frozen=True)
class Spelling:
    """Terms forward, and terms written backward, each sorted and cut into blocks."""

    forward: list[Block]
    backward: list[Block]


def spelling_blocks(terms: Iterable[str]) -> Spelling:
    """Blocks of all terms of three characters or more, which someone may misspell."""
    known = [term for term in terms if _spellable(term)]
    return Spelling(_sorted_blocks(known), _sorted_blocks(term[::-1] for term in known))


def _spellable(term: str) -> bool:
    return len(term) >= 3 and "\n" not in term and all(ord(c) < 0xD800 for c in term)


def _sorted_blocks(terms: Iterable[str]) -> list[Block]:
    ordered = sorted(terms, key=utf16_key)
    starts = range(0, len(ordered), _BLOCK)
    return [_block(ordered[start : start + _BLOCK]) for start in starts]


def _block(terms: list[str]) -> Block:
    return Block(terms[0], front_coded(terms).encode())
