"""Broadsheet's peers: which of them can be measured here, and all versions."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ZENSICAL = "zensical==0.0.73"
_PACKAGES = ("mkdocs", "mkdocs-material", "markdown")


@dataclass(frozen=True)
class Peers:
    """The programs to compare with, by name, and notes about those that are missing."""

    programs: dict[str, str]
    notes: tuple[str, ...]


def find_peers(work: Path) -> Peers:
    """Finds Hugo, and finds Zensical or installs it into an environment in the folder `work`."""
    programs: dict[str, str] = {}
    notes: list[str] = []
    hugo = shutil.which("hugo")
    if hugo:
        programs["hugo"] = hugo
    else:
        notes.append("Hugo wasn't measured: install it, on Debian with `apt-get install hugo`.")
    zensical = shutil.which("zensical") or _installed(ZENSICAL, work / "zensical")
    if zensical:
        programs["zensical"] = zensical
    else:
        notes.append(f"Zensical wasn't measured: `pip install {ZENSICAL}` failed.")
    return Peers(programs, tuple(notes))


def _installed(package: str, folder: Path) -> str | None:
    program = folder / "bin" / package.partition("=")[0]
    if not program.is_file():
        install = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", package]
        make = [sys.executable, "-m", "venv", str(folder)]
        for command in (make, install):
            if subprocess.run(command, check=False, capture_output=True).returncode:
                return None
    return str(program) if program.is_file() else None


def versions(peers: Peers) -> dict[str, str]:
    """Returns the versions of everything that is measured, by name."""
    found = {"Python": sys.version.split()[0]} | {name: version(name) for name in _PACKAGES}
    for name, program in peers.programs.items():
        ask = [program, "version" if name == "hugo" else "--version"]
        printed = subprocess.run(ask, check=False, capture_output=True, text=True).stdout
        number = re.search(r"\d+(\.\d+)+", printed)
        found[name] = number[0] if number else "unknown"
    return found


def machine() -> str:
    """Returns the machine's cores and memory in words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB of memory"
