"""Importer for BibTeX: entries such as `@article{key, title = {…}, author = {… and …}}`."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pylatexenc.latex2text import LatexNodes2Text

from broadsheet.base.errors import Problem, sorted_problems, warning
from broadsheet.base.identifiers import has_lost_zero, parse_arxiv, parse_doi, parse_partial_date
from broadsheet.content.records import Record
from broadsheet.importers.forgiving import natural_name
from broadsheet.importers.importer import Importer, Reading
from broadsheet.importers.lines import quoted
from broadsheet.importers.repairs import visible

NAME = "bibtex"
_START = re.compile(r"@\s*(?P<kind>[A-Za-z]+)\s*(?P<open>[{(])")
_KEY = re.compile(r"\s*[^\s,={}\"]+\s*,")
_FIELD = re.compile(r"[\s,]*(?P<name>[A-Za-z][\w:.+-]*)\s*=\s*")
_WORD = re.compile(r"[^\s,#{}\"=()]+")
_END = re.compile(r"[\s,]*[})]")
_GLUE = re.compile(r"\s*#\s*")
_NO_ENTRIES = frozenset(["comment", "preamble"])
_MONTHS = {calendar.month_abbr[n].casefold(): calendar.month_name[n] for n in range(1, 13)}
_ARXIV_IN_TEXT = re.compile(
    r"arxiv[:.\s]\s*(?:preprint\s+)?(?:arxiv:)?(?P<id>\d{4}\.\d{4,5})", re.IGNORECASE
)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(?P<id>.+)", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_BARE_PERCENT = re.compile(r"(?<!\\)%")


@dataclass(frozen=True)
class _Entry:
    """An entry with its fields in lowercase, and the line that it starts on."""

    line: int
    fields: Mapping[str, str]


class _BrokenEntryError(Exception):
    """An entry can't be read. The message says why."""


def looks_like(text: str) -> bool:
    """Whether the first line that isn't a comment starts an entry."""
    lines = (line.strip() for line in text.removeprefix("\ufeff").splitlines())
    first = next((line for line in lines if line and not line.startswith("%")), "")
    return _START.match(first) is not None


def read(text: str, source: str) -> Reading:
    """Reads the entries of a text. Broken entries become problems and are skipped."""
    records: list[Record] = []
    problems: list[Problem] = []
    for found in _entries(text.replace("\r\n", "\n").replace("\r", "\n"), source):
        if isinstance(found, Problem):
            problems.append(found)
            continue
        record = _record(found, source)
        if record.title or record.arxiv or record.doi:
            records.append(record)
            problems += _date_problems(found, record, source)
        else:
            advice = "add a title, an arXiv id (eprint) or a doi; the entry was skipped"
            problems.append(Problem(source, found.line, "", "doesn't identify a paper", advice))
    return Reading(NAME, source, records=tuple(records), problems=sorted_problems(problems))


def _entries(text: str, source: str) -> Iterator[_Entry | Problem]:
    macros = dict(_MONTHS)
    position = 0
    while start := _START.search(text, position):
        line = text.count("\n", 0, start.start()) + 1
        kind = start["kind"].casefold()
        try:
            if kind in _NO_ENTRIES:
                _, position = _braced(text, start.end())
                continue
            key = _KEY.match(text, start.end()) if kind != "string" else None
            fields, position = _fields(text, key.end() if key else start.end(), macros)
        except _BrokenEntryError as error:
            message = f"the entry {quoted(text[start.start() :].splitlines()[0])} {error}"
            yield Problem(source, line, "", message, "the entry was skipped")
            position = start.end()
            continue
        if kind == "string":
            macros |= fields
        else:
            yield _Entry(line, fields)


def _fields(text: str, position: int, macros: Mapping[str, str]) -> tuple[dict[str, str], int]:
    """Returns the fields of an entry and the position after it."""
    fields: dict[str, str] = {}
    while not (end := _END.match(text, position)):
        name = _FIELD.match(text, position)
        if not name:
            raise _BrokenEntryError(
                "has no closing brace" if position >= len(text.rstrip()) else "can't be read"
            )
        value, position = _value(text, name.end(), macros)
        fields.setdefault(name["name"].casefold(), value)
    return fields, end.end()


def _value(text: str, position: int, macros: Mapping[str, str]) -> tuple[str, int]:
    """Returns a value, which can be several parts joined by "#", and the position after it."""
    part, position = _part(text, position, macros)
    while glue := _GLUE.match(text, position):
        more, position = _part(text, glue.end(), macros)
        part += more
    return part, position


def _part(text: str, position: int, macros: Mapping[str, str]) -> tuple[str, int]:
    if text[position : position + 1] == "{":
        return _braced(text, position + 1)
    if text[position : position + 1] == '"':
        return _braced(text, position + 1, '"')
    word = _WORD.match(text, position)
    if not word:
        raise _BrokenEntryError("has a key without a value")
    return macros.get(word[0].casefold(), word[0]), word.end()


def _braced(text: str, position: int, closing: str = "}") -> tuple[str, int]:
    """Returns the text up to the closing brace or quote, and the position after that."""
    depth = 0
    for place in range(position, len(text)):
        char = text[place]
        if depth == 0 and char == closing:
            return text[position:place], place + 1
        depth += (char == "{") - (char == "}")
    raise _BrokenEntryError("has no closing brace")


def _record(entry: _Entry, source: str) -> Record:
    fields = entry.fields
    arxiv = _arxiv(fields)
    doi = parse_doi(fields.get("doi", "").replace("\\_", "_")) or parse_doi(fields.get("url", ""))
    venue = _plain(fields.get("booktitle") or fields.get("journal") or "")
    return Record(
        source,
        entry.line,
        title=_plain(fields.get("title", "")) or None,
        authors=tuple(_names(fields.get("author", ""))),
        arxiv=arxiv,
        doi=None if doi and _ARXIV_DOI.fullmatch(doi) else doi,
        published=_date(fields),
        venue=None if _names_arxiv(venue) else venue or None,
        abstract=_plain(fields.get("abstract", "")) or None,
    )


def _names_arxiv(venue: str) -> bool:
    return venue.casefold().startswith(("arxiv", "corr"))


def _arxiv(fields: Mapping[str, str]) -> str | None:
    kind = fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv"
    given = [fields.get("eprint", "")] if kind.casefold() == "arxiv" else []
    of_doi = _ARXIV_DOI.fullmatch(parse_doi(fields.get("doi", "")) or "")
    given += [of_doi["id"] if of_doi else "", fields.get("url", "")]
    for name in ("journal", "note", "howpublished", "volume"):
        found = _ARXIV_IN_TEXT.search(fields.get(name, ""))
        given.append(found["id"] if found else "")
    known = filter(None, map(parse_arxiv, given))
    return next((arxiv for arxiv in known if not has_lost_zero(arxiv)), None)


def _date(fields: Mapping[str, str]) -> str | None:
    """Returns the partial date of an entry, as far as it's known for sure."""
    date = fields.get("date", "").strip()
    if date:
        return parse_partial_date(date)
    year, month = fields.get("year", "").strip(), fields.get("month", "").strip().casefold()
    numbers = {name.casefold(): n for n, name in enumerate(calendar.month_name) if name}
    numbers |= {name.casefold(): n for n, name in enumerate(calendar.month_abbr) if name}
    number = numbers.get(month.rstrip("."), int(month) if month.isdigit() else 0)
    return (parse_partial_date(f"{year}-{number:02d}") if number else None) or (
        parse_partial_date(year)
    )


def _date_problems(entry: _Entry, record: Record, source: str) -> Iterator[Problem]:
    given = entry.fields.get("date") or entry.fields.get("year")
    if given and not record.published:
        yield warning(source, entry.line, "year", f"{quoted(given)} isn't a date; left out")


def _names(authors: str) -> Iterator[str]:
    for name in _split(authors):
        plain = _plain(name)
        if plain and plain.casefold() != "others":
            yield natural_name(plain)


def _split(authors: str) -> Iterator[str]:
    """Yields the names between the word "and", but not in braces."""
    depth, start = 0, 0
    for place, char in enumerate(authors):
        depth += (char == "{") - (char == "}")
        found = _AND.match(authors, place) if depth == 0 and char.isspace() else None
        if found and place >= start:
            yield authors[start:place]
            start = found.end()
    yield authors[start:]


def _plain(value: str) -> str:
    """Returns a value without LaTeX, except formulas."""
    escaped = _BARE_PERCENT.sub(r"\\%", value)
    text = LatexNodes2Text(math_mode="verbatim").latex_to_text(escaped)
    return visible(" ".join(text.split()))


BIBTEX = Importer(
    NAME,
    "BibTeX entries such as '@article{key, title = {…}, author = {… and …}}'",
    looks_like,
    read,
)
