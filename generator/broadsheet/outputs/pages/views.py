"""What templates get: one frozen view for each kind of page.

A template prints fields of its page's view and of the values inside it, and nothing else. Texts
are plain or the site's own rich text; templates decide how each is shown. Addresses are relative
to the site's root unless they have a scheme.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from broadsheet.citations import Citation
from broadsheet.content.model import Issue, Paper, Source
from broadsheet.edition import Link, PaperList, Week
from broadsheet.outputs.feeds.files import FeedLink
from broadsheet.outputs.pages.parts import Part


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
class HomeView:
    """The front page. `latest` is the newest week, whose introduction and first papers lead."""

    name: str
    tagline: str
    numbers: Numbers
    latest: WeekLine | None
    introduction: str
    papers: tuple[ListedPaper, ...]
    weeks: tuple[WeekLine, ...]
    topics: tuple[TopicLine, ...]
    collections: tuple[CollectionLine, ...]


@dataclass(frozen=True)
class Coverage:
    """How many papers have something: "Papers with an abstract"."""

    name: str
    count: int


@dataclass(frozen=True)
class AboutView:
    """What the site covers and how it is made. `as_of` is the last day the content mentions."""

    name: str
    numbers: Numbers
    as_of: str
    first_week: Link | None
    last_week: Link | None
    first_year: str
    last_year: str
    coverage: tuple[Coverage, ...]
    sources: tuple[Coverage, ...]
    issues: tuple[Issue, ...]


@dataclass(frozen=True)
class SearchView:
    """The search page; `count` papers can be searched."""

    count: int


@dataclass(frozen=True)
class SavedView:
    """The page of the papers that a reader keeps, which the browser fills."""


@dataclass(frozen=True)
class FeedGroup:
    """Feeds of one kind under a heading."""

    name: str
    feeds: tuple[FeedLink, ...]


@dataclass(frozen=True)
class FeedsView:
    """All feeds. A feed ends with the day that holds its `limit`th entry."""

    groups: tuple[FeedGroup, ...]
    opml: str
    limit: int


@dataclass(frozen=True)
class DataFile:
    """A file to download: its path, its format, what it holds, its size for people."""

    path: str
    name: str
    meaning: str
    size: str


@dataclass(frozen=True)
class DataView:
    """Files to download. `loading` is Python that reads the first; `license` may be ""."""

    tables: tuple[DataFile, ...]
    citations: tuple[Link, ...]
    lists: tuple[Link, ...]
    loading: str
    license: str


@dataclass(frozen=True)
class YearOfWeeks:
    """The weeks of an ISO year, newest first."""

    year: str
    weeks: tuple[WeekLine, ...]


@dataclass(frozen=True)
class WeeksView:
    """All weeks."""

    years: tuple[YearOfWeeks, ...]
    count: int


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
class WeekView:
    """A week. `dates` is "" if the title says them; `earlier` and `later` are its neighbors."""

    week: Week
    dates: str
    count: int
    issues: tuple[IssueView, ...]
    takeaway: Takeaway
    earlier: Link | None
    later: Link | None


@dataclass(frozen=True)
class TopicsView:
    """All topics by name."""

    topics: tuple[TopicLine, ...]


@dataclass(frozen=True)
class ListView:
    """One page of a list of papers.

    Attributes:
        list: The whole list.
        part: Which of its pages this is.
        choices: The topics and years of all its papers, as JSON, for the browser to filter by.
        takeaway: Its feeds and citations.
        papers: The papers on this page.
    """

    list: PaperList
    part: Part
    choices: str
    takeaway: Takeaway
    papers: tuple[ListedPaper, ...]


@dataclass(frozen=True)
class TopicView(ListView):
    """A topic. `chart` is empty on all pages but the first."""

    topic: TopicLine
    aliases: tuple[str, ...]
    chart: Markup


@dataclass(frozen=True)
class CollectionView(ListView):
    """A collection."""

    collection: CollectionLine


@dataclass(frozen=True)
class AuthorView(ListView):
    """An author with several papers."""


@dataclass(frozen=True)
class MonthView(ListView):
    """The papers of a month, of a year without months, or without a date."""

    name: str


@dataclass(frozen=True)
class YearOfPapers:
    """The months of a year that have papers."""

    year: str
    count: int
    months: tuple[CountedLink, ...]


@dataclass(frozen=True)
class PapersView:
    """The archive by year and month."""

    years: tuple[YearOfPapers, ...]
    count: int


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


@dataclass(frozen=True)
class PaperView:
    """A paper. `listed` is what lists show of it; `authors` lead to pages or searches."""

    paper: Paper
    listed: ListedPaper
    authors: tuple[Link, ...]
    arxiv: str
    doi: str
    appearances: tuple[PlaceView, ...]
    related: tuple[RelatedPaper, ...]
    citation: Citation
    download: str
    sources: tuple[GivenFacts, ...]


@dataclass(frozen=True)
class CollectionsView:
    """All collections."""

    collections: tuple[CollectionLine, ...]


@dataclass(frozen=True)
class AuthorsView:
    """The authors of at least `at_least` papers, by family name."""

    at_least: int
    authors: tuple[CountedLink, ...]


@dataclass(frozen=True)
class TrendsView:
    """Topics over time: names of those that grow or return, and charts, which may be empty."""

    rising: tuple[str, ...]
    returning: tuple[str, ...]
    months: Markup
    topics: Markup
    together: Markup


@dataclass(frozen=True)
class MapView:
    """The map of all papers. `about` says what it shows."""

    about: str
    chart: Markup


View = (
    HomeView
    | AboutView
    | SearchView
    | SavedView
    | FeedsView
    | DataView
    | WeeksView
    | WeekView
    | TopicsView
    | TopicView
    | CollectionsView
    | CollectionView
    | AuthorsView
    | AuthorView
    | PapersView
    | MonthView
    | PaperView
    | TrendsView
    | MapView
)
