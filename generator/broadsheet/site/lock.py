"""Locks: one build of a project at a time, and one command that changes content at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from broadsheet.base import change
from broadsheet.base.change import FileChangedError, change_folder, work_folder
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.files import leads_out
from broadsheet.site.project import Project, Report, shown_path

WAITING = "Waiting for another build of this project to finish"
WAITING_FOR_CONTENT = "Waiting for another broadsheet command in this project"


@contextmanager
def build_lock(project: Project, report: Report) -> Iterator[None]:
    """Waits until no other process builds the project, and reports if it has to wait.

    Builds share the cache and the target. The system releases the lock when the process ends for
    any reason. The empty file stays.
    """
    with _locked(project.lock_file, report, WAITING):
        yield


@contextmanager
def content_lock(folder: Path, report: Report, *, to_write: bool = True) -> Iterator[None]:
    """Waits until no other command changes some content, and finishes a change that was killed.

    What is loaded before isn't to be trusted. Commands that only read hold the lock while they
    load, so that they don't see half of a change.

    Args:
        folder: The content folder.
        report: Gets a line if it has to wait.
        to_write: Whether the command may change the content. If not, it makes no files, and a disk
            that can't be written to is no problem.

    Raises:
        BroadsheetError: Somebody has edited a file that a killed command was about to change.
    """
    work = work_folder(folder)
    # If not even the folder around it exists, nobody else can have content there.
    if not (work.exists() if not to_write else work.parent.exists()):
        yield
        return
    if not os.access(work if work.exists() else work.parent, os.W_OK):
        yield  # whoever writes is told by the system
        return
    if not work.exists():  # so that it isn't committed, wherever it is
        work.mkdir(parents=True, exist_ok=True)
        (work / ".gitignore").write_bytes(b"*\n")
    with _locked(work / "content-lock", report, WAITING_FOR_CONTENT):
        _finish(folder)
        yield


@contextmanager
def _locked(file: Path, report: Report, waiting: str) -> Iterator[None]:
    file.parent.mkdir(parents=True, exist_ok=True)
    # A singleton, so that a command that holds the lock can call another one.
    lock = FileLock(file, is_singleton=True)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        report(waiting)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _finish(folder: Path) -> None:
    around = folder.resolve().parent
    try:
        change.finish(change_folder(folder), lambda path: not leads_out(path, folder, around))
    except FileChangedError as error:
        message = "has been edited after a command that was to change it was killed"
        left = shown_path(change_folder(folder))
        advice = f"undo the edit and try again, or delete {left} and check what that command did"
        raise BroadsheetError(Problem(shown_path(error.path), 0, "", message, advice)) from error
