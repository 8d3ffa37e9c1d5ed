"""The input of all pages: the edition, and what several pages show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from broadsheet.base.lazy import Lazy
from broadsheet.edition import Edition
from broadsheet.outputs.charts.layout import Point, layout
from broadsheet.outputs.citation_files import LIST_LIMIT, links_of_list
from broadsheet.outputs.feeds.files import FeedLink
from broadsheet.outputs.pages.listed import choices_of
from broadsheet.outputs.pages.rows import Takeaway


@dataclass(frozen=True)
class Materials:
    """The input of all pages.

    Attributes:
        edition: The edition.
        feeds: Links to feeds by the page that a feed belongs to, in order.
        files: The sizes of files to download by path, in bytes.
        choices: The topics and years of the papers in a list as JSON, by the address of the list.
        places: Returns the places of papers on the map.
    """

    edition: Edition
    feeds: Mapping[str, FeedLink]
    files: Mapping[str, int]
    choices: Mapping[str, str]
    places: Callable[[], Mapping[str, Point]]

    def takeaway(self, address: str) -> Takeaway:
        """Returns the feeds and citations of the list of papers at an address."""
        feed, papers = self.feeds.get(address), self.edition.lists[address]
        return Takeaway(
            atom=feed.atom if feed else "",
            citations=links_of_list(papers),
            cited=LIST_LIMIT if len(papers.papers) > LIST_LIMIT else 0,
        )


def materials_of(
    edition: Edition, feeds: Mapping[str, FeedLink], files: Mapping[str, int]
) -> Materials:
    """Returns the input of all pages. What only some pages show is made when one asks for it.

    Args:
        edition: The edition.
        feeds: Links to feeds by the page that a feed belongs to, in order.
        files: The sizes of files to download by path, in bytes. They can be added later.
    """

    @cache
    def places() -> Mapping[str, Point]:
        topics = {slug: paper.topics for slug, paper in edition.counted.items()}
        return layout(edition.related, topics)

    choices = Lazy(edition.lists.keys(), lambda url: choices_of(edition, url))
    return Materials(edition, feeds, files, choices, places)
