"""Whose mistake an exception is: the machine's and the owner's are problems, ours a traceback."""

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
_FULL = "make room and run it again; nothing was lost"
_RIGHTS = "choose a place that you may write to"
_IN_THE_WAY = "a file is where a folder should be, or the other way round; move it away"
_ADVICE = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EIO: "the disk or the connection to it has failed",
    errno.EROFS: _RIGHTS,
    errno.EACCES: "check who may read and write it",
    errno.EPERM: "check who may read and write it",
    errno.EEXIST: _IN_THE_WAY,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EISDIR: _IN_THE_WAY,
    errno.EBUSY: "a mounted folder cannot be replaced; name one inside it with --site-dir",
}
_OF_WRITING = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def system_problem(error: OSError) -> Problem | None:
    """What the system refused; None for what only a mistake of ours can bring about."""
    if error.filename is None and error.errno not in _ADVICE:
        return None
    # What is copied names both files; whoever wrote did not always say where.
    file = error.filename2 if error.filename2 and error.errno in _OF_WRITING else error.filename
    place = "disk" if file is None else shown_path(Path(os.fsdecode(file)))
    advice = _ADVICE.get(error.errno or 0, "")
    return Problem(place, 0, "", error.strerror or str(error), advice)


@contextmanager
def owners_code(project: Project) -> Iterator[None]:
    """An exception in a template or a hook of the project becomes a BroadsheetError with its line.

    So does a template that the theme has not got. All others go on.
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
        advice = "write `name: material`, and a language that Material has"
        return Problem(shown_path(file), line_of_key(file, "theme"), "theme", message, advice)
    return None


def _is_owners(file: str, project: Project) -> bool:
    path = Path(file)
    return path.is_relative_to(project.root) and "site-packages" not in path.parts
