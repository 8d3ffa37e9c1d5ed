"""Finding papers that a source lists twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from broadsheet.base.errors import Problem, warning
from broadsheet.base.identifiers import title_key
from broadsheet.content.records import Record
from broadsheet.importers.lines import quoted


def repeated_titles(records: Iterable[Record], source: str) -> Iterator[Problem]:
    """Yields a warning for each record with the same title as an earlier one."""
    first: dict[str, int] = {}
    for record in records:
        title = record.title or ""
        line = first.setdefault(title_key(title), record.line)
        if line != record.line:
            message = f"same title as on line {line}: {quoted(title)}"
            yield warning(source, record.line, "title", message, "remove one if it is a mistake")
