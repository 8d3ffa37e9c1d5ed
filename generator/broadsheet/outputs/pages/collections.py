"""Pages of collections, with papers in the order of their sources."""

from __future__ import annotations

from collections.abc import Iterator

from broadsheet.base.addresses import collection_url
from broadsheet.base.markup import plain_rich
from broadsheet.base.text import shortened
from broadsheet.content.model import Collection
from broadsheet.outputs.pages.listed import choices_of, collection_line, listed
from broadsheet.outputs.pages.materials import Materials
from broadsheet.outputs.pages.page import Page
from broadsheet.outputs.pages.parts import parts
from broadsheet.outputs.pages.views import CollectionsView, CollectionView
from broadsheet.outputs.words import papers_counted


def collections_pages(materials: Materials) -> Iterator[Page]:
    """Yields the page of all collections and the pages of each."""
    edition, language = materials.edition, materials.edition.language
    if not edition.collections:
        return
    yield Page(
        address="collections/",
        title=language.text("Collections"),
        description=language.counted(
            len(edition.collections),
            "%(number)s collection of papers on %(site)s.",
            "%(number)s collections of papers on %(site)s.",
            site=edition.site.name,
        ),
        view=CollectionsView(tuple(collection_line(edition, c) for c in edition.collections)),
    )
    for collection in edition.collections:
        yield from _collection(materials, collection)


def _collection(materials: Materials, collection: Collection) -> Iterator[Page]:
    edition, language = materials.edition, materials.edition.language
    found = edition.lists[collection_url(collection.slug)]
    about = plain_rich(collection.description) if collection.description else ""
    about = about or papers_counted(len(found.papers), language)
    choices, takeaway = choices_of(edition, edition.papers_of(found)), materials.takeaway(found.url)
    numbered = list(enumerate(collection.entries, start=1))
    for part, shown in parts(numbered, edition.settings.papers_per_page, found.url):
        yield Page(
            address=part.here,
            title=part.title(collection.title, language),
            description=shortened(part.description(about, language)),
            view=CollectionView(
                list=found,
                part=part,
                choices=choices,
                takeaway=takeaway,
                papers=tuple(
                    listed(edition, edition.papers[e.paper], e.number or str(n), e.text or "")
                    for n, e in shown
                ),
                collection=collection_line(edition, collection),
            ),
            edit=edition.places["collection", collection.slug].file,
        )
