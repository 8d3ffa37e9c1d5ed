"""Packing numbers and texts into few bytes.

Numbers are encoded as in LEB128: seven bits per byte, lowest first, with the high bit set on all
bytes except the last. Files are compressed here, because many hosts don't compress unknown types.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence

# In characters. Only versions of the same file must differ.
_HASH_LENGTH = 8


def packed(numbers: Iterable[int]) -> bytes:
    """Packs numbers, each at least 0, one after the other."""
    out = bytearray()
    for number in numbers:
        rest = number
        while rest > 0x7F:
            out.append(rest & 0x7F | 0x80)
            rest >>= 7
        out.append(rest)
    return bytes(out)


def gaps(numbers: Iterable[int]) -> Iterator[int]:
    """Yields how many numbers are between each and the previous one, for increasing numbers."""
    last = -1
    for number in numbers:
        yield number - last - 1
        last = number


def deflated(content: bytes) -> bytes:
    """Compresses content without header and checksum ("deflate-raw").

    Columns of numbers only have repetitions by chance. Encoding those would make files larger, so
    this uses Huffman coding alone if that is smaller.
    """
    return min(
        (_deflated(content, zlib.Z_DEFAULT_STRATEGY), _deflated(content, zlib.Z_HUFFMAN_ONLY)),
        key=len,
    )


def deflated_parts(parts: Sequence[bytes]) -> bytes:
    """Compresses parts separately, because different kinds of numbers compress worse together.

    Returns:
        The packed sizes of all parts except the last, then the parts.
    """
    compressed = [deflated(part) for part in parts]
    return packed(len(part) for part in compressed[:-1]) + b"".join(compressed)


def _deflated(content: bytes, strategy: int) -> bytes:
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15, 9, strategy)
    return compressor.compress(content) + compressor.flush()


def content_hash(contents: Iterable[bytes]) -> str:
    """Returns a hash of several contents, as eight hexadecimal digits."""
    sha256 = hashlib.sha256()
    for content in contents:
        sha256.update(len(content).to_bytes(8, "big"))
        sha256.update(content)
    return sha256.hexdigest()[:_HASH_LENGTH]


_SHARED = "0123456789abcdefghijklmnopqrstuvwxyz"


def front_coded(sorted_texts: Iterable[str]) -> str:
    """Encodes sorted texts on lines, without the characters shared with the previous text.

    Each line is the number of shared characters (a digit of base 36) and the rest of the text.
    Characters are UTF-16 units. Texts must not contain line feeds.
    """
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
