"""Files of many blocks, of which browsers request only parts.

Readers need few of many small blocks, but hosts and builds suffer from many small files. So a file
has several blocks, and the scripts request those that they need as ranges of bytes. Hosts that
don't send parts of files send whole ones, so files shouldn't be large either.

Each block starts at a multiple of a unit, so that its place is known from few bits: its size in
units. It starts with its own length, packed, and ends with zeros.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from broadsheet.outputs.search.packing import content_hash, packed_number

_MIN_IN_FILE = 8
# Neighboring files share a hash, so that the table, which has all hashes, stays small.
_MIN_GROUP = 4
_MAX_GROUPS = 32
# In code points. Sizes are characters in the table; these are one byte in JSON.
_FIRST_SIZE = ord("0")


@dataclass(frozen=True)
class FileSeries:
    """Numbered files of one kind. File `n` is "<kind>/<n>.<hash of its group>.bin".

    Attributes:
        files: The files by path.
        in_file: How many blocks a file has; 0 if the content of each file isn't a block.
        group: How many neighboring files share a hash.
        hashes: The hashes of the groups.
        sizes: The sizes of blocks, in units.
    """

    files: Mapping[str, bytes]
    in_file: int
    group: int
    hashes: tuple[str, ...]
    sizes: tuple[int, ...] = ()


def file_series(kind: str, contents: Sequence[bytes]) -> FileSeries:
    """Names files."""
    group = _power_of_two(_MIN_GROUP, len(contents) / _MAX_GROUPS)
    starts = range(0, len(contents), group)
    hashes = tuple(content_hash(contents[start : start + group]) for start in starts)
    files = {
        f"{kind}/{number}.{hashes[number // group]}.bin": content
        for number, content in enumerate(contents)
    }
    return FileSeries(files, 0, group, hashes)


def block_series(kind: str, compressed: Sequence[bytes], unit: int) -> FileSeries:
    """Puts blocks, which are already compressed, into files and names these."""
    blocks = [_padded(content, unit) for content in compressed]
    # The square root balances the number of files and what hosts send that don't send parts.
    in_file = _power_of_two(_MIN_IN_FILE, len(blocks) ** 0.5 / 4)
    contents = [
        b"".join(blocks[start : start + in_file]) for start in range(0, len(blocks), in_file)
    ]
    series = file_series(kind, contents)
    sizes = tuple(len(block) // unit for block in blocks)
    return FileSeries(series.files, in_file, series.group, series.hashes, sizes)


def sizes_text(sizes: Iterable[int]) -> str:
    """Returns sizes as text, with a character for each."""
    return "".join(chr(_FIRST_SIZE + size) for size in sizes)


def unit_of_blocks(document_count: int) -> int:
    """Returns what sizes are multiples of, in bytes.

    With a larger unit, readers load smaller sizes and more zeros.
    """
    return 64 if document_count <= 25_000 else 128


def _padded(content: bytes, unit: int) -> bytes:
    block = packed_number(len(content)) + content
    return block + bytes(-len(block) % unit)


def _power_of_two(least: int, wanted: float) -> int:
    """Returns a number that rarely changes while the corpus grows, so that files keep names."""
    number = least
    while number < wanted:
        number *= 2
    return number
