"""Reading the lines of files that are too large for memory, also of packed ones."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from broadsheet.base.encoding import SIZE_LIMIT, decode
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.importers.lines import SourceLine

_Lines = IO[bytes] | gzip.GzipFile
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_DAMAGED = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)


def is_large(file: Path) -> bool:
    """Whether a file, or what it unpacks to as far as it says, is too large for memory."""
    size = file.stat().st_size
    with file.open("rb") as opened:
        if opened.read(len(_GZIP)) == _GZIP and size >= 4:
            # The size of what is packed is at the end. If it lies, there are bounds, too.
            opened.seek(-4, 2)
            size = max(size, int.from_bytes(opened.read(4), "little"))
    return size > SIZE_LIMIT


def lines_of(file: Path, name: str) -> Iterator[SourceLine]:
    """Yields the lines of a file, of which only one is in memory at a time.

    Args:
        file: The file, which can be packed with gzip, or be the only one in a zip archive.
        name: Its path, for error messages.

    Raises:
        BroadsheetError: The file is damaged, or isn't UTF-8 text.
    """
    number = 0
    with ExitStack() as stack:
        opened = _unpacked(file, name, stack)
        while raw := _line(opened, name, number + 1):
            number += 1
            yield SourceLine(number, decode(raw, name, number))


def _line(opened: _Lines, name: str, number: int) -> bytes:
    try:
        line = opened.readline(SIZE_LIMIT + 1)
    except _DAMAGED as error:
        raise _refusal(name, f"can't be unpacked: {error}") from error
    if len(line) > SIZE_LIMIT:
        message = f"the line is longer than the limit of {SIZE_LIMIT:,} bytes"
        raise BroadsheetError(Problem(name, number, "", message, "split it into several lines"))
    return line


def _unpacked(file: Path, name: str, stack: ExitStack) -> _Lines:
    with file.open("rb") as opened:
        start = opened.read(len(_ZIP))
    if start.startswith(_GZIP):
        return stack.enter_context(gzip.open(file))
    if start != _ZIP:
        return stack.enter_context(file.open("rb"))
    try:
        archive = stack.enter_context(zipfile.ZipFile(file))
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) == 1:
            return stack.enter_context(archive.open(members[0]))
    except _DAMAGED as error:
        raise _refusal(name, f"can't be unpacked: {error}") from error
    raise _refusal(name, f"is an archive of {len(members)} files")


def _refusal(name: str, message: str) -> BroadsheetError:
    return BroadsheetError(Problem(name, 0, "", message, "unpack it, and import a file of it"))
