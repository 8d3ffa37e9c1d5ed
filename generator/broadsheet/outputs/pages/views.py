"""What templates get: one frozen view for each kind of page.

A template prints fields of its page's view and of the values inside it, and nothing else. Texts
are plain or the site's own rich text; templates decide how each is shown. Addresses are relative
to the site's root unless they have a scheme.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from broadsheet.citations import Citation
from broadsheet.content.model import Issue, Paper
from broadsheet.edition import Link, PaperList, Week
from broadsheet.outputs.pages.parts import Part
from broadsheet.outputs.pages.rows import (
    CollectionLine,
    CountedLink,
    Coverage,
    DataFile,
    FeedGroup,
    GivenFacts,
    IssueView,
    ListedPaper,
    Numbers,
    PlaceView,
    RelatedPaper,
    Takeaway,
    TopicLine,
    WeekLine,
    YearOfPapers,
    YearOfWeeks,
)


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
class FeedsView:
    """All feeds. A feed ends with the day that holds its `limit`th entry."""

    groups: tuple[FeedGroup, ...]
    opml: str
    limit: int


@dataclass(frozen=True)
class DataView:
    """Files to download. `loading` is Python that reads the first; `license` may be ""."""

    tables: tuple[DataFile, ...]
    citations: tuple[Link, ...]
    lists: tuple[Link, ...]
    loading: str
    license: str


@dataclass(frozen=True)
class WeeksView:
    """All weeks."""

    years: tuple[YearOfWeeks, ...]
    count: int


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
class PapersView:
    """The archive by year and month."""

    years: tuple[YearOfPapers, ...]
    count: int


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
