"""The papers page of Hugging Face, saved as text: a line with a title, a line with its abstract."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from broadsheet.base.errors import BroadsheetError, Problem, sorted_problems, warning
from broadsheet.base.identifiers import title_key
from broadsheet.content.records import ReadCollection, Record
from broadsheet.importers.contract import Importer, Reading
from broadsheet.importers.doubts import doubts
from broadsheet.importers.lines import SourceLine, repaired_lines, shortened, source_lines

NAME = "papers-page"
_HEADER = re.compile(r"get trending papers in your email inbox\b.*|subscribe", re.IGNORECASE)
# The button before the first title loses its space.
_BUTTON = re.compile(r"Subscribe(?=[A-Z0-9])")
_TITLE_LENGTH = 250
_SHORT_ABSTRACT = 80

_Pair = tuple[SourceLine, SourceLine | None]


def looks_like(text: str) -> bool:
    """The page's own header stands at the top."""
    lines = source_lines(text)
    return bool(lines) and _HEADER.fullmatch(lines[0].text) is not None


def read(text: str, source: str) -> Reading:
    """The collection that a page is. Raises BroadsheetError for one without any paper."""
    lines = _without_header(repaired_lines(text))
    pairs, problems = _pairs(lines, source)
    if not pairs:
        raise BroadsheetError(*problems or [_no_paper(source)])
    records = tuple(_record(title, abstract, source) for title, abstract in pairs)
    found = [*problems, *_doubts(pairs, source), *_repeated_titles(records, source)]
    collection = ReadCollection("trending", "Trending papers", "Hugging Face papers", records)
    return Reading(
        NAME, source, collection=collection, records=records, problems=sorted_problems(found)
    )


def _without_header(lines: tuple[SourceLine, ...]) -> tuple[SourceLine, ...]:
    start = next(
        (n for n, line in enumerate(lines) if not _HEADER.fullmatch(line.text)), len(lines)
    )
    if start in (0, len(lines)):
        return lines[start:]
    first = lines[start]
    return (first._replace(text=_BUTTON.sub("", first.text)), *lines[start + 1 :])


def _is_abstract(text: str) -> bool:
    """Whether a line is certainly no title: too long, or a sentence of some length."""
    return len(text) > _TITLE_LENGTH or (len(text) >= _SHORT_ABSTRACT and text.endswith("."))


def _pairs(lines: Sequence[SourceLine], source: str) -> tuple[list[_Pair], list[Problem]]:
    """Titles with their abstracts; what has no partner is a problem and shifts nothing."""
    pairs: list[_Pair] = []
    problems: list[Problem] = []
    title: SourceLine | None = None
    for line in lines:
        if title is not None and _is_abstract(line.text):
            pairs.append((title, line))
            title = None
        elif _is_abstract(line.text):
            problems.append(_no_title(line, source))
        else:
            pairs += [(title, None)] if title else []
            title = line
    pairs += [(title, None)] if title else []
    return pairs, problems + [_no_abstract(t, source) for t, abstract in pairs if not abstract]


def _no_paper(source: str) -> Problem:
    return Problem(source, 0, "", "has no paper", "expected is a title line, then an abstract line")


def _no_title(line: SourceLine, source: str) -> Problem:
    return Problem(
        source,
        line.number,
        "title",
        f"an abstract without a title above it was left out: {shortened(line.text)!r}",
        f"a title is one line of at most {_TITLE_LENGTH} characters, an abstract the next line",
    )


def _no_abstract(title: SourceLine, source: str) -> Problem:
    return warning(
        source,
        title.number,
        "abstract",
        f"no abstract follows the title {shortened(title.text)!r}",
        "the paper is kept without one; if this is no title, remove the line",
    )


def _record(title: SourceLine, abstract: SourceLine | None, source: str) -> Record:
    return Record(source, title.number, title=title.text, abstract=abstract and abstract.text)


def _doubts(pairs: Sequence[_Pair], source: str) -> Iterator[Problem]:
    for title, abstract in pairs:
        yield from (warning(source, title.number, "title", d) for d in doubts(title.text))
        if abstract:
            found = doubts(abstract.text)
            yield from (warning(source, abstract.number, "abstract", doubt) for doubt in found)


def _repeated_titles(records: Sequence[Record], source: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for record in records:
        line = first.setdefault(title_key(record.title or ""), record.line)
        if line != record.line:
            what = f"the title {shortened(record.title or '')!r} stands on line {line} too"
            yield warning(source, record.line, "title", what, "one of the two may be a mistake")


PAPERS_PAGE = Importer(
    NAME,
    "a Hugging Face papers page as text: a header, then a title and an abstract line in turn",
    looks_like,
    read,
)
