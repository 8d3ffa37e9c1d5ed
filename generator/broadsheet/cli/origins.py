"""Reading what people import: files, and addresses on the web."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.cli.large_files import is_large, lines_of
from broadsheet.content.columns import NO_CHOICES, ColumnChoices
from broadsheet.content.origins import is_address
from broadsheet.importers import Reading, Wanted, read, read_lines
from broadsheet.importers.files import text_of_file
from broadsheet.site.addresses import fetched, origin_of_address
from broadsheet.site.fetching import fetcher_of
from broadsheet.site.project import Project, shown_path

ALL = Wanted()
_DATED_NAME = re.compile(r"(?<=/)\d{4}/(?:\d{1,2}/){1,2}[^/]+$|(?<=/)\d{4}/\d{1,2}\.[^/]+$")


class FileOrAddress(click.Path):
    """A file that exists, or an http(s) URL."""

    def __init__(self) -> None:
        """Accepts files that exist."""
        super().__init__(path_type=Path, exists=True, dir_okay=False)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path | str:
        """Returns a path, or a URL as text."""
        if isinstance(value, str) and is_address(value):
            return value
        found: Path = super().convert(value, param, ctx)  # type: ignore[assignment]
        return found


@dataclass(frozen=True)
class Opened:
    """A source to read: its name, and its text or a file that is too large for memory."""

    name: str
    text: str = ""
    large: Path | None = None

    def reading(
        self, importer: str | None, choices: ColumnChoices = NO_CHOICES, wanted: Wanted = ALL
    ) -> Reading:
        """Reads what is wanted with an importer, which is detected if it isn't named."""
        if not self.large:
            return wanted.chosen(read(self.text, self.name, importer, choices))
        return read_lines(lines_of(self.large, self.name), self.name, wanted, importer)


def opened(origin: Path | str, project: Project) -> Opened:
    """Returns the source at a path or a URL."""
    if isinstance(origin, str):
        source = origin_of_address(origin)
        return Opened(source, fetched(fetcher_of(project, os.environ), source))
    name = shown_path(origin)
    if not _is_text(name):
        shown = name.encode(errors="backslashreplace").decode()
        message = "the file name isn't UTF-8 text, so it can't be recorded as a source"
        raise BroadsheetError(Problem(shown, 0, "", message, "rename the file"))
    is_outside = Path(name).is_absolute() or name.startswith("..")
    source = _name_outside(origin) if is_outside else name
    if is_large(origin):
        return Opened(source, large=origin)
    return Opened(source, text_of_file(origin.read_bytes(), name))


def _name_outside(file: Path) -> str:
    """Returns the name of a file outside of the project.

    Its path means nothing to other people who read the content, except for the date of a daily
    list, as in 2024/11/25.md.
    """
    found = _DATED_NAME.search(file.resolve().as_posix())
    return found[0] if found else file.name


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
