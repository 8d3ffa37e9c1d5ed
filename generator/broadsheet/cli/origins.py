"""Reading what people import: files, and addresses on the web."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.cli.folders import files_in
from broadsheet.cli.large_files import is_large, lines_of
from broadsheet.content.columns import NO_CHOICES, ColumnChoices
from broadsheet.content.origins import is_address
from broadsheet.importers import Reading, Wanted, read, read_lines
from broadsheet.importers.dated_paths import dated_by_path
from broadsheet.importers.files import remarks_on_file, text_of_file
from broadsheet.importers.services import opml
from broadsheet.site.addresses import fetched, origin_of_address
from broadsheet.site.fetching import Fetcher, fetcher_of
from broadsheet.site.project import Project, shown_path

ALL = Wanted()
# Nobody reads more feeds than this for papers, and each takes a second or more.
_MOST_FEEDS = 200
_DATED_NAME = re.compile(r"(?<=/)\d{4}/(?:\d{1,2}/){1,2}[^/]+$|(?<=/)\d{4}/\d{1,2}\.[^/]+$")


class FileOrAddress(click.Path):
    """A file that exists, or an http(s) URL."""

    def __init__(self, *, folders: bool = False) -> None:
        """Accepts files that exist, and folders if they may be given instead."""
        super().__init__(path_type=Path, exists=True, dir_okay=folders)

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
    """A source to read.

    Attributes:
        name: Its name.
        text: Its text.
        large: A file that is too large for memory, instead of the text.
        problems: What the text leaves out of a file.
        in_folder: Whether it's one of the files of a folder, whose paths can have dates.
        is_feed: Whether a list of feeds names it, so that the others count without it.
    """

    name: str
    text: str = ""
    large: Path | None = None
    problems: tuple[Problem, ...] = ()
    in_folder: bool = False
    is_feed: bool = False

    def reading(
        self, importer: str | None, choices: ColumnChoices = NO_CHOICES, wanted: Wanted = ALL
    ) -> Reading:
        """Reads what is wanted with an importer, which is detected if it isn't named."""
        if not self.large:
            found = wanted.chosen(read(self.text, self.name, importer, choices))
            return dated_by_path(found) if self.in_folder else found
        return read_lines(lines_of(self.large, self.name), self.name, wanted, importer)


def readings_of(
    sources: Iterable[Opened], importer: str | None, choices: ColumnChoices, wanted: Wanted
) -> tuple[tuple[Reading, ...], tuple[Problem, ...]]:
    """Returns what sources say, and the problems of feeds that can't be read.

    Raises:
        BroadsheetError: Another source can't be read, or none of the feeds.
    """
    readings: list[Reading] = []
    problems: list[Problem] = []
    for source in sources:
        try:
            readings.append(source.reading(importer, choices, wanted))
        except BroadsheetError as error:
            if not source.is_feed:
                raise
            problems += error.problems
    if not readings:
        raise BroadsheetError(*problems)
    return tuple(readings), tuple(problems)


def all_opened(
    origins: Iterable[Path | str], project: Project
) -> tuple[list[Opened], list[Problem]]:
    """Returns the sources at paths and URLs, and warnings about what they leave out.

    In place of a list of feeds, these are the feeds. Those that can't be had become errors.

    Raises:
        BroadsheetError: One of the others can't be read, so nothing should be imported.
    """
    fetcher = fetcher_of(project, os.environ)
    sources: list[Opened] = []
    problems: list[Problem] = []
    for origin in origins:
        if isinstance(origin, Path) and origin.is_dir():
            files, left_out = files_in(origin)
            problems += left_out
            found = [opened(file, project, origin) for file in files]
        else:
            found = [opened(origin, project, fetcher=fetcher)]
        for source in found:
            sources += _feeds(source, fetcher, problems) or [source]
    problems += (problem for source in sources for problem in source.problems)
    if not sources:
        raise BroadsheetError(*problems)
    return sources, problems


def _feeds(source: Opened, fetcher: Fetcher, problems: list[Problem]) -> list[Opened]:
    """Returns the feeds that a source names, if it's a list of feeds. Adds what can't be had."""
    if not opml.looks_like(source.text):
        return []
    urls = opml.feeds_in(source.text, source.name)
    if len(urls) > _MOST_FEEDS:
        message = f"lists {len(urls):,} feeds, which is more than {_MOST_FEEDS}"
        raise BroadsheetError(Problem(source.name, 0, "", message, "keep those with papers"))
    found = [_feed(url, fetcher) for url in urls]
    problems += (problem for feed in found if not isinstance(feed, Opened) for problem in feed)
    feeds = [feed for feed in found if isinstance(feed, Opened)]
    if urls and not feeds:
        raise BroadsheetError(*problems)
    return feeds


def _feed(url: str, fetcher: Fetcher) -> Opened | tuple[Problem, ...]:
    """Returns a feed, or why it can't be had."""
    try:
        source = origin_of_address(url)
    except BroadsheetError as error:
        return error.problems
    try:
        return Opened(source, fetched(fetcher, source), is_feed=True)
    except BroadsheetError as error:
        return tuple(replace(problem, file=source) for problem in error.problems)


def opened(
    origin: Path | str,
    project: Project,
    folder: Path | None = None,
    fetcher: Fetcher | None = None,
) -> Opened:
    """Returns the source at a path or a URL.

    Args:
        origin: The path or the URL.
        project: The project to import into.
        folder: The folder that is imported, if the path is that of one of its files.
        fetcher: What has fetched other sources, and knows when it may ask their servers again.
    """
    if isinstance(origin, str):
        source = origin_of_address(origin)
        return Opened(source, fetched(fetcher or fetcher_of(project, os.environ), source))
    name = shown_path(origin)
    if not _is_text(name):
        shown = name.encode(errors="backslashreplace").decode()
        message = "the file name isn't UTF-8 text, so it can't be recorded as a source"
        raise BroadsheetError(Problem(shown, 0, "", message, "rename the file"))
    is_outside = Path(name).is_absolute() or name.startswith("..")
    source = _name_outside(origin, folder) if is_outside else name
    if is_large(origin):
        return Opened(source, large=origin, in_folder=folder is not None)
    raw = origin.read_bytes()
    text = text_of_file(raw, name)
    return Opened(source, text, None, remarks_on_file(raw, source), folder is not None)


def _name_outside(file: Path, folder: Path | None) -> str:
    """Returns the name of a file outside of the project.

    Its path means nothing to other people who read the content, except for the date of a daily
    list, as in 2024/11/25.md, and what tells the files of a folder apart.
    """
    found = _DATED_NAME.search(file.resolve().as_posix())
    within = file.relative_to(folder).as_posix() if folder else file.name
    return found[0] if found else within


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
