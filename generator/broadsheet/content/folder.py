"""The files of a content folder: finding, reading and decoding them, and problems with that."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from broadsheet.base.encoding import SIZE_LIMIT, decode
from broadsheet.base.errors import BroadsheetError, Problem, suggest, warning
from broadsheet.content import yaml_text
from broadsheet.content.yaml_text import LineOf

KNOWN_FOLDERS = ("papers", "digests", "collections", "pages")
PATTERNS = {
    "papers": ("papers/*.yml", "papers/*.jsonl"),
    "digests": ("digests/*/*.yml",),
    "collections": ("collections/*.yml",),
}
KNOWN_FILES = ("topics.yml", "merges.yml", "citation.keys")


class ContentFolder:
    """Reads the files of a content folder and collects the problems with them.

    Files are named by their path inside the folder: "papers/some-paper.yml".

    Attributes:
        problems: The problems so far.
    """

    def __init__(self, folder: Path, shown: str) -> None:
        self._folder = folder
        self._shown = shown
        self.problems: list[Problem] = []

    def shown(self, file: str) -> str:
        """Returns the path of a file as problems print it."""
        return f"{self._shown}/{file}"

    def files(self, pattern: str) -> Iterator[str]:
        """Yields the files that match a pattern in order, and reports broken links and folders."""
        for file, entry in self._matching(pattern).items():
            if entry.is_file():
                yield file
            else:
                message = "is a broken link" if entry.is_symlink() else "isn't a file"
                advice = "remove it, or put a file in its place"
                self.problems.append(Problem(self.shown(file), 0, "", message, advice))

    def yaml(self, file: str) -> tuple[Any, LineOf] | None:
        """Returns the value of a YAML file and a function that finds the lines of its parts.

        Returns None if the file can't be read, after reporting the problem.
        """
        try:
            text = decode((self._folder / file).read_bytes(), self.shown(file))
            return yaml_text.parse(text, self.shown(file)), yaml_text.Lines(text)
        except BroadsheetError as error:
            self.problems += error.problems
        except OSError as error:
            self._report_unreadable(file, error)
        return None

    def lines(self, file: str) -> Iterator[tuple[int, str]]:
        """Yields the lines of a text file with their numbers, and reports those that aren't text.

        The file is read line by line, because it may be larger than the memory.
        """
        number = 1
        try:
            with (self._folder / file).open("rb") as stream:
                while raw := stream.readline(SIZE_LIMIT + 1):
                    for part in self._decoded(raw, file, number):
                        yield number, part
                        number += 1
        except OSError as error:
            self._report_unreadable(file, error)

    def report_ignored_files(self) -> None:
        """Warns about files that aren't read, because their names may be misspelled."""
        for entry in sorted(os.scandir(self._folder), key=lambda entry: entry.name):
            known = KNOWN_FOLDERS if entry.is_dir() else KNOWN_FILES
            if not entry.name.startswith((".", "README")) and entry.name not in (
                *known,
                *KNOWN_FILES,
            ):
                advice = suggest(entry.name, known)
                self.problems.append(warning(self.shown(entry.name), 0, "", "is ignored", advice))
        for folder, patterns in PATTERNS.items():
            read = {file for pattern in patterns for file in self._matching(pattern)}
            for file in self._files_below(folder):
                if file not in read:
                    advice = "Broadsheet reads " + " and ".join(patterns)
                    self.problems.append(warning(self.shown(file), 0, "", "is ignored", advice))

    def _matching(self, pattern: str) -> dict[str, os.DirEntry[str]]:
        """Returns the files, links and folders that match a pattern, in order of their paths."""
        found: dict[str, os.DirEntry[str]] = {}
        folders = {"": str(self._folder)}
        for part in pattern.split("/"):
            found = {
                inside + entry.name: entry
                for inside, folder in folders.items()
                for entry in os.scandir(folder)
                if fnmatchcase(entry.name, part)
            }
            folders = {f"{name}/": entry.path for name, entry in found.items() if entry.is_dir()}
        return dict(sorted(found.items()))

    def _report_unreadable(self, file: str, error: OSError) -> None:
        message = f"can't be read: {error.strerror}"
        self.problems.append(Problem(self.shown(file), 0, "", message))

    def _decoded(self, raw: bytes, file: str, number: int) -> list[str]:
        """Returns the lines in `raw`: one, or more if they end in the old way of the Mac."""
        try:
            return decode(raw, self.shown(file), number).removesuffix("\n").split("\n")
        except BroadsheetError as error:
            self.problems += error.problems
            return [""]

    def _files_below(self, folder: str) -> Iterator[str]:
        """Yields all files below a folder, except hidden ones."""
        for place, _, names in os.walk(self._folder / folder):
            inside = os.path.relpath(place, self._folder).replace(os.sep, "/")
            yield from (f"{inside}/{name}" for name in names if not name.startswith("."))
