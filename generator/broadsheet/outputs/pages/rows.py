"""The values in views: rows for papers, weeks, topics and collections in lists, and others."""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.content.model import Source
from broadsheet.edition import Link
from broadsheet.outputs.feeds.files import FeedLink
from broadsheet.outputs.notices import Mark, Notice, NoticeKind


@dataclass(frozen=True)
class ListedPaper:
    """A paper in a list.

    Attributes:
        slug: Its slug.
        anchor: The id of its heading, or "".
        address: The address of its page.
        title: Its title, with formulas.
        authors: The first authors, and how many more there are.
        published: Its partial date ("2024-03"), or "".
        date: The same date for people.
        tldr: Our summary in one sentence, or "".
        summary: Our summary in a paragraph, or "".
        text: What the list printed about it, or "".
        number: The number that the list printed, or "".
        added: The day it was added to the site ("2024-03-24"), or "".
        code: Whether there is code.
        links: Its links.
        topics: Its topics.
        coins: The ContextObject for reference managers, or "".
        marks: Words beside its title, such as "Withdrawn".
        commentary: What the editors say about it in the list, in Markdown, or "".
    """

    slug: str
    anchor: str
    address: str
    title: str
    authors: str
    published: str
    date: str
    tldr: str
    summary: str
    text: str
    number: str
    added: str
    code: bool
    links: tuple[Link, ...]
    topics: tuple[Link, ...]
    coins: str
    marks: tuple[Mark, ...] = ()
    commentary: str = ""


@dataclass(frozen=True)
class Takeaway:
    """The downloads of a list of papers, empty if there are none.

    Attributes:
        atom: The address of its Atom feed.
        citations: Its citation files, with the names of formats.
        cited: How many of its papers those files have, if not all.
    """

    atom: str = ""
    citations: tuple[Link, ...] = ()
    cited: int = 0


@dataclass(frozen=True)
class WeekLine:
    """A week in a list of weeks. `dates` is "" if the title has them."""

    week: str
    address: str
    title: str
    dates: str
    count: int
    added: str
    headings: tuple[str, ...]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class TopicLine:
    """A topic in a list of topics."""

    slug: str
    name: str
    address: str
    count: int
    added: str
    description: str


@dataclass(frozen=True)
class CollectionLine:
    """A collection in a list of collections."""

    slug: str
    title: str
    address: str
    count: int
    description: str
    source: Source | None


@dataclass(frozen=True)
class CountedLink:
    """A link with the number of papers that it leads to."""

    name: str
    address: str
    count: int


@dataclass(frozen=True)
class Numbers:
    """The number of papers, weeks, topics and collections of the site."""

    papers: int
    weeks: int
    topics: int
    collections: int


@dataclass(frozen=True)
class Coverage:
    """The number of papers that have something, such as an abstract."""

    name: str
    count: int


@dataclass(frozen=True)
class FeedGroup:
    """Feeds of the same kind under a heading."""

    name: str
    feeds: tuple[FeedLink, ...]


@dataclass(frozen=True)
class YearOfWeeks:
    """The weeks of an ISO year, newest first."""

    year: str
    weeks: tuple[WeekLine, ...]


@dataclass(frozen=True)
class SectionView:
    """A section of an issue. `anchor` is the id of its heading."""

    number: int
    heading: str
    anchor: str
    papers: tuple[ListedPaper, ...]
    commentary: str = ""


@dataclass(frozen=True)
class IssueView:
    """An issue on its week's page.

    Attributes:
        title: Its title.
        digest: The name of its digest, or "" if the week has only one issue.
        address: The address of its digest's page, or "" if there's none.
        anchor: The id of its heading, or "" if the week has only one issue.
        count: The number of its papers.
        minutes: How long it takes to read, at least one minute.
        introduction: The text before the first section.
        source: Where it comes from.
        sections: Its sections.
    """

    title: str
    digest: str
    address: str
    anchor: str
    count: int
    minutes: int
    introduction: str
    source: Source | None
    sections: tuple[SectionView, ...]
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class CorrectionLine:
    """A correction or a withdrawal, with the paper or issue that it's about."""

    kind: NoticeKind
    name: str
    day: str
    date: str
    title: str
    address: str
    text: str


@dataclass(frozen=True)
class YearOfPapers:
    """The months of a year that have papers."""

    year: str
    count: int
    months: tuple[CountedLink, ...]


@dataclass(frozen=True)
class LetterOfAuthors:
    """Authors whose family names start with a letter. `anchor` is the id of its heading."""

    letter: str
    anchor: str
    authors: tuple[CountedLink, ...]


@dataclass(frozen=True)
class PlaceView:
    """An issue or collection that lists a paper. `number` is the printed number, or ""."""

    name: str
    address: str
    section: str
    number: str
    text: str


@dataclass(frozen=True)
class PlaceInIssue:
    """The place of a paper in its newest issue, and links to the papers around it.

    Attributes:
        name: The name of the issue.
        address: The address of the paper's place on the page of the week.
        place: Its place among the papers, from 1.
        count: The number of papers.
        earlier: The paper before it, if any.
        later: The paper after it, if any.
    """

    name: str
    address: str
    place: int
    count: int
    earlier: Link | None
    later: Link | None


@dataclass(frozen=True)
class RelatedPaper:
    """A related paper, and the terms that both share."""

    title: str
    address: str
    shared: tuple[str, ...]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class OwnTexts:
    """What the page of a paper shows of our own texts.

    Attributes:
        tldr: The one-line summary, or "". The notice above it replaces its label.
        summary: The longer summary, with its label, or "".
        notices: The notice that a program wrote them and nobody has reviewed them, if so.
        reviewer: Who reviewed texts that a program wrote, or "".
    """

    tldr: str
    summary: str
    notices: tuple[Notice, ...]
    reviewer: str


@dataclass(frozen=True)
class GivenFacts:
    """A source of a paper.

    Attributes:
        source: The name of the source.
        line: The line in it, or 0.
        retrieved: The day it was imported, or "".
        fields: The names of the fields that it gave.
    """

    source: str
    line: int
    retrieved: str
    fields: tuple[str, ...]
