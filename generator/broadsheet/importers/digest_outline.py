"""The outline of a page: what its headings contain, and which of it are papers.

A paper is a row of a table, an item of a list, a paragraph that starts with a title, or a heading
whose text has the links of one paper. Whatever else is on a page doesn't matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, pairwise

from broadsheet.base.identifiers import title_key
from broadsheet.importers.digest_entry import Parts, read_entry
from broadsheet.importers.digest_papers import PapersFound, papers_in
from broadsheet.importers.digest_record import Found
from broadsheet.importers.page import SUMMARY_LEVEL, Block, Kind
from broadsheet.importers.printed_days import printed_days

# Paragraphs and items that serve as headings are below all headings, in this order.
_DATED_LEVEL, _BOLD_LEVEL, _ITEM_LEVEL = SUMMARY_LEVEL + 1, SUMMARY_LEVEL + 2, SUMMARY_LEVEL + 3
_MOST_HEADING = 200
_MOST_WORDS = 5


@dataclass(frozen=True)
class Heading:
    """A heading, or what serves as one. `entry` is what it says as the title of a paper."""

    level: int
    line: int
    text: str
    entry: Parts = field(default_factory=Parts, compare=False)


@dataclass
class Part:
    """What is below a heading and above the next one.

    Attributes:
        headings: The heading and those above it, from the highest.
        papers: Its papers, in order.
        rest: The blocks that aren't about a paper.
        is_paper: Whether its heading is the title of its first paper.
    """

    headings: tuple[Heading, ...]
    papers: list[Found] = field(default_factory=list)
    rest: list[Block] = field(default_factory=list)
    is_paper: bool = False


def outline_of(blocks: Iterable[Block]) -> Iterator[Part]:
    """Yields the parts of a page in order, each as soon as nothing below it can be about it."""
    waiting: list[Part] = []
    owners: list[Part] = []
    for headings, own in _divided(blocks):
        owners = [part for part in owners if part.headings == headings[: len(part.headings)]]
        if not owners:
            yield from waiting
            waiting = []
        part = _part(headings, own)
        if owners and not part.is_paper and not any(p.parts.is_led for p in part.papers):
            owners[-1].papers[0].blocks += own
            continue
        waiting.append(part)
        owners += [part] if part.is_paper else []
    yield from waiting


def _divided(blocks: Iterable[Block]) -> Iterator[tuple[tuple[Heading, ...], list[Block]]]:
    """Yields blocks with the headings above them. The first ones may have none."""
    headings: list[Heading] = []
    own: list[Block] = []
    for block, after in pairwise(chain(blocks, [None])):
        assert block
        level = _heading_level(block, after)
        close = level or (_ITEM_LEVEL + block.level if block.kind is Kind.ITEM else None)
        if level or (headings and close and headings[-1].level >= close):
            if own or headings:
                yield tuple(headings), own
            own = []
            headings = [heading for heading in headings if heading.level < (close or 0)]
        if level:
            entry = read_entry(block.runs)
            headings.append(Heading(level, block.line, block.text, entry))
        else:
            own.append(block)
    if own or headings:
        yield tuple(headings), own


def _heading_level(block: Block, after: Block | None) -> int | None:
    """Returns the level of a heading or of what serves as one, or None for other blocks."""
    if block.kind is Kind.HEADING:
        return block.level
    has_link = "://" in block.text or any(run.href.startswith("http") for run in block.runs)
    if block.kind is Kind.ROW or has_link or len(block.text) > _MOST_HEADING:
        return None
    if block.kind is Kind.ITEM:
        is_above = after is not None and after.kind is Kind.ITEM and after.level > block.level
        return _ITEM_LEVEL + block.level if is_above and _starts_papers(after) else None
    return _paragraph_level(block) if not block.level else None


def _paragraph_level(block: Block) -> int | None:
    days = printed_days(block.text)
    if days and len(days.words) <= _MOST_WORDS:
        return _DATED_LEVEL
    is_bold = all(run.bold for run in block.runs if run.text.strip())
    return _BOLD_LEVEL if is_bold else None


def _starts_papers(block: Block | None) -> bool:
    """Whether an item is a paper with a title of its own, so that the one above it is none."""
    entry = read_entry(block.runs) if block else Parts()
    return entry.is_paper and bool(entry.title)


def _part(headings: tuple[Heading, ...], own: list[Block]) -> Part:
    heading = headings[-1] if headings else None
    found = papers_in(own)
    if heading and heading.entry.is_paper:
        return _of_heading(headings, heading, own, found.papers)
    is_dated = heading is not None and _is_date(heading, found)
    is_title = found.has_links_first if found.has_titles else found.is_one
    is_title = is_title or (found.is_one and _repeats(heading, own, found.papers))
    if heading and not is_dated and is_title:
        return _of_heading(headings, heading, own, found.papers)
    return Part(headings, found.papers, found.rest)


def _repeats(heading: Heading | None, own: list[Block], papers: list[Found]) -> bool:
    """Whether a heading is the title of a paper, which the paragraph below it repeats."""
    if not (heading and own and papers and papers[0].line == own[0].line):
        return False
    key = title_key(heading.entry.title)
    is_same = bool(key) and key == title_key(papers[0].parts.title)
    return is_same and own[0].kind is Kind.PARAGRAPH


def _is_date(heading: Heading, found: PapersFound) -> bool:
    """Whether a heading has the days of a list, and isn't the title of a paper with its date."""
    days = printed_days(heading.text)
    is_vague = days is not None and (days.is_day or days.week == 0)
    is_title = is_vague and days is not None and len(days.words) > 1
    return days is not None and not (is_title and found.is_one and not found.has_titles)


def _of_heading(
    headings: tuple[Heading, ...], heading: Heading, own: list[Block], others: list[Found]
) -> Part:
    """Returns the part of a heading that is the title of a paper."""
    entry = heading.entry
    entry.title = entry.title or heading.text
    if _repeats(heading, own, others):
        entry = replace(others[0].parts, title=entry.title, number=entry.number)
        own, others = own[1:], others[1:]
    titled = [paper for paper in others if paper.parts.is_led]
    end = titled[0].line if titled else None
    paper = Found(heading.line, entry, [b for b in own if end is None or b.line < end])
    return Part(headings, [paper, *titled], is_paper=True)
