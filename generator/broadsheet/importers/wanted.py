"""Choosing records of a source that has more than a site needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from broadsheet.base.errors import BroadsheetError, Problem, suggest
from broadsheet.content.records import Reading, Record

# The names of conditions, apart from those of facts in `extra`.
NAMES = ("categories", "authors", "title", "venue")
# Ten times the papers that a large digest lists in ten years.
_MOST = 50_000


def refuse_too_many(count: int, source: str) -> None:
    """Refuses to keep more papers than fit into memory together.

    Raises:
        BroadsheetError: There are too many.
    """
    if count > _MOST:
        message = f"more than {_MOST:,} papers are wanted"
        advice = "choose fewer with --where and --since"
        raise BroadsheetError(Problem(source, 0, "", message, advice))


@dataclass(frozen=True)
class Wanted:
    """Which records of a source are wanted. By default, all of them.

    Attributes:
        where: Names of fields and what they must be. A star means any text, and case doesn't
            matter. Of several conditions with the same name, one must be true.
        since: The first day or month of publication.
    """

    where: tuple[tuple[str, str], ...] = ()
    since: str | None = None

    @property
    def is_all(self) -> bool:
        """Whether every record is wanted."""
        return not self.where and not self.since

    def fits(self, record: Record) -> bool:
        """Whether a record is wanted."""
        names = {name for name, _ in self.where}
        return self._is_recent(record) and all(self._is_true(name, record) for name in names)

    def may_fit(self, record: Record) -> bool:
        """Whether a record may be wanted of which only the keywords and the month are known."""
        of_categories = "categories" in dict(self.where)
        return self._is_recent(record) and (
            not of_categories or self._is_true("categories", record)
        )

    def _is_recent(self, record: Record) -> bool:
        """Whether a record is from `since` or later, as far as its date is known."""
        if not self.since:
            return True
        date = record.published or ""
        known = min(len(date), len(self.since))
        return bool(date) and date[:known] >= self.since[:known]

    def _is_true(self, name: str, record: Record) -> bool:
        patterns = [pattern.casefold() for other, pattern in self.where if other == name]
        values = [value.casefold() for value in _values(name, record)]
        return any(fnmatchcase(value, pattern) for value in values for pattern in patterns)

    def chosen(self, reading: Reading) -> Reading:
        """Returns what is wanted of a source.

        Raises:
            BroadsheetError: It's an issue, of which nothing can be left out, or a condition has an
                unknown name.
        """
        if self.is_all:
            return reading
        if reading.issues:
            message = "is an issue, of which no papers can be left out"
            advice = "import it without --where and --since"
            raise BroadsheetError(Problem(reading.source, 0, "", message, advice))
        self.refuse_unknown(reading)
        records = tuple(filter(self.fits, reading.records))
        collection = reading.collection
        lines = {record.line for record in reading.records} - {record.line for record in records}
        return replace(
            reading,
            records=records,
            collection=replace(collection, records=records) if collection else None,
            problems=tuple(problem for problem in reading.problems if problem.line not in lines),
        )

    def refuse_unknown(self, reading: Reading) -> None:
        """Refuses conditions for fields that no record has.

        Raises:
            BroadsheetError: A condition has an unknown name.
        """
        known = {*NAMES, *(name for record in reading.records for name in record.extra)}
        for name, _ in self.where:
            if name not in known:
                message = f"no paper has the field {name!r}"
                raise BroadsheetError(
                    Problem(reading.source, 0, "--where", message, suggest(name, known))
                )


def _values(name: str, record: Record) -> Iterator[str]:
    """Yields the values of a field. Categories are keywords or topics, as sources call them."""
    if name == "categories":
        yield from (*record.keywords, *record.topics)
    elif name == "authors":
        yield from record.authors
    elif value := {"title": record.title, "venue": record.venue, **record.extra}.get(name):
        yield value
