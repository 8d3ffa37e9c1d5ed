"""A site is built in a folder of its own, which then takes the place of the old site."""

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

if sys.platform != "win32":
    import fcntl

_AT_FDCWD = -100
_EXCHANGE = 2


@contextlib.contextmanager
def working_folder(target: Path) -> Iterator[Path]:
    """An empty folder beside `target`, removed at the end with whatever is in it.

    What builds that were killed left behind is removed, too, or put back when it is the site.
    """
    prefix = f".{target.name}.building-"
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.old")
    if aside.exists() and not target.exists():
        aside.rename(target)
    for left in target.parent.glob(f"{glob.escape(prefix)}*"):
        with _mark_of(left) as alone:
            if alone:
                shutil.rmtree(left, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
    work.chmod(0o755)
    with _mark_of(work):
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)


@contextlib.contextmanager
def _mark_of(folder: Path) -> Iterator[bool]:
    """Marks a folder as in use, or yields False when another process does.

    The system takes the mark away with the process, however that ends. Where it knows no such
    marks, nobody can tell, and False is the safe answer.
    """
    if sys.platform == "win32":
        yield False
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


def publish(work: Path, target: Path) -> None:
    """Puts the folder `work` in the place of `target` in one step.

    What was at `target` is at `work` afterwards. Readers see the old site or the new one.
    """
    if not target.exists():
        work.rename(target)
        return
    if _exchange(work, target):
        return
    # Without the system call there is a moment with no site; the old one comes back if it fails.
    aside = work.with_name(f".{target.name}.old")
    target.rename(aside)
    try:
        work.rename(target)
    except OSError:
        aside.rename(target)
        raise
    aside.rename(work)


def _exchange(one: Path, other: Path) -> bool:
    """Linux's renameat2 with RENAME_EXCHANGE; False where it is not to be had."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    result = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE)
    return bool(result == 0)
