"""The files of a site are made and written on several cores."""

from __future__ import annotations

import logging
import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from broadsheet.base.files import FolderWriter
from broadsheet.site.faults import owner_errors
from broadsheet.site.generate import Task
from broadsheet.site.processes import can_fork, in_processes
from broadsheet.site.project import Project

# The logger, level and text of a message.
_Message = tuple[str, int, str]


@dataclass(frozen=True)
class Written:
    """The files that a task has written: their sizes in bytes by path."""

    task: str
    sizes: Mapping[str, int]


def write_tasks(
    tasks: Sequence[Task], folder: Path, project: Project, jobs: int
) -> Iterator[Written]:
    """Makes and writes the files of tasks. What a task has made isn't kept in memory.

    Args:
        tasks: The tasks; the longest should come first.
        folder: The folder of the site.
        project: The project, whose templates and hooks may fail.
        jobs: The number of processes.
    """
    if jobs < 2 or len(tasks) < 2 or not can_fork():
        yield from _written(tasks, iter(range(len(tasks))), folder, project)
        return
    numbers = _Numbers(len(tasks))
    share = partial(_share, tasks, numbers, folder, project)
    for found, messages in in_processes([share] * jobs):
        for name, level, message in messages:
            logging.getLogger(name).log(level, "%s", message)
        yield from found


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


def _share(
    tasks: Sequence[Task], numbers: _Numbers, folder: Path, project: Project
) -> tuple[list[Written], list[_Message]]:
    """Makes and writes what other processes don't. Also returns what MkDocs and hooks logged."""
    collector = _Collector()
    logging.getLogger("mkdocs").addHandler(collector)
    return list(_written(tasks, iter(numbers), folder, project)), collector.messages


class _Collector(logging.Handler):
    """Keeps warnings and errors."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[_Message] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append((record.name, record.levelno, record.getMessage()))


def _written(
    tasks: Sequence[Task], numbers: Iterator[int], folder: Path, project: Project
) -> Iterator[Written]:
    writer = FolderWriter(folder)
    for number in numbers:
        task = tasks[number]
        with owner_errors(project):  # an exception leaves its traceback in its process
            files = task.make()
        for path, content in files.items():
            writer.write(path, content)
        yield Written(task.name, {path: len(content) for path, content in files.items()})
