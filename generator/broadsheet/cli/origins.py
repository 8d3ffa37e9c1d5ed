"""Reading what people import: files, and addresses on the web."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from broadsheet.base.encoding import decode
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.content.columns import NO_CHOICES, ColumnChoices
from broadsheet.content.origins import is_address
from broadsheet.importers import Reading, read
from broadsheet.site.addresses import fetched, origin_of_address
from broadsheet.site.fetching import fetcher_of
from broadsheet.site.project import Project, shown_path


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


def reading_of(
    origin: Path | str,
    importer: str | None,
    project: Project,
    choices: ColumnChoices = NO_CHOICES,
) -> Reading:
    """Reads a file or a URL with an importer, which is detected if it isn't named."""
    text, source = text_of(origin, project)
    return read(text, source, importer, choices)


def text_of(origin: Path | str, project: Project) -> tuple[str, str]:
    """Returns the text of a file or a URL, and the name of it as a source."""
    if isinstance(origin, str):
        source = origin_of_address(origin)
        return fetched(fetcher_of(project, os.environ), source), source
    name = shown_path(origin)
    if not _is_text(name):
        shown = name.encode(errors="backslashreplace").decode()
        message = "the file name isn't UTF-8 text, so it can't be recorded as a source"
        raise BroadsheetError(Problem(shown, 0, "", message, "rename the file"))
    # A path outside of the project means nothing to other people who read the content.
    source = origin.name if Path(name).is_absolute() or name.startswith("..") else name
    return decode(origin.read_bytes(), name), source


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
