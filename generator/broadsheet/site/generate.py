"""Generating everything that a site consists of from an edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from broadsheet.base.addresses import twin_url
from broadsheet.base.cache import Cache
from broadsheet.edition import Edition
from broadsheet.outputs.api.files import api_files
from broadsheet.outputs.charts import map_files
from broadsheet.outputs.charts.layout import layout
from broadsheet.outputs.citation_files import citation_files
from broadsheet.outputs.datasets.files import data_files, with_manifest
from broadsheet.outputs.feeds import feeds_of
from broadsheet.outputs.feeds.files import FeedLink, feed_files, feed_links
from broadsheet.outputs.metadata.heads import head_writer
from broadsheet.outputs.pages import Materials, Page, pages_of
from broadsheet.outputs.pages.views import ListView
from broadsheet.outputs.redirects import redirect_files
from broadsheet.outputs.saved_papers import offline_files, reading_files
from broadsheet.outputs.search import build_search, needs_extra
from broadsheet.outputs.search_documents import search_documents
from broadsheet.outputs.sitemap import page_days, sitemap_files
from broadsheet.outputs.social_cards import social_cards
from broadsheet.outputs.social_cards.drawing import can_write, card_files
from broadsheet.outputs.twins.from_html import page_text
from broadsheet.outputs.twins.lists import TwinOfList, twin_texts
from broadsheet.site.pages import Document

Report = Callable[[str], None]


@dataclass(frozen=True)
class Generated:
    """Everything that a site consists of. Pages are rendered one by one when they are written.

    Attributes:
        docs: The pages, by the path of their Markdown in the docs folder of MkDocs.
        beside: All other files, by path in the site.
        html: Returns the content of a page.
        head: Returns the metadata of a page as HTML.
        feeds: Links to all feeds, for the heads of hand-written pages.
    """

    docs: Mapping[str, Document]
    beside: Mapping[str, bytes]
    html: Callable[[Page], str]
    head: Callable[[Page], str]
    feeds: tuple[FeedLink, ...] = ()


def generate(
    edition: Edition, render: Callable[[Page], str], report: Report, cache: Cache | None = None
) -> Generated:
    """Generates everything that a site consists of, without writing it.

    Args:
        edition: The edition.
        render: Returns the content of a page as HTML.
        report: Called with each stage.
        cache: The cache of social cards.
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
    docs = {doc.page.source: doc for doc in _documents(pages, edition, render)}
    report("Drawing cards")
    cards = social_cards(edition) if can_write(edition.language) else {}
    pictures = card_files(cards, edition.site.brand, cache or Cache())
    report("Indexing for search")
    if needs_extra(edition.site.language):
        report("To search for all forms of words, run `pip install 'broadsheet[languages]'`")
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
    beside |= {twin_url(doc.page.address): doc.markdown.encode() for doc in docs.values()}
    beside["llms.txt"] = beside[twin_url("")]
    beside |= sitemap_files([page.address for page in pages], page_days(edition), edition.site)
    beside |= reading_files(edition)
    return Generated(docs, beside, render, head_writer(edition, links, pictures.keys()), links)


def _downloads(edition: Edition) -> dict[str, bytes]:
    """Returns files for readers and programs that pages link to, by path."""
    cited = citation_files(edition)
    data = {
        **api_files(edition),
        **data_files(edition),
        **{path: content for path, content in cited.items() if path.startswith("data/")},
    }
    return {**cited, **data, **with_manifest(data)}


def _documents(
    pages: Sequence[Page], edition: Edition, render: Callable[[Page], str]
) -> Iterator[Document]:
    """Yields pages with their twins, which are made from HTML for pages without papers."""
    texts = twin_texts(edition, _lists(pages))
    for page in pages:
        text = texts.get(page.address)
        if text is None:
            text = page_text(page.title, render(page), page.address, edition.site)
        yield Document(page, text)


def _lists(pages: Sequence[Page]) -> Iterator[TwinOfList]:
    """Yields the pages of lists of papers, for their twins."""
    for page in pages:
        if isinstance(page.view, ListView):
            slugs = tuple(paper.slug for paper in page.view.papers)
            yield TwinOfList(page.address, page.title, slugs, page.view.part.next)
