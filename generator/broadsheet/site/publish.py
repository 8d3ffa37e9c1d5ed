"""Publishing: a site is built in a temporary folder, which then replaces the old site."""

from __future__ import annotations

import contextlib
import ctypes
import glob
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from broadsheet.base.files import move

if sys.platform != "win32":
    import fcntl

# Constants of Linux, see renameat2(2). That of macOS, see renamex_np(2), is the same.
_AT_FDCWD = -100
_EXCHANGE = 2


@contextlib.contextmanager
def working_folder(target: Path) -> Iterator[Path]:
    """Yields an empty folder next to `target`, which is removed at the end.

    Also removes folders that killed builds left behind, or restores the site from them.
    """
    prefix = f".{target.name}.building-"
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.old")
    if aside.exists() and not target.exists():
        move(aside, target)
    shutil.rmtree(aside, ignore_errors=True)
    for leftover in target.parent.glob(f"{glob.escape(prefix)}*"):
        with _lock_folder(leftover) as locked:
            if locked:
                shutil.rmtree(leftover, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
    work.chmod(0o755)
    with _lock_folder(work):
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)


@contextlib.contextmanager
def _lock_folder(folder: Path) -> Iterator[bool]:
    """Locks a folder. Yields False if another process has locked it.

    The system releases the lock when the process ends for any reason. Windows locks no folders, but
    removes none whose files are open, and builds of a project take turns.
    """
    if sys.platform == "win32":
        yield True
        return
    try:
        opened = os.open(folder, os.O_RDONLY)
    except OSError:
        yield False
        return
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(opened)


def discard(folder: Path) -> None:
    """Removes the folder of a site that isn't published."""
    shutil.rmtree(folder, ignore_errors=True)


def publish(work: Path, target: Path) -> None:
    """Replaces `target` by the folder `work` in one step. The old site is at `work` afterwards."""
    if not target.exists():
        move(work, target)
        return
    if _exchange(work, target):
        return
    # Without the system call, there's no site for a moment. If renaming fails, restore the old one.
    aside = target.with_name(f".{target.name}.old")
    move(target, aside)
    try:
        move(work, target)
    except OSError:
        move(aside, target)
        raise
    move(aside, work)


def _exchange(work: Path, target: Path) -> bool:
    """Exchanges two folders with a call of Linux or macOS. Returns False where unsupported."""
    first, second = os.fsencode(work), os.fsencode(target)
    try:
        system = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            result = system.renamex_np(first, second, _EXCHANGE)
        else:
            result = system.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _EXCHANGE)
    except (AttributeError, OSError, TypeError):
        return False
    return bool(result == 0)
