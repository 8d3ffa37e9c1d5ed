"""What each tool returns. All lists say how many members there are in all."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from broadsheet.outputs.api.shapes import ApiCorrection, ApiPaper, Counted, Mention

Style = Literal["bibtex", "apa", "ieee", "ris", "csl"]


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FoundPaper(_Shape):
    """A paper in the results of a search. `lead` is the start of its summary or abstract."""

    slug: str
    title: str
    authors: tuple[str, ...] = ()
    other_authors: int = 0
    published: str | None = None
    arxiv: str | None = None
    topics: tuple[str, ...] = ()
    weeks: tuple[str, ...] = ()
    has_code: bool = False
    withdrawn: bool = False
    lead: str = ""


class SearchResults(_Shape):
    """Papers that match a query, the best first.

    `count` is the number of all papers that match, and `how` says in which way. `some_words` are
    papers with only some of the words, if few papers have all. `notices` say what was left out.
    """

    count: int
    how: str
    results: tuple[FoundPaper, ...] = ()
    some_words: tuple[FoundPaper, ...] = ()
    notices: tuple[str, ...] = ()


class FullPaper(ApiPaper):
    """Everything about a paper, with the URL of its page."""

    url: str


class ListOf(_Shape):
    """A part of a list of weeks, topics or collections. `more` is how many follow."""

    count: int
    more: int = 0
    members: tuple[Counted, ...] = ()


class PapersOf(_Shape):
    """A part of the papers of a topic or a collection. `more` is how many follow."""

    slug: str
    name: str
    description: str | None = None
    url: str
    count: int
    more: int = 0
    papers: tuple[Mention, ...] = ()


class IssueSection(_Shape):
    """A section of an issue with its heading as printed."""

    heading: str
    papers: tuple[Mention, ...] = ()


class IssueOfWeek(_Shape):
    """An issue of a digest, with sections and papers in printed order."""

    digest: str
    title: str
    start: str
    end: str
    introduction: str | None = None
    corrections: tuple[ApiCorrection, ...] = ()
    sections: tuple[IssueSection, ...] = ()


class FullWeek(_Shape):
    """An ISO week with its issues. `count` is how many papers they list, `more` how many follow."""

    week: str
    url: str
    count: int
    more: int = 0
    issues: tuple[IssueOfWeek, ...] = ()


class Reference(_Shape):
    """The reference of a paper."""

    slug: str
    key: str
    text: str


class References(_Shape):
    """References in a style or format, and all of them as one text."""

    style: Style
    text: str
    references: tuple[Reference, ...]
