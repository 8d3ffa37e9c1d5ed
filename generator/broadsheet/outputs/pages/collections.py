"""Pages of collections, with papers in the order of their sources."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from broadsheet.base.addresses import collection_url
from broadsheet.base.markup import plain_rich
from broadsheet.base.text import shortened
from broadsheet.edition import Edition
from broadsheet.edition.textlinks import relinked, seen_from
from broadsheet.outputs.pages.listed import collection_line, listed
from broadsheet.outputs.pages.materials import Materials
from broadsheet.outputs.pages.page import Page, Plan
from broadsheet.outputs.pages.parts import Part, parts
from broadsheet.outputs.pages.views import CollectionsView, CollectionView
from broadsheet.outputs.words import papers_counted


def collections_pages(materials: Materials) -> Iterator[Plan]:
    """Yields the page of all collections and the pages of each."""
    edition = materials.edition
    if edition.collections:
        yield Plan("collections/", "collections", partial(_all_collections, edition))
    for number, collection in enumerate(edition.collections):
        url, size = collection_url(collection.slug), edition.settings.papers_per_page
        for part in parts(len(collection.entries), size, url):
            yield Plan(part.here, "collection", partial(_collection, materials, number, part))


def _all_collections(edition: Edition) -> Page:
    return Page(
        address="collections/",
        title=edition.language.text("Collections"),
        description=edition.language.counted(
            len(edition.collections),
            "%(number)s collection of papers on %(site)s.",
            "%(number)s collections of papers on %(site)s.",
            site=edition.site.name,
        ),
        view=CollectionsView(tuple(collection_line(edition, c) for c in edition.collections)),
    )


def _collection(materials: Materials, number: int, part: Part) -> Page:
    edition, language = materials.edition, materials.edition.language
    collection, found = edition.collections[number], edition.lists[part.base]
    about = plain_rich(collection.description) if collection.description else ""
    about = about or papers_counted(len(found.papers), language)
    numbered = list(enumerate(collection.entries, start=1))
    return Page(
        address=part.here,
        title=part.title(collection.title, language),
        description=shortened(part.description(about, language)),
        view=CollectionView(
            list=found,
            part=part,
            choices=materials.choices[part.base],
            takeaway=materials.takeaway(part.base),
            papers=tuple(
                listed(
                    edition,
                    edition.papers[e.paper],
                    e.number or str(n),
                    e.text or "",
                    commentary=relinked(e.commentary or "", part.base, seen_from(part.here)),
                )
                for n, e in part.of(numbered)
            ),
            collection=collection_line(edition, collection),
        ),
        edit=edition.places["collection", collection.slug].file,
    )
