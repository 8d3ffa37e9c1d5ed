"""What pages are read as: blocks with runs of text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from broadsheet.importers.repairs import visible

# Stands before the words of a picture that is a link, and in no text.
PICTURE = "\ufffc"
# What a page can fold away is below all of its headings.
SUMMARY_LEVEL = 7


class Run(NamedTuple):
    """A piece of text with one look: perhaps bold, perhaps a link."""

    text: str
    href: str = ""
    bold: bool = False


class Kind(Enum):
    """What a block is."""

    HEADING = auto()
    PARAGRAPH = auto()
    ITEM = auto()
    ROW = auto()


@dataclass(frozen=True)
class Block:
    """A part of a page.

    Attributes:
        kind: What it is.
        line: Its line in the source, counted from 1.
        cells: The cells of a row. Other blocks have one.
        level: The level of a heading, or the depth of the lists around an item or a paragraph.
        number: The number of an item in a numbered list.
        table: Tells the tables of a page apart.
        is_header: Whether a row has the names of columns.
    """

    kind: Kind
    line: int
    cells: tuple[tuple[Run, ...], ...]
    level: int = 0
    number: str | None = None
    table: int = 0
    is_header: bool = False

    @property
    def runs(self) -> tuple[Run, ...]:
        """Everything in the block."""
        return tuple(run for cell in self.cells for run in cell)

    @property
    def text(self) -> str:
        """All text of the block on one line."""
        return plain(self.runs)


@dataclass
class Page:
    """A page, which is read block by block, as all of them can take several times its text.

    Attributes:
        blocks: Its blocks, which can be gone through once.
        title: Its title. Until all blocks have been read, it may not be known.
        date: The date in its front matter or head, likewise.
    """

    blocks: Iterable[Block]
    title: str = ""
    date: str = ""


def plain(runs: Iterable[Run]) -> str:
    """Returns the text of some runs on one line."""
    texts = (run.text for run in runs if not run.text.startswith(PICTURE))
    return " ".join(visible("".join(texts)).split())
