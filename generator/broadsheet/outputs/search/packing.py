"""Packing numbers and texts into few bytes.

Numbers are encoded as in LEB128: seven bits per byte, lowest first, with the high bit set on all
bytes except the last. Files are compressed here, because many hosts don't compress unknown types.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

# In characters. Only versions of the same file must differ.
_HASH_LENGTH = 8


@cache
def packed_number(number: int) -> bytes:
    """Packs a number."""
    out = bytearray()
    rest = number
    while rest > 0x7F:
        out.append(rest & 0x7F | 0x80)
        rest >>= 7
    out.append(rest)
    return bytes(out)


def packed(numbers: Iterable[int]) -> bytes:
    """Packs numbers, each at least 0, one after the other."""
    known = numbers if isinstance(numbers, (list, tuple)) else list(numbers)
    if not known or max(known) <= 0x7F:
        return bytes(known)
    return b"".join(map(packed_number, known))


def unpacked(content: bytes) -> Iterator[int]:
    """Yields packed numbers."""
    if content.isascii():  # each number is one byte
        yield from content
        return
    number = shift = 0
    for byte in content:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield number
            number = shift = 0


def gaps(numbers: Sequence[int]) -> list[int]:
    """Returns how many numbers are between each and the previous one, for increasing numbers."""
    return [number - last - 1 for last, number in zip((-1, *numbers), numbers, strict=False)]


def deflated(content: bytes) -> bytes:
    """Compresses content without header and checksum ("deflate-raw")."""
    return _deflated(content, zlib.Z_DEFAULT_STRATEGY)


def deflated_column(content: bytes) -> bytes:
    """Compresses numbers in the same way.

    They often have repetitions by chance only. Encoding those would make files larger, so this uses
    Huffman coding alone if that is smaller.
    """
    return min(deflated(content), _deflated(content, zlib.Z_HUFFMAN_ONLY), key=len)


def in_parts(compressed: Sequence[bytes]) -> bytes:
    """Joins parts, which are compressed separately because numbers of different kinds differ.

    Returns:
        The packed sizes of all parts except the last, then the parts.
    """
    return packed([len(part) for part in compressed[:-1]]) + b"".join(compressed)


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


def in_script_order(texts: Iterable[str]) -> list[str]:
    """Sorts texts as JavaScript does, by UTF-16 units."""
    known = list(texts)
    has_pairs = max("".join(known), default="") > "\uffff"
    return sorted(known, key=_utf16) if has_pairs else sorted(known)


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-be")


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
