"""Importers: they read a text and return records with provenance, and problems.

`IMPORTERS` has ours, and `importers` those of other packages, too. `detect` finds the one for a
text, `read` reads it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from broadsheet.base.encoding import decode
from broadsheet.base.errors import BroadsheetError, Problem, suggest
from broadsheet.base.extensions import IMPORTERS as GROUP
from broadsheet.base.extensions import extensions, guarded
from broadsheet.content.columns import NO_CHOICES, ColumnChoices, kept_for
from broadsheet.importers.bibtex import BIBTEX
from broadsheet.importers.csl_json import CSL_JSON
from broadsheet.importers.daily_papers import DAILY_PAPERS
from broadsheet.importers.dataset_viewer import DATASET_VIEWER
from broadsheet.importers.importer import Importer, Reading
from broadsheet.importers.json_objects import JSON
from broadsheet.importers.json_values import starts_as_json
from broadsheet.importers.lines import SourceLine, quoted, source_lines
from broadsheet.importers.mapping import column_named
from broadsheet.importers.markdown import HTML, MARKDOWN
from broadsheet.importers.markdown_page import start_of
from broadsheet.importers.own_export import OWN_EXPORT
from broadsheet.importers.papers_page import PAPERS_PAGE
from broadsheet.importers.papers_with_code import PAPERS_WITH_CODE
from broadsheet.importers.records_jsonl import RECORDS
from broadsheet.importers.reference_json import MENDELEY, PAPERPILE
from broadsheet.importers.ris import RIS
from broadsheet.importers.services.arxiv_api import ARXIV_API
from broadsheet.importers.services.arxiv_dump import ARXIV_DUMP
from broadsheet.importers.services.arxiv_oai import ARXIV_OAI
from broadsheet.importers.services.crossref import CROSSREF
from broadsheet.importers.services.dblp import DBLP
from broadsheet.importers.services.dblp_json import DBLP_JSON
from broadsheet.importers.services.feeds import FEED
from broadsheet.importers.services.json_works import service_of
from broadsheet.importers.services.openalex import OPENALEX
from broadsheet.importers.services.opml import OPML
from broadsheet.importers.services.semantic_scholar import SEMANTIC_SCHOLAR
from broadsheet.importers.table import TABLE
from broadsheet.importers.wanted import Wanted
from broadsheet.importers.weekly_article import WEEKLY_ARTICLE

__all__ = [
    "IMPORTERS",
    "Importer",
    "Reading",
    "Wanted",
    "decode",
    "detect",
    "importers",
    "read",
    "read_lines",
]

# To add an importer, write its module, list it here and add a golden pair to the tests.
IMPORTERS: tuple[Importer, ...] = (
    WEEKLY_ARTICLE,
    PAPERS_PAGE,
    DATASET_VIEWER,
    RECORDS,
    BIBTEX,
    RIS,
    OPENALEX,
    SEMANTIC_SCHOLAR,
    CROSSREF,
    ARXIV_API,
    CSL_JSON,
    PAPERPILE,
    MENDELEY,
    ARXIV_DUMP,
    ARXIV_OAI,
    DBLP,
    DBLP_JSON,
    DAILY_PAPERS,
    PAPERS_WITH_CODE,
    OWN_EXPORT,
    FEED,
    OPML,
    TABLE,
    JSON,
    MARKDOWN,
    HTML,
)


# Enough of a text to recognize it, unless it's JSON, which can't be read in part.
_HEAD = 1024 * 1024


def importers() -> tuple[Importer, ...]:
    """Returns all importers: ours, and those that other packages register.

    Raises:
        BroadsheetError: One of another package can't be used.
    """
    others = extensions(GROUP, Importer, tuple(each.name for each in IMPORTERS))
    return (*IMPORTERS, *map(_guarded, others))


def _guarded(other: Importer) -> Importer:
    looks_like = guarded(GROUP, other.name, other.looks_like)
    return replace(other, looks_like=looks_like, read=guarded(GROUP, other.name, other.read))


def detect(text: str, source: str) -> Importer:
    """Returns the importer that recognizes a text.

    Raises:
        BroadsheetError: No importer or more than one recognizes the text.
    """
    service = service_of(text)
    if service:
        # Its first work says so. Others would read all of a long line to see that it isn't theirs.
        return _named(service, source)
    seen = text if starts_as_json(text) else start_of(text, _HEAD)
    found = [importer for importer in importers() if importer.looks_like(seen)]
    # What reads any columns comes after what knows what it reads.
    found = [importer for importer in found if not importer.read_columns] or found
    if len(found) == 1:
        return found[0]
    raise BroadsheetError(_ambiguous(found, source) if found else _unrecognized(text, source))


def read(
    text: str,
    source: str,
    importer: str | None = None,
    choices: ColumnChoices = NO_CHOICES,
) -> Reading:
    """Reads a text.

    Args:
        text: The text.
        source: Its name, which goes into provenance and problems.
        importer: The name of an importer. By default it's detected.
        choices: What people say about the columns of tables.

    Raises:
        BroadsheetError: The importer is unknown or can't be detected, or it can't read the text.
    """
    if importer:
        found = _named(importer, source)
    else:
        found = _by_choices(text, choices) or detect(text, source)
    if found.read_columns:
        return found.read_columns(text, source, choices)
    return found.read(text, source)


def _by_choices(text: str, choices: ColumnChoices) -> Importer | None:
    """Returns the importer for a table that people have said something about, if it's one."""
    for importer in importers():
        names = importer.names_of(text) if choices.given or choices.kept else ()
        is_given = any(column_named(name, names) for _, name in choices.given)
        if names and (is_given or kept_for(names, choices.kept, whole=True)):
            return importer
    return None


def read_lines(
    lines: Iterable[SourceLine], source: str, wanted: Wanted, importer: str | None = None
) -> Reading:
    """Reads a source that is too large for memory, and keeps only the records that are wanted.

    Args:
        lines: Its lines, which are read one at a time.
        source: Its name.
        wanted: Which records to keep.
        importer: The name of an importer. By default, the first line tells.

    Raises:
        BroadsheetError: No importer reads such sources line by line, a condition has an unknown
            name, or everything is wanted.
    """
    lines = iter(lines)
    first = next((line for line in lines if line.text.strip()), SourceLine(1, ""))
    able = [found for found in importers() if found.read_lines]
    chosen = _named(importer, source) if importer else None
    chosen = chosen or next((found for found in able if found.looks_like(first.text)), None)
    if chosen is None or chosen.read_lines is None:
        message = "is too large to be read at once"
        advice = f"split it into several files; only {_listed(able)} can be read line by line"
        raise BroadsheetError(Problem(source, 0, "", message, advice))
    if wanted.is_all:
        message = "has more papers than a site can use"
        advice = "choose some, as with --where categories=cs.CL --since 2024-11-01"
        raise BroadsheetError(Problem(source, 0, "", message, advice))
    wanted.refuse_unknown(Reading(chosen.name, source))
    return chosen.read_lines(chain([first], lines), source, wanted)


def _listed(importers: Iterable[Importer]) -> str:
    return ", ".join(importer.name for importer in importers)


def _named(name: str, source: str) -> Importer:
    known = {importer.name: importer for importer in importers()}
    if name not in known:
        message = f"unknown importer {name!r}"
        raise BroadsheetError(Problem(source, 0, "", message, suggest(name, known)))
    return known[name]


def _unrecognized(text: str, source: str) -> Problem:
    lines = source_lines(text)
    if not lines:
        return Problem(source, 0, "", "is empty", "nothing to import")
    return Problem(
        source,
        lines[0].number,
        "",
        f"no importer recognizes this text, which starts with {quoted(lines[0].text)}",
        "choose one with --as NAME; `broadsheet import --help` lists them",
    )


def _ambiguous(found: list[Importer], source: str) -> Problem:
    names = " and ".join(importer.name for importer in found)
    message = f"more than one importer recognizes this text: {names}"
    return Problem(source, 0, "", message, "choose one with --as NAME")
