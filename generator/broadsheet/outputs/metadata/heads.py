"""What the head of each page says to machines, by the page's source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from broadsheet.base.addresses import Site
from broadsheet.edition.lists import Kind, PaperList, paper_lists
from broadsheet.outputs.feeds.files import FeedLink, discovery
from broadsheet.outputs.metadata import Head, Look, feed_alternates, head_html
from broadsheet.outputs.metadata.documents import list_head, page_head, paper_head, week_head
from broadsheet.outputs.pages import Catalog, Page
from broadsheet.outputs.social_cards import SITE_CARD, card_path


@dataclass(frozen=True)
class OtherPage:
    """A page that was written by hand: its address in the site, and what it says of itself."""

    address: str
    title: str
    description: str


def heads_of(pages: Iterable[Page], catalog: Catalog, pictures: Collection[str]) -> dict[str, str]:
    """HTML for the head of each page, by its source. `pictures` are the social cards there are."""
    lists = {
        papers.url: papers for papers in paper_lists(catalog.corpus, catalog.config.author_papers)
    }
    # A page announces its own feeds and the site's; asked for each page, so grouped once.
    by_page: dict[str, list[FeedLink]] = defaultdict(list)
    for link in catalog.feeds:
        by_page[link.page].append(link)
    whole = by_page.get("", [])
    return {
        page.source: head_html(
            _own(page, catalog, lists, _card(page.address, pictures)).with_links(
                feed_alternates(
                    catalog.site, discovery([*by_page.get(page.address, ()), *whole], page.address)
                )
            )
        )
        for page in pages
    }


def head_of_other(
    site: Site, page: OtherPage, feeds: Iterable[FeedLink], pictures: Collection[str]
) -> str:
    """HTML for the head of a page that was written by hand."""
    look = Look(page.description or site.description, _card(page.address, pictures))
    head = page_head(site, page.address, page.title, look)
    return head_html(head.with_links(feed_alternates(site, discovery(feeds, page.address))))


def _card(address: str, pictures: Collection[str]) -> str | None:
    own = card_path(address)
    return own if own in pictures else SITE_CARD if SITE_CARD in pictures else None


def _own(page: Page, catalog: Catalog, lists: Mapping[str, PaperList], card: str | None) -> Head:
    corpus, site, look = catalog.corpus, catalog.site, Look(page.description, card)
    papers = lists.get(page.address)
    if page.kind == "paper":
        slug = page.address.split("/")[1]
        return paper_head(corpus.papers[slug], catalog.citations[slug].csl, corpus, site, look)
    if papers and papers.kind is Kind.WEEK:
        return week_head(papers.slug, catalog.weeks[papers.slug], corpus, site, look)
    if papers:
        return list_head(papers, corpus, site, look)
    return page_head(site, page.address, page.title, look)
