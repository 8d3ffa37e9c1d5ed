"""Importer for weekly digest articles: numbered sections of papers, each with a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from broadsheet.base.errors import BroadsheetError, Level, Problem, sorted_problems, warning
from broadsheet.content.paper_links import without_links
from broadsheet.content.records import ListedRecord, ReadIssue, ReadSection, Record
from broadsheet.importers.article_contents import (
    contents_differences,
    is_sentence,
    read_opening,
)
from broadsheet.importers.article_dates import find_range, issue_days
from broadsheet.importers.article_outline import (
    PaperLines,
    SectionLines,
    has_outline,
    read_outline,
    section_number,
)
from broadsheet.importers.article_texts import ArticleText, article_text
from broadsheet.importers.damage import find_damage
from broadsheet.importers.importer import Importer, Reading
from broadsheet.importers.json_values import starts_as_json
from broadsheet.importers.lines import (
    RepairedLines,
    SourceLine,
    line_range,
    quoted,
    refuse_many_lines,
    source_lines,
)
from broadsheet.importers.markdown_page import is_marked_up
from broadsheet.importers.promotions import without_promotion
from broadsheet.importers.repeats import repeated_titles

NAME = "weekly-article"
# The title is near the top, below a header at most. Longer lines are prose that mentions dates.
_TITLE_LINES = 10
_TITLE_LENGTH = 200
# A name before full dates, as Broadsheet writes articles. Other articles have no name of their own:
# theirs, with days and months only, would be the same every year.
_NAMED = re.compile(r"(.+) from \d\d/\d\d/\d{4} to \d\d/\d\d/\d{4}")


@dataclass(frozen=True)
class _ReadPaper:
    listed: ListedRecord
    problems: tuple[Problem, ...]


def looks_like(text: str) -> bool:
    """Whether a text has dates near the top, or a numbered section directly above a paper.

    Markdown with the same has an importer of its own.
    """
    if is_marked_up(text) or starts_as_json(text):
        return False
    lines = source_lines(text)
    titles = (line.text for line in lines[:_TITLE_LINES] if len(line.text) <= _TITLE_LENGTH)
    return any(find_range(title) for title in titles) or has_outline(lines)


def read(text: str, source: str) -> Reading:
    """Reads an article as an issue.

    Raises:
        BroadsheetError: The article has no papers, it's truncated, or its dates can't be
            determined.
    """
    refuse_many_lines(text, source)
    outline = read_outline(RepairedLines(text), source)
    opening = read_opening(outline.preamble, outline.sections, source)
    differences = tuple(contents_differences(opening.contents, outline.sections, source))
    missing = [problem for problem in differences if problem.level is Level.ERROR]
    if missing:
        raise BroadsheetError(*missing)
    days = issue_days(opening.title, opening.introduction, source)
    papers = [
        [_paper(p, source) for p in section.papers if p.title] for section in outline.sections
    ]
    sections = tuple(
        ReadSection(
            section.heading,
            section.line,
            tuple(p.listed for p in read_papers),
            _markdown(_divided(section.notes)[0]),
        )
        for section, read_papers in zip(outline.sections, papers, strict=True)
    )
    records = tuple(paper.listed.record for row in papers for paper in row)
    named = _NAMED.fullmatch(opening.title.text)
    title = named[1] if named else None
    introduction = _markdown(opening.introduction)
    found = [
        *days.problems,
        *(problem for row in papers for paper in row for problem in paper.problems),
        *(_skipped(lines, source) for lines in opening.skipped),
        *differences,
        *_section_problems(outline.sections, source),
        *repeated_titles(records, source),
    ]
    return Reading(
        NAME,
        source,
        issues=(ReadIssue(days.start, days.end, sections, introduction, title),),
        records=records,
        problems=sorted_problems(found),
    )


def _markdown(lines: Sequence[SourceLine]) -> str | None:
    text = article_text([line.text for line in lines]).text
    return without_links(text) if text else None


def _paper(paper: PaperLines, source: str) -> _ReadPaper:
    kept, promotion = without_promotion(tuple(paper.lines))
    text = article_text([line.text for line in kept])
    record = Record(source, paper.line, title=paper.title, text=text.text)
    problems = [warning(source, number, "text", w) for number, w in _warnings(paper, kept, text)]
    problems += [_skipped(promotion, source)] if promotion else []
    return _ReadPaper(ListedRecord(record, paper.number), tuple(problems))


def _warnings(
    paper: PaperLines, kept: Sequence[SourceLine], text: ArticleText
) -> Iterator[tuple[int, str]]:
    """Yields what is odd about the lines of a paper, with the number of the line."""
    for number, line in [(paper.line, paper.title), *kept]:
        yield from ((number, message) for message in find_damage(line))
    yield from ((kept[place].number, message) for place, message in text.warnings)
    items = text.items
    for number, line in kept:
        if section_number(line) == paper.section + 1 and line not in items:
            yield number, f"{quoted(line)} may be the heading of a section"
    if not kept:
        yield paper.line, f"{quoted(paper.title)} has no text"


def _skipped(lines: Sequence[SourceLine], source: str) -> Problem:
    where = line_range(lines)
    message = f"skipped text that isn't about a paper ({where}): {quoted(lines[0].text)}"
    advice = "no action needed if this is a promotion or a header"
    return warning(source, lines[0].number, "", message, advice)


def _section_problems(sections: Sequence[SectionLines], source: str) -> Iterator[Problem]:
    """Yields warnings about missing or unexpected numbers, empty sections and skipped lines."""
    expected = 1
    for section in sections:
        if section.number != expected:
            yield _misnumbered(section, expected, source)
        expected = (section.number or expected) + 1
        if not section.papers:
            message = f"the section {quoted(section.heading)} has no papers"
            yield warning(source, section.line, "sections", message)
        if skipped := _divided(section.notes)[1]:
            yield _skipped(skipped, source)
        yield from _paper_numbers(section, source)


def _divided(
    notes: Sequence[SourceLine],
) -> tuple[Sequence[SourceLine], Sequence[SourceLine]]:
    """Returns what the lines below a section's heading say about it, and what is skipped of them.

    Commentary has whole sentences. Anything else may be left over from a page.
    """
    kept, promotion = without_promotion(notes)
    is_prose = all(is_sentence(line.text) for line in kept)
    return (kept, promotion) if is_prose else ((), notes)


def _misnumbered(section: SectionLines, expected: int, source: str) -> Problem:
    number = "no number" if section.number is None else f"number {section.number}"
    message = f"the section {quoted(section.heading)} has {number}; expected {expected}"
    return warning(source, section.line, "sections", message, "kept the order as printed")


def _paper_numbers(section: SectionLines, source: str) -> Iterator[Problem]:
    expected = (section.number or (section.papers[0].section if section.papers else 0), 1)
    for paper in section.papers:
        if (paper.section, paper.place) != expected:
            message = f"expected number {expected[0]}.{expected[1]}, found {paper.number}"
            advice = "kept the number and order as printed"
            yield warning(source, paper.line, "number", message, advice)
        expected = (expected[0], paper.place + 1)
        if not paper.title:
            lines = (SourceLine(paper.line, paper.number), *paper.lines)
            message = f"the paper {paper.number} has no title; skipped {line_range(lines)}"
            yield Problem(source, paper.line, "title", message, "write the title after the number")


WEEKLY_ARTICLE = Importer(
    NAME,
    "a digest article with dates in its title ('from 18/03 to 24/03'), sections '1. Heading' and "
    "papers '1.1. Title'",
    looks_like,
    read,
    is_converted=True,
)
