"""Sorting exceptions by cause: those of the system and the site's owner become problems.

Exceptions caused by bugs in Broadsheet keep their traceback.
"""

from __future__ import annotations

import errno
import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jinja2 import TemplateNotFound
from mkdocs.exceptions import MkDocsException

import broadsheet
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.site.project import Project, line_of_key, shown_path

_PACKAGE = Path(broadsheet.__file__).parent
_FULL = "free disk space and try again; nothing was lost"
_PERMISSIONS = "check the permissions of the file and its folder"
_IN_THE_WAY = "a file is in the place of a folder, or the other way around; move it away"
_ADVICE = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EIO: "check the disk and the connection to it",
    errno.EROFS: "choose a folder on a disk that you can write to",
    errno.EACCES: _PERMISSIONS,
    errno.EPERM: _PERMISSIONS,
    errno.EEXIST: _IN_THE_WAY,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EISDIR: _IN_THE_WAY,
    errno.EBUSY: "a mounted folder can't be replaced; choose one inside it with --site-dir",
}
_WRITE_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def system_problem(error: OSError) -> Problem | None:
    """Returns an error of the system as a problem, or None if only a bug can cause it."""
    if error.filename is None and error.errno not in _ADVICE:
        return None
    # Errors of copying name both files. If the disk is full, the second one matters.
    file = error.filename2 if error.filename2 and error.errno in _WRITE_ERRORS else error.filename
    place = "disk" if file is None else shown_path(Path(os.fsdecode(file)))
    advice = _ADVICE.get(error.errno or 0, "")
    return Problem(place, 0, "", error.strerror or str(error), advice)


@contextmanager
def owner_errors(project: Project) -> Iterator[None]:
    """Turns exceptions in the project's own templates and hooks into errors with file and line.

    Raises:
        BroadsheetError: The project's code failed, or the theme lacks a template.
    """
    try:
        yield
    except (BroadsheetError, MkDocsException):
        raise
    except Exception as error:
        of_system = isinstance(error, OSError) and not isinstance(error, TemplateNotFound)
        problem = None if of_system else _problem_of(error, project)
        if problem is None:
            raise
        raise BroadsheetError(problem) from error


def _problem_of(error: Exception, project: Project) -> Problem | None:
    what = f"{type(error).__name__}: {' '.join(str(error).split())}"
    if isinstance(error, SyntaxError) and error.filename and _is_owners(error.filename, project):
        return Problem(shown_path(Path(error.filename)), error.lineno or 0, "", what)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if Path(frame.filename).is_relative_to(_PACKAGE):
            break
        if _is_owners(frame.filename, project):
            return Problem(shown_path(Path(frame.filename)), frame.lineno or 0, "", what)
    if isinstance(error, TemplateNotFound):
        file = project.config_file
        message = f"the theme has no template {error.name!r}"
        advice = "set `theme.name` to material and `theme.language` to a language that it has"
        return Problem(shown_path(file), line_of_key(file, "theme"), "theme", message, advice)
    return None


def _is_owners(file: str, project: Project) -> bool:
    path = Path(file)
    return path.is_relative_to(project.root) and "site-packages" not in path.parts
