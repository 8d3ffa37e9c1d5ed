"""Importer for the data of Papers with Code: papers with abstracts, and links to their code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from broadsheet.base.errors import Problem, sorted_problems, warning
from broadsheet.base.text import counted
from broadsheet.content.records import Reading, Record
from broadsheet.importers import cells
from broadsheet.importers.finished import divided, finished, left_out
from broadsheet.importers.importer import Importer
from broadsheet.importers.json_values import first_value, starts_as_json, top_values
from broadsheet.importers.lines import quoted
from broadsheet.importers.table_dates import table_date

NAME = "papers-with-code"
_OF_PAPERS = frozenset(["paper_url", "title", "abstract"])
_OF_LINKS = frozenset(["paper_title", "repo_url"])
# The month of a conference behind its year, as in "ACL 2021 5".
_VENUE_MONTH = re.compile(r"(?<=\b\d{4}) \d{1,2}$")


def looks_like(text: str) -> bool:
    """Whether the first object is a paper or a link of Papers with Code."""
    if not starts_as_json(text):
        return False
    return _kind(first_value(text)) is not None


def _kind(value: Any) -> Callable[[Mapping[str, Any]], Mapping[str, Any]] | None:
    keys = value.keys() if isinstance(value, Mapping) else set()
    if keys >= _OF_PAPERS and keys & {"url_abs", "url_pdf", "arxiv_id", "proceeding"}:
        return _of_paper
    if keys >= _OF_LINKS and keys & {"is_official", "paper_arxiv_id", "mentioned_in_paper"}:
        return _of_link
    return None


def read(text: str, source: str) -> Reading:
    """Reads all papers, and those that links with official code name."""
    unofficial: list[int] = []
    records, problems = divided(_results(text, source, unofficial))
    if unofficial:
        message = f"left out {counted(len(unofficial), 'link')} to code by other people"
        problems.append(warning(source, unofficial[0], "is_official", message))
    return Reading(NAME, source, records=records, problems=sorted_problems(problems))


def _results(text: str, source: str, unofficial: list[int]) -> Iterator[Record | Problem]:
    """Yields records and problems, and adds the lines of links to code by other people."""
    for found in top_values(text, source):
        if isinstance(found, Problem):
            yield found
        elif (values_of := _kind(found.value)) is None:
            message = f"is neither a paper nor a link: {quoted(str(found.value))}; skipped"
            yield Problem(source, found.line, "", message)
        elif values_of is _of_link and not _is_official(found.value):
            unofficial.append(found.line)
        else:
            yield from _record(values_of(found.value), found.line, source)


def _is_official(link: Mapping[str, Any]) -> bool:
    return link.get("is_official") in (True, "true", "True", "1")


def _of_paper(value: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value.get(name) for name in _READERS}


def _of_link(value: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "title": value.get("paper_title"),
        "arxiv_id": value.get("paper_arxiv_id"),
        "url_abs": value.get("paper_url_abs"),
        "repo_url": value.get("repo_url"),
    }


def _record(values: Mapping[str, Any], line: int, source: str) -> Iterator[Record | Problem]:
    found: dict[str, Any] = {"links": {}}
    for name, value in values.items():
        if cells.is_blank(value):
            continue
        try:
            field, known = _READERS[name](value)
        except ValueError as error:
            yield left_out(str(error), name, line, source)
            continue
        if field in ("code", "pdf"):
            found["links"][field] = known
        elif field:
            found.setdefault(field, known)
    if "arxiv" in found:
        found["links"].pop("pdf", None)  # it follows from the id
    yield from finished(found, line, source)


def _address(value: Any) -> tuple[str, Any]:
    """Returns the arXiv id or DOI that an address has. Others lead to pages without a field."""
    kind, address = cells.address_of(value)
    return (kind, address) if kind in ("arxiv", "doi") else ("", None)


def _pdf(value: Any) -> tuple[str, Any]:
    kind, address = cells.address_of(value)
    return (kind or "pdf", address)


def _date(value: Any) -> tuple[str, str]:
    found = table_date(cells.line_of(value))
    if found is None:
        raise ValueError(f"{quoted(str(value))} isn't a date")
    return "published", found


_READERS: Mapping[str, Callable[[Any], tuple[str, Any]]] = {
    "title": lambda value: ("title", cells.line_of(value)),
    "arxiv_id": lambda value: ("arxiv", cells.arxiv_of(value)),
    "authors": lambda value: ("authors", cells.names_of(value)),
    "date": _date,
    "proceeding": lambda value: ("venue", _VENUE_MONTH.sub("", cells.line_of(value))),
    "tasks": lambda value: ("keywords", cells.words_of(value)),
    "abstract": lambda value: ("abstract", cells.paragraphs_of(value)),
    "url_abs": _address,
    "url_pdf": _pdf,
    "repo_url": lambda value: ("code", cells.link_of(value)),
}

PAPERS_WITH_CODE = Importer(
    NAME,
    "the data of Papers with Code: papers with abstracts, or links between papers and code",
    looks_like,
    read,
)
