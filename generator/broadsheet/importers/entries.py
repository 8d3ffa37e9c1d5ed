"""Collecting the entries of a text, and what is reported once for all of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice

from broadsheet.base.errors import Problem, sorted_problems, suggest, warning
from broadsheet.base.text import counted, shortened
from broadsheet.content.records import Record
from broadsheet.importers.bibliography import Entry, has_remarks, record_of
from broadsheet.importers.importer import Reading
from broadsheet.importers.lines import SHOWN_LENGTH

# Programs have some fields of their own, but not hundreds.
_MOST_UNKNOWN = 100


def reading_of(
    name: str, source: str, entries: Iterable[Entry | Problem], known: Collection[str]
) -> Reading:
    """Returns what the entries of a text say.

    Args:
        name: The name of the importer.
        source: The name of the text.
        entries: The entries, and problems instead of those that can't be read.
        known: The names of the fields that the importer knows.
    """
    records: list[Record] = []
    problems: list[Problem] = []
    unknown: dict[str, list[int]] = {}
    remarks: list[int] = []
    shared: list[int] = []
    for entry in entries:
        found = (entry,) if isinstance(entry, Problem) else tuple(record_of(entry, source))
        records += (each for each in found if isinstance(each, Record))
        problems += (each for each in found if isinstance(each, Problem))
        if isinstance(entry, Entry):
            remarks += [entry.line] if has_remarks(entry) else []
            shared += [entry.line] if len(entry.collections) > 1 else []
            for field in entry.fields.difference(known):
                unknown.setdefault(field, []).append(entry.line)
    problems += [
        *_unknown(unknown, known, source),
        *_left_out(remarks, source),
        *_shared(shared, source),
    ]
    return Reading(name, source, records=tuple(records), problems=sorted_problems(problems))


def _unknown(
    fields: Mapping[str, list[int]], known: Collection[str], source: str
) -> Iterator[Problem]:
    """Yields one warning for each field that the importer doesn't know, if they aren't many."""
    for name, lines in islice(fields.items(), _MOST_UNKNOWN):
        times = f" in {counted(len(lines), 'reference')}" if len(lines) > 1 else ""
        shown, advice = shortened(name, SHOWN_LENGTH), suggest(name, known, " ").strip()
        yield warning(source, lines[0], shown, f"unknown field, ignored{times}", advice)
    if more := list(islice(fields.values(), _MOST_UNKNOWN, None)):
        yield warning(source, more[0][0], "", f"{len(more):,} more unknown fields, ignored")


def _left_out(remarks: list[int], source: str) -> Iterator[Problem]:
    if remarks:
        message = f"left out in {counted(len(remarks), 'reference')}, because notes can be private"
        advice = "put what readers should see into the `text` of the paper's entry"
        yield warning(source, remarks[0], "notes", message, advice)


def _shared(lines: list[int], source: str) -> Iterator[Problem]:
    if lines:
        message = f"left out in {counted(len(lines), 'reference')} with more than one"
        advice = "add the papers to collections by hand"
        yield warning(source, lines[0], "collections", message, advice)


def field_names(text: str) -> frozenset[str]:
    """Returns the names in a text, which blanks separate."""
    return frozenset(text.split())


def values_of(fields: Mapping[str, Iterable[str]], *names: str) -> tuple[str, ...]:
    """Returns the values of some fields, those of the first one first."""
    return tuple(value for name in names for value in fields.get(name, ()))


def split_values(values: Iterable[str], *separators: str) -> tuple[str, ...]:
    """Returns the parts of values between separators, without blanks around them."""
    pattern = re.compile("|".join(map(re.escape, separators)))
    parts = (part.strip() for value in values for part in pattern.split(value))
    return tuple(filter(None, parts))
