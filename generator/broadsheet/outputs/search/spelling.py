"""All terms, sorted forward and backward, to find those that differ in one letter.

One changed letter leaves the first or the second half of a word as it was: terms with the
same first half are neighbours in one order, those with the same second half in the other.
A block holds terms, front-coded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from broadsheet.outputs.search.packing import front_coded
from broadsheet.outputs.search.shards import shortest_between, utf16_key

_BLOCK = 500


@dataclass(frozen=True)
class Block:
    """`first` is the shortest text that sorts after the block before and not after this one."""

    first: str
    content: bytes


@dataclass(frozen=True)
class Spelling:
    """Terms forward, and terms written backward, each sorted and cut into blocks."""

    forward: list[Block]
    backward: list[Block]


def spelling_blocks(terms: Iterable[str]) -> Spelling:
    """Blocks, at least one, of all terms of three characters or more: someone may misspell them."""
    known = [term for term in terms if _spellable(term)]
    return Spelling(_sorted_blocks(known), _sorted_blocks(term[::-1] for term in known))


def _spellable(term: str) -> bool:
    return len(term) >= 3 and "\n" not in term and all(ord(c) < 0xD800 for c in term)


def _sorted_blocks(terms: Iterable[str]) -> list[Block]:
    ordered = sorted(terms, key=utf16_key)
    blocks: list[Block] = []
    last = ""
    for start in range(0, len(ordered), _BLOCK):
        terms = ordered[start : start + _BLOCK]
        first = shortest_between(last, terms[0]) if blocks else ""
        blocks.append(Block(first, front_coded(terms).encode()))
        last = terms[-1]
    return blocks or [Block("", b"")]
