"""From bytes to text: UTF-8 with or without a byte order mark, any kind of line end."""

from __future__ import annotations

import codecs

from broadsheet.errors import BroadsheetError, Problem

SIZE_LIMIT = 64 * 1024 * 1024


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
