"""The table of papers as Parquet (extra "parquet")."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Iterable, Sequence
from typing import Any

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.outputs.datasets.table import Row, columns_of, jsonl_lines

# Higher levels take much longer and save almost nothing.
_LEVEL = 9


def can_write_parquet() -> bool:
    """Whether the extra "parquet" is installed."""
    return importlib.util.find_spec("pyarrow") is not None


def parquet(rows: Sequence[Row], lines: Iterable[bytes] | None = None) -> bytes:
    """Returns rows as a Parquet file.

    Args:
        rows: The rows.
        lines: The same rows as lines of JSON, one or several at once, if they're made already.

    Raises:
        BroadsheetError: The extra "parquet" isn't installed.
    """
    if not can_write_parquet():
        advice = "run `pip install 'broadsheet[parquet]'`"
        raise BroadsheetError(Problem("parquet", 0, "", "pyarrow isn't installed", advice))
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    kinds = {"string": pa.string(), "int32": pa.int32(), "list": pa.list_(pa.string())}
    schema = pa.schema([(column.name, kinds[column.kind]) for column in columns_of(rows)])
    table = _table(schema, b"".join(lines or jsonl_lines(rows))) if rows else schema.empty_table()
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd", compression_level=_LEVEL)
    del table
    pa.default_memory_pool().release_unused()  # it would keep several times the table's size
    return sink.getvalue()


def _table(schema: Any, lines: bytes) -> Any:
    """Reads JSON Lines, which takes less time than converting values of Python."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.json  # noqa: PLC0415

    return pyarrow.json.read_json(
        io.BytesIO(lines),
        # One block, because a row must not be in two.
        read_options=pyarrow.json.ReadOptions(use_threads=False, block_size=len(lines) + 1),
        parse_options=pyarrow.json.ParseOptions(explicit_schema=schema),
        # pyarrow's own would take more than twice as much for parts that grow.
        memory_pool=pa.system_memory_pool(),
    )
