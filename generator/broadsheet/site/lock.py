"""One build of a project at a time: they share the cache and the folder of the site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from broadsheet.site.generate import Report
from broadsheet.site.project import Project

WAITING = "Waiting for another build of this project to end"


@contextmanager
def alone(project: Project, report: Report) -> Iterator[None]:
    """Waits until no other process builds the project; says so when it has to.

    The system takes the lock away with the process, however that ends; its file stays, empty.
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
