"""The edition becomes a site's files: Markdown for MkDocs, and everything beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from broadsheet.base.files import Cache
from broadsheet.edition import Edition
from broadsheet.outputs.api.files import api_files
from broadsheet.outputs.charts import map_files
from broadsheet.outputs.charts.layout import layout
from broadsheet.outputs.citation_files import citation_files
from broadsheet.outputs.datasets.files import data_files, with_manifest
from broadsheet.outputs.feeds import feeds_of
from broadsheet.outputs.feeds.files import FeedLink, feed_files, feed_links
from broadsheet.outputs.metadata.heads import heads_of
from broadsheet.outputs.pages import Materials, Page, pages_of
from broadsheet.outputs.pages.views import ListView
from broadsheet.outputs.redirects import redirect_files
from broadsheet.outputs.saved_papers import offline_files, reading_files
from broadsheet.outputs.search import build_search, needs_extra
from broadsheet.outputs.search_documents import search_documents
from broadsheet.outputs.sitemap import page_days, sitemap_files
from broadsheet.outputs.social_cards import social_cards
from broadsheet.outputs.social_cards.drawing import can_write, card_files
from broadsheet.outputs.twins.lists import TwinOfList, twin_files

Report = Callable[[str], None]


@dataclass(frozen=True)
class Generated:
    """A site's files as bytes.

    Attributes:
        docs: The Markdown that MkDocs builds pages from, by path in its docs folder.
        beside: Finished files, by path in the site.
        heads: HTML for the head of each page, by its source.
        feeds: All feeds, which hand-written pages announce too.
    """

    docs: Mapping[str, bytes]
    beside: Mapping[str, bytes]
    heads: Mapping[str, str]
    feeds: tuple[FeedLink, ...] = ()


def generate(
    edition: Edition, render: Callable[[Page], str], report: Report, cache: Cache | None = None
) -> Generated:
    """All generated files. Nothing of the site is written.

    Args:
        edition: What the site says.
        render: Turns a page into Markdown.
        report: Is told what is being done, for people who wait.
        cache: Social cards that earlier builds drew; new ones are added.
    """
    report("Writing data")
    files = _downloads(edition)
    feeds = feeds_of(edition)
    links = feed_links(feeds, edition.language)
    report("Rendering pages")
    topics_of = {slug: paper.topics for slug, paper in edition.papers.items()}
    places = layout(edition.related, topics_of)
    sizes = {path: len(content) for path, content in files.items()}
    pages = list(pages_of(Materials(edition, links, sizes), places))
    docs = {page.source: render(page).encode() for page in pages}
    report("Drawing cards")
    cards = social_cards(edition) if can_write(edition.language) else {}
    pictures = card_files(cards, edition.site.brand, cache or Cache())
    heads = heads_of(pages, edition, links, pictures)
    report("Indexing for search")
    if needs_extra(edition.site.language):
        report("Search would find more forms of words with: pip install 'broadsheet[languages]'")
    atom_feeds = {link.page: link.atom for link in links}
    index = build_search(search_documents(edition), atom_feeds, edition.site.language)
    beside = {f"search/index/{name}": content for name, content in index.items()}
    beside |= offline_files(beside)
    beside |= pictures
    beside |= redirect_files(edition)
    if places:
        topics = tuple(edition.topics.values())
        beside |= map_files(tuple(edition.papers.values()), places, topics)
    beside |= feed_files(feeds, edition.site)
    beside |= files
    beside |= twin_files(edition, _lists(pages))
    beside |= sitemap_files([page.address for page in pages], page_days(edition), edition.site)
    beside |= reading_files(edition)
    return Generated(docs, beside, heads, links)


def _downloads(edition: Edition) -> dict[str, bytes]:
    """What readers and programs download; pages name these files."""
    cited = citation_files(edition)
    data = {
        **api_files(edition),
        **data_files(edition),
        **{path: content for path, content in cited.items() if path.startswith("data/")},
    }
    return {**cited, **data, **with_manifest(data)}


def _lists(pages: Sequence[Page]) -> Iterator[TwinOfList]:
    """The pages of lists of papers, from which their twins are made."""
    for page in pages:
        if isinstance(page.view, ListView):
            slugs = tuple(paper.slug for paper in page.view.papers)
            yield TwinOfList(page.address, page.title, slugs, page.view.part.next)
