"""What sources say before anything is merged: records and the lists that contain them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from broadsheet.base.errors import Problem
from broadsheet.base.identifiers import week_of


@dataclass(frozen=True)
class Record:
    """What one source says about one paper.

    Texts have a blank line between paragraphs, and list items start with "- ".

    Attributes:
        source: The name of the source.
        line: The line in the source, counted from 1. 0 if the source has no lines.
        title: The title as the source prints it.
        other_titles: Titles of other versions of the paper.
        authors: Names as the source prints them.
        arxiv: The arXiv id without its version.
        doi: The DOI.
        published: A partial date: YYYY, YYYY-MM or YYYY-MM-DD.
        venue: Where the paper was published.
        links: URLs by the names of `model.Links`.
        topics: Slugs, names or aliases of topics. Unknown ones become new topics.
        keywords: Words of the source, which are topics only if topics have them as names.
        tldr: One sentence about the paper.
        summary: A paragraph about the paper, which may use emphasis, code and links.
        abstract: The paper's own abstract.
        extra: Facts beyond these fields, by the name that the source gives them.
        text: What a digest printed about the paper.
        issue: The issue that lists the paper: "2024-W12", or "llm-papers/2024-W12".
        section: The heading that the issue lists it under.
        number: The number that the issue prints before it.
        collection: The slug or title of a collection that lists the paper.
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
    keywords: tuple[str, ...] = ()
    tldr: str | None = None
    summary: str | None = None
    abstract: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    text: str | None = None
    issue: str | None = None
    section: str | None = None
    number: str | None = None
    collection: str | None = None


@dataclass(frozen=True)
class ListedRecord:
    """A record in an issue, with the number printed before it, such as "1.1"."""

    record: Record
    number: str | None = None


@dataclass(frozen=True)
class ReadSection:
    """A section as a source printed it, with the line of its heading.

    The heading is empty if the source prints the papers without one. `commentary` is what it says
    there about no single paper, in Markdown.
    """

    heading: str
    line: int
    entries: tuple[ListedRecord, ...]
    commentary: str | None = None


@dataclass(frozen=True)
class ReadIssue:
    """An issue as a source printed it.

    `title` is None if the source only gives the dates of the issue. `source_name` is what its
    readers call the source. A source that `is_part` of an issue says nothing about the rest of it,
    such as the list of one day, which becomes a section of its week.
    """

    start: date
    end: date
    sections: tuple[ReadSection, ...]
    introduction: str | None = None
    title: str | None = None
    source_name: str = "Weekly article"
    is_part: bool = False

    @property
    def week(self) -> str:
        """The ISO week of the first day."""
        return week_of(self.start)


@dataclass(frozen=True)
class ReadCollection:
    """A list without a date. `slug` and `title` are the importer's choice."""

    slug: str
    title: str
    source_name: str
    records: tuple[Record, ...]


@dataclass(frozen=True)
class ReadColumns:
    """What the columns of a table were taken for.

    Attributes:
        fields: The field of each column that was read, in the order of the fields.
        unread: The columns that nobody has decided about and that were not read.
        all: The field of every column in the order of the table, to keep as a decision.
    """

    fields: Mapping[str, str]
    unread: tuple[str, ...]
    all: Mapping[str, str]


@dataclass(frozen=True)
class Reading:
    """Everything that an importer reads from a text.

    Attributes:
        importer: The name of the importer.
        source: The name of the text, which is also in every record and problem.
        issues: The issues that the text has: none, one, or those of many weeks.
        collection: The list without a date that the text has, if any.
        records: All records in the order of their lines, including those in issues and the
            collection.
        problems: What is odd about the text.
        columns: What its columns were taken for, if it has columns.
    """

    importer: str
    source: str
    issues: tuple[ReadIssue, ...] = ()
    collection: ReadCollection | None = None
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    columns: ReadColumns | None = None
