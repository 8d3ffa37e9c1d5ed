"""The corpus becomes files for MkDocs: Markdown pages, and everything that stands beside them."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping

from broadsheet.addresses import Site, absolute, paper_url
from broadsheet.citations.bibtex import bibtex_of
from broadsheet.citations.csl import csl_of
from broadsheet.citations.keys import keys_of
from broadsheet.config import Config
from broadsheet.corpus.topics import fill_topics
from broadsheet.markup import plain, plain_rich
from broadsheet.model import Corpus, Paper
from broadsheet.pages import Catalog, Page, catalog_of, pages_of
from broadsheet.search import SearchDocument, build_search

Report = Callable[[str], None]


def generate(
    corpus: Corpus,
    config: Config,
    site: Site,
    render: Callable[[Page], str],
    report: Report,
) -> dict[str, bytes]:
    """Every generated file by its path in MkDocs' docs folder. Nothing is written.

    `render` writes a page; `report` is told what is being done, for people who wait.
    """
    corpus = fill_topics(corpus)
    report("Citing papers")
    keys = keys_of(corpus.papers.values())
    citations = {
        slug: bibtex_of(csl_of(corpus.papers[slug], key, site)) for slug, key in keys.items()
    }
    report("Relating papers")
    catalog = catalog_of(corpus, config, site, citations)
    report("Rendering pages")
    files = {page.source: render(page).encode() for page in pages_of(catalog)}
    files |= _redirects(corpus, site)
    report("Indexing for search")
    index = build_search(search_documents(catalog))
    files |= {f"search/index/{name}": content for name, content in index.items()}
    return files


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


def search_documents(catalog: Catalog) -> list[SearchDocument]:
    """Every paper as the search sees it."""
    listed = _listings(catalog)
    return [
        _search_document(catalog, paper, listed.get(paper.slug, ({}, {})))
        for paper in catalog.corpus.papers.values()
    ]


_Listing = tuple[dict[str, None], dict[str, str]]


def _listings(catalog: Catalog) -> Mapping[str, _Listing]:
    """Weeks, and names of digests and collections by slug, of each paper."""
    listed: dict[str, _Listing] = {}
    for issue in catalog.corpus.issues:
        for entry in issue.entries():
            weeks, sources = listed.setdefault(entry.paper, ({}, {}))
            weeks[issue.week] = None
            sources[issue.digest] = catalog.config.digest_name(issue.digest)
    for collection in catalog.corpus.collections:
        for entry in collection.entries:
            listed.setdefault(entry.paper, ({}, {}))[1][collection.slug] = collection.title
    return listed


def _search_document(catalog: Catalog, paper: Paper, listed: _Listing) -> SearchDocument:
    weeks, sources = listed
    topics = [(slug, catalog.corpus.topics[slug].name) for slug in paper.topics]
    places = catalog.appearances.get(paper.slug, ())
    printed = [*paper.other_titles, *(place.text for place in places if place.text)]
    return SearchDocument(
        ref=paper.slug,
        url=paper_url(paper.slug),
        title=plain(paper.name),
        authors=paper.authors,
        topics=tuple(topics),
        weeks=tuple(weeks),
        published=paper.published,
        ids=tuple(filter(None, (paper.arxiv, paper.doi))),
        code=paper.links.code is not None,
        sources=tuple(sources.items()),
        tldr=plain_rich(paper.tldr or ""),
        summary=plain_rich(paper.summary or ""),
        abstract=plain(paper.abstract or ""),
        printed=plain("\n".join(printed)),
    )
