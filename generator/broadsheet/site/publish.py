"""The only code that writes a site: changed files, and one exchange of whole folders."""

from __future__ import annotations

import contextlib
import ctypes
import glob
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from broadsheet.base.files import naming

if sys.platform != "win32":
    import fcntl

_AT_FDCWD = -100
_EXCHANGE = 2


def write_tree(folder: Path, files: Mapping[str, bytes]) -> int:
    """Makes `folder` hold exactly `files`; returns how many had to be written.

    A file that already has its content is not touched, so its time tells when it changed.
    """
    written = 0
    for name, content in files.items():
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        if not path.is_file() or path.read_bytes() != content:
            _make_folder(folder, path.parent)
            with naming(path):
                path.write_bytes(content)
            written += 1
    _remove_others(folder, files)
    return written


def _make_folder(root: Path, folder: Path) -> None:
    """A file in the way of a folder is left over from an older site."""
    for part in [*reversed(folder.relative_to(root).parents), folder.relative_to(root)]:
        if (root / part).is_file():
            (root / part).unlink()
    folder.mkdir(parents=True, exist_ok=True)


def _remove_others(folder: Path, files: Mapping[str, bytes]) -> None:
    for parent, folders, names in os.walk(folder, topdown=False):
        here = Path(parent)
        for name in names:
            path = here / name
            if path.relative_to(folder).as_posix() not in files:
                path.unlink()
        for name in folders:
            with contextlib.suppress(OSError):  # a folder that is not empty stays
                (here / name).rmdir()


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
