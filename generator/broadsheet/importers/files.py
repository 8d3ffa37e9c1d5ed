"""The text of a file, also of one that isn't text: tables of Parquet and SQLite, and gzip.

Tables become JSON Lines, so importers need to know nothing about them.
"""

from __future__ import annotations

import codecs
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from typing import Any

from broadsheet.base import encoding
from broadsheet.base.encoding import decode
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.importers.csv_cells import MOST_ROWS
from broadsheet.importers.mail import cut_headers, is_mail, page_of_mail
from broadsheet.importers.parquet_rows import damaged, rows_of_parquet, too_large

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_TABLE = "papers"
# How much SQLite may compute, which is far more than reading a table takes.
_STEPS = 200_000_000


def text_of_file(raw: bytes, source: str) -> str:
    """Returns the text of a file, or of the table or the email that it is.

    Args:
        raw: The content of the file.
        source: Its path, for error messages.

    Raises:
        BroadsheetError: The file is damaged or too large, or it's of another kind.
    """
    for start, read in _READERS.items():
        if raw.startswith(start):
            return read(raw, source)
    return page_of_mail(raw, source) if is_mail(raw) else decode(raw, source)


def remarks_on_file(raw: bytes, source: str) -> tuple[Problem, ...]:
    """Returns warnings about what the text of a file leaves out."""
    return tuple(cut_headers(raw, source))


def _unzipped(raw: bytes, source: str) -> str:
    parts: list[bytes] = []
    left = encoding.SIZE_LIMIT + 1
    try:
        while raw and left > 0:
            unzip = zlib.decompressobj(wbits=31)
            parts.append(unzip.decompress(raw, left))
            left -= len(parts[-1])
            raw = unzip.unused_data
    except zlib.error as error:
        raise damaged("gzip", error, source) from error
    if not unzip.eof and left > 0:
        raise damaged("gzip", "its end is missing", source)
    if left <= 0:
        message = f"unpacks to more than the limit of {encoding.SIZE_LIMIT:,} bytes"
        raise BroadsheetError(Problem(source, 0, "", message, "split it into several files"))
    return decode(b"".join(parts), source)


def _utf_16(raw: bytes, source: str) -> str:
    try:
        text = raw.decode("utf-16")
    except UnicodeDecodeError as error:
        raise damaged("UTF-16 text", error, source) from error
    return decode(text.encode(), source)


def _parquet(raw: bytes, source: str) -> str:
    return _lines(rows_of_parquet(raw, source), source)


def _sqlite(raw: bytes, source: str) -> str:
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.deserialize(raw)
            database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, encoding.SIZE_LIMIT)
            database.set_progress_handler(lambda: 1, _STEPS)
            database.execute("PRAGMA trusted_schema = OFF")
            tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE ?"
            names = [name for (name,) in database.execute(tables, ["CREATE TABLE%"])]
            if _TABLE not in names:
                raise _no_table(names, source)
            cursor = database.execute(f"SELECT * FROM {_TABLE}")  # noqa: S608 our own name
            columns = [column for column, *_ in cursor.description]
            return _lines((dict(zip(columns, row, strict=True)) for row in cursor), source)
        except (sqlite3.Error, ValueError) as error:
            raise damaged("SQLite", error, source) from error


def _lines(rows: Iterable[Mapping[str, Any]], source: str) -> str:
    """Returns rows as JSON Lines."""
    return "\n".join(_bounded(rows, source)) + "\n"


def _bounded(rows: Iterable[Mapping[str, Any]], source: str) -> Iterator[str]:
    length = 0
    for number, row in enumerate(rows, start=1):
        line = json.dumps(row, ensure_ascii=False, default=_shown)
        length += len(line)
        if length > encoding.SIZE_LIMIT or number > MOST_ROWS:
            raise too_large(source)
        yield line


def _shown(value: Any) -> str | None:
    """Returns a value that JSON doesn't have as text: a day, a time or an exact number."""
    return None if isinstance(value, bytes) else str(value)


def _no_table(names: list[str], source: str) -> BroadsheetError:
    message = f"has no table {_TABLE!r}"
    found = f"it has {', '.join(map(repr, names[:5]))}" if names else "it has none"
    advice = f"{found}; export the table as CSV and import that"
    return BroadsheetError(Problem(source, 0, "", message, advice))


def _zip(_: bytes, source: str) -> str:
    message = "is a ZIP file, as spreadsheets are"
    advice = "save the spreadsheet as CSV in UTF-8, or unpack the files, and import that"
    raise BroadsheetError(Problem(source, 0, "", message, advice))


_READERS: Mapping[bytes, Callable[[bytes, str], str]] = {
    b"\x1f\x8b": _unzipped,
    **dict.fromkeys(_UTF_16, _utf_16),
    b"PAR1": _parquet,
    b"SQLite format 3\0": _sqlite,
    b"PK\x03\x04": _zip,
}
