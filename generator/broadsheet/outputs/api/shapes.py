"""What the API's files hold. These classes are the JSON Schema that is published with them.

Fields without a value are left out of the files. Addresses are whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    def json_bytes(self) -> bytes:
        """The value as a JSON file."""
        return (self.model_dump_json(exclude_none=True, indent=1) + "\n").encode()


class NamedAddress(_Shape):
    """A thing by its slug and name, with its page and its file in the API."""

    slug: str
    name: str
    url: str
    api: str


class Listing(_Shape):
    """One place where a paper is listed; `week` is missing for a collection."""

    name: str
    url: str
    week: str | None = None
    section: str | None = None
    number: str | None = None
    text: str | None = None


class Citations(_Shape):
    """The paper's reference in every form; `text` is by the style's name."""

    key: str
    bibtex: str
    ris: str
    csl: Mapping[str, Any]
    text: Mapping[str, str] = Field(default_factory=dict)


class Brief(_Shape):
    """A paper as lists show it."""

    slug: str
    title: str
    authors: tuple[str, ...] = ()
    published: str | None = None
    tldr: str | None = None
    topics: tuple[str, ...] = ()
    arxiv: str | None = None
    url: str
    api: str


class ApiPaper(_Shape):
    """A paper: its facts, our words, its own abstract, where it was listed, how to cite it."""

    slug: str
    title: str
    title_known: bool
    authors: tuple[str, ...] = ()
    arxiv: str | None = None
    doi: str | None = None
    published: str | None = None
    venue: str | None = None
    links: Mapping[str, str] = Field(default_factory=dict)
    topics: tuple[NamedAddress, ...] = ()
    tldr: str | None = None
    summary: str | None = None
    abstract: str | None = None
    other_titles: tuple[str, ...] = ()
    listings: tuple[Listing, ...] = ()
    citations: Citations
    url: str
    markdown: str


class Part(_Shape):
    """A part of a list of papers; `next` is the address of the part after it."""

    count: int
    page: int
    pages: int
    next: str | None = None


class PapersPart(Part):
    """All papers, a part at a time, in order of their slugs."""

    papers: tuple[Brief, ...]


class ListPart(Part):
    """A topic or a collection with its papers, a part at a time."""

    slug: str
    name: str
    description: str | None = None
    url: str
    papers: tuple[Brief, ...]


class ApiSection(_Shape):
    """A part of an issue under the heading that was printed."""

    heading: str
    papers: tuple[Brief, ...]


class ApiIssue(_Shape):
    """An issue of a digest in the printed order."""

    digest: str
    title: str
    start: date
    end: date
    introduction: str | None = None
    sections: tuple[ApiSection, ...] = ()


class ApiWeek(_Shape):
    """An ISO week with the issues in it."""

    week: str
    url: str
    issues: tuple[ApiIssue, ...]


class Counted(NamedAddress):
    """A week, topic or collection in the list of all of them."""

    count: int


class Catalog(_Shape):
    """All weeks, topics or collections."""

    members: tuple[Counted, ...]


class FileState(_Shape):
    """A file's SHA-256 in hexadecimal, and its size."""

    sha256: str
    bytes: int


class Manifest(_Shape):
    """Every file that programs read, by path from the site's root.

    `digest` is the SHA-256 of all paths and hashes: when it is as before, nothing changed.
    """

    version: int = 1
    digest: str
    files: Mapping[str, FileState]
