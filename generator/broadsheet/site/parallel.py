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
        if jobs < 2 or len(tasks) < 2 or not can_fork():
            yield from self._made(tasks, range(len(tasks)))
            return
        share = partial(self._share, tasks, _Numbers(len(tasks)))
        for known, found, messages in in_processes([share] * jobs):
            for name, level, message in messages:
                logging.getLogger(name).log(level, "%s", message)
            for task, reads, files in found:
                yield Made(task, tuple(known[number] for number in reads), files)

    def _share(self, tasks: Sequence[Task], numbers: Iterable[int]) -> _Share:
        """Makes and writes what other processes don't."""
        collector = _Collector()
        logging.getLogger(library().name).addHandler(collector)
        known: dict[Read, int] = {}  # tasks mostly read the same, and numbers are smaller
        found = [
            (made.task, [known.setdefault(read, len(known)) for read in made.reads], made.files)
            for made in self._made(tasks, numbers)
        ]
        return list(known), found, collector.messages

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
            yield Made(task.name, reads, states)


class _Numbers:
    """Hands out the numbers of tasks to all processes, so that none waits for a longer share."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._next = multiprocessing.get_context("fork").Value("l", 0)

    def __iter__(self) -> Iterator[int]:
        while True:
            with self._next.get_lock():
                number: int = self._next.value
                self._next.value += 1
            if number >= self._count:
                return
            yield number


class _Collector(logging.Handler):
    """Keeps warnings and errors."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[_Message] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append((record.name, record.levelno, record.getMessage()))
