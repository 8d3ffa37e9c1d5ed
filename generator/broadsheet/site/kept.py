"""What the last build of a site has made, and from what.

A file is made again if anything that its task has read is different now, or if somebody has changed
the file. The new site shares all other files with the last one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from broadsheet.base.cache import Cache, program
from broadsheet.base.files import FileState, state_of
from broadsheet.base.reads import VALUE, Read
from broadsheet.site.traced import Sources

# What a task has read whose files are late: it's always different.
_LATE: Read = ("late", VALUE, None)
# The number of parts of what is kept of a build: the world, what was read, the state of that,
# and tasks.
_PARTS = 4


@dataclass(frozen=True)
class Made:
    """The files of a task by path, and what it has read."""

    task: str
    reads: Iterable[Read]
    files: Mapping[str, FileState]


class KeptSite:
    """The site that the last build has published, as far as its files can be used again."""

    def __init__(self, cache: Cache, site: Path | None, world: str, sources: Sources) -> None:
        """Finds what the last build has made.

        Args:
            cache: The cache.
            site: The folder of the site. Without one, nothing is kept.
            world: Everything that tasks depend on, apart from what they read.
            sources: Everything that tasks read.
        """
        self._cache, self._site, self._sources = cache, site, sources
        self.name = hashlib.sha256(os.fsencode(site or "")).hexdigest()[:32]
        self._world = hashlib.sha256(program() + world.encode()).digest()
        # The numbers of what a task has read, and its files.
        self._tasks: dict[str, tuple[list[int], dict[str, FileState]]] = {}
        self._reads: list[Read] = []
        self._states: list[bytes] = []
        self._now: dict[str, tuple[list[int], dict[str, FileState]]] = {}
        # The files of the last site that the new one has, too, by path.
        self.shared: dict[str, FileState] = {}
        # Whether tasks were postponed.
        self.is_late = False
        sources.states(_LATE[0], lambda _: os.urandom(16))
        if site:
            self._load()
        self._numbers = {read: number for number, read in enumerate(self._reads)}
        # The numbers of reads that haven't been compared yet, and of those that have changed.
        self._unknown = set(range(len(self._reads)))
        self._changed: set[int] = set()

    def _load(self) -> None:
        found = self._cache.remembered(self.name) or list(self._cache.values(self.name))
        if len(found) == _PARTS and found[0] == self._world:
            reads, states, self._tasks = found[1:]
            self._reads, self._states = [*reads], [*states]

    def keep(self, task: str) -> bool:
        """Uses the files of a task again, if they would be the same as in the last build.

        Returns:
            Whether they are used. Otherwise, they have to be made.
        """
        if task not in self._tasks:
            return False
        reads, files = self._tasks[task]
        unknown = self._unknown.intersection(reads)
        self._unknown -= unknown
        self._changed.update(number for number in unknown if self._has_changed(number))
        if not self._changed.isdisjoint(reads) or not self._has(files):
            return False
        self._now[task] = (reads, files)
        self.shared.update(files)
        return True

    def postpone(self, task: str) -> bool:
        """Uses the files of a task again although they would be different now.

        The next build makes them. Returns whether they are used.
        """
        _, files = self._tasks.get(task, ([], {}))
        if not files or not self._has(files):
            return False
        self.is_late = True
        self.shared.update(files)
        self.add(Made(task, [_LATE], files))
        return True

    def _has_changed(self, number: int) -> bool:
        return self._sources.state(self._reads[number]) != self._states[number]

    def _has(self, files: Mapping[str, FileState]) -> bool:
        """Whether files of the last site are there, and as they were written."""
        try:
            return all(
                state_of(f"{self._site}/{path}") == state[:2] for path, state in files.items()
            )
        except OSError:
            return False

    def add(self, made: Made) -> None:
        """Adds files that were made."""
        numbers = []
        for read in made.reads:
            number = self._numbers.setdefault(read, len(self._reads))
            if number == len(self._reads):
                self._reads.append(read)
                self._states.append(b"")
                self._changed.add(number)
            numbers.append(number)
        self._now[made.task] = (numbers, dict(made.files))

    def tasks(self) -> Mapping[str, Iterable[str]]:
        """Returns the paths of what tasks have made so far, by task."""
        return {task: files.keys() for task, (_, files) in self._now.items()}

    def files(self) -> Mapping[str, FileState]:
        """Returns all files of the new site that tasks have made, by path."""
        return {path: state for _, files in self._now.values() for path, state in files.items()}

    def save(self) -> None:
        """Keeps what this build has made for the next one, when its site is published."""
        used = {number for numbers, _ in self._now.values() for number in numbers}
        for number in used & (self._changed | self._unknown):
            self._states[number] = self._sources.state(self._reads[number])
        parts = (self._world, self._reads, self._states, self._now)
        if not self._cache.remember(self.name, parts):
            self._cache.keep(self.name, parts)
