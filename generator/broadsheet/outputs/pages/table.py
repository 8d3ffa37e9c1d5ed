"""The table on the page of data: what its columns contain, and the rows of the newest papers.

The browser shows the same cells (`site_templates/browser/data/cells.js`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from broadsheet.base.addresses import paper_url
from broadsheet.base.language import Language
from broadsheet.base.markup import NOTHING
from broadsheet.outputs.charts.spread import spread_picture
from broadsheet.outputs.datasets.profile import Profile, Spread, profiles_of
from broadsheet.outputs.datasets.table import Row
from broadsheet.outputs.pages.data_views import FrequentValue, TableColumn, TableRow
from broadsheet.outputs.words import column_kind, column_meaning

# The columns that the page shows at first, in this order.
SHOWN = (
    *("title", "authors", "published", "venue", "topics", "weeks", "collections"),
    *("tldr", "arxiv", "doi", "code"),
)
ROWS = 100
_BARE = ("https://", "http://")


def table_columns(rows: Sequence[Row], language: Language) -> tuple[TableColumn, ...]:
    """Returns all columns of the table."""
    return tuple(_column(profile, len(rows), language) for profile in profiles_of(rows))


def shown_columns(columns: Sequence[TableColumn]) -> tuple[TableColumn, ...]:
    """Returns the columns that the page shows at first."""
    named = {column.name: column for column in columns}
    return tuple(named[name] for name in SHOWN)


def newest_rows(rows: Sequence[Row], language: Language) -> tuple[TableRow, ...]:
    """Returns the newest papers as rows of text."""
    by_slug = sorted(rows, key=lambda row: row["slug"])
    newest = sorted(by_slug, key=lambda row: row["published"] or "", reverse=True)
    return tuple(_row(row, language) for row in newest[:ROWS])


def _row(row: Row, language: Language) -> TableRow:
    slug = row["slug"]
    cells = tuple(_cell(name, row[name], language) for name in SHOWN[1:])
    return TableRow(paper_url(slug), slug, row["title"] or slug, cells)


def _cell(name: str, value: Any, language: Language) -> str:
    if not value:
        return ""
    if name == "authors":
        return language.names(value)
    if isinstance(value, list):
        return ", ".join(value)
    return _without_scheme(value) if name == "code" else str(value)


def _without_scheme(address: str) -> str:
    for scheme in _BARE:
        address = address.removeprefix(scheme)
    return address


def _column(profile: Profile, count: int, language: Language) -> TableColumn:
    column, spread = profile.column, profile.spread
    return TableColumn(
        name=column.name,
        kind=column_kind(column.name, column.kind, language),
        is_list=column.kind == "list",
        meaning=column_meaning(column.name, language),
        measure=profile.measure,
        missing=profile.missing,
        distinct=profile.distinct,
        range=_range(spread, profile.measure, language) if spread else "",
        chart=spread_picture(spread.counts) if spread else NOTHING,
        frequent=tuple(_frequent(profile, count)),
    )


def _frequent(profile: Profile, count: int) -> Iterator[FrequentValue]:
    for value, papers in profile.frequent:
        yield FrequentValue(value, papers, round(100 * papers / count))


def _range(spread: Spread, measure: str, language: Language) -> str:
    if measure == "years":
        first, last = str(spread.low), str(spread.high)
        both = language.text("%(first)s to %(last)s", first=first, last=last)
        return first if first == last else both
    low, high = language.number(spread.low), language.number(spread.high)
    if low == high:
        return language.counted(spread.low, "%(number)s character", "%(number)s characters")
    return language.text("%(low)s to %(high)s characters", low=low, high=high)
