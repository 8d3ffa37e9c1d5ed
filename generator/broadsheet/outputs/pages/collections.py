"""All collections, and each with its papers in the order of its source."""

from __future__ import annotations

from collections.abc import Iterator

from broadsheet.base.addresses import collection_url
from broadsheet.base.markup import plain_rich
from broadsheet.base.text import counted, shortened
from broadsheet.content.model import Collection
from broadsheet.outputs.pages.catalog import Catalog
from broadsheet.outputs.pages.listed import card_of, choices_of
from broadsheet.outputs.pages.page import Page, parts


def collections_pages(catalog: Catalog) -> Iterator[Page]:
    """The page of all collections and the pages of each."""
    collections = catalog.corpus.collections
    if not collections:
        return
    yield Page(
        address="collections/",
        kind="collections",
        title="Collections",
        description=f"{counted(len(collections), 'undated list')} of papers on "
        f"{catalog.site.name}.",
        values={"collections": [collection_line(collection) for collection in collections]},
    )
    for collection in collections:
        yield from _collection(catalog, collection)


def collection_line(collection: Collection) -> dict[str, object]:
    """A collection in a list of collections."""
    return {
        "title": collection.title,
        "address": collection_url(collection.slug),
        "count": len(collection.entries),
        "description": collection.description or "",
        "source": collection.source,
    }


def _collection(catalog: Catalog, collection: Collection) -> Iterator[Page]:
    corpus, size = catalog.corpus, catalog.config.papers_per_page
    about = plain_rich(collection.description) if collection.description else ""
    papers = [corpus.papers[entry.paper] for entry in collection.entries]
    numbered = list(enumerate(collection.entries, start=1))
    for part, shown in parts(numbered, size, collection_url(collection.slug)):
        page = f", page {part.number}" if part.number > 1 else ""
        yield Page(
            address=part.address(part.number),
            kind="collection",
            title=f"{collection.title}{page}",
            description=shortened(
                (about or f"{counted(len(collection.entries), 'paper')}.")
                + (page and f" {page[2:].capitalize()}.")
            ),
            values={
                "collection": collection_line(collection),
                "part": part,
                "choices": choices_of(corpus, papers),
                "outgoing": catalog.outgoing(collection_url(collection.slug)),
                "cards": [
                    card_of(
                        catalog,
                        corpus.papers[entry.paper],
                        entry.number or str(number),
                        entry.text or "",
                    )
                    for number, entry in shown
                ],
            },
            edit=corpus.places["collection", collection.slug].file,
        )
