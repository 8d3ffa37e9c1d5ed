"""arXiv's metadata as JSON Lines, one paper on each line, as its snapshots have it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from broadsheet.base.identifiers import parse_arxiv, parse_doi
from broadsheet.content.records import Record
from broadsheet.importers.forgiving import names_in
from broadsheet.importers.lines import quoted
from broadsheet.importers.services.arxiv_text import (
    abstract_of,
    latex_line,
    month_of,
    people_in,
    version_of,
    withdrawn_in,
)
from broadsheet.importers.services.json_works import JsonService, Lenient, Part, Place
from broadsheet.importers.services.plain import day_in
from broadsheet.importers.services.work import Work


class _Version(Part):
    version: str
    created: str | None = None


class _Paper(Part):
    id: Lenient[str] = None
    title: Lenient[str] = None
    authors: Lenient[str] = None
    authors_parsed: Lenient[tuple[tuple[str, ...], ...]] = None
    comments: Lenient[str] = None
    journal_ref: Lenient[str] = Field(None, validation_alias="journal-ref")
    doi: Lenient[str] = None
    categories: Lenient[str] = None
    abstract: Lenient[str] = None
    versions: Lenient[tuple[_Version, ...]] = None


def _read(value: Mapping[str, Any], place: Place) -> Work | None:
    paper = place.parsed(_Paper, value)
    arxiv = parse_arxiv(paper.id or "")
    if not arxiv:
        place.remark("id", f"{quoted(str(paper.id))} isn't an arXiv id", "skipped")
        return None
    doi = _doi(paper, place)
    comment = latex_line(paper.comments) or None
    abstract = abstract_of(paper.abstract or "")
    record = Record(
        place.source,
        place.line,
        title=latex_line(paper.title) or None,
        authors=_authors(paper, place),
        arxiv=arxiv,
        doi=doi,
        published=_date(paper, arxiv),
        venue=latex_line(paper.journal_ref) or None,
        abstract=abstract,
    )
    return Work(
        record,
        categories=tuple((paper.categories or "").split()),
        version=version_of(paper.versions[-1].version) if paper.versions else None,
        withdrawn=withdrawn_in(comment, abstract),
        published_doi=doi,
        comment=comment,
    )


def _glance(value: Mapping[str, Any]) -> Record:
    """Returns the categories and the month of a paper, as far as they are in their usual form."""
    arxiv = parse_arxiv(str(value.get("id"))) or ""
    return Record(
        "", 0, published=month_of(arxiv), keywords=tuple(str(value.get("categories")).split())
    )


def _doi(paper: _Paper, place: Place) -> str | None:
    """Returns the DOI. Some papers have those of several parts, of which none is that of all."""
    given = (paper.doi or "").replace(",", " ").split()
    if len(given) > 1:
        place.remark("doi", f"several DOIs, {quoted(' '.join(given))}; left out")
        return None
    return parse_doi(given[0]) if given else None


def _authors(paper: _Paper, place: Place) -> tuple[str, ...]:
    if paper.authors_parsed:
        return tuple(filter(None, map(_name, paper.authors_parsed)))
    plain = people_in(paper.authors or "")
    names = names_in(plain) if plain else []
    if names is None:
        place.remark("authors", f"can't tell the names in {quoted(plain)}; left out")
    return tuple(names or ())


def _name(parts: tuple[str, ...]) -> str:
    """Returns "Ada Example Jr." for the family name, the given names and the suffix."""
    family, given, suffix = (*parts, "", "", "")[:3]
    return latex_line(f"{given} {family} {suffix}")


def _date(paper: _Paper, arxiv: str) -> str | None:
    """Returns the day of the first version, or else the month in the id."""
    first = paper.versions[0] if paper.versions else None
    if first and first.version == "v1":
        day = day_in(first.created or "")
        if day:
            return day
    return month_of(arxiv)


SERVICE = JsonService(
    "arxiv-dump",
    "arXiv's metadata",
    "arXiv's metadata as JSON Lines, as in arxiv-metadata-oai-snapshot.json",
    _read,
    _glance,
)
ARXIV_DUMP = SERVICE.importer()
