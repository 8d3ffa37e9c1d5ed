"""Importing folders: which of their files are read, and in which order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from broadsheet.base.errors import BroadsheetError, Problem, warning
from broadsheet.base.text import counted
from broadsheet.site.project import shown_path

_MOST_SHOWN = 5


def files_in(folder: Path) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """Returns the files of a folder that are of one kind, and a warning about the others.

    Files are of one kind if their names end alike. Hidden files and folders don't count. Numbers in
    names are ordered as numbers: 2.md comes before 10.md.

    Raises:
        BroadsheetError: There is no file, or as many of another kind.
    """
    name = shown_path(folder)
    files = sorted(_visible(folder), key=lambda file: _natural(file.relative_to(folder)))
    kinds = Counter(map(_kind, files)).most_common()
    if not kinds:
        advice = "name a folder with files such as 2024/11/25.md"
        raise BroadsheetError(Problem(name, 0, "", "has no files to import", advice))
    most, count = kinds[0]
    if len(kinds) > 1 and kinds[1][1] == count:
        shown = " and ".join(kind or "no ending" for kind, number in kinds if number == count)
        advice = f"import those of one kind by name, such as {name}/*{most}"
        raise BroadsheetError(
            Problem(name, 0, "", f"has as many files with {shown}, so it's unclear which", advice)
        )
    chosen = tuple(file for file in files if _kind(file) == most)
    return chosen, tuple(_left_out(name, [file for file in files if _kind(file) != most]))


def _visible(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        parts = file.relative_to(folder).parts
        if file.is_file() and not any(part.startswith(".") for part in parts):
            yield file


def _natural(path: Path) -> list[tuple[int, str]]:
    parts = re.split(r"(\d+)", path.as_posix())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def _kind(file: Path) -> str:
    """Returns how the name of a file ends, such as ".md" or ".json.gz"."""
    inner = file.with_suffix("").suffix if file.suffix.lower() == ".gz" else ""
    return f"{inner}{file.suffix}".lower()


def _left_out(folder: str, files: list[Path]) -> Iterator[Problem]:
    if files:
        names = ", ".join(file.name for file in files[:_MOST_SHOWN])
        more = ", …" if len(files) > _MOST_SHOWN else ""
        message = f"left out {counted(len(files), 'file')} of another kind: {names}{more}"
        yield warning(folder, 0, "", message, "no action needed, unless they list papers")
