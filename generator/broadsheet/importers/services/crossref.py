"""Works of Crossref: https://api.crossref.org."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any

from pydantic import Field

from broadsheet.base.identifiers import parse_doi, parse_partial_date
from broadsheet.content.records import Record
from broadsheet.importers.services.json_works import JsonService, Lenient, Part, Place
from broadsheet.importers.services.plain import line, paragraphs, tagged_line
from broadsheet.importers.services.work import Work, arxiv_in, identifiers, venue

# Updates that are papers themselves. Others are notices about a paper.
_NEW_VERSIONS = frozenset(["new_version", "new_edition"])
_RETRACTIONS = frozenset(["retraction", "withdrawal", "removal"])
_DIGITS = (4, 2, 2)


class _Date(Part):
    parts: Lenient[tuple[tuple[int | None, ...], ...]] = Field(None, validation_alias="date-parts")


class _Author(Part):
    given: str | None = None
    family: str | None = None
    suffix: str | None = None
    name: str | None = None


class _Update(Part):
    doi: Lenient[str] = Field(None, validation_alias="DOI")
    type: Lenient[str] = None


class _Related(Part):
    id: Lenient[str] = None


class _Work(Part):
    doi: Lenient[str] = Field(None, validation_alias="DOI")
    title: Lenient[tuple[str, ...]] = None
    subtitle: Lenient[tuple[str, ...]] = None
    author: Lenient[tuple[_Author, ...]] = None
    published: Lenient[_Date] = None
    issued: Lenient[_Date] = None
    posted: Lenient[_Date] = None
    created: Lenient[_Date] = None
    container: Lenient[tuple[str, ...]] = Field(None, validation_alias="container-title")
    abstract: Lenient[str] = None
    citations: Lenient[int] = Field(None, validation_alias="is-referenced-by-count")
    subject: Lenient[tuple[str, ...]] = None
    relation: Lenient[Mapping[str, Any]] = None
    update_to: Lenient[tuple[_Update, ...]] = Field(None, validation_alias="update-to")
    updated_by: Lenient[tuple[_Update, ...]] = Field(None, validation_alias="updated-by")


class _Relation(Part):
    preprint_of: Lenient[tuple[_Related, ...]] = Field(None, validation_alias="is-preprint-of")
    has_preprint: Lenient[tuple[_Related, ...]] = Field(None, validation_alias="has-preprint")


def _read(value: Mapping[str, Any], place: Place) -> Work | None:
    work = place.parsed(_Work, value)
    title = _title(work)
    if not title:
        place.remark("title", f"the work {work.doi or ''} has no title", "skipped")
        return None
    if _is_notice(work, place):
        return None
    relation = place.parsed(_Relation, work.relation or {})
    preprints = (arxiv_in(related.id) for related in relation.has_preprint or () if related.id)
    published = (parse_doi(related.id or "") for related in relation.preprint_of or ())
    arxiv, doi = identifiers((work.doi,))
    record = Record(
        place.source,
        place.line,
        title=title,
        authors=tuple(filter(None, map(_name, work.author or ()))),
        arxiv=arxiv or next(filter(None, preprints), None),
        doi=doi,
        published=_date(work),
        venue=venue(_first(work.container)),
        abstract="\n\n".join(paragraphs(work.abstract or "")) or None,
    )
    return Work(
        record,
        citations=work.citations,
        categories=work.subject or (),
        withdrawn=_withdrawn(work),
        published_doi=next(filter(None, published), None),
    )


def _title(work: _Work) -> str:
    title, subtitle = _first(work.title), _first(work.subtitle)
    if subtitle and subtitle.casefold() not in title.casefold():
        return f"{title}: {subtitle}" if title else subtitle
    return title


def _first(values: tuple[str, ...] | None) -> str:
    return tagged_line(values[0]) if values else ""


def _is_notice(work: _Work, place: Place) -> bool:
    """Whether a work is no paper but says what has become of another."""
    notices = [found for found in work.update_to or () if found.type not in _NEW_VERSIONS]
    for found in notices[:1]:
        message = f"{work.doi} is a {found.type or 'notice'} of {found.doi}"
        place.remark("update-to", message, "skipped; correct that paper's file if it is listed")
    return bool(notices)


def _withdrawn(work: _Work) -> str | None:
    notices = (found for found in work.updated_by or () if found.type in _RETRACTIONS)
    found = next(notices, None)
    return f"Crossref has a {found.type}, {found.doi}" if found else None


def _name(author: _Author) -> str:
    """Returns a name as "Ada Example", or that of an organization."""
    person = f"{author.given or ''} {author.family or ''} {author.suffix or ''}"
    return line(person) or line(author.name)


def _date(work: _Work) -> str | None:
    return next(filter(None, _dates(work)), None)


def _dates(work: _Work) -> Iterator[str | None]:
    for date in (work.published, work.issued, work.posted, work.created):
        parts = date.parts[0] if date and date.parts else ()
        known = zip(takewhile(bool, parts), _DIGITS, strict=False)
        yield parse_partial_date("-".join(f"{n:0{width}d}" for n, width in known))


SERVICE = JsonService(
    "crossref",
    "Crossref",
    "works of Crossref's API as JSON, one or a list of items",
    _read,
)
CROSSREF = SERVICE.importer()


def works(reply: str) -> tuple[Work, ...]:
    """Returns the works in a reply of Crossref's API: one, or those that a search has found.

    Raises:
        BroadsheetError: It isn't such a reply.
    """
    return SERVICE.works(reply)
