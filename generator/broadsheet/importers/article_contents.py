"""The opening of a weekly article: its title, introduction and table of contents."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from broadsheet.base.errors import BroadsheetError, Problem, warning
from broadsheet.base.identifiers import title_key
from broadsheet.importers.article_dates import find_named_range, find_range
from broadsheet.importers.article_outline import (
    HEADING_LENGTH,
    SectionLines,
    is_contents_mark,
    is_paper_heading,
    without_number,
)
from broadsheet.importers.lines import SourceLine, quoted
from broadsheet.importers.promotions import without_promotion

_ENDED = re.compile(r"[.!?…:][\"”’')]*$")
# Contents differ from headings in a word or two, which leaves more than this in common (difflib).
_MIN_SIMILARITY = 0.6
# Headings are names of topics. Longer lines below the contents are about something else.
_HEADING_IN_CONTENTS = 60


@dataclass(frozen=True)
class Opening:
    """Everything before the first section. The title has the dates; `skipped` is the rest."""

    title: SourceLine
    introduction: Sequence[SourceLine]
    contents: Sequence[SourceLine]
    skipped: tuple[Sequence[SourceLine], ...]


def read_opening(
    lines: Sequence[SourceLine], sections: Sequence[SectionLines], source: str
) -> Opening:
    """Splits the lines before the first section into their parts.

    Raises:
        BroadsheetError: No line has the dates of the issue.
    """
    dated = (
        n
        for find in (find_range, find_named_range)
        for n, line in enumerate(lines)
        if find(line.text)
    )
    place = next(dated, None)
    if place is None:
        raise BroadsheetError(_no_dates(lines, source))
    mark = next((n for n, line in enumerate(lines) if is_contents_mark(line.text)), len(lines))
    body = place + 1
    while body < mark and _is_header(lines[body].text):
        body += 1
    introduction, promotion = without_promotion(lines[body:mark])
    contents, rest = _contents(lines[mark + 1 :], [section.heading for section in sections])
    skipped = tuple(part for part in (lines[:place], promotion, rest) if part)
    return Opening(lines[place], introduction, contents, skipped)


def is_sentence(text: str) -> bool:
    """Whether a line ends like a sentence."""
    return _ENDED.search(text) is not None


def _no_dates(lines: Sequence[SourceLine], source: str) -> Problem:
    number = lines[0].number if lines else 0
    return Problem(
        source,
        number,
        "start",
        "no dates found before the first section",
        "add the first and last day to the title, as in 'from 18/03 to 24/03'",
    )


def _is_header(text: str) -> bool:
    """Whether a line is a subtitle or the like: short, and not a sentence."""
    return len(text) <= HEADING_LENGTH and not _ENDED.search(text)


def _contents(
    lines: Sequence[SourceLine], headings: Sequence[str]
) -> tuple[Sequence[SourceLine], Sequence[SourceLine]]:
    """Returns the contents and the rest.

    The contents end with the last line that resembles a heading, or after the lines below it that
    have the form of headings: a truncated article lacks its last sections.
    """
    keys = [title_key(heading) for heading in headings]
    candidates, promotion = without_promotion(lines)
    similar = [n for n, line in enumerate(candidates) if _resembles(line.text, keys)]
    end = similar[-1] + 1 if similar else 0
    while 0 < end < len(candidates) and _has_form_of_heading(candidates[end].text):
        end += 1
    listed = tuple(line for line in candidates[:end] if not is_paper_heading(line.text))
    rest = tuple(line for line in candidates[end:] if not is_paper_heading(line.text))
    return listed, (*rest, *promotion)


def _resembles(text: str, keys: Sequence[str]) -> bool:
    if len(text) > HEADING_LENGTH:
        return False
    key = title_key(without_number(text))
    return key in keys or bool(difflib.get_close_matches(key, keys, n=1, cutoff=_MIN_SIMILARITY))


def _has_form_of_heading(text: str) -> bool:
    """Whether a line is short and its long words are capitalized: "3. Charts and Maps"."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > len("with")]
    return (
        len(text) <= _HEADING_IN_CONTENTS
        and not _ENDED.search(text)
        and (bool(words) or is_paper_heading(text))
        and all(word[0].isupper() for word in words)
    )


def contents_differences(
    contents: Sequence[SourceLine], sections: Sequence[SectionLines], source: str
) -> Iterator[Problem]:
    """Yields a problem for each difference between the contents and the headings of sections.

    A section that only the contents list is an error: the article is probably truncated.
    """
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
            yield _missing_section(line, source)
        for section in sections[c + both : d]:
            yield _missing_from_contents(section, source)


def _differs(line: SourceLine, section: SectionLines, source: str) -> Problem:
    return warning(
        source,
        line.number,
        "contents",
        f"the contents list {quoted(without_number(line.text))}, "
        f"but the section on line {section.line} is {quoted(section.heading)}",
        "imported the section's heading",
    )


def _missing_section(line: SourceLine, source: str) -> Problem:
    message = f"the contents list {quoted(without_number(line.text))}, but there is no such section"
    advice = "import the whole article, or remove this line if the article is complete"
    return Problem(source, line.number, "contents", message, advice)


def _missing_from_contents(section: SectionLines, source: str) -> Problem:
    return warning(
        source,
        section.line,
        "contents",
        f"the section {quoted(section.heading)} is missing from the contents",
        "imported the section as it is",
    )
