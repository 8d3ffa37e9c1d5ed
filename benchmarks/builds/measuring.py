"""What a command costs and how large a folder is."""

from __future__ import annotations

import os
import re
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_EVERY = 0.1  # seconds
# Looking at the memory of many large processes takes time that the build should have.
_MOST_OF_THE_TIME = 0.05


@dataclass(frozen=True)
class Cost:
    """What a command cost with all its processes.

    Attributes:
        cpu: User and system time in seconds.
        wall: Seconds from start to end.
        peak: The most memory that its processes held at once, in bytes. Shared memory counts once.
    """

    cpu: float
    wall: float
    peak: int


@dataclass(frozen=True)
class Size:
    """A folder's files, and their bytes in total."""

    files: int
    bytes: int


class CommandFailedError(Exception):
    """A command that should be measured failed, so its cost says nothing."""


def cost_of(command: Sequence[str], folder: Path) -> Cost:
    """Runs a command in a folder and measures it.

    Raises:
        CommandFailedError: The command failed. The message ends with what it printed.
    """
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    output = folder / ".output"
    with output.open("wb") as stream:
        start = time.monotonic()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=stream, stderr=subprocess.STDOUT
        )
        watch = _Watch(process.pid)
        watch.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    watch.join()
    printed = output.read_text("utf-8", "replace")
    output.unlink()
    if process.returncode:
        raise CommandFailedError(f"{' '.join(command)} in {folder} failed:\n{printed[-2000:]}")
    return Cost(used.ru_utime + used.ru_stime, wall, watch.peak)


class _Watch(threading.Thread):
    """Notes the memory of a process and its children until it ends."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = process
        self.peak = 0

    def run(self) -> None:
        while True:
            start = time.monotonic()
            processes = _with_children(self._process)
            together = sum(map(_proportional_bytes, processes))
            if not together:
                return
            # The kernel remembers the peak of a single process, even between two looks.
            alone = max(map(_peak_of_one, processes))
            self.peak = max(self.peak, together, alone)
            took = time.monotonic() - start
            time.sleep(max(_EVERY, took / _MOST_OF_THE_TIME))


def _with_children(process: int) -> list[int]:
    found = [process]
    for parent in found:
        for thread in _names(_PROC / str(parent) / "task"):
            listed = _text(_PROC / str(parent) / "task" / thread / "children")
            found += [int(child) for child in listed.split()]
    return found


def _names(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:
        return []  # the process has ended


def _text(path: Path) -> str:
    try:
        return path.read_text("ascii")
    except OSError:
        return ""  # the process has ended


def _proportional_bytes(process: int) -> int:
    """Returns a process's memory, with its share of what it has in common with others."""
    return _kilobytes("Pss", _text(_PROC / str(process) / "smaps_rollup")) * 1024


def _peak_of_one(process: int) -> int:
    return _kilobytes("VmHWM", _text(_PROC / str(process) / "status")) * 1024


def _kilobytes(name: str, text: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) if found else 0


def size_of(folder: Path, pattern: str = "") -> Size:
    """Counts the files below a folder whose relative path the regular expression is found in."""
    files = size = 0
    for parent, _, names in os.walk(folder):
        for path in (Path(parent, name) for name in names):
            if re.search(pattern, path.relative_to(folder).as_posix()):
                files += 1
                size += path.lstat().st_size
    return Size(files, size)
