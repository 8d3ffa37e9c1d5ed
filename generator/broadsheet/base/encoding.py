"""Bytes to text and back: UTF-8 with or without a byte order mark, any kind of line end."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from difflib import SequenceMatcher

from broadsheet.base.errors import BroadsheetError, Problem

SIZE_LIMIT = 64 * 1024 * 1024
_LINE_END = re.compile(rb"\r\n|\r|\n")


def decode(raw: bytes, source: str) -> str:
    """The text of a source file, with "\\n" as its only line end.

    Raises BroadsheetError, with the line of the first bad byte, for what is not UTF-8 or holds
    a NUL byte, and for more than 64 MiB.
    """
    if len(raw) > SIZE_LIMIT:
        what = f"holds {len(raw)} bytes, more than the {SIZE_LIMIT} that are read at once"
        raise BroadsheetError(Problem(source, 0, "", what, "cut it into several files"))
    raw = raw.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if (nul := raw.find(b"\0")) >= 0:
        raise _undecodable(raw, nul, source)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _undecodable(raw, error.start, source) from error


def encode_like(text: str, old: bytes) -> bytes:
    """The bytes of an edited text, with the byte order mark and the line ends that its file had.

    Lines that are new end as most lines of the file do.
    """
    mark = codecs.BOM_UTF8 if old.startswith(codecs.BOM_UTF8) else b""
    found = _LINE_END.findall(old)
    if not found:
        return mark + text.encode()
    most = Counter(found).most_common(1)[0][0]
    after = text.encode().split(b"\n")
    ends = [most] * (len(after) - 1) + [b""]
    if len(set(found)) > 1:  # each line that was there keeps its own
        before = _LINE_END.split(old.removeprefix(mark))
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        for old_line, new_line, count in matcher.get_matching_blocks():
            for i in range(count):
                if old_line + i < len(found) and new_line + i < len(after) - 1:
                    ends[new_line + i] = found[old_line + i]
    return mark + b"".join(line + end for line, end in zip(after, ends, strict=True))


def _undecodable(raw: bytes, position: int, source: str) -> BroadsheetError:
    line = raw.count(b"\n", 0, position) + 1
    problem = Problem(
        source,
        line,
        "",
        f"is not text in UTF-8: the byte 0x{raw[position]:02x} does not belong there",
        "save the file as UTF-8 text",
    )
    return BroadsheetError(problem)
