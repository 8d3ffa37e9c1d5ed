"""Work on several cores, in copies of this process."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from broadsheet.base.memory import give_memory_back

Result = TypeVar("Result")

# A constant of Linux, see prctl(2).
_END_WITH_PARENT = 1


def cores() -> int:
    """The number of processes that can run at the same time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def can_fork() -> bool:
    """Whether this process can be copied safely: on Linux, while it has one thread."""
    return sys.platform == "linux" and threading.active_count() == 1


def in_processes(tasks: Sequence[Callable[[], Result]]) -> list[Result]:
    """Runs tasks at the same time and returns the results in their order.

    The last task runs here, because another copy of this process would need more memory. All others
    run in copies: they see everything that is in memory now, and can't change it. Where processes
    can't be copied safely, tasks run here, one after the other.

    Args:
        tasks: Functions whose results and exceptions can be pickled.

    Raises:
        Exception: The first one that a task has raised. All other processes are stopped.
    """
    if len(tasks) < 2 or not can_fork():
        return [task() for task in tasks]
    context = multiprocessing.get_context("fork")
    give_memory_back()  # or copies would write to free memory that they share with this process
    gc.freeze()  # a collection in a copy would write to all of the memory that both share
    started: list[tuple[Any, Connection]] = []
    try:
        for task in tasks[:-1]:
            receiver, sender = context.Pipe(duplex=False)
            process = context.Process(target=_run, args=(task, sender, os.getpid()), daemon=True)
            process.start()
            sender.close()
            started.append((process, receiver))
        own = tasks[-1]()
        return [*(_result_of(process, receiver) for process, receiver in started), own]
    finally:
        gc.unfreeze()
        for process, receiver in started:
            receiver.close()
            process.terminate()
            process.join()


def _run(task: Callable[[], object], sender: Connection, parent: int) -> None:
    _end_with(parent)
    # Ctrl+C goes to all processes, and the one that waits for the others stops them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    answer: tuple[object, BaseException | None]
    try:
        answer = (task(), None)
    except BaseException as error:  # noqa: BLE001 - it is raised where the result is received
        answer = (None, _sendable(error))
    sender.send(answer)
    sender.close()


def _end_with(parent: int) -> None:
    """Ends this process when the one that started it is killed, so that it writes no longer."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:  # it was killed before that
        os._exit(1)


def _sendable(error: BaseException) -> BaseException:
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    except Exception:  # noqa: BLE001 - pickling can fail in many ways
        return RuntimeError("".join(traceback.format_exception(error)))
    return error


def _result_of(process: Any, receiver: Connection) -> Any:
    try:
        result, error = receiver.recv()
    except EOFError:
        process.join()
        raise RuntimeError(f"a process ended without a result ({process.exitcode})") from None
    if error is not None:
        raise error
    return result
