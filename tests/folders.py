"""Folders in tests: writing files into them and comparing what they contain."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

WRITING = "BROADSHEET_WRITE_GOLDEN" in os.environ


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Writes files, and creates the folders that they need."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def tree(folder: Path) -> dict[str, str]:
    """Returns a hash of every file below a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def expect(path: Path, text: str) -> None:
    """Compares `text` with a golden file; with BROADSHEET_WRITE_GOLDEN=1, writes it for review."""
    if WRITING:
        write_files(path.parent, {path.name: text})
    assert path.exists(), f"{path} is missing; BROADSHEET_WRITE_GOLDEN=1 writes it"
    assert text == path.read_bytes().decode()
