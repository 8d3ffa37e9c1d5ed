"""The view of the front page."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from broadsheet.outputs.pages.rows import (
    CollectionLine,
    ListedPaper,
    Numbers,
    SectionView,
    TopicLine,
    WeekLine,
)


@dataclass(frozen=True)
class TopicOverTime:
    """A topic with a picture of its papers over time."""

    topic: TopicLine
    picture: Markup


@dataclass(frozen=True)
class HomeView:
    """The front page.

    Attributes:
        name: The name of the site.
        tagline: Its description.
        byline: Who picks the papers and how often, or "".
        letter: Where readers subscribe to the letter, or "".
        numbers: The numbers of papers, weeks, topics and collections.
        latest: The newest week, if any.
        introduction: Its introduction.
        lead: The paper that leads the page.
        sections: The sections of the newest issue, with its papers, except the lead.
        papers: Without any week, the latest papers.
        weeks: The weeks before.
        topics: The topics with most papers first.
        collections: The collections.
        is_long: Whether the list of the newest issue has room for the topics beside it.
    """

    name: str
    tagline: str
    byline: str
    letter: str
    numbers: Numbers
    latest: WeekLine | None
    introduction: str
    lead: ListedPaper | None
    sections: tuple[SectionView, ...]
    papers: tuple[ListedPaper, ...]
    weeks: tuple[WeekLine, ...]
    topics: tuple[TopicOverTime, ...]
    collections: tuple[CollectionLine, ...]
    is_long: bool = False
