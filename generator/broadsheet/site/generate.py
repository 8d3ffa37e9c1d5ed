"""Everything that a site consists of, made from an edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from broadsheet.base.brand import Brand
from broadsheet.base.cache import Cache
from broadsheet.edition import Edition
from broadsheet.outputs.api.files import api_tasks
from broadsheet.outputs.charts import map_files
from broadsheet.outputs.citation_files import all_citations, citation_tasks
from broadsheet.outputs.datasets.files import data_tasks
from broadsheet.outputs.feeds import feed_of
from broadsheet.outputs.feeds.files import OPML, FeedLink, feed_files, feed_links, opml
from broadsheet.outputs.metadata.heads import head_writer
from broadsheet.outputs.pages import Materials, Page, Plan, pages_of, source_of
from broadsheet.outputs.pages.materials import materials_of
from broadsheet.outputs.redirects import redirect_files, removed_files
from broadsheet.outputs.saved_papers import offline_files, reading_files
from broadsheet.outputs.search import build_search
from broadsheet.outputs.search_documents import search_documents
from broadsheet.outputs.sitemap import page_days, sitemap_files
from broadsheet.outputs.social_cards import SocialCard, social_cards
from broadsheet.outputs.social_cards.drawing import can_draw, can_write, card_files
from broadsheet.outputs.task import FilesByPath, Task
from broadsheet.outputs.twins import twin_of
from broadsheet.site.traced import Sources
from broadsheet.site.whitespace import without_indents


@dataclass(frozen=True)
class Generated:
    """Everything that a site consists of. Nothing is made before it's needed.

    Attributes:
        plans: The pages, by the path of their Markdown in the docs folder of MkDocs.
        tasks: All other files except the manifest. Long tasks come first.
        sizes: The sizes of downloads by path in bytes. Who makes them adds them here, before
            making any pages.
        html: Returns the content of a page.
        head: Returns the metadata of a page as HTML.
        twin: Returns the Markdown of a page.
        digests: The names of digests by the path of their page's Markdown.
        feeds: Links to all feeds by the page that a feed belongs to.
        pictures: The social cards by path.
        sources: Everything that is read to make files.
    """

    plans: Mapping[str, Plan]
    tasks: tuple[Task, ...]
    sizes: dict[str, int]
    html: Callable[[Page], str]
    head: Callable[[Page], str]
    twin: Callable[[Page], str]
    digests: Mapping[str, str]
    feeds: Mapping[str, FeedLink]
    pictures: Mapping[str, SocialCard]
    sources: Sources


def generate(
    edition: Edition,
    render: Callable[[Page], str],
    cache: Cache | None = None,
    sources: Sources | None = None,
) -> Generated:
    """Plans everything that a site consists of, without making it.

    Args:
        edition: The edition.
        render: Returns the content of a page as HTML.
        cache: The cache of social cards and of search.
        sources: Gets everything that is read to make files.
    """
    cache, sources = cache or Cache(), sources or Sources()
    has_cards = can_draw() and can_write(edition.language)
    cards = sources.mapping("cards", social_cards(edition) if has_cards else {})
    feeds = sources.mapping("feeds", feed_links(edition))
    sizes: dict[str, int] = {}
    made = materials_of(edition, feeds, sources.mapping("sizes", sizes))
    edition = sources.edition(edition)
    choices = sources.mapping("choices", made.choices)
    places = sources.function("layout", made.places, ("related", "counted"))
    materials = replace(made, edition=edition, choices=choices, places=places)
    plans = {plan.source: plan for plan in pages_of(materials)}
    digests = {
        source_of(page): edition.settings.digest_name(digest)
        for page, digest in made.edition.digests.items()
    }
    addresses = sources.sequence("addresses", [plan.address for plan in plans.values()])
    return Generated(
        plans=plans,
        sizes=sizes,
        tasks=(
            # These need most memory, so they come before what leaves some that can't be given back.
            *data_tasks(edition),
            Task("search", partial(_search, edition, feeds, cache.below("search"))),
            Task("data/citations", partial(all_citations, edition, cache=cache.below("citations"))),
            *_tasks(materials, cards, cache.below("cards")),
            Task("site map", partial(_sitemap, edition, addresses)),
        ),
        html=lambda page: without_indents(render(page)).strip(),
        head=head_writer(edition, feeds, cards),
        twin=partial(twin_of, edition, render),
        digests=digests,
        feeds=feeds,
        pictures=cards,
        sources=sources,
    )


def _tasks(materials: Materials, cards: Mapping[str, SocialCard], cache: Cache) -> Iterator[Task]:
    edition = materials.edition
    yield Task("saved papers", partial(reading_files, edition))
    if edition.related:
        yield Task("map", partial(_map, materials))
    for path in cards:
        yield Task(path, partial(_card, cards, path, edition.site.brand, cache))
    for page in materials.feeds:
        yield Task(f"feed of {page}", partial(_feed, edition, page))
    if materials.feeds:
        yield Task(OPML, partial(_opml, materials))
    yield from api_tasks(edition)
    yield from citation_tasks(edition)
    yield Task("redirects", partial(redirect_files, edition))
    yield Task("removed papers", partial(removed_files, edition))


def _card(cards: Mapping[str, SocialCard], path: str, brand: Brand, cache: Cache) -> FilesByPath:
    return card_files({path: cards[path]}, brand, cache)


def _search(edition: Edition, feeds: Mapping[str, FeedLink], cache: Cache) -> FilesByPath:
    atom = {page: link.atom for page, link in feeds.items()}
    index = build_search(search_documents(edition, cache), atom, edition.site.language, cache)
    files = {f"search/index/{name}": content for name, content in index.items()}
    return {**files, **offline_files(files)}


def _map(materials: Materials) -> FilesByPath:
    papers, topics = materials.edition.papers.values(), materials.edition.topics.values()
    return map_files(tuple(papers), materials.places(), tuple(topics))


def _feed(edition: Edition, page: str) -> FilesByPath:
    return feed_files(feed_of(edition, page), edition.site)


def _opml(materials: Materials) -> FilesByPath:
    return {OPML: opml(materials.feeds.values(), materials.edition.site)}


def _sitemap(edition: Edition, addresses: Sequence[str]) -> FilesByPath:
    return sitemap_files(addresses, page_days(edition), edition.site)
