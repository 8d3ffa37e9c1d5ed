"""Turning what was found about a paper into a record. What the schema refuses is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from broadsheet.base.errors import Problem, warning
from broadsheet.base.text import shortened
from broadsheet.content.draft import MAPPINGS
from broadsheet.content.fields import Line
from broadsheet.content.model import Paper
from broadsheet.content.parts import Value
from broadsheet.content.records import Record
from broadsheet.importers.lines import SHOWN_LENGTH

_OF_PAPERS = (
    *("title", "other_titles", "authors", "arxiv", "doi", "published", "venue", "links"),
    *("tldr", "summary", "abstract", "extra"),
)


# What a field must hold, by the kind of Pydantic's error.
_EXPECTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
}


class _Listing(Value):
    """What records say about the lists that papers are in."""

    topics: tuple[Line, ...] = ()
    keywords: tuple[Line, ...] = ()
    issue: Line | None = None
    section: Line | None = None
    number: Line | None = None
    collection: Line | None = None


def finished(
    found: Mapping[str, Any],
    line: int,
    source: str,
    names: Mapping[str, str] = {},
    advice: str = "add a title, an arXiv id or a DOI",
) -> Iterator[Record | Problem]:
    """Yields a record, if what was found identifies a paper, and what is wrong with it.

    Args:
        found: The fields of a record.
        line: The line in the source.
        source: The name of the source.
        names: What the source calls fields, for problems.
        advice: What to do if it doesn't identify a paper.
    """
    paper, listing, said = _valid(found)
    for field, message in said.items():
        yield left_out(message, names.get(field, field), line, source)
    if not (paper.title or paper.arxiv or paper.doi):
        yield Problem(source, line, "", "doesn't identify a paper", f"{advice}; skipped")
        return
    given = {name: getattr(paper, name) for name in _OF_PAPERS}
    given["links"] = paper.links.named()
    yield Record(source, line, **given, **listing.model_dump())


def divided(
    results: Iterable[Record | Problem],
) -> tuple[tuple[Record, ...], list[Problem]]:
    """Returns the records and the problems among some results."""
    records: list[Record] = []
    problems: list[Problem] = []
    for result in results:
        if isinstance(result, Record):
            records.append(result)
        else:
            problems.append(result)
    return tuple(records), problems


def left_out(said: str, field: str, line: int, source: str) -> Problem:
    """Returns a warning about a value that was left out, with "message; advice"."""
    message, _, advice = said.removeprefix("Value error, ").partition("; ")
    shown = shortened(field, SHOWN_LENGTH)
    return warning(source, line, shown, f"{message}; left out", advice)


def said_of(error: ErrorDetails) -> str:
    """Returns what is wrong about a value, with "message; advice"."""
    if error["type"] == "too_long":
        return f"has more than {error['ctx']['max_length']:,} values"
    expected = _EXPECTED.get(error["type"])
    return f"must be {expected}" if expected else error["msg"]


def _valid(found: Mapping[str, Any]) -> tuple[Paper, _Listing, dict[str, str]]:
    """Returns what the schema allows, and what is wrong with each other field."""
    given, said = dict(found), dict[str, str]()
    while True:
        try:
            of_paper = {name: given[name] for name in _OF_PAPERS if name in given}
            of_lists = {name: given[name] for name in given if name not in _OF_PAPERS}
            paper = Paper.model_validate({"slug": "a", **of_paper})
            return paper, _Listing.model_validate(of_lists), said
        except ValidationError as error:
            for wrong in error.errors(include_url=False):
                field, *inner = wrong["loc"]
                if field in MAPPINGS and inner:
                    given[field] = {k: v for k, v in given[field].items() if k != inner[0]}
                    said[str(inner[0])] = said_of(wrong)
                else:
                    given.pop(str(field), None)
                    said[str(field)] = said_of(wrong)
