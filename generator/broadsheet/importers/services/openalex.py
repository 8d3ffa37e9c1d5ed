"""Works of OpenAlex: https://docs.openalex.org/api-entities/works/work-object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from broadsheet.base.identifiers import parse_partial_date
from broadsheet.content.records import Record
from broadsheet.importers.services.json_works import JsonService, Lenient, Part, Place
from broadsheet.importers.services.plain import line, paragraphs, tagged_line
from broadsheet.importers.services.work import Work, arxiv_in, identifiers, pdf_link, venue

# What OpenAlex lists, too, but isn't a paper.
_NO_PAPERS = frozenset(["paratext", "erratum", "retraction"])


class _Named(Part):
    display_name: Lenient[str] = None


class _Authorship(Part):
    author: _Named | None = None
    raw_author_name: str | None = None


class _Source(Part):
    display_name: Lenient[str] = None
    type: Lenient[str] = None


class _Location(Part):
    landing_page_url: Lenient[str] = None
    pdf_url: Lenient[str] = None
    source: Lenient[_Source] = None
    raw_source_name: Lenient[str] = None
    version: Lenient[str] = None


class _Ids(Part):
    doi: Lenient[str] = None
    arxiv: Lenient[str] = None


class _Work(Part):
    doi: Lenient[str] = None
    ids: Lenient[_Ids] = None
    title: Lenient[str] = None
    display_name: Lenient[str] = None
    type: Lenient[str] = None
    authorships: Lenient[tuple[_Authorship, ...]] = None
    is_authors_truncated: Lenient[bool] = None
    publication_date: Lenient[str] = None
    publication_year: Lenient[int] = None
    primary_location: Lenient[_Location] = None
    best_oa_location: Lenient[_Location] = None
    locations: Lenient[tuple[_Location, ...]] = None
    abstract_inverted_index: Lenient[Mapping[str, tuple[int, ...]]] = None
    cited_by_count: Lenient[int] = None
    is_retracted: Lenient[bool] = None
    is_paratext: Lenient[bool] = None
    topics: Lenient[tuple[_Named, ...]] = None
    concepts: Lenient[tuple[_Named, ...]] = None
    keywords: Lenient[tuple[_Named, ...]] = None


def _read(value: Mapping[str, Any], place: Place) -> Work | None:
    work = place.parsed(_Work, value)
    if work.is_paratext or work.type in _NO_PAPERS:
        place.remark("type", f"a work isn't a paper but {work.type or 'paratext'}", "skipped")
        return None
    locations = [found for found in (work.primary_location, *(work.locations or ())) if found]
    arxiv, doi = _ids(work, locations, place)
    open_access = [work.best_oa_location] if work.best_oa_location else []
    record = Record(
        place.source,
        place.line,
        title=tagged_line(work.title or work.display_name) or None,
        authors=_authors(work, place),
        arxiv=arxiv,
        doi=doi,
        published=_date(work),
        venue=_venue(locations),
        links=pdf_link(*(found.pdf_url for found in (*open_access, *locations))),
        abstract=_abstract(work.abstract_inverted_index or {}, place),
    )
    return Work(
        record,
        citations=work.cited_by_count,
        categories=_categories(work),
        withdrawn="OpenAlex marks it as retracted" if work.is_retracted else None,
        published_doi=doi if arxiv else None,
    )


def _ids(
    work: _Work, locations: Iterable[_Location], place: Place
) -> tuple[str | None, str | None]:
    """Returns the arXiv id and the DOI. A work that is on arXiv twice has neither id for sure."""
    ids = work.ids or _Ids()
    arxiv, doi = identifiers((ids.arxiv, work.doi, ids.doi))
    addresses = [a for found in locations for a in (found.landing_page_url, found.pdf_url) if a]
    on_arxiv = dict.fromkeys(filter(None, map(arxiv_in, addresses)))
    if not arxiv and len(on_arxiv) > 1:
        message = f"a work has several arXiv ids, {' and '.join(on_arxiv)}; left out"
        place.remark("locations", message, "add the right one to its file")
    return arxiv or (next(iter(on_arxiv)) if len(on_arxiv) == 1 else None), doi


def _authors(work: _Work, place: Place) -> tuple[str, ...]:
    if work.is_authors_truncated:
        message = "OpenAlex lists only the first authors of a work; left out"
        place.remark("authorships", message, "save the single work instead of a list")
        return ()
    names = (
        line((found.author.display_name if found.author else None) or found.raw_author_name)
        for found in work.authorships or ()
    )
    return tuple(filter(None, names))


def _date(work: _Work) -> str | None:
    """Returns the date. January 1 is what OpenAlex writes if it only knows the year."""
    date = (work.publication_date or "").removesuffix("-01-01")
    return parse_partial_date(date) or parse_partial_date(str(work.publication_year))


def _venue(locations: Iterable[_Location]) -> str | None:
    names = (
        (found.source.display_name if found.source else None) or found.raw_source_name
        for found in locations
        if not (found.source and found.source.type == "repository")
    )
    return venue(*map(line, filter(None, names)))


def _abstract(index: Mapping[str, tuple[int, ...]], place: Place) -> str | None:
    """Returns the text of an abstract, of which OpenAlex gives the positions of each word."""
    words = sorted((position, word) for word, places in index.items() for position in places)
    if words and words[-1][0] - words[0][0] >= len(words):
        place.remark(
            "abstract_inverted_index", "an abstract lacks words", "compare it with the paper"
        )
    return "\n\n".join(paragraphs(" ".join(word for _, word in words))) or None


def _categories(work: _Work) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(_names((*(work.topics or work.concepts or ()), *(work.keywords or ()))))
    )


def _names(values: Iterable[_Named]) -> Iterator[str]:
    return (found for found in (line(value.display_name) for value in values) if found)


SERVICE = JsonService(
    "openalex",
    "OpenAlex",
    "works of OpenAlex's API as JSON, one or a list of results",
    _read,
)
OPENALEX = SERVICE.importer()


def works(reply: str) -> tuple[Work, ...]:
    """Returns the works in a reply of OpenAlex's API.

    Raises:
        BroadsheetError: It isn't such a reply.
    """
    return SERVICE.works(reply)
