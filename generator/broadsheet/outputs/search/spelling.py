"""Lists of all terms, for finding those that differ from a misspelled word in one letter.

If one letter differs, the first or the second half of a word is the same. Terms with the same first
half are close together in sorted order, and those with the same second half when spelled backward.
Blocks of terms are front-coded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from broadsheet.outputs.search.packing import deflated, front_coded, in_script_order
from broadsheet.outputs.search.shards import shortest_between

# Terms per block. Checking a word takes few blocks, so they should be small.
_BLOCK = 500


@dataclass(frozen=True)
class Block:
    """A block. `first` is the shortest text after all previous terms that isn't after its own."""

    first: str
    compressed: bytes


@dataclass(frozen=True)
class Spelling:
    """Terms, and terms spelled backward, each sorted and split into blocks."""

    forward: list[Block]
    backward: list[Block]


def spelling_blocks(terms: Iterable[str]) -> Spelling:
    """Returns blocks of all terms with at least three characters."""
    known = [term for term in terms if _spellable(term)]
    return Spelling(_sorted_blocks(known), _sorted_blocks(term[::-1] for term in known))


def _spellable(term: str) -> bool:
    return len(term) >= 3 and "\n" not in term and (term.isascii() or max(term) < "\ud800")


def _sorted_blocks(terms: Iterable[str]) -> list[Block]:
    ordered = in_script_order(terms)
    blocks: list[Block] = []
    last = ""
    for start in range(0, len(ordered), _BLOCK):
        terms = ordered[start : start + _BLOCK]
        first = shortest_between(last, terms[0]) if blocks else ""
        blocks.append(Block(first, deflated(front_coded(terms).encode())))
        last = terms[-1]
    return blocks or [Block("", deflated(b""))]
