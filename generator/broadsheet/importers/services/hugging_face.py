"""What Hugging Face says about papers: https://huggingface.co/docs/hub/api.

Its own summaries and keywords are left out, because a model wrote them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import Field, TypeAdapter, ValidationError

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.identifiers import parse_arxiv, parse_partial_date
from broadsheet.content.fields import Url
from broadsheet.content.records import Record
from broadsheet.importers.services.json_works import JsonService, Lenient, Part, Place
from broadsheet.importers.services.plain import line, paragraphs, tagged_line
from broadsheet.importers.services.work import Work

_SERVICE = "Hugging Face"
_URL: TypeAdapter[str] = TypeAdapter(Url)


class _Author(Part):
    name: Lenient[str] = None


class _Paper(Part):
    id: Lenient[str] = None
    title: Lenient[str] = None
    abstract: Lenient[str] = Field(None, validation_alias="summary")
    authors: Lenient[tuple[_Author, ...]] = None
    published: Lenient[str] = Field(None, validation_alias="publishedAt")
    code: Lenient[str] = Field(None, validation_alias="githubRepo")
    project: Lenient[str] = Field(None, validation_alias="projectPage")


def _read(value: Mapping[str, Any], place: Place) -> Work | None:
    """Returns a paper in the list of daily papers."""
    return _work(value["paper"], place)


def _work(value: Mapping[str, Any], place: Place) -> Work | None:
    paper = place.parsed(_Paper, value)
    arxiv = parse_arxiv(paper.id or "")
    if not arxiv:
        place.remark("id", f"{paper.id!r} isn't an arXiv id", "skipped")
        return None
    record = Record(
        place.source,
        place.line,
        title=tagged_line(paper.title) or None,
        authors=tuple(filter(None, (line(author.name) for author in paper.authors or ()))),
        arxiv=arxiv,
        published=parse_partial_date((paper.published or "")[:10]),
        links=_links(paper),
        abstract="\n\n".join(paragraphs(paper.abstract or "")) or None,
    )
    return Work(record)


def _links(paper: _Paper) -> dict[str, str]:
    links: dict[str, str] = {}
    for name, address in (("code", paper.code), ("project", paper.project)):
        try:
            links[name] = _URL.validate_python(address)
        except ValidationError:
            continue  # it has none, or something that isn't a URL
    return links


SERVICE = JsonService(
    "daily-papers",
    _SERVICE,
    "daily papers of Hugging Face as JSON",
    _read,
)
DAILY_PAPERS = SERVICE.importer()


def works(reply: str) -> tuple[Work, ...]:
    """Returns the paper in the reply to a question about one.

    Raises:
        BroadsheetError: It isn't such a reply.
    """
    try:
        found = json.loads(reply)
    except (ValueError, RecursionError) as error:
        raise _unreadable("invalid JSON") from error
    work = _work(found, Place(_SERVICE, 0)) if isinstance(found, dict) else None
    if work is None:
        raise _unreadable("expected a paper with an arXiv id")
    return (work,)


def _unreadable(message: str) -> BroadsheetError:
    message = f"{_SERVICE} sent an unreadable reply: {message}"
    return BroadsheetError(Problem(_SERVICE, 0, "", message))
