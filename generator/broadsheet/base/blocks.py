"""Plain texts of the corpus as paragraphs and lists.

A text has a blank line between paragraphs and "- " before list items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True)
class Block:
    """A paragraph, which is one line, or a list, which has one line for each list item."""

    lines: tuple[str, ...]
    is_list: bool = False


def blocks_of(text: str) -> tuple[Block, ...]:
    """Returns the paragraphs and lists of a text in order."""
    return tuple(block for part in re.split(r"\n\s*\n", text.strip()) for block in _blocks(part))


def _blocks(part: str) -> Iterator[Block]:
    """Yields runs of lines that are all list items, or one paragraph."""
    lines = filter(None, (line.strip() for line in part.split("\n")))
    for is_list, run in groupby(lines, lambda line: line.startswith("- ")):
        if is_list:
            yield Block(tuple(line[2:].strip() for line in run), is_list=True)
        else:
            yield Block((" ".join(run),))
