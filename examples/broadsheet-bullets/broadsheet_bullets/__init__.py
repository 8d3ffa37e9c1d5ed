"""Lists of papers such as "* Some Method for Some Task (2403.01234)"."""

from __future__ import annotations

import re

from broadsheet.base.errors import Problem
from broadsheet.content.records import Record
from broadsheet.edition import Edition
from broadsheet.importers.importer import Importer, Reading
from broadsheet.outputs.datasets.selection import Format

NAME = "bullets"
_ENTRY = re.compile(r"\* (?P<title>.+?)(?: \((?P<arxiv>\d{4}\.\d{4,5})\))?")


def looks_like(text: str) -> bool:
    """Whether the first line is an entry."""
    return _ENTRY.fullmatch(text.partition("\n")[0].strip()) is not None


def read(text: str, source: str) -> Reading:
    """Reads the entries. Other lines become problems."""
    records, problems = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _ENTRY.fullmatch(line.strip()):
            records.append(Record(source, number, title=found["title"], arxiv=found["arxiv"]))
        elif line.strip():
            advice = "write a paper as '* Title (2403.01234)'"
            problems.append(Problem(source, number, "", "isn't an entry", advice))
    return Reading(NAME, source, records=tuple(records), problems=tuple(problems))


def write(edition: Edition) -> bytes:
    """Returns the papers of an edition as a list."""
    lines = (
        f"* {paper.name} ({paper.arxiv})" if paper.arxiv else f"* {paper.name}"
        for paper in edition.papers.values()
    )
    return "".join(f"{line}\n" for line in lines).encode()


IMPORTER = Importer(NAME, "lists such as '* Title (2403.01234)'", looks_like, read)
EXPORTER = Format("txt", "lists such as '* Title (2403.01234)'", write, name=NAME)
