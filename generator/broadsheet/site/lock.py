"""A lock for one build of a project at a time, because builds share the cache and the target."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from broadsheet.site.generate import Report
from broadsheet.site.project import Project

WAITING = "Waiting for another build of this project to finish"


@contextmanager
def build_lock(project: Project, report: Report) -> Iterator[None]:
    """Waits until no other process builds the project, and reports if it has to wait.

    The system releases the lock when the process ends for any reason. The empty file stays.
    """
    project.lock_file.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(project.lock_file)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        report(WAITING)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
