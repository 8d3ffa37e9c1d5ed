"""The input of all pages: the edition, and the files that pages link to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from broadsheet.edition import Edition
from broadsheet.outputs.citation_files import LIST_LIMIT, citation_links
from broadsheet.outputs.feeds.files import FeedLink
from broadsheet.outputs.pages.rows import Takeaway


@dataclass(frozen=True)
class Materials:
    """An edition, its feeds, and the sizes of its files by path."""

    edition: Edition
    feeds: tuple[FeedLink, ...]
    files: Mapping[str, int]

    def takeaway(self, address: str) -> Takeaway:
        """Returns the feeds and citations of the list of papers at an address."""
        feed = next((link for link in self.feeds if link.page == address), None)
        return Takeaway(
            atom=feed.atom if feed else "",
            json=feed.json if feed else "",
            citations=citation_links(self.files, f"{address}papers"),
            cited=LIST_LIMIT if len(self.edition.lists[address].papers) > LIST_LIMIT else 0,
        )
