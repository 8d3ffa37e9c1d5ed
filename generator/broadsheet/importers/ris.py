"""Importer for RIS, which reference managers and publishers write.

rispy reads RIS, too, but it drops a reference without an end, and doesn't say on which line one
starts or where a field continues. From rispy comes which tags there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

import rispy

from broadsheet.base.errors import Problem
from broadsheet.importers.bibliography import Entry, Periodical
from broadsheet.importers.entries import reading_of, split_values, values_of
from broadsheet.importers.forgiving import full_name
from broadsheet.importers.importer import Importer, Reading
from broadsheet.importers.lines import numbered_lines, quoted

NAME = "ris"
_FIRST = re.compile(r"(?P<tag>TY)(?P<space> {1,2})-(?: |$)", re.IGNORECASE)
# Some programs write only these lines in another way than the rest.
_EDGE = re.compile(r"(?P<tag>TY|ER) {0,2}-\s*(?P<value>[A-Z]{0,6})\s*")
# What publishers and rispy put before the first reference.
_HEAD = re.compile(r"\d+\.|(?:provider|database|content)\s*:.*", re.IGNORECASE)
_HEAD_LINES = 10
_PERIODICALS = frozenset(["JOUR", "EJOUR", "MGZN"])
_VENUES = ("T2", "JF", "JO", "BT", "C3", "J1", "JA", "J2")
_URLS = ("UR", "L1", "L2", "L3", "L4", "LK")
_BETWEEN_URLS = re.compile(r"[;\s](?=https?://)")
# Where programs put arXiv ids.
_NUMBERS = ("AN", "M1", "M2", "M3", "C1", "C7", "ID", "LB")
# Tags that rispy doesn't have.
_OTHER = frozenset(
    ["AV", "BT", "CP", "CT", "ED", "J1", "L3", "LK", "M2", "U1", "U2", "U3", "U4", "U5"]
)
_KNOWN = frozenset(rispy.TAG_KEY_MAPPING) - {"UK"} | _OTHER


def looks_like(text: str) -> bool:
    """Whether the first line that says something starts a reference."""
    return _first(text) is not None


def read(text: str, source: str) -> Reading:
    """Reads the references of a text. One without an end ends where the next one starts."""
    references = _references(text, source)
    entries = (each if isinstance(each, Problem) else _entry(*each) for each in references)
    return reading_of(NAME, source, entries, _KNOWN)


def _first(text: str) -> re.Match[str] | None:
    """Returns the start of the first reference."""
    head = text.removeprefix("\ufeff").lstrip()[:5_000]
    for line in [line.strip() for line in head.splitlines() if line.strip()][:_HEAD_LINES]:
        if found := _FIRST.match(line):
            return found
        if not _HEAD.fullmatch(line):
            return None
    return None


def _references(text: str, source: str) -> Iterator[tuple[int, Mapping[str, list[str]]] | Problem]:
    """Yields the values of each reference by tag, with the line that it starts on."""
    tagged = _tagged_line(text)
    start, values = 0, list[tuple[str, list[str]]]()
    outside = False
    for number, line in numbered_lines(text):
        found = tagged.fullmatch(line.lstrip()) or _EDGE.fullmatch(line.lstrip())
        tag = found["tag"].upper() if found else ""
        if tag in {"TY", "ER"}:
            if start:
                yield start, _by_tag(values)
            start, outside = (number if tag == "TY" else 0), False
            values = [(tag, [found["value"]])] if found else []
        elif not start:
            if line.strip() and not outside and not _HEAD.fullmatch(line.strip()):
                yield _outside(line, number, source)
                outside = True
        elif found:
            values.append((tag, [found["value"] or ""]))
        elif values:
            values[-1][1].append(line)
    if start:
        yield start, _by_tag(values)


def _tagged_line(text: str) -> re.Pattern[str]:
    """Returns what a line with a tag looks like in a text.

    Some programs write tags in lowercase or with one space. Where they don't, a line such as
    "up  - to date" continues the field above.
    """
    first = _first(text)
    flags = re.IGNORECASE if first and first["tag"] != "TY" else re.NOFLAG
    space = first["space"] if first else "  "
    return re.compile(rf"(?P<tag>[A-Z][A-Z0-9]){space}-\s*(?P<value>.*)", flags)


def _by_tag(values: Iterable[tuple[str, list[str]]]) -> Mapping[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for tag, lines in values:
        fields.setdefault(tag, []).append("\n".join(lines).strip())
    return fields


def _outside(line: str, number: int, source: str) -> Problem:
    message = f"{quoted(line)} is outside of a reference"
    return Problem(source, number, "", message, "start each reference with a line 'TY  - JOUR'")


def _entry(line: int, fields: Mapping[str, list[str]]) -> Entry:
    pick = partial(values_of, fields)
    return Entry(
        line,
        title=next(filter(None, pick("TI", "T1", "CT")), ""),
        authors=tuple(_name(name) for value in pick("AU", "A1") for name in _names(value)),
        dates=pick("PY", "Y1", "DA"),
        venues=pick(*_VENUES),
        periodical=_periodical(fields),
        dois=pick("DO"),
        urls=tuple(url.strip("; ") for value in pick(*_URLS) for url in _BETWEEN_URLS.split(value)),
        mentions=pick(*_NUMBERS, *_VENUES),
        notes=pick("N1", "RN"),
        abstract=_abstract(pick("AB", "N2")),
        keywords=split_values(pick("KW"), ";", "\n"),
        fields=frozenset(fields),
    )


def _periodical(fields: Mapping[str, list[str]]) -> Periodical | None:
    if fields["TY"][0].upper() not in _PERIODICALS:
        return None
    volume, issue, start, end = (
        next(iter(fields.get(tag, ())), "") for tag in ("VL", "IS", "SP", "EP")
    )
    return Periodical(volume, issue, f"{start}-{end}" if start and end else start)


def _names(text: str) -> tuple[str, ...]:
    """Returns the names on a line, which some programs fill with all of them."""
    names = split_values([text], ";")
    return names if len(names) > 1 and all("," in name for name in names) else (text,)


def _name(text: str) -> str:
    """Returns a name such as "Ada Example Jr." for "Example,Ada,Jr."."""
    family, given, suffix = (*map(str.strip, text.split(",", 2)), "", "")[:3]
    return full_name(family, given, suffix) if given else family


def _abstract(texts: Iterable[str]) -> str:
    """Joins the parts of an abstract. Some programs write the whole of it twice."""
    parts: list[str] = []
    for text in sorted(dict.fromkeys(texts), key=len, reverse=True):
        if not any(text in part for part in parts):
            parts.append(text)
    return "\n\n".join(text for text in dict.fromkeys(texts) if text in parts)


RIS = Importer(NAME, "RIS, with lines such as 'TY  - JOUR' and 'TI  - …'", looks_like, read)
