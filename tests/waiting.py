"""Waiting for another process without guessing how long it takes."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

# In seconds; far more than anything takes, even on a machine that ten others keep busy.
PATIENCE = 300.0
_PAUSE = 0.02
# CPU time. Far more than hostile inputs take, and far less than what grows with their square.
SECONDS = 20


def until(holds: Callable[[], object], *not_yet: type[Exception]) -> None:
    """Polls until a condition holds. An exception of the types `not_yet` means that it doesn't."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if holds():
                return
        except not_yet:
            pass
        time.sleep(_PAUSE)
    raise AssertionError(f"still not so after {PATIENCE:.0f} seconds")


@contextmanager
def bounded(seconds: int = SECONDS) -> Iterator[None]:
    """Stops what takes longer, so that nothing can hang a test.

    Only the time of this process counts, because others can keep the machine busy.
    """

    def stop(_number: int, _frame: FrameType | None) -> NoReturn:
        raise TimeoutError(f"took longer than {seconds} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
