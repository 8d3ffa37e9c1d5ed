"""What views hold: papers, weeks, topics and collections in lists, and other rows."""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.content.model import Source
from broadsheet.edition import Link
from broadsheet.outputs.feeds.files import FeedLink


@dataclass(frozen=True)
class ListedPaper:
    """One paper in a list.

    Attributes:
        slug: The paper's slug, which is also the place of its heading on the page.
        address: The paper's page.
        title: Its title, with formulas.
        authors: The first authors and how many more there are.
        published: The date as precisely as it is known ("2024-03"), or "".
        date: The same date as people read it.
        tldr: One sentence about it, or "".
        summary: A paragraph about it, or "".
        text: What the list itself printed about it, or "".
        number: The number that the list printed, or "".
        added: The day since which the site has known the paper ("2024-03-24"), or "".
        code: Whether its code is known.
        links: Where to get it.
        topics: Its topics.
        topic_slugs: Their slugs.
        coins: The ContextObject by which reference managers find it.
    """

    slug: str
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
    topic_slugs: tuple[str, ...]
    coins: str


@dataclass(frozen=True)
class Takeaway:
    """Files that belong to a list of papers. What doesn't exist is empty.

    `atom` and `json` are its feeds; `citations` are names of forms and styles with their files.
    """

    atom: str = ""
    json: str = ""
    citations: tuple[Link, ...] = ()


@dataclass(frozen=True)
class WeekLine:
    """A week in a list of weeks. `dates` is "" if the title says them already."""

    week: str
    address: str
    title: str
    dates: str
    count: int
    added: str
    headings: tuple[str, ...]


@dataclass(frozen=True)
class TopicLine:
    """A topic in a list of topics."""

    name: str
    address: str
    count: int
    added: str
    description: str


@dataclass(frozen=True)
class CollectionLine:
    """A collection in a list of collections."""

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
    """How much the site holds."""

    papers: int
    weeks: int
    topics: int
    collections: int


@dataclass(frozen=True)
class Coverage:
    """How many papers have something: "Papers with an abstract"."""

    name: str
    count: int


@dataclass(frozen=True)
class FeedGroup:
    """Feeds of one kind under a heading."""

    name: str
    feeds: tuple[FeedLink, ...]


@dataclass(frozen=True)
class DataFile:
    """A file to download: its path, its format, what it holds, its size for people."""

    path: str
    name: str
    meaning: str
    size: str


@dataclass(frozen=True)
class YearOfWeeks:
    """The weeks of an ISO year, newest first."""

    year: str
    weeks: tuple[WeekLine, ...]


@dataclass(frozen=True)
class SectionView:
    """A section of an issue; `anchor` is its place on the page."""

    number: int
    heading: str
    anchor: str
    papers: tuple[ListedPaper, ...]


@dataclass(frozen=True)
class IssueView:
    """An issue on its week's page. `digest` is "" if the week has only one issue."""

    title: str
    digest: str
    introduction: str
    source: Source | None
    sections: tuple[SectionView, ...]


@dataclass(frozen=True)
class YearOfPapers:
    """The months of a year that have papers."""

    year: str
    count: int
    months: tuple[CountedLink, ...]


@dataclass(frozen=True)
class PlaceView:
    """A place where a paper is listed, on the paper's page. `number` is the printed one, or ""."""

    name: str
    address: str
    section: str
    number: str
    text: str


@dataclass(frozen=True)
class RelatedPaper:
    """A paper about the same thing, and the terms that both share."""

    title: str
    address: str
    shared: tuple[str, ...]


@dataclass(frozen=True)
class GivenFacts:
    """A source of a paper: its line or 0, the day it was read or "", and what it gave."""

    source: str
    line: int
    retrieved: str
    fields: tuple[str, ...]
