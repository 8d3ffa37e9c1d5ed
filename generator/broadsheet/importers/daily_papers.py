"""Importer for Hugging Face's daily papers as JSON: one day, many days, or one day on each line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from broadsheet.base.errors import Problem, sorted_problems, warning
from broadsheet.base.identifiers import parse_arxiv
from broadsheet.content.records import Reading, Record
from broadsheet.importers import cells
from broadsheet.importers.finished import divided, finished, left_out
from broadsheet.importers.importer import Importer
from broadsheet.importers.json_values import Found, Walk, document, starts_as_json, top_values
from broadsheet.importers.lines import quoted
from broadsheet.importers.table_dates import table_date

NAME = "daily-papers"
# What objects of the API have besides a paper. Other sources have "paper", too.
_USUAL = frozenset(
    [
        *("upvotes", "publishedAt", "submittedOnDailyAt", "submittedBy", "numComments"),
        *("thumbnail", "discussionId", "isAuthorParticipating"),
    ]
)
_MOST_SKIPPED = 20
# What an entry repeats of its paper. Its "publishedAt" is the day of the list.
_ALSO_OUTSIDE = ("title", "summary")


def looks_like(text: str) -> bool:
    """Whether the first object that isn't an error is one of daily papers."""
    if not starts_as_json(text):
        return False
    for _, found in zip(range(_MOST_SKIPPED), _values(text, ""), strict=False):
        if isinstance(found, Found) and isinstance(found.value, dict):
            if _is_entry(found.value):
                return True
            if "error" not in found.value:
                return False
    return False


def read(text: str, source: str) -> Reading:
    """Reads all papers. Days without papers and broken entries become problems."""
    values = _values(text, source)
    records, problems = divided(result for found in values for result in _results(found, source))
    return Reading(NAME, source, records=records, problems=sorted_problems(problems))


def _values(text: str, source: str) -> Iterator[Found | Problem]:
    """Yields the entries of all days, and what there is instead of some."""
    one = document(text, source)
    if isinstance(one, Found) and not _is_entry(one.value):
        walk = Walk(text.removeprefix("\ufeff"), source)
        for _, at in walk.members(walk.skip(0)):
            is_day = walk.text.startswith("[", at)
            yield from walk.items(at) if is_day else iter([walk.value(at)])
        return
    for found in top_values(text, source):
        if isinstance(found, Found) and isinstance(found.value, list):
            yield from (Found(found.line, value) for value in found.value)
        elif isinstance(found, Found) and _is_day(found.value):
            days = (value for value in found.value.values() if isinstance(value, list))
            yield from (Found(found.line, value) for day in days for value in day)
        else:
            yield found


def _is_day(value: Any) -> bool:
    """Whether an object has a list of entries, such as {"2024-03-18": [...]}."""
    return (
        isinstance(value, Mapping)
        and not _is_entry(value)
        and any(isinstance(inner, list) and any(map(_is_entry, inner)) for inner in value.values())
    )


def _is_entry(value: Any) -> bool:
    if not isinstance(value, Mapping) or "paper" not in value:
        return False
    paper = value["paper"]
    keys = value.keys() | (paper.keys() if isinstance(paper, Mapping) else set())
    return bool(_USUAL & keys)


def _results(found: Found | Problem, source: str) -> Iterator[Record | Problem]:
    if isinstance(found, Problem):
        yield found
        return
    value = found.value
    if isinstance(value, Mapping) and "error" in value and "paper" not in value:
        message = f"has an error instead of papers: {quoted(str(value['error']))}"
        yield warning(source, found.line, "", message, "download this day again")
    elif not isinstance(value, Mapping):
        message = f"isn't an entry with a paper: {quoted(str(value))}; skipped"
        yield Problem(source, found.line, "", message)
    else:
        yield from _record(value, found.line, source)


def _record(entry: Mapping[str, Any], line: int, source: str) -> Iterator[Record | Problem]:
    """Yields the record of an entry. If "paper" is no object, the entry itself may have its facts.

    "summary" is the abstract on arXiv. Summaries by a program aren't read.
    """
    inner = entry.get("paper")
    outer = {name: value for name, value in entry.items() if name in _ALSO_OUTSIDE}
    paper: Mapping[str, Any] = {**outer, **inner} if isinstance(inner, Mapping) else entry
    found: dict[str, Any] = {}
    if isinstance(inner, str) and parse_arxiv(inner):
        paper = {"id": inner, **paper}
    for name, field, read_value in _FIELDS:
        value = paper.get(name)
        if cells.is_blank(value):
            continue
        try:
            found[field] = read_value(value)
        except ValueError as error:
            yield left_out(str(error), f"paper.{name}", line, source)
    links = {name: found.pop(name) for name in ("code", "project") if name in found}
    advice = "each entry needs paper.id or paper.title"
    yield from finished({**found, "links": links}, line, source, advice=advice)


def _date(value: Any) -> str:
    found = table_date(cells.line_of(value))
    if found is None:
        raise ValueError(f"{quoted(str(value))} isn't a date")
    return found


_FIELDS = (
    ("id", "arxiv", cells.arxiv_of),
    ("title", "title", cells.line_of),
    ("authors", "authors", cells.names_of),
    ("publishedAt", "published", _date),
    ("summary", "abstract", lambda value: " ".join(cells.paragraphs_of(value).split())),
    ("githubRepo", "code", cells.link_of),
    ("projectPage", "project", cells.link_of),
)

DAILY_PAPERS = Importer(
    NAME,
    "Hugging Face's daily papers as JSON, one day or many",
    looks_like,
    read,
)
