"""Appearances: the issues and collections that list each paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from broadsheet.base.addresses import collection_url, week_url
from broadsheet.content.model import Corpus, Source


@dataclass(frozen=True, slots=True)
class Appearance:
    """An entry for a paper in an issue or a collection.

    Attributes:
        title: The title of the issue or the collection.
        week: The issue's week, or "" for a collection.
        digest: The issue's digest, or "" for a collection.
        collection: The collection's slug, or "" for an issue.
        section: The heading of the issue's section, or "".
        number: The number printed before the entry, or "".
        text: The text printed there, or "".
        source: The name of the list's source, or "".
    """

    title: str
    week: str = ""
    digest: str = ""
    collection: str = ""
    section: str = ""
    number: str = ""
    text: str = ""
    source: str = ""

    @property
    def url(self) -> str:
        """The address of the page of the week or collection."""
        return week_url(self.week) if self.week else collection_url(self.collection)


def appearances_of(corpus: Corpus) -> Mapping[str, tuple[Appearance, ...]]:
    """Returns the appearances of papers by slug: first in issues, oldest first."""
    found: dict[str, list[Appearance]] = defaultdict(list)
    for issue in corpus.issues:
        for section in issue.sections:
            for entry in section.entries:
                place = Appearance(
                    title=issue.title,
                    week=issue.week,
                    digest=issue.digest,
                    section=section.heading,
                    number=entry.number or "",
                    text=entry.text or "",
                    source=_name(issue.source),
                )
                found[entry.paper].append(place)
    for collection in corpus.collections:
        for entry in collection.entries:
            place = Appearance(
                title=collection.title,
                collection=collection.slug,
                number=entry.number or "",
                text=entry.text or "",
                source=_name(collection.source),
            )
            found[entry.paper].append(place)
    return {slug: tuple(places) for slug, places in found.items()}


def _name(source: Source | None) -> str:
    return source.name if source else ""
