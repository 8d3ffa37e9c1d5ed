"""The documents for the search index."""

from __future__ import annotations

from dataclasses import replace

from broadsheet.base.addresses import paper_url
from broadsheet.base.cache import Cache
from broadsheet.base.markup import plain, plain_rich
from broadsheet.content.model import Paper
from broadsheet.edition import Appearance, Edition
from broadsheet.outputs.search import NO_CACHE, SearchDocument
from broadsheet.outputs.search.abbreviations import words_beside
from broadsheet.outputs.search.document import body_text


def search_documents(edition: Edition, cache: Cache = NO_CACHE) -> list[SearchDocument]:
    """Returns a search document for each paper. The cache keeps results for later builds."""
    documents = [_document(edition, paper) for paper in edition.papers.values()]
    texts = (f"{document.title}\n{body_text(document)}" for document in documents)
    found = zip(documents, words_beside(texts, cache), strict=True)
    return [replace(document, also=also) if also else document for document, also in found]


def _document(edition: Edition, paper: Paper) -> SearchDocument:
    places = edition.appearances_of(paper)
    printed = [*paper.other_titles, *(place.text for place in places if place.text)]
    return SearchDocument(
        ref=paper.slug,
        url=paper_url(paper.slug),
        title=plain(paper.name),
        authors=paper.authors,
        topics=tuple((topic.slug, topic.name) for topic in edition.topics_of(paper)),
        weeks=tuple(dict.fromkeys(place.week for place in places if place.week)),
        published=paper.published,
        ids=tuple(filter(None, (paper.arxiv, paper.doi))),
        code=paper.links.code is not None,
        sources=tuple(dict(_source(edition, place) for place in places).items()),
        # Passages of results have no labels, so texts that nobody has reviewed aren't searched.
        tldr="" if paper.unreviewed else plain_rich(paper.tldr or ""),
        summary="" if paper.unreviewed else plain_rich(paper.summary or ""),
        lead=plain_rich(paper.tldr or paper.summary or "") if paper.unreviewed else "",
        abstract=plain(paper.abstract or ""),
        printed=plain("\n".join(printed)),
        withdrawn=paper.withdrawn is not None,
    )


def _source(edition: Edition, place: Appearance) -> tuple[str, str]:
    """Returns the slug and name of the digest or collection that lists a paper."""
    if place.digest:
        return place.digest, edition.digest_name(place)
    return place.collection, place.title
