"""The files of a content folder: finding and reading them, and problems with that."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from zlib import crc32

from broadsheet.base.change import hash_of
from broadsheet.base.encoding import SIZE_LIMIT
from broadsheet.base.errors import Problem, suggest, warning
from broadsheet.base.files import leads_out

KNOWN_FOLDERS = ("papers", "digests", "collections", "pages")
PATTERNS = {
    "papers": ("papers/*.yml", "papers/*.jsonl"),
    "digests": ("digests/*/*.yml",),
    "collections": ("collections/*.yml",),
}
# The average number of lines in a block.
_LINES = 100
KNOWN_FILES = (
    *("topics.yml", "merges.yml", "imports.yml"),
    *("citation.keys", "imported.hashes", "removed.papers", "format.yml"),
)


class ContentFolder:
    """Reads the files of a content folder and collects the problems with them.

    Files are named by their path inside the folder: "papers/some-paper.yml".

    Attributes:
        problems: The problems so far.
        read: The hashes of the files that were read, by path.
    """

    def __init__(self, folder: Path, shown: str) -> None:
        self._folder = folder
        self._shown = shown
        self.problems: list[Problem] = []
        self.read: dict[str, str] = {}
        self._links: dict[str, bool] = {}

    def shown(self, file: str) -> str:
        """Returns the path of a file as problems print it."""
        return f"{self._shown}/{file}"

    def files(self, pattern: str) -> Iterator[str]:
        """Yields the files that match a pattern in order, and reports broken links and folders."""
        for file, entry in self._matching(pattern).items():
            if not entry.is_file():
                is_broken = entry.is_symlink() and not Path(entry.path).exists()
                message = "is a broken link" if is_broken else "isn't a file"
                advice = "remove it, or put a file in its place"
            elif self._is_linked(entry) and leads_out(
                Path(entry.path), self._folder, self._folder.resolve().parent
            ):
                message = "is a link to something outside of the project"
                advice = "copy what it leads to, or remove the link"
            else:
                yield file
                continue
            self.problems.append(Problem(self.shown(file), 0, "", message, advice))

    def _is_linked(self, entry: os.DirEntry[str]) -> bool:
        """Whether a file is a link or in a linked folder. Following every path takes long."""
        return entry.is_symlink() or self._is_link(entry.path.rpartition(os.sep)[0])

    def _is_link(self, folder: str) -> bool:
        """Whether a folder, or one above it inside the content folder, is a link."""
        if folder not in self._links:
            is_inside = len(folder) > len(str(self._folder))
            self._links[folder] = is_inside and (
                Path(folder).is_symlink() or self._is_link(folder.rpartition(os.sep)[0])
            )
        return self._links[folder]

    def content(self, file: str) -> bytes | None:
        """Returns the content of a file, or None after reporting that it can't be read."""
        try:
            found = (self._folder / file).read_bytes()
        except OSError as error:
            self._report_unreadable(file, error)
            return None
        self.read[file] = hash_of(found)
        return found

    def blocks(self, file: str) -> Iterator[bytes]:
        """Yields a file in blocks of about a hundred lines, as it may be larger than the memory.

        What a line is decides whether a block ends there. So an edit changes only the blocks that
        it touches.
        """
        block: list[bytes] = []
        whole = hashlib.sha256()
        try:
            with (self._folder / file).open("rb") as stream:
                while line := stream.readline(SIZE_LIMIT + 1):
                    whole.update(line)
                    block.append(line)
                    if crc32(line) % _LINES == 0:
                        yield b"".join(block)
                        block = []
        except OSError as error:
            self._report_unreadable(file, error)
        self.read[file] = whole.hexdigest()
        yield b"".join(block)

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

    def _files_below(self, folder: str) -> Iterator[str]:
        """Yields all files below a folder, except hidden ones."""
        for place, _, names in os.walk(self._folder / folder):
            inside = os.path.relpath(place, self._folder).replace(os.sep, "/")
            yield from (f"{inside}/{name}" for name in names if not name.startswith("."))
