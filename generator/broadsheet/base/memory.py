"""Memory that a process doesn't need any more."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress


def give_memory_back() -> None:
    """Gives free memory back to the system, which the C library of Linux mostly keeps.

    After large values, this is a quarter of the memory of a build, in each of its processes.
    """
    if sys.platform == "linux":
        with suppress(AttributeError, OSError):  # other C libraries have no such function
            ctypes.CDLL(None).malloc_trim(0)
