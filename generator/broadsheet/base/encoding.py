"""Decoding and encoding: UTF-8 with or without a byte order mark, with any line ending."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from difflib import SequenceMatcher
from typing import Any

from broadsheet.base.errors import BroadsheetError, Problem

# Sources have kilobytes to a few megabytes. Reading takes several times a file's size in memory.
SIZE_LIMIT = 64 * 1024 * 1024
_LINE_END = re.compile(rb"\r\n|\r|\n")


def decode(raw: bytes, source: str, first_line: int = 1) -> str:
    r"""Returns the text of a file, with "\n" as its only line ending.

    Args:
        raw: The content of the file.
        source: The file's path, for error messages.
        first_line: The line of the file that `raw` starts with, if it's only a part.

    Raises:
        BroadsheetError: The file is larger than 64 MiB, isn't UTF-8 or contains a NUL byte. The
            problem names the line of the first bad byte.
    """
    if len(raw) > SIZE_LIMIT:
        what = f"is {len(raw):,} bytes long; the limit is {SIZE_LIMIT:,} bytes"
        raise BroadsheetError(Problem(source, 0, "", what, "split it into several files"))
    raw = raw.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if (nul := raw.find(b"\0")) >= 0:
        raise _undecodable(raw, nul, source, first_line)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _undecodable(raw, error.start, source, first_line) from error


def encode_like(text: str, old: bytes) -> bytes:
    """Encodes an edited text with the byte order mark and line endings of the old file.

    Unchanged lines keep their line endings. New lines get the most common one in the file.
    """
    mark = codecs.BOM_UTF8 if old.startswith(codecs.BOM_UTF8) else b""
    found = _LINE_END.findall(old)
    if not found:
        return mark + text.encode()
    most = Counter(found).most_common(1)[0][0]
    after = text.encode().split(b"\n")
    ends = [most] * (len(after) - 1) + [b""]
    if len(set(found)) > 1:  # mixed: find the old line of each unchanged line
        before = _LINE_END.split(old.removeprefix(mark))
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        for old_line, new_line, count in matcher.get_matching_blocks():
            for i in range(count):
                if old_line + i < len(found) and new_line + i < len(after) - 1:
                    ends[new_line + i] = found[old_line + i]
    return mark + b"".join(line + end for line, end in zip(after, ends, strict=True))


def unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Makes a JSON object of its pairs (`object_pairs_hook`). A duplicate key is a ValueError."""
    found = dict(pairs)
    if len(found) < len(pairs):
        repeated = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise ValueError(f"duplicate key {repeated!r}")
    return found


def _undecodable(raw: bytes, position: int, source: str, first_line: int) -> BroadsheetError:
    line = first_line + raw.count(b"\n", 0, position)
    problem = Problem(
        source,
        line,
        "",
        f"isn't UTF-8 text: unexpected byte 0x{raw[position]:02x}",
        "save the file as UTF-8 text",
    )
    return BroadsheetError(problem)
