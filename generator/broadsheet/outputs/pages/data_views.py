"""The view of the page of data: its table, what the columns contain, and the files."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from broadsheet.edition import Link


@dataclass(frozen=True)
class DataFile:
    """A file to download: its path, its format, what it contains, and its size for people."""

    path: str
    name: str
    meaning: str
    size: str


@dataclass(frozen=True)
class FrequentValue:
    """A frequent value of a column, and the percentage of papers that have it."""

    value: str
    count: int
    share: int


@dataclass(frozen=True)
class TableColumn:
    """A column of the table.

    Attributes:
        name: Its name, which is the same in all languages.
        kind: The word for its type.
        is_list: Whether its cells are lists.
        meaning: What it means.
        measure: What is counted: "values", "years" or "lengths".
        missing: The number of papers without a value.
        distinct: The number of different values.
        range: The range of its years or lengths in words, or "".
        chart: The picture of that, or "".
        frequent: Its most frequent values, if any.
    """

    name: str
    kind: str
    is_list: bool
    meaning: str
    measure: str
    missing: int
    distinct: int
    range: str
    chart: Markup
    frequent: tuple[FrequentValue, ...]


@dataclass(frozen=True)
class TableRow:
    """A paper in the table: the address of its page, its slug, its title, and the other cells."""

    address: str
    slug: str
    title: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class DataView:
    """The page of data.

    Attributes:
        columns: All columns.
        shown: Those that the page shows at first, the title first.
        rows: The newest papers.
        count: The number of all papers.
        sources: The CSV files with the whole table, which the browser reads.
        size: Their size for people.
        tables: All papers as files.
        citations: All citations as files.
        lists: The lists of the API.
        loading: Python code that reads the first file.
        license: The name of the license, or "".
    """

    columns: tuple[TableColumn, ...]
    shown: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    count: int
    sources: tuple[str, ...]
    size: str
    tables: tuple[DataFile, ...]
    citations: tuple[Link, ...]
    lists: tuple[Link, ...]
    loading: str
    license: str
