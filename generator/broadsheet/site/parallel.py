"""The files of a site are made and written on several cores."""

from __future__ import annotations

import logging
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.files import FileState, FolderWriter
from broadsheet.base.memory import give_memory_back
from broadsheet.base.reads import Read, Reads
from broadsheet.outputs.datasets.files import is_listed
from broadsheet.outputs.task import Task
from broadsheet.site.engine import library
from broadsheet.site.faults import owner_errors
from broadsheet.site.kept import Made
from broadsheet.site.processes import can_fork, in_processes
from broadsheet.site.project import Project

# The logger, level and text of a message.
_Message = tuple[str, int, str]
# What was read, tasks with the numbers of what they read and their files, and messages.
_Share = tuple[list[Read], list[tuple[str, list[int], Mapping[str, FileState]]], list[_Message]]


# Making so few pages takes less time than copying a process that remembers a large corpus.
_FEW = 40


@dataclass(frozen=True)
class Speed:
    """How files are made.

    Attributes:
        jobs: The number of processes.
        pages_first: Whether files that readers of pages don't see may be late.
        stop: Asked after each file whether to stop.
    """

    jobs: int = 1
    pages_first: bool = False
    stop: Callable[[], bool] = lambda: False


SPEED = Speed()
# In bytes. Tasks that make larger files need much more memory than others.
_LARGE = 2**20


class StoppedError(BroadsheetError):
    """A build was asked to stop."""

    def __reduce__(self) -> tuple[type[BroadsheetError], tuple[Problem, ...]]:
        return StoppedError, ()


@dataclass(frozen=True)
class Maker:
    """Makes the files of tasks and writes them.

    Attributes:
        project: The project, whose templates and hooks may fail.
        folder: The folder of the site.
        reads: Records what tasks read.
        speed: How files are made.
    """

    project: Project
    folder: Path
    reads: Reads
    speed: Speed = SPEED

    def make(self, tasks: Sequence[Task]) -> Iterator[Made]:
        """Makes and writes files. They aren't kept in memory. The longest tasks come first."""
        jobs = self.speed.jobs
        most_here = _FEW if self.speed.pages_first else 1
        if jobs < 2 or len(tasks) <= most_here or not can_fork():
            yield from self._made(tasks, range(len(tasks)))
            return
        numbers = _Numbers(len(tasks))
        # The longest tasks come first and need most memory, which a copy frees when it ends.
        copy = partial(self._share_of_copy, tasks, numbers)
        own = partial(self._share, tasks, numbers, numbers.last())
        for known, found, messages in in_processes([*[copy] * (jobs - 1), own]):
            for name, level, message in messages:
                logging.getLogger(name).log(level, "%s", message)
            for task, reads, files in found:
                yield Made(task, tuple(known[number] for number in reads), files)

    def _share_of_copy(self, tasks: Sequence[Task], numbers: _Numbers) -> _Share:
        """Does a share in a copy of this process, and returns its messages, which would be lost."""
        collector = _Collector()
        logging.getLogger(library().name).addHandler(collector)
        known, found, _ = self._share(tasks, numbers, numbers.first())
        return known, found, collector.messages

    def _share(self, tasks: Sequence[Task], numbers: _Numbers, own: Iterable[int]) -> _Share:
        """Makes and writes what other processes don't."""
        known: dict[Read, int] = {}  # tasks mostly read the same, and numbers are smaller
        try:
            found = [
                (made.task, [known.setdefault(read, len(known)) for read in made.reads], made.files)
                for made in self._made(tasks, own)
            ]
        except BaseException:
            numbers.end()  # nobody needs the rest
            raise
        return list(known), found, []

    def _made(self, tasks: Sequence[Task], numbers: Iterable[int]) -> Iterator[Made]:
        writer = FolderWriter(self.folder)
        for task in map(tasks.__getitem__, numbers):
            if self.speed.stop():
                raise StoppedError
            with owner_errors(self.project):  # an exception leaves its traceback in its process
                files, reads = self.reads.during(task.make)
            states = {
                path: writer.write(path, content, hashed=is_listed(path))
                for path, content in files.items()
            }
            size = sum(map(len, files.values()))
            del files
            if size > _LARGE:
                give_memory_back()
            yield Made(task.name, reads, states)


class _Numbers:
    """Hands out the numbers of tasks to all processes, so that none waits for a longer share."""

    def __init__(self, count: int) -> None:
        # The first number that nobody has, and the one after the last.
        self._left = multiprocessing.get_context("fork").Array("l", [0, count])

    def first(self) -> Iterator[int]:
        """Yields the lowest number that is left, until there's none."""
        while (left := self._taken(0, 1)) is not None:
            yield left

    def last(self) -> Iterator[int]:
        """Yields the highest number that is left, until there's none."""
        while (left := self._taken(1, -1)) is not None:
            yield left - 1

    def end(self) -> None:
        """Hands out no more."""
        with self._left.get_lock():
            self._left[0] = self._left[1]

    def _taken(self, end: int, step: int) -> int | None:
        with self._left.get_lock():
            left: list[int] = self._left[:]
            if left[0] == left[1]:
                return None
            self._left[end] += step
            return left[end]


class _Collector(logging.Handler):
    """Keeps warnings and errors."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[_Message] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append((record.name, record.levelno, record.getMessage()))
