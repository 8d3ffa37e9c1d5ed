"""What the last build of a site has made, and from what.

A file is made again if anything that its task has read is different now, or if somebody has changed
the file. The new site shares all other files with the last one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from broadsheet.base.cache import Cache, program
from broadsheet.base.files import FileState, state_of
from broadsheet.base.reads import ALL, VALUE, Read
from broadsheet.site.traced import Sources, State, is_same

# What a task has read whose files are late: it's always different.
_LATE: Read = ("late", VALUE, None)
# The number of parts of what is kept of a build: the world, what was read, the states of that, all
# values, files of others, and tasks.
_PARTS = 6


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
        # In a live build, the states of all values of a kind. States are those of other reads then.
        self._whole: dict[str, State] = {}
        # The numbers of what a task has read, and its files.
        self._tasks: dict[str, tuple[list[int], dict[str, FileState]]] = {}
        self._reads: list[Read] = []
        self._states: list[State] = []
        self._now: dict[str, tuple[list[int], dict[str, FileState]]] = {}
        # In a live build, the paths of files that no task has made.
        self._others: frozenset[str] = frozenset()
        # The paths of all files that this build has written.
        self.written: frozenset[str] = frozenset()
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
            reads, states, self._whole, self._others, self._tasks = found[1:]
            self._reads, self._states = [*reads], [*states]

    def keep(self, tasks: Iterable[str]) -> set[str]:
        """Uses the files of some tasks again, if they would be the same as in the last build.

        Returns:
            The tasks whose files are used. Those of all others have to be made.
        """
        known = [(task, *self._tasks[task]) for task in tasks if task in self._tasks]
        wanted = self._unknown.intersection(chain.from_iterable(reads for _, reads, _ in known))
        self._unknown -= wanted
        self._changed.update(self._different(wanted))
        kept = set()
        for task, reads, files in known:
            if self._changed.isdisjoint(reads) and self._has(files):
                self._now[task] = (reads, files)
                self.shared.update(files)
                kept.add(task)
        return kept

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

    def _different(self, numbers: Iterable[int]) -> Iterator[int]:
        """Yields the numbers of reads that are different now."""
        kinds = set()
        for number in numbers:
            read = self._reads[number]
            if read[0] in self._whole:
                kinds.add(read[0])
            elif not is_same(self._states[number], self._sources.state(read)):
                yield number
        for kind in kinds:
            for read in self._sources.changed(kind, self._whole[kind]):
                if read in self._numbers:
                    yield self._numbers[read]

    def _has(self, files: Mapping[str, FileState]) -> bool:
        """Whether files of the last site are there, and as they were written.

        Nobody else changes the folder of a live site.
        """
        if self._sources.is_live:
            return True
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
                self._states.append(None)
                self._changed.add(number)
            numbers.append(number)
        self._now[made.task] = (numbers, dict(made.files))

    def tasks(self) -> Mapping[str, Iterable[str]]:
        """Returns the paths of what tasks have made so far, by task."""
        return {task: files.keys() for task, (_, files) in self._now.items()}

    def files(self) -> Mapping[str, FileState]:
        """Returns all files of the new site that tasks have made, by path."""
        return {path: state for _, files in self._now.values() for path, state in files.items()}

    @property
    def is_live(self) -> bool:
        """Whether the site is there, and only this process changes it."""
        return self._sources.is_live and bool(self._tasks)

    def has_written(self, paths: Iterable[str]) -> None:
        """Adds the paths of all files that this build has written, whoever has made them."""
        self.written = frozenset(paths)

    def gone(self) -> set[str]:
        """Returns the paths of files that the last site has, and the new one doesn't."""
        before = {path for _, files in self._tasks.values() for path in files}
        return (before | self._others) - self.written - self.shared.keys()

    def forget(self) -> None:
        """Forgets what this process remembers of the last build."""
        self._cache.remember(self.name, ())

    def save(self) -> None:
        """Keeps what this build has made for the next one, when its site is published."""
        sources, used = self._sources, {n for numbers, _ in self._now.values() for n in numbers}
        kinds = {read[0] for read in self._reads} if sources.is_live else set()
        whole = {kind: sources.state((kind, ALL, None)) for kind in kinds if sources.is_whole(kind)}
        for number in used & (self._changed | self._unknown):
            if self._reads[number][0] not in whole:
                self._states[number] = sources.state(self._reads[number])
        others = self.written - self.files().keys() if sources.is_live else frozenset()
        parts = (self._world, self._reads, self._states, whole, others, self._now)
        if not self._cache.remember(self.name, parts):
            self._cache.keep(self.name, parts)
