"""The corpus becomes a site's files: Markdown for MkDocs, and everything that stands beside it."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from broadsheet.base.addresses import Site, absolute, paper_url
from broadsheet.base.files import Cache
from broadsheet.base.markup import plain
from broadsheet.citations import Citation, cite
from broadsheet.content.model import Corpus, Paper
from broadsheet.content.settings import Settings
from broadsheet.content.topics import fill_topics
from broadsheet.edition.lists import paper_lists
from broadsheet.outputs.api.files import api_files
from broadsheet.outputs.citation_files import citation_files
from broadsheet.outputs.datasets.files import data_files, with_manifest
from broadsheet.outputs.feeds import FeedSettings, feeds_of
from broadsheet.outputs.feeds.files import FeedLink, feed_links, files_of
from broadsheet.outputs.metadata.heads import heads_of
from broadsheet.outputs.pages import Page, catalog_of, map_points, pages_of
from broadsheet.outputs.pages.listed import Card, links_of
from broadsheet.outputs.pages.page import Part
from broadsheet.outputs.saved_papers import offline_files, reading_files
from broadsheet.outputs.search import build_search
from broadsheet.outputs.search_documents import search_documents
from broadsheet.outputs.sitemap import page_days, sitemap_files
from broadsheet.outputs.social_cards import social_cards
from broadsheet.outputs.social_cards.drawing import card_files
from broadsheet.outputs.twins.lists import ListPage, twin_files

Report = Callable[[str], None]


@dataclass(frozen=True)
class Generated:
    """A site's files as bytes.

    `docs` are the sources that MkDocs builds pages from, by path in its docs folder. `beside` are
    finished files, by path in the site. `heads` is HTML for the head of a page, by its source.
    `feeds` are all feeds, of which other pages announce some as well.
    """

    docs: Mapping[str, bytes]
    beside: Mapping[str, bytes]
    heads: Mapping[str, str]
    feeds: tuple[FeedLink, ...] = ()


@dataclass(frozen=True)
class Kept:
    """What is known from before: citation keys that are out, by slug; formatted citations by what
    they were made of (added to); the pictures that were drawn (added to)."""

    keys: Mapping[str, str] = field(default_factory=dict)
    texts: MutableMapping[str, str] = field(default_factory=dict)
    pictures: Cache = field(default_factory=Cache)


def generate(
    corpus: Corpus,
    config: Settings,
    site: Site,
    render: Callable[[Page], str],
    report: Report,
    *,
    kept: Kept | None = None,
) -> Generated:
    """All generated files. Nothing of the site is written.

    `render` writes a page; `report` is told what is being done, for people who wait.
    """
    kept = kept or Kept()
    corpus = fill_topics(corpus)
    report("Citing papers")
    citations = cite(corpus, site, kept.keys, kept.texts)
    keys = {slug: citation.key for slug, citation in citations.items()}
    report("Writing data")
    files = _files_of(corpus, config, site, citations)
    report("Relating papers")
    feeds = feeds_of(corpus, site, keys, _feed_settings(config))
    links = feed_links(feeds)
    sizes = {path: len(content) for path, content in files.items()}
    catalog = catalog_of(corpus, config, site, citations, links, files=sizes)
    report("Rendering pages")
    pages = list(pages_of(catalog))
    docs = {page.source: render(page).encode() for page in pages}
    report("Drawing cards")
    pictures = card_files(social_cards(corpus, site, config.card_papers), site.brand, kept.pictures)
    heads = heads_of(pages, catalog, pictures)
    report("Indexing for search")
    documents = search_documents(catalog)
    index = build_search(documents, {link.page: link.atom for link in links})
    report("Writing feeds")
    beside = {f"search/index/{name}": content for name, content in index.items()}
    beside |= offline_files(beside)
    beside |= pictures
    beside |= _redirects(corpus, site)
    beside |= map_points(catalog)
    beside |= files_of(feeds, site)
    beside |= files
    beside |= _for_machines(corpus, config, site, citations, pages)
    return Generated(docs, beside, heads, links)


def _feed_settings(config: Settings) -> FeedSettings:
    return FeedSettings(config.feed_papers, config.author_papers, papers_at_least=1)


def _files_of(
    corpus: Corpus, config: Settings, site: Site, citations: Mapping[str, Citation]
) -> dict[str, bytes]:
    """What readers and programs take away; pages name these files."""
    keys = {slug: citation.key for slug, citation in citations.items()}
    cited = citation_files(citations, paper_lists(corpus, config.author_papers))
    data = {
        **api_files(corpus, site, citations),
        **data_files(corpus, site, keys, config.license),
        **{path: content for path, content in cited.items() if path.startswith("data/")},
    }
    return {**cited, **data, **with_manifest(data)}


def _for_machines(
    corpus: Corpus,
    config: Settings,
    site: Site,
    citations: Mapping[str, Citation],
    pages: Sequence[Page],
) -> dict[str, bytes]:
    """Twins and maps of the pages."""
    at_least = config.author_papers
    return {
        **twin_files(corpus, site, citations, at_least, _list_pages(pages)),
        **sitemap_files([page.address for page in pages], page_days(corpus, at_least), site),
        **reading_files(corpus, citations, _links(corpus)),
    }


def _links(corpus: Corpus) -> dict[str, list[tuple[str, str]]]:
    """Where to get each paper, as lists show it."""
    papers = corpus.papers.items()
    return {slug: [(to.name, to.address) for to in links_of(paper)] for slug, paper in papers}


def _list_pages(pages: Iterable[Page]) -> Iterator[ListPage]:
    """The pages of lists of papers, as their twins are made from."""
    for page in pages:
        part = page.values.get("part")
        if isinstance(part, Part):
            cards = cast("Iterable[Card]", page.values["cards"])
            yield ListPage(page.address, page.title, tuple(c.slug for c in cards), part.next)


def _redirects(corpus: Corpus, site: Site) -> dict[str, bytes]:
    """A page at each alias that leads to the paper."""
    return {
        f"{paper_url(alias)}index.html": _redirect(paper, site)
        for paper in corpus.papers.values()
        for alias in paper.aliases
    }


def _redirect(paper: Paper, site: Site) -> bytes:
    title = html.escape(plain(paper.name))
    target = f"../{paper.slug}/"
    canonical = html.escape(absolute(site, paper_url(paper.slug)))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n"
        f'<link rel="canonical" href="{canonical}">\n'
        '<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={target}">\n</head>\n'
        f'<body>\n<p>This paper has moved to <a href="{target}">{title}</a>.</p>\n'
        "</body>\n</html>\n"
    ).encode()
