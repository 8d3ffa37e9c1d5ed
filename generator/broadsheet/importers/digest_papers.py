"""Finding the papers among the rows, items and paragraphs below a heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from broadsheet.importers.digest_entry import Parts, read_entry
from broadsheet.importers.digest_record import Found
from broadsheet.importers.digest_tables import columns_of, is_header, read_row
from broadsheet.importers.link_words import arxiv_in, doi_in
from broadsheet.importers.page import Block, Kind


@dataclass
class PapersFound:
    """The papers among some blocks.

    Attributes:
        papers: The papers, in order.
        rest: The blocks that aren't about a paper.
        has_titles: Whether any paper has a title that stands out.
        is_one: Whether the links are those of one paper.
        has_links_first: Whether the first block has nothing but the links of a paper.
    """

    papers: list[Found] = field(default_factory=list)
    rest: list[Block] = field(default_factory=list)
    has_titles: bool = False
    is_one: bool = False
    has_links_first: bool = False


@dataclass
class _Entry:
    """What may be a paper: a block and those that belong to it.

    Attributes:
        block: The block.
        parts: What it says.
        blocks: What belongs to it.
        ids: The papers that it links to, by id.
        has_paper: Whether it links to any paper.
    """

    block: Block
    parts: Parts
    blocks: list[Block] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    has_paper: bool = False

    def __post_init__(self) -> None:
        self.has_paper = self.parts.is_paper
        self.ids |= set(_ids(self.parts))

    def add(self, block: Block, parts: Parts) -> None:
        """Adds a block that belongs to it."""
        self.blocks.append(block)
        self.has_paper = self.has_paper or (parts.is_paper and not parts.is_led)
        self.ids |= set(_ids(parts))

    @property
    def is_item(self) -> bool:
        return self.block.kind is Kind.ITEM


def papers_in(blocks: Sequence[Block]) -> PapersFound:
    """Returns the papers among the blocks below a heading."""
    found = PapersFound()
    entries: list[_Entry] = []
    for table, group in groupby(blocks, lambda block: block.table):
        if table:
            _add_table(list(group), found)
        else:
            entries += _entries(group, found)
    first = entries[0] if entries and entries[0].block is blocks[0] else None
    found.has_links_first = bool(first and first.parts.is_paper and not first.parts.whole)
    _choose(entries, found)
    found.papers.sort(key=lambda paper: paper.line)
    return found


def _add_table(rows: list[Block], found: PapersFound) -> None:
    columns = columns_of(rows[0]) if is_header(rows[0]) else None
    own = rows[1:] if is_header(rows[0]) else rows
    papers = [read_row(row, columns) for row in own]
    links = [link for paper in papers for link in (*paper.parts.title_links, *paper.parts.links)]
    if not (any(paper.parts.is_paper for paper in papers) or (columns and links)):
        found.rest += rows
        return
    for row, paper in zip(own, papers, strict=True):
        if paper.parts.title or paper.parts.links or paper.parts.title_links:
            found.papers.append(paper)
            found.has_titles = True
        else:
            found.rest.append(row)


def _entries(blocks: Iterable[Block], found: PapersFound) -> Iterator[_Entry]:
    """Yields what may be papers. A block that isn't belongs to the one before it, or to none."""
    current: _Entry | None = None
    for block in blocks:
        parts = read_entry(block.runs)
        if current and _belongs(block, parts, current):
            current.add(block, parts)
            continue
        if current:
            yield current
        current = None
        if parts.is_led or parts.is_paper:
            current = _Entry(block, parts)
        else:
            found.rest.append(block)
    if current:
        yield current


def _belongs(block: Block, parts: Parts, current: _Entry) -> bool:
    """Whether a block belongs to the entry above it."""
    if current.is_item:
        inside = block.level > current.block.level or (
            block.kind is Kind.PARAGRAPH and block.level == current.block.level
        )
        return inside and not (parts.is_led and parts.is_paper)
    return not parts.is_led and (
        block.kind is Kind.ITEM or not parts.is_paper or not current.has_paper
    )


def _choose(entries: list[_Entry], found: PapersFound) -> None:
    """Chooses the papers among entries.

    Those with links to papers are. Items beside them that look the same are, too, if they are
    fewer. A paragraph that isn't belongs to the paper above it.
    """
    certain = [entry for entry in entries if entry.has_paper]
    titled = [entry for entry in certain if entry.parts.is_led]
    found.has_titles = found.has_titles or bool(titled)
    found.is_one = len({key for entry in certain for key in entry.ids}) <= 1 and bool(certain)
    others = [
        entry for entry in entries if entry.is_item and not entry.has_paper and _is_linked(entry)
    ]
    alike = len(others) < sum(entry.is_item for entry in titled)
    more = {id(entry) for entry in others} if alike else set()
    last: _Entry | None = None
    for entry in entries:
        is_prose = not entry.is_item and not entry.parts.is_led and bool(titled)
        if (entry.has_paper and not is_prose) or id(entry) in more:
            last = entry
            found.papers.append(Found(entry.block.line, entry.parts, entry.blocks))
        elif last and not last.is_item and not entry.is_item:
            last.blocks += [entry.block, *entry.blocks]
        else:
            found.rest += [entry.block, *entry.blocks]


def _is_linked(entry: _Entry) -> bool:
    links = (*entry.parts.title_links, *entry.parts.links)
    return entry.parts.is_led and any(url.startswith("http") for _, url in links)


def _ids(parts: Parts) -> Iterator[str]:
    """Yields the ids of papers in the links of an entry, or "" for papers without one."""
    for kind, url in (*parts.title_links, *parts.links):
        if kind in ("paper", "pdf"):
            yield arxiv_in(url) or doi_in(url) or ""
