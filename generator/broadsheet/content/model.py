"""The values that everything is about: papers, issues, topics, collections, and the corpus.

All are frozen. The pydantic ones are the schema of the files in ``content/``: an unknown key
is an error, and what a field may hold is said here and nowhere else.
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
            f'{text!r} is not an arXiv id; write it in quotes, like "2403.01234", with 4 digits, '
            "a point and 4 or 5 digits"
        )
    return found


def _doi(text: str) -> str:
    found = parse_doi(text)
    if found is None:
        raise ValueError(f"{text!r} is not a DOI; write it like 10.1000/example")
    # DOIs compare without regard to case, but people know them as the publisher writes them.
    return text.strip()[-len(found) :]


def _partial_date(text: str) -> str:
    if parse_partial_date(text) is None:
        raise ValueError(f"{text!r} is not a date; write 2024-03-18, 2024-03 or 2024")
    return text


def _week(text: str) -> str:
    if parse_week(text) is None:
        raise ValueError(f"{text!r} is not an ISO week; write it like 2024-W12")
    return text


def _slug(text: str) -> str:
    if not is_slug(text):
        raise ValueError(
            f"{text!r} cannot be an address; use lower-case letters, digits and hyphens, "
            "at most 80 characters"
        )
    return text


def _url(text: str) -> str:
    parts = urlsplit(_whole(text))
    if parts.scheme not in ("http", "https") or not parts.netloc or any(c.isspace() for c in text):
        raise ValueError(f"{text!r} is not a web address; it must begin with https:// or http://")
    return text


def _whole(text: str) -> str:
    """JSON can write half a character (a surrogate), which no file can hold."""
    if _SURROGATE.search(text):
        raise ValueError("has half a character (a single surrogate); write the whole one")
    return text


def _line(text: str) -> str:
    joined = " ".join(_whole(text).split())
    if not joined:
        raise ValueError("must not be empty; write a text or leave the key out")
    return joined


def _text(text: str) -> str:
    trimmed = _whole(text).strip()
    if not trimmed:
        raise ValueError("must not be empty; write a text or leave the key out")
    return trimmed


def _day(value: Any) -> Any:
    if not isinstance(value, str) or len(value) != 10:
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"{value!r} is not a date; write one like 2024-03-18") from error


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
    """Where an issue or a collection comes from."""

    name: Line
    file: Line | None = None
    url: Url | None = None
    retrieved: Day | None = None


class Provenance(_Value):
    """What one source gave of a paper: the source, the place in it, the day, the fields."""

    source: Line
    line: int | None = Field(default=None, ge=1)
    url: Url | None = None
    retrieved: Day | None = None
    gave: tuple[Line, ...] = ()


class Links(_Value):
    """Addresses of what belongs to a paper, apart from arXiv and DOI, which follow from ids."""

    code: Url | None = None
    project: Url | None = None
    pdf: Url | None = None
    data: Url | None = None
    demo: Url | None = None
    video: Url | None = None

    def named(self) -> Mapping[str, str]:
        """The addresses that are there, by name, in the order of the schema."""
        return self.model_dump(exclude_none=True)


class Paper(_Value):
    """A scholarly work, merged from all that was said about it.

    `slug` is its address and the name of its file. `published` is as precise as it is known
    (2024, 2024-03 or 2024-03-18). `other_titles` are titles of other versions, kept so that
    they can be found. Texts are plain, with a blank line between paragraphs.
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
        """The title, or what the paper is called by until someone gives it one."""
        return self.title or (f"arXiv:{self.arxiv}" if self.arxiv else self.slug)


class Entry(_Value):
    """A paper's listing in an issue or a collection: its place and the text printed there."""

    paper: Slug
    number: Line | None = None
    text: Text | None = None


class Section(_Value):
    """A part of an issue; `heading` is as it was printed."""

    heading: Line
    entries: tuple[Entry, ...] = ()


class Issue(_Value):
    """One dated number of a digest. `digest` and `name` come from its path.

    `start` and `end` are the first and the last day as the digest printed them; `week` is the
    ISO week of `start`.
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
        return tuple(entry for section in self.sections for entry in section.entries)


class Collection(_Value):
    """An undated list of papers, such as a trending list or a data set."""

    slug: Slug
    title: Line
    description: Text | None = None
    source: Source | None = None
    entries: tuple[Entry, ...] = ()


class Topic(_Value):
    """A controlled label.

    `aliases` are section headings that mean this topic; `terms` are words that suggest it for
    a paper that stands under no heading.
    """

    slug: Slug
    name: Line
    description: Text | None = None
    aliases: tuple[Line, ...] = ()
    terms: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a value stands: the file, relative to the content folder, and its first line."""

    file: str
    line: int = 1


@dataclass(frozen=True)
class Corpus:
    """Everything, loaded and checked.

    Papers and topics are keyed by slug, in the order of their names; issues are in order of
    time, oldest first; collections in order of their slugs. `places` says for
    ("paper", slug), ("issue", digest/name), ("collection", slug) and ("topic", slug) where
    the value stands, also for values that could not be read.
    """

    papers: Mapping[str, Paper] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    collections: tuple[Collection, ...] = ()
    topics: Mapping[str, Topic] = field(default_factory=dict)
    places: Mapping[tuple[str, str], Place] = field(default_factory=dict)
