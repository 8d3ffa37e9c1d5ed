"""What sources say, before anything is merged: records, and the lists that they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from broadsheet.base.errors import Problem
from broadsheet.base.identifiers import week_of


@dataclass(frozen=True)
class Record:
    """What one source said about one paper, not merged. `line` counts from 1.

    `topics` are the slugs, names or aliases that the source gives them.
    `abstract` is the paper's own text (a papers page, a data set); `text` is what a digest
    printed about it. Paragraphs are parted by a blank line, list items begin with "- ".
    """

    source: str
    line: int
    title: str | None = None
    other_titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    arxiv: str | None = None
    doi: str | None = None
    published: str | None = None
    venue: str | None = None
    links: Mapping[str, str] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    tldr: str | None = None
    summary: str | None = None
    abstract: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class ListedRecord:
    """A record's place in an issue: the number printed before it ("1.1"), or None."""

    record: Record
    number: str | None = None


@dataclass(frozen=True)
class ReadSection:
    """A section as a source printed it; `line` is that of its heading."""

    heading: str
    line: int
    entries: tuple[ListedRecord, ...]


@dataclass(frozen=True)
class ReadIssue:
    """An issue as a source printed it, before its records are merged into papers.

    `title` is there when the source names the issue apart from its days.
    """

    start: date
    end: date
    sections: tuple[ReadSection, ...]
    introduction: str | None = None
    title: str | None = None

    @property
    def week(self) -> str:
        return week_of(self.start)


@dataclass(frozen=True)
class ReadCollection:
    """An undated list as a source printed it. `slug` and `title` are suggestions."""

    slug: str
    title: str
    source_name: str
    records: tuple[Record, ...]


@dataclass(frozen=True)
class Reading:
    """All that a source text says.

    `shape` is the name of the importer that read it and `source` the text's own name, which
    also stands in every record and problem. `records` holds all records in the order of their
    lines, those of the `issue` or the `collection` included. A text of bare records has
    neither issue nor collection.
    """

    shape: str
    source: str
    issue: ReadIssue | None = None
    collection: ReadCollection | None = None
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
