"""The rows of a Parquet file, which can mean far more values than it has bytes.

Equal values are stored once, and how often they are repeated is only a number. So how much a file
means is checked before anything is unpacked, as far as the file says it, and then part by part.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from broadsheet.base import encoding
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.importers.csv_cells import MOST_ROWS

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_BATCH = 100
# In JSON, a value and its key have at least this many bytes, or an element of a long list.
_SMALLEST = 8
_TEXTS = frozenset(["STRING", "NONE", "JSON", "ENUM"])


def rows_of_parquet(raw: bytes, source: str) -> Iterator[Mapping[str, Any]]:
    """Yields the rows of a Parquet file.

    Raises:
        BroadsheetError: The file is damaged or means too much, or pyarrow isn't installed.
    """
    if importlib.util.find_spec("pyarrow") is None:
        advice = "run `pip install 'broadsheet[parquet]'`"
        message = "is Parquet, and pyarrow isn't installed"
        raise BroadsheetError(Problem(source, 0, "", message, advice))
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        # Equal texts stay stored once, until they are asked for.
        with pq.ParquetFile(pa.BufferReader(raw)) as file:
            _refuse_large(file.metadata, source)
            repeated = _texts(file.metadata)
        with pq.ParquetFile(pa.BufferReader(raw), read_dictionary=repeated) as file:
            for batch in file.iter_batches(batch_size=_BATCH):
                if sum(map(_size, batch.columns)) > encoding.SIZE_LIMIT:
                    raise too_large(source)
                yield from batch.to_pylist()
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise damaged("Parquet", error, source) from error


def _refuse_large(metadata: pq.FileMetaData, source: str) -> None:
    """Refuses a file that says itself that it has too much."""
    groups = (metadata.row_group(n) for n in range(metadata.num_row_groups))
    columns = [group.column(n) for group in groups for n in range(metadata.num_columns)]
    size = sum(column.total_uncompressed_size for column in columns)
    values = sum(column.num_values for column in columns)
    is_large = size > encoding.SIZE_LIMIT or values > encoding.SIZE_LIMIT // _SMALLEST
    if is_large or metadata.num_rows > MOST_ROWS:
        raise too_large(source)


def _texts(metadata: pq.FileMetaData) -> list[str]:
    """Returns the paths of columns of texts."""
    columns = [metadata.schema.column(n) for n in range(metadata.num_columns)]
    return [
        column.path
        for column in columns
        if column.physical_type == "BYTE_ARRAY" and column.logical_type.type in _TEXTS
    ]


def _size(array: pa.Array) -> int:
    """Returns about how many bytes an array has once each of its values is a value of its own."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    kind = array.type
    if pa.types.is_struct(kind):
        return sum(map(_size, array.flatten()))
    if pa.types.is_map(kind):
        return _size(array.keys) + _size(array.items)
    if pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        return _size(array.flatten())
    if not pa.types.is_dictionary(kind):
        return int(array.nbytes)
    texts = array.dictionary
    if not (pa.types.is_string(texts.type) or pa.types.is_binary(texts.type)):
        return len(array) * _SMALLEST
    lengths = pc.binary_length(texts).cast(pa.int64())
    return (pc.sum(lengths.take(array.indices)).as_py() or 0) + len(array) * _SMALLEST


def too_large(source: str) -> BroadsheetError:
    """Returns the refusal of a table that has too many rows or too much text."""
    most = encoding.SIZE_LIMIT // 2**20
    message = f"has more than {MOST_ROWS:,} rows or {most} MiB of text"
    return BroadsheetError(Problem(source, 0, "", message, "split it into several files"))


def damaged(kind: str, error: object, source: str) -> BroadsheetError:
    """Returns the refusal of a file that can't be read as what its start says that it is."""
    message = f"can't be read as {kind}: {str(error).partition(chr(10))[0]}"
    return BroadsheetError(Problem(source, 0, "", message, "the file may be incomplete"))
