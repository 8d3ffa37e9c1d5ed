"""Importer for Hugging Face's papers page as text: a title line, an abstract line, and so on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from broadsheet.base.errors import BroadsheetError, Problem, sorted_problems, warning
from broadsheet.content.records import ReadCollection, Record
from broadsheet.importers.damage import find_damage
from broadsheet.importers.importer import Importer, Reading
from broadsheet.importers.lines import SourceLine, quoted, repaired_lines, source_lines
from broadsheet.importers.repeats import repeated_titles

NAME = "papers-page"
_HEADER = re.compile(r"get trending papers in your email inbox\b.*|subscribe", re.IGNORECASE)
# The label of a button, joined to the first title.
_BUTTON = re.compile(r"Subscribe(?=[A-Z0-9])")
# Longer than any title. A shorter line is an abstract if it is a sentence of some length.
_MAX_TITLE = 250
_MIN_ABSTRACT = 80

_Pair = tuple[SourceLine | None, SourceLine | None]


# How many characters the header is in, with blank lines above it.
_TOP = 10_000


def looks_like(text: str) -> bool:
    """Whether a text starts with the header of the page."""
    lines = source_lines(text[:_TOP])
    return bool(lines) and _HEADER.fullmatch(lines[0].text) is not None


def read(text: str, source: str) -> Reading:
    """Reads the papers of a page as a collection.

    Raises:
        BroadsheetError: There are no papers.
    """
    read_records: list[Record] = []
    found: list[Problem] = []
    for title, abstract in _pairs(_without_header(repaired_lines(text))):
        if title is None:
            found += [_no_title(abstract, source)] if abstract else []
            continue
        read_records.append(_record(title, abstract, source))
        found += [] if abstract else [_no_abstract(title, source)]
        found += _damage(title, abstract, source)
    if not read_records:
        raise BroadsheetError(*found or [_no_paper(source)])
    records = tuple(read_records)
    found += repeated_titles(records, source)
    collection = ReadCollection("trending", "Trending papers", "Hugging Face papers", records)
    return Reading(
        NAME, source, collection=collection, records=records, problems=sorted_problems(found)
    )


def _without_header(lines: Iterable[SourceLine]) -> Iterator[SourceLine]:
    has_header, is_above = False, True
    for line in lines:
        if is_above and _HEADER.fullmatch(line.text):
            has_header = True
        elif is_above and has_header:
            yield line._replace(text=_BUTTON.sub("", line.text))
            is_above = False
        else:
            yield line
            is_above = False


def _is_abstract(text: str) -> bool:
    """Whether a line certainly isn't a title."""
    return len(text) > _MAX_TITLE or (len(text) >= _MIN_ABSTRACT and text.endswith("."))


def _pairs(lines: Iterable[SourceLine]) -> Iterator[_Pair]:
    """Yields titles with their abstracts. Either can be missing."""
    title: SourceLine | None = None
    for line in lines:
        if _is_abstract(line.text):
            yield title, line
            title = None
        else:
            if title:
                yield title, None
            title = line
    if title:
        yield title, None


def _no_paper(source: str) -> Problem:
    advice = "write each title on a line and its abstract on the next"
    return Problem(source, 0, "", "no papers found", advice)


def _no_title(line: SourceLine, source: str) -> Problem:
    return Problem(
        source,
        line.number,
        "title",
        f"skipped an abstract without a title: {quoted(line.text)}",
        f"put its title of at most {_MAX_TITLE} characters on the line above",
    )


def _no_abstract(title: SourceLine, source: str) -> Problem:
    return warning(
        source,
        title.number,
        "abstract",
        f"no abstract after the title {quoted(title.text)}",
        "the paper was imported without one; if this isn't a title, remove the line",
    )


def _record(title: SourceLine, abstract: SourceLine | None, source: str) -> Record:
    return Record(source, title.number, title=title.text, abstract=abstract and abstract.text)


def _damage(title: SourceLine, abstract: SourceLine | None, source: str) -> Iterator[Problem]:
    for message in find_damage(title.text):
        yield warning(source, title.number, "title", message)
    if abstract:
        for message in find_damage(abstract.text):
            yield warning(source, abstract.number, "abstract", message)


PAPERS_PAGE = Importer(
    NAME,
    "a Hugging Face papers page as text, with a header, then a title line and an abstract line "
    "for each paper",
    looks_like,
    read,
    is_converted=True,
)
