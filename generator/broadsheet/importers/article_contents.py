"""A weekly article's opening: header, introduction, contents, and what belongs to none of them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from broadsheet.base.errors import BroadsheetError, Problem, warning
from broadsheet.base.identifiers import title_key
from broadsheet.importers.article_dates import find_range
from broadsheet.importers.article_outline import (
    HEADING_LENGTH,
    SectionLines,
    is_contents_mark,
    is_paper_heading,
    without_number,
)
from broadsheet.importers.lines import SourceLine, shortened
from broadsheet.importers.promotions import without_promotion

_ENDED = re.compile(r"[.!?…:][\"”’')]*$")
_ALIKE = 0.6


@dataclass(frozen=True)
class Opening:
    """What stands before the first section. `title` holds the range of days."""

    title: SourceLine
    introduction: tuple[SourceLine, ...]
    contents: tuple[SourceLine, ...]
    left_out: tuple[tuple[SourceLine, ...], ...]


def read_opening(
    lines: tuple[SourceLine, ...], sections: Sequence[SectionLines], source: str
) -> Opening:
    """The parts of an opening. Raises BroadsheetError when no line has a range of days."""
    place = next((n for n, line in enumerate(lines) if find_range(line.text)), None)
    if place is None:
        raise BroadsheetError(_no_range(lines, source))
    mark = next((n for n, line in enumerate(lines) if is_contents_mark(line.text)), len(lines))
    body = place + 1
    while body < mark and _is_header(lines[body].text):
        body += 1
    introduction, promotion = without_promotion(lines[body:mark])
    contents, rest = _contents(lines[mark + 1 :], [section.heading for section in sections])
    left_out = tuple(part for part in (lines[:place], promotion, rest) if part)
    return Opening(lines[place], introduction, contents, left_out)


def _no_range(lines: Sequence[SourceLine], source: str) -> Problem:
    number = lines[0].number if lines else 0
    return Problem(
        source,
        number,
        "start",
        "no line before the first section has a range of days",
        "the title must say first and last day like 'from 18/03 to 24/03'",
    )


def _is_header(text: str) -> bool:
    """A subtitle or the like: short and not a sentence."""
    return len(text) <= HEADING_LENGTH and not _ENDED.search(text)


def _contents(
    lines: tuple[SourceLine, ...], headings: Sequence[str]
) -> tuple[tuple[SourceLine, ...], tuple[SourceLine, ...]]:
    """The lines of the contents, which end with the last that is like a heading; and the rest."""
    keys = [title_key(heading) for heading in headings]
    offered, promotion = without_promotion(lines)
    alike = [n for n, line in enumerate(offered) if _is_like(line.text, keys)]
    end = alike[-1] + 1 if alike else 0
    listed = tuple(line for line in offered[:end] if not is_paper_heading(line.text))
    return listed, tuple(
        line for line in offered[end:] if not is_paper_heading(line.text)
    ) + promotion


def _is_like(text: str, keys: Sequence[str]) -> bool:
    if len(text) > HEADING_LENGTH:
        return False
    key = title_key(without_number(text))
    return key in keys or bool(difflib.get_close_matches(key, keys, n=1, cutoff=_ALIKE))


def contents_differences(
    contents: Sequence[SourceLine], sections: Sequence[SectionLines], source: str
) -> Iterator[Problem]:
    """A warning for each difference between the contents and the body, which is right."""
    if not contents:
        return
    listed = [title_key(without_number(line.text)) for line in contents]
    printed = [title_key(section.heading) for section in sections]
    matcher = difflib.SequenceMatcher(None, listed, printed, autojunk=False)
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation == "equal":
            continue
        both = min(b - a, d - c)
        for line, section in zip(contents[a : a + both], sections[c : c + both], strict=True):
            yield _differs(line, section, source)
        for line in contents[a + both : b]:
            yield _only_listed(line, source)
        for section in sections[c + both : d]:
            yield _not_listed(section, source)


def _differs(line: SourceLine, section: SectionLines, source: str) -> Problem:
    return warning(
        source,
        line.number,
        "contents",
        f"the contents say {shortened(without_number(line.text))!r}, "
        f"the section on line {section.line} is {shortened(section.heading)!r}",
        "the section's heading is taken",
    )


def _only_listed(line: SourceLine, source: str) -> Problem:
    return warning(
        source,
        line.number,
        "contents",
        f"the contents name {shortened(without_number(line.text))!r}, which is no section here",
        "the sections are taken as they stand in the body",
    )


def _not_listed(section: SectionLines, source: str) -> Problem:
    return warning(
        source,
        section.line,
        "contents",
        f"the section {shortened(section.heading)!r} is missing from the contents",
        "the section is taken as it stands in the body",
    )
