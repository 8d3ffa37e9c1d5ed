"""Completing the folder of a new site with files of the last one.

The site before the last one is kept, because it has almost all files of the new one already. So
after a small change, only a few files are moved, and the two folders take turns.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from broadsheet.base.files import FileState, FolderWriter, move


def completed(work: Path, last: Path, spare: Path, shared: Mapping[str, FileState]) -> Path:
    """Completes a site with files of the last one.

    Args:
        work: The folder with all files that are different from those of the last site.
        last: The last site, which stays as it is.
        spare: The folder of an earlier site, which may be missing.
        shared: All other files of the new site, by path, as they are in the last one.

    Returns:
        The folder of the new site: `work` or `spare`.
    """
    if not shared:
        return work
    there = set(_kept(str(spare), shared)) if spare.is_dir() else set()
    tree = spare if there else work
    writer = FolderWriter(tree)
    if tree is spare:
        for path in sorted(paths_in(work)):
            writer.take(path, work)
    for path in shared.keys() - there:
        writer.share(path, last)
    return tree


def change(site: Path, work: Path, paths: Iterable[str], gone: Iterable[str]) -> None:
    """Changes a site that only this process changes. Nothing else of it is even looked at.

    Args:
        site: The folder of the site.
        work: The folder with what is different.
        paths: The paths of all files there.
        gone: The paths of files that the site doesn't have any more.
    """
    writer = FolderWriter(site)
    for path in sorted(paths):
        writer.take(path, work)
    for path in gone:
        (site / path).unlink(missing_ok=True)
        with suppress(OSError):  # other files are left
            (site / path).parent.rmdir()


def keep_spare(old: Path, spare: Path, shared: Mapping[str, FileState]) -> None:
    """Keeps the site that was replaced, unless it would need much space of its own.

    Args:
        old: The folder of the replaced site.
        spare: Where to keep it.
        shared: The files that it shares with the new site.
    """
    if old == spare:
        return
    shutil.rmtree(spare, ignore_errors=True)
    if shared:
        spare.parent.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):  # another disk; then the next build needs a little longer
            move(old, spare)


def paths_in(folder: Path) -> Iterator[str]:
    """Yields the paths of all files in a folder."""
    found = (path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())
    return (path.relative_to(folder).as_posix() for path in found)


def _kept(folder: str, wanted: Mapping[str, FileState], prefix: str = "") -> Iterator[str]:
    """Removes all files that aren't as wanted, and empty folders. Yields all others by path."""
    with os.scandir(folder) as entries:
        found = list(entries)
    is_empty = True
    for entry in found:
        path = f"{prefix}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            inside = list(_kept(entry.path, wanted, f"{path}/"))
            yield from inside
            is_empty = is_empty and not inside
            continue
        state = entry.stat(follow_symlinks=False)
        if wanted.get(path, ())[:2] == (state.st_size, state.st_mtime_ns):
            yield path
            is_empty = False
        else:
            os.unlink(entry.path)  # noqa: PTH108
    if is_empty and prefix:
        os.rmdir(folder)  # noqa: PTH106
