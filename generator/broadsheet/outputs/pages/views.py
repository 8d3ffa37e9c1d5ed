"""The views of pages: one for each kind of page, with everything that its template prints.

Texts are plain text or the site's own rich text; templates decide how to show them. Addresses are
relative to the site's root, unless they have a scheme.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from broadsheet.citations import Citation
from broadsheet.content.model import Issue, Paper
from broadsheet.edition import Link, PaperList, Week
from broadsheet.outputs.notices import Notice
from broadsheet.outputs.pages.data_views import DataView
from broadsheet.outputs.pages.home_views import HomeView
from broadsheet.outputs.pages.parts import Part
from broadsheet.outputs.pages.rows import (
    CollectionLine,
    CorrectionLine,
    CountedLink,
    Coverage,
    FeedGroup,
    GivenFacts,
    IssueView,
    LetterOfAuthors,
    ListedPaper,
    Numbers,
    OwnTexts,
    PlaceInIssue,
    PlaceView,
    RelatedPaper,
    Takeaway,
    TopicLine,
    YearOfPapers,
    YearOfWeeks,
)


@dataclass(frozen=True)
class AboutView:
    """The about page. `as_of` is the last day in the content."""

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
    corrections: int = 0


@dataclass(frozen=True)
class SearchView:
    """The search page, with the number of papers to search."""

    count: int


@dataclass(frozen=True)
class SavedView:
    """The page of saved papers, which the browser fills."""


@dataclass(frozen=True)
class FeedsView:
    """The page of feeds. `authors` of them aren't listed. A feed has about `limit` entries.

    `letter` is where readers subscribe to the letter, or "".
    """

    groups: tuple[FeedGroup, ...]
    opml: str
    limit: int
    authors: int
    letter: str = ""


@dataclass(frozen=True)
class WeeksView:
    """The page of all weeks."""

    years: tuple[YearOfWeeks, ...]
    count: int


@dataclass(frozen=True)
class WeekView:
    """The page of a week. `dates` is "" if the title has them."""

    week: Week
    dates: str
    count: int
    issues: tuple[IssueView, ...]
    takeaway: Takeaway
    earlier: Link | None
    later: Link | None


@dataclass(frozen=True)
class DigestView:
    """The page of a digest, if there are several: its issues by year, newest first."""

    years: tuple[YearOfWeeks, ...]
    count: int
    atom: str


@dataclass(frozen=True)
class TopicsView:
    """The page of all topics, sorted by name."""

    topics: tuple[TopicLine, ...]


@dataclass(frozen=True)
class ListView:
    """A page of a list of papers, with `part` saying which of its pages.

    `choices` has the topics and years of all its papers as JSON, for its filters.
    """

    list: PaperList
    part: Part
    choices: str
    takeaway: Takeaway
    papers: tuple[ListedPaper, ...]


@dataclass(frozen=True)
class TopicView(ListView):
    """A page of a topic. Only the first one has a chart."""

    topic: TopicLine
    aliases: tuple[str, ...]
    chart: Markup


@dataclass(frozen=True)
class CollectionView(ListView):
    """A page of a collection."""

    collection: CollectionLine


@dataclass(frozen=True)
class AuthorView(ListView):
    """A page of an author with several papers."""


@dataclass(frozen=True)
class MonthView(ListView):
    """A page of papers from a month, from a year if the month is unknown, or without a date."""

    name: str


@dataclass(frozen=True)
class PapersView:
    """The newest papers, and the archive by year and month."""

    papers: tuple[ListedPaper, ...]
    years: tuple[YearOfPapers, ...]
    count: int


@dataclass(frozen=True)
class PaperView:
    """The page of a paper.

    Attributes:
        paper: The paper.
        listed: Its row in lists.
        authors: The first authors and the last one, with links to their pages or to searches.
        folded: The names between them, which readers can unfold, or none.
        other_titles: Its other titles that have other words.
        arxiv: Its URL at arXiv, or "".
        doi: The URL of its DOI, or "".
        appearances: Issues and collections that list it.
        in_issue: Its place in its newest issue, if any.
        elsewhere: Pages about it on other sites, as far as its ids tell.
        related: Related papers.
        citation: Its citation.
        download: The address of its file in the API.
        sources: Where its facts come from.
        read_on: The last day on which a source was read, or "".
        notices: That it's a draft, withdrawn or corrected.
        own: What its page shows of our own texts.
    """

    paper: Paper
    listed: ListedPaper
    authors: tuple[Link, ...]
    folded: tuple[str, ...]
    other_titles: tuple[str, ...]
    arxiv: str
    doi: str
    appearances: tuple[PlaceView, ...]
    in_issue: PlaceInIssue | None
    elsewhere: tuple[Link, ...]
    related: tuple[RelatedPaper, ...]
    citation: Citation
    download: str
    sources: tuple[GivenFacts, ...]
    read_on: str
    own: OwnTexts
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class CorrectionsView:
    """The page of all corrections, newest first."""

    lines: tuple[CorrectionLine, ...]


@dataclass(frozen=True)
class CollectionsView:
    """The page of all collections."""

    collections: tuple[CollectionLine, ...]


@dataclass(frozen=True)
class AuthorsView:
    """A page of the list of authors with at least `at_least` papers, sorted by family name.

    Attributes:
        part: Which of its pages this is.
        at_least: How many papers each of them has.
        authors: The authors on this page.
        letters: The same authors by the first letter of their family names.
        all_letters: The letters of all pages, with the addresses of their places.
    """

    part: Part
    at_least: int
    authors: tuple[CountedLink, ...]
    letters: tuple[LetterOfAuthors, ...]
    all_letters: tuple[Link, ...]


@dataclass(frozen=True)
class TrendsView:
    """The page of trends. Its charts may be empty.

    Attributes:
        basis: What everything is counted from.
        too_few: Why it says nothing about directions, or "" if it does.
        rising: The names of topics with a growing share.
        returning: The names of topics that are back.
        months, topics, together: Charts.
    """

    basis: str
    too_few: str
    rising: tuple[str, ...]
    returning: tuple[str, ...]
    months: Markup
    topics: Markup
    together: Markup


@dataclass(frozen=True)
class MapView:
    """The page of the map. `about` describes it."""

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
    | DigestView
    | TopicsView
    | TopicView
    | CollectionsView
    | CollectionView
    | AuthorsView
    | AuthorView
    | PapersView
    | MonthView
    | PaperView
    | CorrectionsView
    | TrendsView
    | MapView
)
