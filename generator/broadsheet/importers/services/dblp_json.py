"""Results of a search in dblp as JSON: https://dblp.org/faq/13501473.html."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from broadsheet.base.identifiers import parse_partial_date
from broadsheet.content.records import Record
from broadsheet.importers.services.dblp import person_of, title_of
from broadsheet.importers.services.json_works import JsonService, Lenient, Part, Place
from broadsheet.importers.services.plain import line, tagged_line
from broadsheet.importers.services.work import Work, identifiers, venue


class _Author(Part):
    text: str


class _Authors(Part):
    """The authors. One author isn't in a list."""

    author: _Author | tuple[_Author, ...] = ()


class _Info(Part):
    authors: Lenient[_Authors] = None
    title: Lenient[str] = None
    venue: Lenient[str | tuple[str, ...]] = None
    year: Lenient[str] = None
    kind: Lenient[str] = Field(None, validation_alias="type")
    volume: Lenient[str] = None
    doi: Lenient[str] = None
    ee: Lenient[str] = None


def _read(value: Mapping[str, Any], place: Place) -> Work | None:
    info = place.parsed(_Info, value)
    if info.kind == "Editorship":
        place.remark("type", "an entry isn't a paper but lists others", "skipped")
        return None
    found = info.authors.author if info.authors else ()
    authors = (found,) if isinstance(found, _Author) else found
    names = (info.venue,) if isinstance(info.venue, str) else (info.venue or ())
    in_corr = (info.volume or "").removeprefix("abs/") if "CoRR" in names else None
    arxiv, doi = identifiers((info.doi, info.ee, in_corr))
    record = Record(
        place.source,
        place.line,
        title=title_of(tagged_line(info.title)) or None,
        authors=tuple(person_of(line(author.text)) for author in authors),
        arxiv=arxiv,
        doi=doi,
        published=parse_partial_date(info.year or ""),
        venue=venue(*map(line, names)),
    )
    return Work(record, published_doi=doi if arxiv else None)


SERVICE = JsonService(
    "dblp-json", "dblp", "results of a search for publications in dblp as JSON", _read
)
DBLP_JSON = SERVICE.importer()
