"""Time, as the code that waits sees it. Tests replace it, so that none of them waits."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Clock:
    """What time it is, and waiting.

    Attributes:
        now: Returns the date and time.
        running: Returns seconds that only ever grow, for measuring.
        wait: Waits for some seconds.
    """

    now: Callable[[], datetime] = _now
    running: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep
