"""Work on all cores: tasks run in copies of this process."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")

# A task is a closure over what is in memory, so a worker is told only its number.
_tasks: Sequence[Callable[[], object]] = ()


def cores() -> int:
    """The number of processes that can run at the same time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_processes(tasks: Sequence[Callable[[], Result]], jobs: int) -> list[Result]:
    """The results of tasks, in their order.

    The tasks share this process's memory as it is now and can't change it. Where processes can't
    be copied safely (Windows, macOS), and with one job, the tasks run here, one after the other.

    Args:
        tasks: Functions whose results and exceptions can be pickled.
        jobs: How many tasks may run at the same time.
    """
    global _tasks  # noqa: PLW0603 - how forked workers get at closures, which can't be pickled
    if min(jobs, len(tasks)) < 2 or sys.platform != "linux":
        return [task() for task in tasks]
    _tasks = tasks
    try:
        context = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(min(jobs, len(tasks)), mp_context=context) as pool:
            return list(pool.map(_run, range(len(tasks))))  # type: ignore[arg-type]
    finally:
        _tasks = ()


def _run(number: int) -> object:
    return _tasks[number]()
