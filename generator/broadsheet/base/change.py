"""Changing several files as one: all of them, or none.

A change is first written in full to a folder of its own, with a list of what goes where. From the
moment that the list is there, the change counts, and its files are moved to their places. Whoever
comes next finishes a change that was killed while moving, and removes one that doesn't count.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.files import move, path_in_errors

WORK_FOLDER = ".broadsheet"
_LIST = "list.json"
# Asking the disk about each of more files takes longer than asking it to write everything.
_SINGLY = 20


@dataclass(frozen=True)
class Change:
    """Files to replace and to remove.

    Attributes:
        files: The new contents by path, in the order in which they're replaced.
        removed: The files to remove after that.
        read: The hashes of the contents that were read, or None for files that didn't exist. If a
            file here has another content by now, nothing is changed.
    """

    files: Mapping[Path, bytes]
    removed: tuple[Path, ...] = ()
    read: Mapping[Path, str | None] = field(default_factory=dict)


class FileChangedError(Exception):
    """Another program has changed a file since it was read."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


def hash_of(content: bytes) -> str:
    """Returns the hash of a file's content."""
    return hashlib.sha256(content).hexdigest()


def work_folder(folder: Path) -> Path:
    """Returns where to keep what belongs to some content but isn't content.

    That's beside the folder of the content, or inside it if only that can be written to.
    """
    folder = folder.resolve()
    beside, inside = folder.parent / WORK_FOLDER, folder / WORK_FOLDER
    return inside if _is_writable(inside) and not _is_writable(beside) else beside


def change_folder(folder: Path) -> Path:
    """Returns where changes of a content folder are prepared."""
    return work_folder(folder) / "change"


def _is_writable(folder: Path) -> bool:
    while not folder.exists():
        folder = folder.parent
    return os.access(folder, os.W_OK)


def make(change: Change, folder: Path) -> None:
    """Makes a change. If that fails or is interrupted, all files stay as they were.

    Args:
        change: The change.
        folder: The folder to prepare it in, which nobody else uses at the same time.

    Raises:
        FileChangedError: Another program has changed one of the files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _clear(folder)
    folder.mkdir(exist_ok=True)
    try:
        _prepare(change, folder)
    except BaseException:
        _clear(folder)
        raise
    finish(folder, lambda _: True)


def _prepare(change: Change, folder: Path) -> None:
    listed: list[dict[str, object]] = []
    staged = [folder / str(number) for number in range(len(change.files))]
    for place, (path, content) in zip(staged, change.files.items(), strict=True):
        with path_in_errors(path):
            place.write_bytes(content)
        _require_writable(path.parent)
        if path.exists():
            shutil.copymode(path, place)
        listed.append({"file": os.path.relpath(path, folder), "from": place.name})
    listed += [{"file": os.path.relpath(path, folder)} for path in change.removed]
    paths = (*change.files, *change.removed)
    for path, line in zip(paths, listed, strict=True):
        line["before"] = _hash_on_disk(path)
        if path in change.read and change.read[path] != line["before"]:
            raise FileChangedError(path)
    unnamed = folder / f"{_LIST}.part"
    unnamed.write_text(json.dumps(listed), "utf-8")
    _wait_for_disk([*staged, unnamed])
    move(unnamed, folder / _LIST)  # from here on, the change counts


def _require_writable(folder: Path) -> None:
    """Makes a folder. Raises an error if files can't be moved to it."""
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))


def _wait_for_disk(paths: list[Path]) -> None:
    """Waits until files would even survive a loss of power."""
    if len(paths) > _SINGLY and hasattr(os, "sync"):
        os.sync()
        return
    for path in paths:
        with path.open("rb+") as stream:
            os.fsync(stream.fileno())


def _hash_on_disk(path: Path) -> str | None:
    try:
        return hash_of(path.read_bytes())
    except FileNotFoundError:
        return None


def finish(folder: Path, may_change: Callable[[Path], bool]) -> None:
    """Finishes a change that counts, and removes what's left of one that doesn't.

    Args:
        folder: The folder that it was prepared in.
        may_change: Whether a change may concern a file. The list may come from a stranger.

    Raises:
        BroadsheetError: The list is invalid.
        FileChangedError: Somebody has edited a file since the change was interrupted.
    """
    if not folder.is_dir():
        return
    listed = folder / _LIST
    if listed.is_file():
        for line in _lines(listed):
            _move(folder, line, may_change)
    _clear(folder)


def _clear(folder: Path) -> None:
    """Removes a folder with what `make` has put there, first of all the list."""
    for path in (folder / _LIST, *folder.iterdir()):
        if path.name.isdecimal() or path.name.startswith(_LIST):
            path.unlink(missing_ok=True)
    with suppress(OSError):  # somebody has put other files there
        folder.rmdir()


def _lines(listed: Path) -> list[dict[str, Any]]:
    try:
        found = json.loads(listed.read_text("utf-8"))
        is_list = all(isinstance(line["file"], str) for line in found)
    except (ValueError, TypeError, KeyError):
        is_list = False
    if not is_list:
        raise _invalid(listed)
    lines: list[dict[str, Any]] = found
    return lines


def _move(folder: Path, line: dict[str, Any], may_change: Callable[[Path], bool]) -> None:
    path = Path(os.path.normpath(folder / line["file"]))
    name = str(line.get("from", ""))
    if not may_change(path) or not (name.isdecimal() or name == ""):
        raise _invalid(folder / _LIST)
    staged = folder / name if name else None
    if staged and not staged.is_file():
        return  # it was moved already
    found = _hash_on_disk(path)
    if staged is None and found is None:
        return
    if found != line.get("before") and not (staged and found == _hash_on_disk(staged)):
        raise FileChangedError(path)
    if staged:
        _replace(staged, path)
    else:
        path.unlink()


def _replace(staged: Path, path: Path) -> None:
    try:
        move(staged, path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # The file is on another disk. If this is interrupted, the next try takes the same name.
        beside = path.with_name(f".{path.name}.part")
        shutil.copy2(staged, beside)
        move(beside, path)
        staged.unlink()


def _invalid(listed: Path) -> BroadsheetError:
    message = "isn't the list of a change that Broadsheet has begun"
    return BroadsheetError(Problem(str(listed), 0, "", message, f"delete {listed.parent}"))
