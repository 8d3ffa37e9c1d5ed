"""Waiting for another process without guessing how long it takes."""

from __future__ import annotations

import time
from collections.abc import Callable

# In seconds; far more than anything takes, even on a machine that ten others keep busy.
PATIENCE = 300.0
_PAUSE = 0.02


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
