"""Lists of all terms, for finding those that differ from a misspelled word in one letter.

If one letter differs, the first or the second half of a word is the same. Terms with the same first
half are close together in sorted order, and those with the same second half when spelled backward.
Blocks of terms are front-coded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from broadsheet.outputs.search.packing import deflated, front_coded, in_script_order
from broadsheet.outputs.search.shards import shortest_between

# Terms per block: at least the first, and on average as many more as the second. Checking a word
# takes few blocks, so they should be small. A block ends where a hash of the next term says so, so
# that a new term doesn't move the ends of all blocks after it.
_LEAST = 300
_MORE = 200


@dataclass(frozen=True)
class Block:
    """A block of terms on lines.

    Attributes:
        first: The shortest text after all previous terms that isn't after its own.
        terms: The terms.
        compressed: Its content.
    """

    first: str
    terms: str
    compressed: bytes


@dataclass(frozen=True)
class Spelling:
    """Terms, and terms spelled backward, each sorted and split into blocks."""

    forward: Sequence[Block] = ()
    backward: Sequence[Block] = ()


def spelling_blocks(terms: Iterable[str], earlier: Spelling | None = None) -> Spelling:
    """Returns blocks of all terms with at least three characters.

    Args:
        terms: The terms.
        earlier: Blocks to use again if they have the same terms.
    """
    known = [term for term in terms if _spellable(term)]
    kept = earlier or Spelling()
    return Spelling(
        _sorted_blocks(known, kept.forward),
        _sorted_blocks((term[::-1] for term in known), kept.backward),
    )


def _spellable(term: str) -> bool:
    return len(term) >= 3 and "\n" not in term and (term.isascii() or max(term) < "\ud800")


def _sorted_blocks(terms: Iterable[str], earlier: Sequence[Block]) -> list[Block]:
    contents = {block.terms: block.compressed for block in earlier}
    blocks: list[Block] = []
    last = ""
    for together in _cut(in_script_order(terms)):
        first = shortest_between(last, together[0]) if blocks else ""
        text = "\n".join(together)
        content = contents.get(text) or deflated(front_coded(together).encode())
        blocks.append(Block(first, text, content))
        last = together[-1]
    return blocks or [Block("", "", deflated(b""))]


def _cut(ordered: Sequence[str]) -> Iterator[Sequence[str]]:
    start = 0
    while start < len(ordered):
        end = min(start + _LEAST, len(ordered))
        while end < len(ordered) and crc32(ordered[end].encode()) % _MORE:
            end += 1
        yield ordered[start:end]
        start = end
