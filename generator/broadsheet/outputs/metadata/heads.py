"""The metadata in the head of each page as HTML."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from broadsheet.base.addresses import Site
from broadsheet.edition import Edition
from broadsheet.outputs.feeds.files import FeedLink, discovery
from broadsheet.outputs.metadata import Head, feed_alternates, head_html
from broadsheet.outputs.metadata.documents import list_head, page_head, paper_head, week_head
from broadsheet.outputs.pages import Page
from broadsheet.outputs.pages.views import (
    AuthorView,
    CollectionView,
    PaperView,
    TopicView,
    WeekView,
)
from broadsheet.outputs.social_cards import SITE_CARD, card_path

# Pages of lists with structured data.
_DESCRIBED = (TopicView, CollectionView, AuthorView)


@dataclass(frozen=True)
class OtherPage:
    """A hand-written page: its address in the site and its title."""

    address: str
    title: str


def head_writer(
    edition: Edition, feeds: Mapping[str, FeedLink], pictures: Collection[str]
) -> Callable[[Page], str]:
    """Returns a function that returns the metadata of a page as HTML.

    Args:
        edition: The edition.
        feeds: All feeds by page. Pages link to their own and to that of the site.
        pictures: The paths of the social cards that exist.
    """

    def head(page: Page) -> str:
        card = _card(page.address, pictures)
        announced = filter(None, map(feeds.get, dict.fromkeys([page.address, ""])))
        links = feed_alternates(edition.site, page.address, announced)
        return head_html(_own(page, edition, card).with_links(links))

    return head


def head_of_other(
    site: Site, page: OtherPage, feeds: Iterable[FeedLink], pictures: Collection[str]
) -> str:
    """Returns the metadata of a hand-written page as HTML."""
    card = _card(page.address, pictures)
    head = page_head(site, page.address, page.title, card)
    announced = discovery(feeds, page.address)
    return head_html(head.with_links(feed_alternates(site, page.address, announced)))


def _card(address: str, pictures: Collection[str]) -> str | None:
    own = card_path(address)
    return own if own in pictures else SITE_CARD if SITE_CARD in pictures else None


def _own(page: Page, edition: Edition, card: str | None) -> Head:
    view = page.view
    if isinstance(view, PaperView):
        return paper_head(view.paper, edition, card)
    if isinstance(view, WeekView):
        return week_head(view.week, edition, card)
    # Only the first page of a list has structured data.
    if isinstance(view, _DESCRIBED) and view.part.number == 1 and view.list.papers:
        return list_head(view.list, edition, card)
    return page_head(edition.site, page.address, page.title, card)
