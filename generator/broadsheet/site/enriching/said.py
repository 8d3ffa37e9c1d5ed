"""What a service says about a paper, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError

from broadsheet.base.identifiers import title_key
from broadsheet.citations.names import parse_name
from broadsheet.content.model import Cited, Facts, Links, Paper, Withdrawal
from broadsheet.importers.services.work import Work

# What can be filled in, in the order in which it's shown.
FIELDS = (
    "title",
    "authors",
    "arxiv",
    "doi",
    "published",
    "venue",
    "code",
    "abstract",
    "categories",
    "version",
    "citations",
    "withdrawn",
)
# Abstracts are long, and not everyone wants to publish them.
USUAL = tuple(name for name in FIELDS if name != "abstract")


@dataclass(frozen=True)
class Said:
    """What a service says about a paper.

    Attributes:
        service: The name of the service.
        on: The day on which it said so.
        work: The answer.
        values: What it says, by the names in `FIELDS`.
    """

    service: str
    on: date
    work: Work
    values: Mapping[str, Any] = field(default_factory=dict)


def said(service: str, on: date, work: Work) -> Said:
    """Returns the answer of a service as values of fields."""
    record = work.record
    is_arxiv = service == "arXiv"
    values = {
        "title": record.title,
        "authors": record.authors,
        "arxiv": record.arxiv,
        "doi": record.doi,
        "published": record.published,
        "venue": record.venue,
        "code": record.links.get("code"),
        "abstract": record.abstract,
        # Other services have labels of their own.
        "categories": work.categories if is_arxiv else None,
        "version": work.version if is_arxiv else None,
        "citations": work.citations,
        "withdrawn": work.withdrawn,
    }
    valid = {name: _valid(name, value, on) for name, value in values.items() if value}
    return Said(service, on, work, {name: value for name, value in valid.items() if value})


def _valid(name: str, value: Any, on: date) -> Any:
    """Returns a value as files of content may have it, or None if they may not."""
    try:
        if name == "code":
            return Links.model_validate({"code": value}).code
        if name in ("categories", "version"):
            return getattr(Facts.model_validate({name: value}), name)
        if name == "citations":
            return Cited(count=value, read=on).count
        if name == "withdrawn":
            return Withdrawal(on=on, reason=value).reason
        return getattr(Paper.model_validate({"slug": "a", name: value}), name)
    except ValidationError:
        return None


def value_of(paper: Paper, name: str) -> Any:
    """Returns what a paper has in a field, or nothing."""
    facts = paper.facts
    if name == "code":
        return paper.links.code
    if name in ("categories", "version"):
        return getattr(facts, name) if facts else None
    if name == "citations":
        return facts.cited if facts else None
    return getattr(paper, name)


def lacks(paper: Paper, names: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the fields that a paper doesn't have. Almost no paper is withdrawn."""
    return tuple(name for name in names if name != "withdrawn" and not value_of(paper, name))


def family(name: str) -> str:
    """Returns a key for the family name of an author."""
    return title_key(parse_name(name).last)


def title_keys(paper: Paper) -> frozenset[str]:
    """Returns the keys of all titles of a paper."""
    titles = (title for title in (paper.title, *paper.other_titles) if title)
    return frozenset(filter(None, map(title_key, titles)))
