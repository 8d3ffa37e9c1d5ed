"""The model: papers, issues, topics, collections and the corpus.

All values are frozen. The Pydantic models are the schema of the files in ``content/``. Unknown
keys are errors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from broadsheet.content.fields import (
    MOST_AUTHORS,
    Arxiv,
    Day,
    Doi,
    Extra,
    Flag,
    Line,
    PartialDate,
    Slug,
    Text,
    Week,
)
from broadsheet.content.parts import (
    Cited,
    Correction,
    Facts,
    Links,
    Provenance,
    Signature,
    Source,
    Value,
    Withdrawal,
)

__all__ = [
    "Cited",
    "Collection",
    "Corpus",
    "Correction",
    "Entry",
    "Facts",
    "Issue",
    "Links",
    "Paper",
    "Place",
    "Provenance",
    "Section",
    "Signature",
    "Source",
    "Topic",
    "Withdrawal",
]


class Paper(Value):
    """A scholarly work, merged from everything that sources say about it.

    Texts have a blank line between paragraphs, and list items start with "- ".

    Attributes:
        slug: The last part of its URL and the name of its file.
        title: The title. A paper from a dataset of bare ids doesn't have one yet.
        authors: Names in the order of the paper, as "Ada Example" or "Example, Ada".
        arxiv: The arXiv id without its version.
        doi: The DOI.
        published: A partial date: 2024, 2024-03 or 2024-03-18.
        venue: Where the paper was published.
        links: Links other than those to arXiv and the DOI.
        topics: The slugs of its topics.
        tldr: One sentence about the paper, in your own words.
        summary: A paragraph about it, in your own words. Both may use emphasis, code and links.
        abstract: The abstract that the authors wrote.
        extra: Facts that sources have beyond these fields, by the name that they give them.
        facts: Facts that services keep about the paper.
        other_titles: Titles of other versions, so that searches and imports find the paper.
        aliases: Earlier slugs, which redirect to this paper.
        draft: Whether the paper is only shown in previews.
        written: Which program wrote `tldr` and `summary`. Not set if a person did.
        reviewed: Who reviewed the texts that a program wrote.
        corrections: Corrections, oldest first.
        withdrawn: Why the paper was withdrawn, if it was.
        provenance: The sources of the paper.
    """

    slug: Slug
    title: Line | None = None
    authors: Annotated[tuple[Line, ...], Field(max_length=MOST_AUTHORS)] = ()
    arxiv: Arxiv | None = None
    doi: Doi | None = None
    published: PartialDate | None = None
    venue: Line | None = None
    links: Links = Links()
    topics: tuple[Slug, ...] = ()
    tldr: Line | None = None
    summary: Text | None = None
    abstract: Text | None = None
    extra: Extra = Field(default_factory=dict)
    facts: Facts | None = None
    other_titles: tuple[Line, ...] = ()
    aliases: tuple[Slug, ...] = ()
    draft: Flag = False
    written: Signature | None = None
    reviewed: Signature | None = None
    corrections: tuple[Correction, ...] = ()
    withdrawn: Withdrawal | None = None
    provenance: tuple[Provenance, ...] = ()

    @property
    def name(self) -> str:
        """The title, or else the arXiv id or slug."""
        return self.title or (f"arXiv:{self.arxiv}" if self.arxiv else self.slug)

    @property
    def unreviewed(self) -> bool:
        """Whether a program wrote its texts and no person has reviewed them."""
        return self.written is not None and self.reviewed is None


class Entry(Value):
    """A paper in an issue or a collection.

    Attributes:
        paper: The slug of the paper.
        number: The number printed there, such as "1.1".
        text: The text printed there.
        commentary: What the editors say about the paper there, in Markdown. `[[some-paper]]` and
            `[[some-paper|words]]` link to papers.
    """

    paper: Slug
    number: Line | None = None
    text: Text | None = None
    commentary: Text | None = None


class Section(Value):
    """A section of an issue.

    Attributes:
        heading: The heading as printed.
        commentary: What the editors say about the section, in Markdown with links to papers.
        entries: Its papers, in order.
    """

    heading: Line
    commentary: Text | None = None
    entries: tuple[Entry, ...] = ()


class Issue(Value):
    """One dated issue of a digest.

    Attributes:
        digest: The slug of the digest, which is the name of the folder.
        name: The name of the file without its ending, such as "2024-W12".
        title: The title of the issue.
        week: The ISO week of `start`.
        start: The first day that the issue covers, as printed.
        end: The last day, as printed.
        source: Where the issue comes from.
        draft: Whether the issue is only shown in previews.
        corrections: Corrections, oldest first.
        lead: The slug of the paper that leads the front page. Without it, the first one does.
        introduction: The text before the first section, in Markdown with links to papers.
        sections: The sections in their printed order.
    """

    digest: Slug
    name: Line
    title: Line
    week: Week
    start: Day
    end: Day
    source: Source | None = None
    draft: Flag = False
    corrections: tuple[Correction, ...] = ()
    lead: Slug | None = None
    introduction: Text | None = None
    sections: tuple[Section, ...] = ()

    def entries(self) -> tuple[Entry, ...]:
        """Returns the entries of all sections, in order."""
        return tuple(entry for section in self.sections for entry in section.entries)

    def papers(self) -> tuple[str, ...]:
        """Returns the slugs of its papers, without duplicates."""
        return tuple(dict.fromkeys(entry.paper for entry in self.entries()))


class Collection(Value):
    """A list of papers without a date, such as trending papers or a dataset.

    Attributes:
        slug: The last part of its URL and the name of its file.
        title: The title of the collection.
        description: What the collection is about, in Markdown.
        source: Where the collection comes from.
        entries: Its papers, in order.
    """

    slug: Slug
    title: Line
    description: Text | None = None
    source: Source | None = None
    entries: tuple[Entry, ...] = ()


class Topic(Value):
    """A label for papers.

    Attributes:
        slug: The last part of its URL.
        name: The name of the topic.
        description: What the topic is about.
        aliases: Section headings that mean this topic.
        terms: Words that suggest this topic for a paper that is under no heading.
    """

    slug: Slug
    name: Line
    description: Text | None = None
    aliases: tuple[Line, ...] = ()
    terms: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is defined: a file, relative to the content folder, and a line."""

    file: str
    line: int = 1


@dataclass(frozen=True)
class Corpus:
    """All content.

    Attributes:
        papers: Papers by slug, sorted by slug.
        issues: Issues from the oldest to the newest.
        collections: Collections, sorted by slug.
        topics: Topics by slug, in the order of ``topics.yml``.
        places: Where values are defined, including those with errors. The keys are
            ("paper", slug), ("issue", digest/name), ("collection", slug) and ("topic", slug).
        hidden: The addresses of papers that were left out, because they're drafts.
    """

    papers: Mapping[str, Paper] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    collections: tuple[Collection, ...] = ()
    topics: Mapping[str, Topic] = field(default_factory=dict)
    places: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
