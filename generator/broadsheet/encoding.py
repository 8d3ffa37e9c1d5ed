"""Bytes from a file become text, or a problem with the line of the first bad byte."""

from __future__ import annotations

from broadsheet.errors import BroadsheetError, Problem

_MARK = b"\xef\xbb\xbf"


def decode(raw: bytes, file: str) -> str:
    """UTF-8 text with line feeds; a byte order mark is dropped.

    Raises BroadsheetError when the bytes are not UTF-8 text.
    """
    body = raw.removeprefix(_MARK)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{body[error.start]:02x} is not UTF-8 text"
        raise BroadsheetError(Problem(file, line, "", message, "save the file as UTF-8")) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        message = "has a NUL character, so it is no text file"
        raise BroadsheetError(Problem(file, line, "", message))
    return text.replace("\r\n", "\n").replace("\r", "\n")
