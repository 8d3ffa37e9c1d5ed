"""Small numbers as few bytes, and files whose names carry a hash of what they hold.

Numbers are written as in LEB128: seven bits a byte, lowest first, the high bit on all but the
last. Files are compressed here and unpacked by the browser, because many hosts do not compress
what they do not know.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

_SMALLEST_GROUP = 16
_MOST_GROUPS = 64
_HASH_LENGTH = 8


def packed(numbers: Iterable[int]) -> bytes:
    """Numbers, each at least 0, one after the other."""
    out = bytearray()
    for number in numbers:
        rest = number
        while rest > 0x7F:
            out.append(rest & 0x7F | 0x80)
            rest >>= 7
        out.append(rest)
    return bytes(out)


def gaps(numbers: Iterable[int]) -> Iterator[int]:
    """How many numbers lie between each and the one before, for numbers that rise."""
    last = -1
    for number in numbers:
        yield number - last - 1
        last = number


def deflated(content: bytes) -> bytes:
    """`content`, compressed without header or checksum ("deflate-raw").

    Columns of numbers hold chance repetitions only; looking for them makes the file larger.
    """
    return min(
        (_deflated(content, zlib.Z_DEFAULT_STRATEGY), _deflated(content, zlib.Z_HUFFMAN_ONLY)),
        key=len,
    )


def deflated_parts(parts: Sequence[bytes]) -> bytes:
    """Parts that are compressed one by one: the packed sizes of all but the last, then the parts.

    Each gets its own code: numbers of different kinds compress worse together.
    """
    compressed = [deflated(part) for part in parts]
    return packed(len(part) for part in compressed[:-1]) + b"".join(compressed)


def _deflated(content: bytes, strategy: int) -> bytes:
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15, 9, strategy)
    return compressor.compress(content) + compressor.flush()


def content_hash(contents: Iterable[bytes]) -> str:
    """Eight characters that change when any of the contents does."""
    digest = hashlib.sha256()
    for content in contents:
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.hexdigest()[:_HASH_LENGTH]


@dataclass(frozen=True)
class FileSeries:
    """Numbered files of one kind, and the hashes that their names carry.

    `group` neighbours share one hash, of the contents of all of them, so that the table which
    lists the hashes stays small. File `n` is "<kind>/<n>.<hash of its group>.bin".
    """

    files: Mapping[str, bytes]
    group: int
    hashes: tuple[str, ...]


def file_series(kind: str, compressed: Sequence[bytes]) -> FileSeries:
    """Names for contents that are compressed already."""
    group = _group_size(len(compressed))
    starts = range(0, len(compressed), group)
    hashes = tuple(content_hash(compressed[start : start + group]) for start in starts)
    files = {
        f"{kind}/{number}.{hashes[number // group]}.bin": content
        for number, content in enumerate(compressed)
    }
    return FileSeries(files, group, hashes)


def _group_size(count: int) -> int:
    group = _SMALLEST_GROUP
    while group * _MOST_GROUPS < count:
        group *= 2
    return group


_SHARED = "0123456789abcdefghijklmnopqrstuvwxyz"


def front_coded(sorted_texts: Iterable[str]) -> str:
    """Texts a line, each as the number of characters that it shares with the one before (a digit
    of base 36) and the rest. Characters are UTF-16 units; texts have no line feed."""
    return "\n".join(_front_coded(sorted_texts))


def _front_coded(texts: Iterable[str]) -> Iterator[str]:
    last = ""
    for text in texts:
        shared = 0
        limit = min(len(text), len(last), len(_SHARED) - 1)
        while shared < limit and text[shared] == last[shared] and text[shared] < "\ud800":
            shared += 1
        yield _SHARED[shared] + text[shared:]
        last = text
