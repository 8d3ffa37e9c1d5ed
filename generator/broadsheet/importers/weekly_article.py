"""The weekly digest article: a week's papers in numbered sections, each with its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from broadsheet.base.errors import Problem, sorted_problems, warning
from broadsheet.base.identifiers import title_key
from broadsheet.content.records import ListedRecord, ReadIssue, ReadSection, Record
from broadsheet.importers.article_contents import contents_differences, read_opening
from broadsheet.importers.article_dates import find_range, issue_days
from broadsheet.importers.article_outline import (
    PaperLines,
    SectionLines,
    has_outline,
    read_outline,
    section_number,
)
from broadsheet.importers.article_texts import ArticleText, article_text
from broadsheet.importers.contract import Importer, Reading
from broadsheet.importers.doubts import doubts
from broadsheet.importers.lines import SourceLine, repaired_lines, shortened, source_lines, span
from broadsheet.importers.promotions import without_promotion

NAME = "weekly-article"
_TITLE_LINES = 10
_TITLE_LENGTH = 200
# Whole days behind a name, as Broadsheet itself writes an article; days without years are taken
# for a part of the name, which would name every week of a year alike.
_NAMED = re.compile(r"(.+) from \d\d/\d\d/\d{4} to \d\d/\d\d/\d{4}")


@dataclass(frozen=True)
class _ReadPaper:
    listed: ListedRecord
    problems: tuple[Problem, ...]


def looks_like(text: str) -> bool:
    """A range of days near the top, or a numbered section with the first of its papers."""
    lines = source_lines(text)
    titles = (line.text for line in lines[:_TITLE_LINES] if len(line.text) <= _TITLE_LENGTH)
    return any(find_range(title) for title in titles) or has_outline(lines)


def read(text: str, source: str) -> Reading:
    """The issue that an article is. Raises BroadsheetError for one without dates or papers."""
    outline = read_outline(repaired_lines(text), source)
    opening = read_opening(outline.preamble, outline.sections, source)
    days = issue_days(opening.title, opening.introduction, source)
    papers = [
        [_paper(p, source) for p in section.papers if p.title] for section in outline.sections
    ]
    sections = tuple(
        ReadSection(section.heading, section.line, tuple(p.listed for p in read_papers))
        for section, read_papers in zip(outline.sections, papers, strict=True)
    )
    named = _NAMED.fullmatch(opening.title.text)
    title = named[1] if named else None
    introduction = article_text([line.text for line in opening.introduction]).text
    found = [
        *days.problems,
        *(problem for row in papers for paper in row for problem in paper.problems),
        *(_left_out(lines, source) for lines in opening.left_out),
        *contents_differences(opening.contents, outline.sections, source),
        *_section_problems(outline.sections, source),
        *_repeated_titles(sections, source),
    ]
    return Reading(
        NAME,
        source,
        issue=ReadIssue(days.start, days.end, sections, introduction, title),
        records=tuple(paper.listed.record for row in papers for paper in row),
        problems=sorted_problems(found),
    )


def _paper(paper: PaperLines, source: str) -> _ReadPaper:
    kept, promotion = without_promotion(paper.lines)
    text = article_text([line.text for line in kept])
    record = Record(source, paper.line, title=paper.title, text=text.text)
    problems = [warning(source, number, "text", d) for number, d in _doubts(paper, kept, text)]
    problems += [_left_out(promotion, source)] if promotion else []
    return _ReadPaper(ListedRecord(record, paper.number), tuple(problems))


def _doubts(
    paper: PaperLines, kept: Sequence[SourceLine], text: ArticleText
) -> Iterator[tuple[int, str]]:
    """What is odd about a paper's lines, with the number of the line."""
    for number, line in [(paper.line, paper.title), *kept]:
        yield from ((number, doubt) for doubt in doubts(line))
    yield from ((kept[place].number, doubt) for place, doubt in text.doubts)
    for number, line in kept:
        if section_number(line) == paper.section + 1 and not text.has_item(line):
            yield number, f"{shortened(line)!r} may be a section's heading"
    if not kept:
        yield paper.line, f"{shortened(paper.title)!r} has no text below it"


def _left_out(lines: tuple[SourceLine, ...], source: str) -> Problem:
    return warning(
        source,
        lines[0].number,
        "",
        f"{span(lines)} left out, about no paper: {shortened(lines[0].text)!r}",
        "nothing to do when this is a promotion or a header",
    )


def _section_problems(sections: Sequence[SectionLines], source: str) -> Iterator[Problem]:
    """Numbers that skip, repeat or lack, sections without papers, and lines above the papers."""
    expected = 1
    for section in sections:
        if section.number != expected:
            yield _misnumbered(section, expected, source)
        expected = (section.number or expected) + 1
        if not section.papers:
            what = f"the section {shortened(section.heading)!r} has no papers"
            yield warning(source, section.line, "sections", what)
        if section.notes:
            yield _left_out(section.notes, source)
        yield from _paper_numbers(section, source)


def _misnumbered(section: SectionLines, expected: int, source: str) -> Problem:
    number = "no number" if section.number is None else f"the number {section.number}"
    what = f"the section {shortened(section.heading)!r} has {number} where {expected} is next"
    return warning(source, section.line, "sections", what, "the printed order is kept")


def _paper_numbers(section: SectionLines, source: str) -> Iterator[Problem]:
    expected = (section.number or (section.papers[0].section if section.papers else 0), 1)
    for paper in section.papers:
        if (paper.section, paper.place) != expected:
            what = f"the number {paper.number} stands where {expected[0]}.{expected[1]} is next"
            advice = "number and order are kept as printed"
            yield warning(source, paper.line, "number", what, advice)
        expected = (expected[0], paper.place + 1)
        if not paper.title:
            lines = (SourceLine(paper.line, paper.number), *paper.lines)
            what = f"{span(lines)} left out: the paper {paper.number} has no title"
            yield Problem(source, paper.line, "title", what, "write the title after the number")


def _repeated_titles(sections: Sequence[ReadSection], source: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for record in (listed.record for section in sections for listed in section.entries):
        title = record.title or ""
        line = first.setdefault(title_key(title), record.line)
        if line != record.line:
            what = f"the title {shortened(title)!r} stands on line {line} too"
            yield warning(source, record.line, "title", what, "one of the two may be a mistake")


WEEKLY_ARTICLE = Importer(
    NAME,
    "a digest article with a range of days in its title ('from 18/03 to 24/03'), "
    "sections '1. Heading' and papers '1.1. Title'",
    looks_like,
    read,
)
