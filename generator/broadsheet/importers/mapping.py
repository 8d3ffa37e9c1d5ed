"""What the columns of a table are: as people say, as they said before, or by their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.identifiers import parse_arxiv, parse_doi, parse_week
from broadsheet.content.columns import (
    EXTRA,
    FIELDS,
    IDENTIFYING,
    IGNORE,
    LINK_FIELDS,
    ColumnChoices,
    kept_for,
)
from broadsheet.content.records import ReadColumns
from broadsheet.importers.cells import is_blank
from broadsheet.importers.forgiving import with_scheme
from broadsheet.importers.header_words import KNOWN, name_key
from broadsheet.importers.lines import quoted
from broadsheet.importers.table_dates import table_date

# The column for `--map extra=*`: all columns that nobody has decided about.
ALL_OTHERS = "*"
# Fields that several columns can be guessed to be.
_SEVERAL = frozenset(["published", "url", "topics", "keywords"])
# Objects around what papers have: the title in "paper.title" is that of a paper, the one in
# "journal.title" isn't.
_AROUND = frozenset(
    [
        *("paper", "article", "work", "item", "data", "attributes", "metadata", "record", "entry"),
        *("document", "node", "source", "fields", "externalids", "ids", "properties", "info"),
        "links",
    ]
)
# How many columns a message names.
_SHOWN = 12

Samples = Mapping[str, Sequence[Any]]


def columns_for(samples: Samples, choices: ColumnChoices, source: str, line: int) -> ReadColumns:
    """Returns what columns are.

    Args:
        samples: The columns in their order, each with some of its values.
        choices: What people say about columns.
        source: The name of the table, for problems.
        line: The line of the columns' names.

    Raises:
        BroadsheetError: No column identifies papers.
    """
    decided = _given(samples, choices)
    kept = kept_for(samples.keys(), choices.kept)
    if kept:
        decided = {name: kept.columns[name] for name in samples if name in kept.columns} | decided
    fields = decided | _guessed(samples, decided)
    if (EXTRA, ALL_OTHERS) in choices.given:
        fields = {**dict.fromkeys(samples, EXTRA), **fields}
    if not {*IDENTIFYING} & {*fields.values()}:
        raise BroadsheetError(_nothing_known(samples, source, line))
    read = [name for field in FIELDS for name in samples if fields.get(name) == field != IGNORE]
    return ReadColumns(
        fields={name: fields[name] for name in read},
        unread=tuple(name for name in samples if name not in fields),
        all={name: fields.get(name, IGNORE) for name in samples},
    )


def is_known(names: Iterable[str]) -> bool:
    """Whether the name of a column says that it identifies papers."""
    return any(field in IDENTIFYING for name in names for field, _ in _meanings(name))


def known_fields(names: Iterable[str]) -> int:
    """Returns how many fields the names of columns mean."""
    return len({field for name in names for field, _ in _meanings(name)})


def column_named(name: str, names: Sequence[str]) -> str | None:
    """Returns the column that a person means. Case, signs and accents count only if they must."""
    if name in names:
        return name
    alike = [known for known in names if name_key(known) == name_key(name)]
    return alike[0] if len(alike) == 1 and name_key(name) else None


def _given(samples: Samples, choices: ColumnChoices) -> dict[str, str]:
    found = ((column_named(name, [*samples]), field) for field, name in choices.given)
    return {name: field for name, field in found if name}


def _guessed(samples: Samples, decided: Mapping[str, str]) -> dict[str, str]:
    """Returns the fields that columns have by their names, unless their values say otherwise."""
    ranked = sorted(
        (rank, place, name, field)
        for place, name in enumerate(samples)
        if name not in decided
        for field, rank in _meanings(name)
        if _fits(field, samples[name])
    )
    found: dict[str, str] = {}
    taken = {*decided.values()}
    for _, _, name, field in ranked:
        if name not in found and (field in _SEVERAL or field not in taken):
            found[name] = field
            taken.add(field)
    return found


def _meanings(name: str) -> Iterator[tuple[str, int]]:
    """Yields the fields that the name of a column may mean, with how unsure that is."""
    if whole := KNOWN.get(name_key(name)):
        yield whole
    *around, last = name.split(".")
    inner = KNOWN.get(name_key(last))
    if inner and around and all(name_key(part) in _AROUND for part in around):
        yield inner[0], inner[1] + len(KNOWN)


def _fits(field: str, values: Sequence[Any]) -> bool:
    """Whether values can be those of a field, as far as that can be told."""
    known = [value for value in values if not is_blank(value)]
    check = _CHECKS.get(field)
    return check is None or not known or 2 * sum(map(check, known)) >= len(known)


def _is_url(value: Any) -> bool:
    return isinstance(value, str) and str(with_scheme(value)).strip().lower().startswith("http")


def _is_words(value: Any) -> bool:
    return not isinstance(value, str) or not (_is_url(value) or value.strip().isdigit())


def _is(parse: Callable[[str], Any]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str | int) and bool(parse(str(value).strip()))


_CHECKS: Mapping[str, Callable[[Any], bool]] = {
    "title": _is_words,
    "venue": _is_words,
    "arxiv": _is(parse_arxiv),
    "doi": _is(parse_doi),
    "published": _is(table_date),
    "issue": _is(parse_week),
    **dict.fromkeys(("url", *LINK_FIELDS), _is_url),
}


def _nothing_known(samples: Samples, source: str, line: int) -> Problem:
    shown = ", ".join(quoted(name, 30) for name in [*samples][:_SHOWN])
    more = f" and {len(samples) - _SHOWN:,} more" if len(samples) > _SHOWN else ""
    message = f"no column is known to be a title, an arXiv id, a DOI or an address: {shown}{more}"
    advice = (
        "say which one is, such as `--map title=COLUMN`; the first line of a table must have the "
        "names of its columns"
    )
    return Problem(source, line, "", message, advice)
