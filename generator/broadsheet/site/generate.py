"""Everything that a site consists of, made from an edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from broadsheet.base.cache import Cache
from broadsheet.edition import Edition
from broadsheet.outputs.api.files import api_files
from broadsheet.outputs.charts import map_files
from broadsheet.outputs.citation_files import citation_files
from broadsheet.outputs.datasets.files import data_files, with_manifest
from broadsheet.outputs.feeds import feed_of
from broadsheet.outputs.feeds.files import OPML, FeedLink, feed_files, feed_links, opml
from broadsheet.outputs.metadata.heads import head_writer
from broadsheet.outputs.pages import Materials, Page, Plan, pages_of
from broadsheet.outputs.pages.materials import materials_of
from broadsheet.outputs.redirects import redirect_files
from broadsheet.outputs.saved_papers import offline_files, reading_files
from broadsheet.outputs.search import build_search
from broadsheet.outputs.search_documents import search_documents
from broadsheet.outputs.sitemap import page_days, sitemap_files
from broadsheet.outputs.social_cards import SocialCard, social_cards
from broadsheet.outputs.social_cards.drawing import can_draw, can_write, card_files
from broadsheet.outputs.twins import twin_of
from broadsheet.site.whitespace import without_indents

FilesByPath = Mapping[str, bytes]
Report = Callable[[str], None]


@dataclass(frozen=True)
class Task:
    """Files of a site that are made together.

    Attributes:
        name: What they are. No other task has the same name.
        make: Returns the files by path in the site.
    """

    name: str
    make: Callable[[], FilesByPath]


@dataclass(frozen=True)
class Generated:
    """Everything that a site consists of. Nothing is made before it's needed.

    Attributes:
        plans: The pages, by the path of their Markdown in the docs folder of MkDocs.
        downloads: The files whose sizes pages show.
        sizes: The sizes of downloads by path in bytes. Who makes them adds them here, before
            making any pages.
        tasks: All other files.
        html: Returns the content of a page.
        head: Returns the metadata of a page as HTML.
        twin: Returns the Markdown of a page.
        feeds: Links to all feeds.
        pictures: The paths of social cards.
    """

    plans: Mapping[str, Plan]
    downloads: tuple[Task, ...]
    sizes: dict[str, int]
    tasks: tuple[Task, ...]
    html: Callable[[Page], str]
    head: Callable[[Page], str]
    twin: Callable[[Page], str]
    feeds: tuple[FeedLink, ...]
    pictures: tuple[str, ...]


def generate(
    edition: Edition, render: Callable[[Page], str], cache: Cache | None = None
) -> Generated:
    """Plans everything that a site consists of, without making it.

    Args:
        edition: The edition.
        render: Returns the content of a page as HTML.
        cache: The cache of social cards and of search.
    """
    feeds = feed_links(edition)
    cards = social_cards(edition) if can_draw() and can_write(edition.language) else {}
    sizes: dict[str, int] = {}
    materials = materials_of(edition, feeds, sizes)
    plans = {plan.source: plan for plan in pages_of(materials)}
    return Generated(
        plans=plans,
        downloads=tuple(_downloads(edition)),
        sizes=sizes,
        tasks=tuple(_tasks(materials, plans, cards, cache or Cache())),
        html=lambda page: without_indents(render(page)).strip(),
        head=head_writer(edition, feeds, cards.keys()),
        twin=partial(twin_of, edition, render),
        feeds=tuple(feeds.values()),
        pictures=tuple(cards),
    )


def _downloads(edition: Edition) -> Iterator[Task]:
    yield Task("downloads", partial(_all_downloads, edition))


def _all_downloads(edition: Edition) -> FilesByPath:
    cited = citation_files(edition)
    data = {
        **api_files(edition),
        **data_files(edition),
        **{path: content for path, content in cited.items() if path.startswith("data/")},
    }
    return {**cited, **data, **with_manifest(data)}


def _tasks(
    materials: Materials, plans: Mapping[str, Plan], cards: Mapping[str, SocialCard], cache: Cache
) -> Iterator[Task]:
    edition = materials.edition
    yield Task("search", partial(_search, edition, materials.feeds, cache.below("search")))
    yield Task("saved papers", partial(reading_files, edition))
    if edition.related:
        yield Task("map", partial(_map, materials))
    for path, card in cards.items():
        yield Task(
            path, partial(card_files, {path: card}, edition.site.brand, cache.below("cards"))
        )
    for page in materials.feeds:
        yield Task(f"feed of {page}", partial(_feed, edition, page))
    if materials.feeds:
        yield Task(OPML, partial(_opml, materials))
    yield Task("redirects", partial(redirect_files, edition))
    addresses = [plan.address for plan in plans.values()]
    yield Task("site map", partial(_sitemap, edition, addresses))


def _search(edition: Edition, feeds: Mapping[str, FeedLink], cache: Cache) -> FilesByPath:
    atom = {page: link.atom for page, link in feeds.items()}
    index = build_search(search_documents(edition), atom, edition.site.language, cache)
    files = {f"search/index/{name}": content for name, content in index.items()}
    return {**files, **offline_files(files)}


def _map(materials: Materials) -> FilesByPath:
    papers, topics = materials.edition.papers.values(), materials.edition.topics.values()
    return map_files(tuple(papers), materials.places(), tuple(topics))


def _feed(edition: Edition, page: str) -> FilesByPath:
    return feed_files(feed_of(edition, page), edition.site)


def _opml(materials: Materials) -> FilesByPath:
    return {OPML: opml(materials.feeds.values(), materials.edition.site)}


def _sitemap(edition: Edition, addresses: list[str]) -> FilesByPath:
    return sitemap_files(addresses, page_days(edition), edition.site)
