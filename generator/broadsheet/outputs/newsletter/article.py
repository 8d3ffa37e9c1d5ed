"""An issue as a weekly article, in the form that the importer of that name reads."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from broadsheet.base.blocks import blocks_of
from broadsheet.base.errors import BroadsheetError, Problem, warning
from broadsheet.base.identifiers import title_key
from broadsheet.content.model import Entry, Issue, Section
from broadsheet.content.records import ListedRecord, ReadIssue
from broadsheet.edition import Edition
from broadsheet.importers import read
from broadsheet.importers.weekly_article import NAME


def article_of(issue: Issue, edition: Edition) -> str:
    """Returns an issue as a weekly article with dates, contents and numbered sections."""
    return "\n".join(_lines(issue, edition)) + "\n"


def _lines(issue: Issue, edition: Edition) -> Iterator[str]:
    first, last = issue.start, issue.end
    yield f"{_line(issue.title)} from {first:%d/%m/%Y} to {last:%d/%m/%Y}"
    yield from _text(issue.introduction)
    yield "Table of Contents:"
    for section in issue.sections:
        yield _line(section.heading)
    taken: set[int] = set()
    for section in issue.sections:
        yield from _section(section, edition, taken)


def _section(section: Section, edition: Edition, taken: set[int]) -> Iterator[str]:
    number = _number(section, taken)
    taken.add(number)
    yield f"{number}. {_line(section.heading)}"
    for place, entry in enumerate(section.entries, start=1):
        paper = edition.papers[entry.paper]
        yield f"{entry.number or f'{number}.{place}'}. {_line(paper.name)}"
        yield from _text(entry.text)


def _number(section: Section, taken: set[int]) -> int:
    """Returns the number that the papers of a section have, or else the next unused number."""
    printed = section.entries[0].number if section.entries else None
    head = (printed or "").partition(".")[0]
    return int(head) if head.isdigit() else next(n for n in count(1) if n not in taken)


def _text(text: str | None) -> Iterator[str]:
    """Yields one line per paragraph and list item."""
    for block in blocks_of(text or ""):
        yield from (f"- {line}" if block.is_list else line for line in block.lines)


def _line(text: str) -> str:
    return " ".join(text.split())


def article_problems(issue: Issue, edition: Edition, source: str) -> tuple[Problem, ...]:
    """Returns what would change if the article were imported again.

    Nothing would, unless a text can't be expressed in an article, such as a paragraph that looks
    like a heading.
    """
    try:
        reading = read(article_of(issue, edition), source, NAME)
    except BroadsheetError as error:  # for example, the introduction mentions two other months
        return tuple(problem.as_warning() for problem in error.problems)
    (read_issue,) = reading.issues
    return tuple(
        warning(source, line, field, "an import of this article would change this")
        for line, field in _differences(issue, read_issue, edition)
    )


def _differences(issue: Issue, read: ReadIssue, edition: Edition) -> Iterator[tuple[int, str]]:
    if (read.start, read.end) != (issue.start, issue.end):
        yield 1, "start"
    if read.title != _line(issue.title):
        yield 1, "title"
    if read.introduction != _as_imported(issue.introduction):
        yield 2, "introduction"
    if [s.heading for s in read.sections] != [_line(s.heading) for s in issue.sections]:
        yield 0, "sections"
        return
    for n, (section, read_section) in enumerate(zip(issue.sections, read.sections, strict=True)):
        if len(section.entries) != len(read_section.entries):
            yield read_section.line, f"sections[{n}].entries"
            continue
        for entry, listed in zip(section.entries, read_section.entries, strict=True):
            for field in _entry_differences(entry, listed, edition):
                yield listed.record.line, f"sections[{n}].{field}"


def _entry_differences(entry: Entry, listed: ListedRecord, edition: Edition) -> Iterator[str]:
    if title_key(listed.record.title or "") != title_key(edition.papers[entry.paper].name):
        yield "title"
    if listed.record.text != _as_imported(entry.text):
        yield "text"
    if entry.number not in (None, listed.number):
        yield "number"


def _as_imported(text: str | None) -> str | None:
    """Returns a text as the importer would read it, with blank lines only between blocks."""
    parts = [
        "\n".join(f"- {line}" for line in block.lines) if block.is_list else block.lines[0]
        for block in blocks_of(text or "")
    ]
    return "\n\n".join(parts) or None
