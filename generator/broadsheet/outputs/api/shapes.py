"""The schema of the API's files, which is also published as JSON Schema.

Fields without a value are omitted. All URLs are full.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    def json_bytes(self) -> bytes:
        """Returns the value as the content of a JSON file."""
        return (self.model_dump_json(exclude_none=True) + "\n").encode()


class NamedAddress(_Shape):
    """A topic, week or collection with its page and its file in the API."""

    slug: str
    name: str
    url: str
    api: str


class Label(_Shape):
    """A topic of a paper. Its file in the API is `topics/<slug>.json`, next to `papers`."""

    slug: str
    name: str


class Listing(_Shape):
    """An issue or collection that lists a paper. Collections have no week."""

    name: str
    url: str
    week: str | None = None
    section: str | None = None
    number: str | None = None
    text: str | None = None


class Citations(_Shape):
    """The reference of a paper without its abstract, as BibTeX and as CSL-JSON.

    All other formats and styles can be made from CSL-JSON.
    """

    key: str
    bibtex: str
    csl: Mapping[str, Any]


class Mention(_Shape):
    """A paper in a list.

    Its page is `papers/<slug>/` on the site, and its file `papers/<slug>.json` in the API. All
    facts of all papers are in `data/papers.jsonl`.
    """

    slug: str
    title: str
    withdrawn: bool | None = None


class ApiCorrection(_Shape):
    """What was wrong with a paper or an issue, and the day of the correction."""

    on: date
    text: str


class ApiWithdrawal(_Shape):
    """When, why and by whom a paper was withdrawn."""

    on: date
    reason: str
    by: str | None = None


class Signed(_Shape):
    """Who wrote or reviewed a text, and on which day."""

    by: str
    on: date | None = None


class ApiCited(_Shape):
    """How often a paper has been cited, when that was read, and who counts."""

    count: int
    read: date
    by: str | None = None


class ApiFacts(_Shape):
    """Facts that services keep about a paper: categories and version on arXiv, citations."""

    categories: tuple[str, ...] = ()
    version: int | None = None
    cited: ApiCited | None = None


class ApiPaper(_Shape):
    """A paper with its abstract, our summary, its listings and its citations.

    Its page is `papers/<slug>/` on the site, and the same as Markdown `papers/<slug>/index.md`.
    `extra` has facts that the other fields have no place for, `facts` those that services keep.
    `written` names the program that wrote `tldr` and `summary`, if one did, and `reviewed` the
    person who reviewed them. Without a review, both texts start with a label.
    """

    slug: str
    title: str
    title_known: bool
    authors: tuple[str, ...] = ()
    arxiv: str | None = None
    doi: str | None = None
    published: str | None = None
    venue: str | None = None
    links: Mapping[str, str] = Field(default_factory=dict)
    topics: tuple[Label, ...] = ()
    tldr: str | None = None
    summary: str | None = None
    written: Signed | None = None
    reviewed: Signed | None = None
    abstract: str | None = None
    extra: Mapping[str, str] | None = None
    facts: ApiFacts | None = None
    other_titles: tuple[str, ...] = ()
    listings: tuple[Listing, ...] = ()
    corrections: tuple[ApiCorrection, ...] | None = None
    withdrawn: ApiWithdrawal | None = None
    citations: Citations


class Part(_Shape):
    """A part of a list of papers. `next` is the URL of the next part."""

    count: int
    page: int
    pages: int
    next: str | None = None


class PapersPart(Part):
    """A part of the list of all papers, sorted by slug."""

    papers: tuple[Mention, ...]


class ListPart(Part):
    """A topic or collection with a part of its papers."""

    slug: str
    name: str
    description: str | None = None
    url: str
    papers: tuple[Mention, ...]


class ApiSection(_Shape):
    """A section of an issue with its heading as printed."""

    heading: str
    papers: tuple[Mention, ...]


class ApiIssue(_Shape):
    """An issue of a digest, with sections and papers in printed order."""

    digest: str
    title: str
    start: date
    end: date
    introduction: str | None = None
    corrections: tuple[ApiCorrection, ...] | None = None
    sections: tuple[ApiSection, ...] = ()


class ApiWeek(_Shape):
    """An ISO week with its issues."""

    week: str
    url: str
    issues: tuple[ApiIssue, ...]


class Counted(NamedAddress):
    """A week, topic or collection with its number of papers."""

    count: int


class Catalog(_Shape):
    """All weeks, topics or collections."""

    members: tuple[Counted, ...]


class FileState(_Shape):
    """The SHA-256 of a file in hexadecimal, and its size in bytes."""

    sha256: str
    bytes: int


class Manifest(_Shape):
    """All files for programs, by path relative to the site's root.

    `digest` is the SHA-256 of all paths and hashes. If it hasn't changed, no file has.
    """

    version: int = 1
    digest: str
    files: Mapping[str, FileState]
