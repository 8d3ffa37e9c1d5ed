"""Papers as the search sees them."""

from __future__ import annotations

from collections.abc import Mapping

from broadsheet.base.addresses import paper_url
from broadsheet.base.markup import plain, plain_rich
from broadsheet.content.model import Paper
from broadsheet.outputs.pages import Catalog
from broadsheet.outputs.search import SearchDocument

_Listing = tuple[dict[str, None], dict[str, str]]


def search_documents(catalog: Catalog) -> list[SearchDocument]:
    """Every paper of the corpus as the search sees it."""
    listed = _listings(catalog)
    return [
        _document(catalog, paper, listed.get(paper.slug, ({}, {})))
        for paper in catalog.corpus.papers.values()
    ]


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


def _document(catalog: Catalog, paper: Paper, listed: _Listing) -> SearchDocument:
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
