"""The outline of a weekly article: its numbered sections and papers.

The heading of a paper is a line such as "2.3. Title" or "2.3 Title". The heading of a section is
one such as "2. Heading" before its first paper. Running text has such lines, too ("2.5 million
images …", numbered lists), so the position of a line matters as well as its form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.identifiers import title_key
from broadsheet.importers.lines import SourceLine
from broadsheet.importers.promotions import without_promotion

_PAPER = re.compile(r"(\d{1,2})\.(\d{1,3})(\.(?!\d)\s*|\s+|$)(.*)")
_SECTION = re.compile(r"(\d{1,2})\.\s+(\S.*)")
# "2.5 million images" is a quantity, "2.5 Some Title" is a heading.
_QUANTITY = re.compile(
    r"(?:thousand|million|billion|trillion|hundred|percent|points?|times|x|fold|%|×|[KMBT])\b|%|×",
)
_CONTENTS = re.compile(r"(?:table of )?contents?\s*:?", re.IGNORECASE)
# Longer lines are prose: titles of papers may be longer, but not headings of sections.
HEADING_LENGTH = 120
# How many sections without papers may follow the last paper.
_MAX_EMPTY_AT_END = 8


@dataclass(frozen=True)
class PaperLines:
    """The heading of a paper and the lines below it. The title may be empty."""

    section: int
    place: int
    title: str
    line: int
    lines: Sequence[SourceLine]

    @property
    def number(self) -> str:
        """The number as printed, such as "2.3"."""
        return f"{self.section}.{self.place}"


@dataclass(frozen=True)
class SectionLines:
    """The heading of a section, the lines before its first paper, and its papers.

    `number` is None if the heading has none.
    """

    number: int | None
    heading: str
    line: int
    notes: Sequence[SourceLine]
    papers: tuple[PaperLines, ...]


@dataclass(frozen=True)
class Outline:
    """The lines before the first section, and the sections."""

    preamble: Sequence[SourceLine]
    sections: tuple[SectionLines, ...]


@dataclass(frozen=True)
class _Heading:
    position: int
    section: int
    place: int
    title: str


def is_contents_mark(text: str) -> bool:
    """Whether a line is the heading of the table of contents."""
    return _CONTENTS.fullmatch(text) is not None


def without_number(text: str) -> str:
    """Returns the heading of a section without its number."""
    found = _SECTION.fullmatch(text)
    return found[2] if found else text


def section_number(text: str) -> int | None:
    """Returns the number of a line such as "2. Heading", or None for other lines."""
    found = _SECTION.fullmatch(text)
    return int(found[1]) if found else None


def is_paper_heading(text: str) -> bool:
    """Whether a line has the form of a paper's heading."""
    return _paper_heading(0, text) is not None


def has_outline(lines: Sequence[SourceLine]) -> bool:
    """Whether the heading of a section is directly above that of one of its papers."""
    for before, line in pairwise(lines):
        paper, section = _paper_heading(0, line.text), _SECTION.fullmatch(before.text)
        if paper and section and paper.section == int(section[1]):
            return True
    return False


def read_outline(lines: Sequence[SourceLine], source: str) -> Outline:
    """Finds the sections and papers of an article.

    Raises:
        BroadsheetError: There are no papers, or the first one is before the first section.
    """
    body = _body_start(lines)
    headings = [
        heading
        for position, line in enumerate(lines)
        if position >= body and (heading := _paper_heading(position, line.text))
    ]
    if not headings:
        advice = "start each paper with a line such as '1.1. Title'"
        raise _refusal(lines, source, "no papers found", advice)
    starts = _section_starts(lines, headings, body)
    first = min(starts, default=len(lines))
    if first > headings[0].position:
        at = lines[headings[0].position :]
        advice = "add a line such as '1. Heading' above it"
        raise _refusal(at, source, "this paper is before the first section", advice)
    return Outline(lines[:first], _sections(lines, headings, sorted(starts)))


def _refusal(
    lines: Sequence[SourceLine], source: str, message: str, advice: str
) -> BroadsheetError:
    number = lines[0].number if lines else 0
    return BroadsheetError(Problem(source, number, "sections", message, advice))


def _body_start(lines: Sequence[SourceLine]) -> int:
    """Returns where the sections start: if the contents are numbered, where the numbers recur."""
    before = takewhile(lambda line: not is_paper_heading(line.text), lines)
    mark = next((n for n, line in enumerate(before) if is_contents_mark(line.text)), len(lines))
    first = _SECTION.fullmatch(lines[mark + 1].text) if mark + 1 < len(lines) else None
    if not first:
        return 0
    again = (n for n in range(mark + 2, len(lines)) if _opens(lines, n, int(first[1])))
    return next(again, 0)


def _opens(lines: Sequence[SourceLine], position: int, number: int) -> bool:
    """Whether a line is the heading of section `number`, directly above its first paper."""
    section = _SECTION.fullmatch(lines[position].text)
    if not section or int(section[1]) != number or position + 1 == len(lines):
        return False
    paper = _paper_heading(position + 1, lines[position + 1].text)
    return paper is not None and (paper.section, paper.place) == (number, 1)


def _paper_heading(position: int, text: str) -> _Heading | None:
    found = _PAPER.fullmatch(text)
    if not found:
        return None
    section, place, mark, title = found.groups()
    if not mark.startswith(".") and (_QUANTITY.match(title) or title.endswith((".", ",", ";"))):
        return None
    return _Heading(position, int(section), int(place), title)


def _section_starts(
    lines: Sequence[SourceLine], headings: Sequence[_Heading], body: int
) -> set[int]:
    """Returns the positions of the headings of all sections, with and without papers."""
    named = _contents_keys(lines, headings[0].position)
    starts: set[int] = set()
    previous = _Heading(body - 1, 0, 0, "")
    for heading in headings:
        gap = range(previous.position + 1, heading.position)
        if heading.section != previous.section or heading.place == 1:
            found = _start_in(lines, gap, heading, named)
            starts |= {found} if found is not None else set()
            last = heading.section if found is not None else previous.section
            starts |= (
                _empty_sections(lines, gap, previous.section, last) if previous.place else set()
            )
        previous = heading
    after = range(previous.position + 1, len(lines))
    limit = previous.section + _MAX_EMPTY_AT_END + 1
    return starts | _empty_sections(lines, after, previous.section, limit)


def _contents_keys(lines: Sequence[SourceLine], end: int) -> set[str]:
    marks = [n for n, line in enumerate(lines[:end]) if is_contents_mark(line.text)]
    return {title_key(line.text) for line in lines[marks[0] + 1 : end - 1]} if marks else set()


def _start_in(
    lines: Sequence[SourceLine], gap: range, heading: _Heading, named: set[str]
) -> int | None:
    """Returns the position of the heading of the section that starts with a paper's `heading`.

    That is the nearest line above with the number of the section. If there is none, it's the line
    directly above a first paper, if that has another number or is listed in the contents.
    """
    numbers = {n: number for n in gap if (number := section_number(lines[n].text)) is not None}
    fitting = [n for n, number in numbers.items() if number == heading.section]
    if fitting:
        return fitting[-1]
    above = heading.position - 1
    if heading.place != 1 or above not in gap:
        return None
    return above if above in numbers or title_key(lines[above].text) in named else None


def _empty_sections(lines: Sequence[SourceLine], gap: range, after: int, before: int) -> set[int]:
    """Returns the positions of sections without papers, numbered between `after` and `before`.

    Only another heading or a promotion may follow them. Lines that start with number 1 are a
    numbered list and not headings.
    """
    numbers = {n: number for n in gap if (number := section_number(lines[n].text)) is not None}
    if 1 in numbers.values():
        return set()
    expected = after + 1
    empty: set[int] = set()
    for position, number in numbers.items():
        if not number == expected < before:
            continue
        text = lines[position].text
        is_short = len(text) <= HEADING_LENGTH and text[-1] not in ".;,"
        below = lines[position + 1 : gap.stop]
        if is_short and (position + 1 in numbers or not without_promotion(below)[0]):
            empty.add(position)
            expected += 1
    return empty


def _sections(
    lines: Sequence[SourceLine], headings: Sequence[_Heading], starts: Sequence[int]
) -> tuple[SectionLines, ...]:
    ends = [*starts[1:], len(lines)]
    return tuple(
        _section(lines, [h for h in headings if start < h.position < end], start, end)
        for start, end in zip(starts, ends, strict=True)
    )


def _section(
    lines: Sequence[SourceLine], headings: Sequence[_Heading], start: int, end: int
) -> SectionLines:
    found = _SECTION.fullmatch(lines[start].text)
    bounds = [*(heading.position for heading in headings), end]
    papers = tuple(
        PaperLines(
            h.section, h.place, h.title, lines[h.position].number, lines[h.position + 1 : stop]
        )
        for h, stop in zip(headings, bounds[1:], strict=True)
    )
    return SectionLines(
        int(found[1]) if found else None,
        without_number(lines[start].text),
        lines[start].number,
        lines[start + 1 : bounds[0]],
        papers,
    )
