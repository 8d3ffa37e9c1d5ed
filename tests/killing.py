"""Killing a command of the command line at a step or at a time of its work."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from broadsheet.cli import main

# Whatever changes the disk.
_STEPS = ("replace", "rename", "unlink", "rmdir", "mkdir", "fsync", "sync", "link")


def killed_at(step: int, arguments: list[str]) -> bool:
    """Runs a command and kills it right before a step of its work on the disk.

    Writing a file is two steps: one before it, and one when half of it is there.

    Returns:
        Whether it got that far.
    """

    def run() -> None:
        steps = count()

        def dying(function: Callable[..., Any]) -> Callable[..., Any]:
            def with_step(*given: Any, **options: Any) -> Any:
                _die_at(next(steps) == step)
                return function(*given, **options)

            return with_step

        def write_bytes(path: Path, content: bytes) -> int:
            _die_at(next(steps) == step)
            with path.open("wb") as stream:
                stream.write(content[: len(content) // 2])
                stream.flush()
                _die_at(next(steps) == step)
                return stream.write(content[len(content) // 2 :])

        for name in _STEPS:
            setattr(os, name, dying(getattr(os, name)))
        Path.write_bytes = write_bytes  # type: ignore[method-assign, assignment]
        Path.write_text = lambda path, text, *_, **__: write_bytes(path, text.encode())  # type: ignore[method-assign]
        _run(arguments)

    return _is_killed(_forked(run))


def killed_after(seconds: float, arguments: list[str]) -> bool:
    """Runs a command and kills it after some time. Returns whether it was still running."""
    process = _forked(lambda: _run(arguments))
    timer = threading.Timer(seconds, os.kill, (process, signal.SIGKILL))
    timer.start()
    try:
        return _is_killed(process)
    finally:
        timer.cancel()


def _run(arguments: list[str]) -> None:
    CliRunner().invoke(main, arguments, prog_name="broadsheet", catch_exceptions=False)


def _die_at(now: bool) -> None:
    if now:
        os.kill(os.getpid(), signal.SIGKILL)


def _forked(run: Callable[[], None]) -> int:
    """Runs a function in a copy of this process, which is faster than starting a new one."""
    sys.stdout.flush()
    sys.stderr.flush()
    process = os.fork()
    if process:
        return process
    status = 70
    try:
        run()
        status = 0
    finally:
        os._exit(status)


def _is_killed(process: int) -> bool:
    _, status = os.waitpid(process, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)
