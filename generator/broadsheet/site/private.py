"""Whether a file with people's addresses could end up in a public repository."""

from __future__ import annotations

import subprocess
from pathlib import Path

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.site.project import shown_path


def refuse_committed(file: Path) -> None:
    """Refuses a file of recipients that Git would commit.

    Raises:
        BroadsheetError: The file is in a Git repository that tracks it or doesn't ignore it.
    """
    if _git(file, "rev-parse", "--is-inside-work-tree") != 0:
        return
    shown = shown_path(file)
    if _git(file, "ls-files", "--error-unmatch", "--", file.resolve().name) == 0:
        message = "has readers' addresses and is in the Git repository"
        advice = f"run `git rm --cached {shown}` and add it to .gitignore"
        raise BroadsheetError(Problem(shown, 0, "", message, advice))
    if _git(file, "check-ignore", "--quiet", "--", file.resolve().name) != 0:
        message = "has readers' addresses, and Git doesn't ignore it"
        raise BroadsheetError(Problem(shown, 0, "", message, "add it to .gitignore"))


def _git(file: Path, *arguments: str) -> int:
    """Runs a command of Git in the folder of a file. Returns its exit code, or 128 without Git."""
    command = ["git", *arguments]
    try:
        # A link may lead into a repository; Git looks at the folder that the file is really in.
        folder = file.resolve().parent
        return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode  # noqa: S603
    except FileNotFoundError:
        return 128
