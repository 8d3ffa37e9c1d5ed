"""Papers of Semantic Scholar: https://api.semanticscholar.org/api-docs/graph.

Its `tldr` is left out, because a model wrote it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import AliasChoices, Field

from broadsheet.base.identifiers import parse_partial_date
from broadsheet.content.records import Record
from broadsheet.importers.services.json_works import JsonService, Lenient, Part, Place
from broadsheet.importers.services.plain import line, tagged_line
from broadsheet.importers.services.work import Work, identifiers, pdf_link, venue


class _Named(Part):
    name: str | None = None


class _Category(Part):
    category: Lenient[str] = None


class _Pdf(Part):
    url: Lenient[str] = None


class _Paper(Part):
    """A paper. The datasets of Semantic Scholar spell all keys in lowercase."""

    ids: Lenient[Mapping[str, Any]] = Field(
        None, validation_alias=AliasChoices("externalIds", "externalids")
    )
    title: Lenient[str] = None
    authors: Lenient[tuple[_Named, ...]] = None
    abstract: Lenient[str] = None
    date: Lenient[str] = Field(
        None, validation_alias=AliasChoices("publicationDate", "publicationdate")
    )
    year: Lenient[int] = None
    venue: Lenient[str] = None
    publication_venue: Lenient[_Named] = Field(None, validation_alias="publicationVenue")
    journal: Lenient[_Named] = None
    pdf: Lenient[_Pdf] = Field(None, validation_alias="openAccessPdf")
    citations: Lenient[int] = Field(
        None, validation_alias=AliasChoices("citationCount", "citationcount")
    )
    fields: Lenient[tuple[_Category, ...]] = Field(
        None, validation_alias=AliasChoices("s2FieldsOfStudy", "s2fieldsofstudy")
    )


def _read(value: Mapping[str, Any], place: Place) -> Work | None:
    if not any(value.get(key) for key in ("title", "externalIds", "externalids")):
        place.remark("title", "Semantic Scholar has no title for a paper", "skipped")
        return None
    paper = place.parsed(_Paper, value)
    ids = {name.casefold(): str(found) for name, found in (paper.ids or {}).items() if found}
    arxiv, doi = identifiers((ids.get("arxiv"), ids.get("doi")))
    record = Record(
        place.source,
        place.line,
        title=tagged_line(paper.title) or None,
        authors=tuple(filter(None, (line(author.name) for author in paper.authors or ()))),
        arxiv=arxiv,
        doi=doi,
        published=parse_partial_date(paper.date or "") or parse_partial_date(str(paper.year)),
        venue=_venue(paper),
        links=pdf_link(paper.pdf.url if paper.pdf else None),
        abstract=tagged_line(paper.abstract) or None,
    )
    categories = (found.category for found in paper.fields or () if found.category)
    return Work(
        record,
        citations=paper.citations,
        categories=tuple(dict.fromkeys(categories)),
        published_doi=doi if arxiv else None,
    )


def _venue(paper: _Paper) -> str | None:
    parts = (paper.publication_venue, paper.journal)
    names = [line(part.name) if part else None for part in parts]
    return venue(names[0], line(paper.venue), names[1])


SERVICE = JsonService(
    "semantic-scholar",
    "Semantic Scholar",
    "papers of Semantic Scholar's API as JSON, one or a list",
    _read,
)
SEMANTIC_SCHOLAR = SERVICE.importer()


def works(reply: str) -> tuple[Work, ...]:
    """Returns the papers in a reply of Semantic Scholar's API, without those that it lacks.

    Raises:
        BroadsheetError: It isn't such a reply.
    """
    return SERVICE.works(reply)
