"""The model: papers, issues, topics, collections and the corpus.

All values are frozen. The Pydantic models are the schema of the files in ``content/``. Unknown
keys are errors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from broadsheet.base.identifiers import (
    is_slug,
    parse_arxiv,
    parse_doi,
    parse_partial_date,
    parse_week,
)

_SURROGATE = re.compile("[\ud800-\udfff]")


def _arxiv(text: str) -> str:
    found = parse_arxiv(text)
    if found is None:
        raise ValueError(
            f"{text!r} isn't an arXiv id; write one like 2403.01234, with 4 digits, a period and "
            "4 or 5 digits"
        )
    return found


def _doi(text: str) -> str:
    found = parse_doi(text)
    if found is None:
        raise ValueError(f"{text!r} isn't a DOI; write one like 10.1000/example")
    # DOIs are case-insensitive, but people know them in the publisher's spelling.
    return text.strip()[-len(found) :]


def _partial_date(text: str) -> str:
    if parse_partial_date(text) is None:
        raise ValueError(f"{text!r} isn't a date; write one like 2024-03-18, 2024-03 or 2024")
    return text


def _week(text: str) -> str:
    if parse_week(text) is None:
        raise ValueError(f"{text!r} isn't an ISO week; write one like 2024-W12")
    return text


def _slug(text: str) -> str:
    if not is_slug(text):
        raise ValueError(
            f"{text!r} can't be part of a URL; use lowercase letters, digits and hyphens, "
            "at most 80 characters"
        )
    return text


def _url(text: str) -> str:
    parts = urlsplit(_without_surrogates(text))
    if parts.scheme not in ("http", "https") or not parts.netloc or any(c.isspace() for c in text):
        raise ValueError(f"{text!r} isn't a URL; it must start with https:// or http://")
    return text


def _without_surrogates(text: str) -> str:
    """Refuses lone surrogates, which JSON can express but UTF-8 can't."""
    if not text.isascii() and _SURROGATE.search(text):
        raise ValueError("contains half a character (a lone surrogate); write the whole character")
    return text


def _line(text: str) -> str:
    joined = " ".join(_without_surrogates(text).split())
    if not joined:
        raise ValueError("must not be empty; write some text or remove the key")
    return joined


def _text(text: str) -> str:
    trimmed = _without_surrogates(text).strip()
    if not trimmed:
        raise ValueError("must not be empty; write some text or remove the key")
    return trimmed


def _day(value: Any) -> Any:
    if not isinstance(value, str) or len(value) != 10:
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"{value!r} isn't a date; write one like 2024-03-18") from error


Line = Annotated[str, AfterValidator(_line)]
Text = Annotated[str, AfterValidator(_text)]
Slug = Annotated[str, AfterValidator(_slug)]
Arxiv = Annotated[str, AfterValidator(_arxiv)]
Doi = Annotated[str, AfterValidator(_doi)]
Url = Annotated[str, AfterValidator(_url)]
PartialDate = Annotated[str, AfterValidator(_partial_date)]
Week = Annotated[str, AfterValidator(_week)]
Day = Annotated[date, BeforeValidator(_day)]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Value):
    """The source of an issue or a collection."""

    name: Line
    file: Line | None = None
    url: Url | None = None
    retrieved: Day | None = None


class Provenance(_Value):
    """A source of a paper: where in it the paper is, when it was read, which fields it gave."""

    source: Line
    line: int | None = Field(default=None, ge=1)
    url: Url | None = None
    retrieved: Day | None = None
    gave: tuple[Line, ...] = ()


class Links(_Value):
    """The links of a paper, other than those to arXiv and its DOI, which follow from its ids."""

    code: Url | None = None
    project: Url | None = None
    pdf: Url | None = None
    data: Url | None = None
    demo: Url | None = None
    video: Url | None = None

    def named(self) -> Mapping[str, str]:
        """Returns the links that are set by name, in the order of the schema."""
        return self.model_dump(exclude_none=True)


class Paper(_Value):
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
        tldr: Our own sentence about the paper.
        summary: Our own paragraph about it. Both may use emphasis, code and links.
        abstract: The paper's own abstract.
        other_titles: Titles of other versions, so that searches and imports find the paper.
        aliases: Earlier slugs, which redirect to this paper.
        provenance: The sources of the paper.
    """

    slug: Slug
    title: Line | None = None
    authors: tuple[Line, ...] = ()
    arxiv: Arxiv | None = None
    doi: Doi | None = None
    published: PartialDate | None = None
    venue: Line | None = None
    links: Links = Links()
    topics: tuple[Slug, ...] = ()
    tldr: Line | None = None
    summary: Text | None = None
    abstract: Text | None = None
    other_titles: tuple[Line, ...] = ()
    aliases: tuple[Slug, ...] = ()
    provenance: tuple[Provenance, ...] = ()

    @property
    def name(self) -> str:
        """The title, or else the arXiv id or slug."""
        return self.title or (f"arXiv:{self.arxiv}" if self.arxiv else self.slug)


class Entry(_Value):
    """A paper in an issue or a collection, with the number and text printed there."""

    paper: Slug
    number: Line | None = None
    text: Text | None = None


class Section(_Value):
    """A section of an issue, with its heading as printed."""

    heading: Line
    entries: tuple[Entry, ...] = ()


class Issue(_Value):
    """One dated issue of a digest.

    Attributes:
        digest: The slug of the digest, which is the name of the folder.
        name: The name of the file without its ending, such as "2024-W12".
        title: The title of the issue.
        week: The ISO week of `start`.
        start: The first day that the issue covers, as printed.
        end: The last day, as printed.
        source: Where the issue comes from.
        introduction: The text before the first section.
        sections: The sections in their printed order.
    """

    digest: Slug
    name: Line
    title: Line
    week: Week
    start: Day
    end: Day
    source: Source | None = None
    introduction: Text | None = None
    sections: tuple[Section, ...] = ()

    def entries(self) -> tuple[Entry, ...]:
        """Returns the entries of all sections, in order."""
        return tuple(entry for section in self.sections for entry in section.entries)


class Collection(_Value):
    """A list of papers without a date, such as trending papers or a dataset."""

    slug: Slug
    title: Line
    description: Text | None = None
    source: Source | None = None
    entries: tuple[Entry, ...] = ()


class Topic(_Value):
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
    """

    papers: Mapping[str, Paper] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    collections: tuple[Collection, ...] = ()
    topics: Mapping[str, Topic] = field(default_factory=dict)
    places: Mapping[tuple[str, str], Place] = field(default_factory=dict)
