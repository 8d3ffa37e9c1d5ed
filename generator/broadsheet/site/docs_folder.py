"""Checking the names, kinds and addresses of the files in the folder of hand-written pages."""

from __future__ import annotations

import os
import posixpath
import re
import stat
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath

from broadsheet.base.characters import visibly
from broadsheet.base.errors import Problem
from broadsheet.base.files import leads_out
from broadsheet.base.identifiers import RESERVED_NAMES
from broadsheet.site.project import shown_path

_RENAME = "rename the file"
_NOT_IN_NAMES = re.compile(r'[<>:"|?*\\\x00-\x1f]')


def files_in(docs: Path) -> list[str]:
    """Returns the files that MkDocs publishes, relative to their folder. It follows links."""
    found: list[str] = []
    for place, folders, names in os.walk(docs, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        inside = Path(place).relative_to(docs)
        found += [(inside / name).as_posix() for name in sorted(names) if not name.startswith(".")]
    return found


def link_problems(docs: Path, root: Path) -> Iterator[Problem]:
    """Yields links that lead out of the project, to hidden files in it, or to a folder around them.

    Args:
        docs: The folder of hand-written pages.
        root: The folder of the project.
    """
    for path in sorted(docs.rglob("*")):
        if not path.is_symlink():
            continue
        target, shown = path.resolve(), shown_path(path)
        if not path.exists():
            yield Problem(shown, 0, "", "is a broken link", "remove it")
        elif leads_out(path, docs, root):
            message = "is a link to something outside of the project, which would be published"
            yield Problem(shown, 0, "", message, "copy what it leads to, or remove the link")
        elif path.is_dir() and path.parent.resolve().is_relative_to(target):
            message = f"is a link to {shown_path(target)}, which contains the link"
            yield Problem(shown, 0, "", message, "remove the link")


def file_problems(docs: Path, files: Iterable[str]) -> Iterator[Problem]:
    """Yields files that MkDocs can't read, and names that not every system has."""
    for file in files:
        shown = visibly(shown_path(docs / file))
        if not stat.S_ISREG((docs / file).stat().st_mode):
            advice = "remove it, or put a file in its place"
            yield Problem(shown, 0, "", "isn't a file", advice)
        if not _is_text(file):
            yield Problem(shown, 0, "", "the file name isn't UTF-8 text", _RENAME)
        elif what := unusual_name(file):
            yield Problem(shown, 0, "", what, _RENAME)


def _is_text(file: str) -> bool:
    try:
        file.encode()
    except UnicodeEncodeError:
        return False
    return True


def unusual_name(file: str) -> str:
    """Returns why not every system can have a file of this name, or ""."""
    for part in PurePosixPath(file).parts:
        if part.split(".")[0].casefold() in RESERVED_NAMES:
            return f"{part!r} is a name that Windows reserves"
        if part.endswith((".", " ")) or _NOT_IN_NAMES.search(part):
            return f"{part!r} is a name that Windows can't have"
    return ""


def collisions(docs: Path, files: Iterable[str], generated: Collection[str]) -> Iterator[Problem]:
    """Yields files that would be at the same address as another one.

    A hand-written page takes the place of the generated page with the same source.

    Args:
        docs: The folder of hand-written pages.
        files: Its files.
        generated: The sources of generated pages, as if they were in the folder, too.
    """
    by_target: dict[str, list[str]] = defaultdict(list)
    for file in sorted({*files, *generated}):
        by_target[_same_everywhere(_target(file))].append(file)
    for sources in by_target.values():
        # Of thousands of pages, hardly any are at the same address.
        own = [file for file in sources if (docs / file).exists()] if len(sources) > 1 else []
        if own:
            other = next(file for file in sources if file != own[-1])
            yield _collision(docs, own[-1], other, is_generated=other not in own)


def _collision(docs: Path, file: str, other: str, *, is_generated: bool) -> Problem:
    shown, address = visibly(shown_path(docs / file)), _target(file).removesuffix("index.html")
    if _target(file) != _target(other):
        message = f"has the same name as {other}, apart from case or the form of accents"
        return Problem(shown, 0, "", visibly(message), "rename one of the two files")
    if is_generated:
        message = f"has the address /{address}, where Broadsheet makes a page"
        advice = f"rename the file, or name it {other} to replace the page that Broadsheet makes"
        return Problem(shown, 0, "", message, advice)
    message = f"has the same address as {other}: /{address}"
    return Problem(shown, 0, "", message, "rename or remove one of the two files")


def _target(file: str) -> str:
    """Returns the path of what MkDocs makes of a file."""
    stem, ending = posixpath.splitext(file)
    if ending not in (".md", ".markdown", ".mdown", ".mkdn", ".mkd"):
        return file
    folder, name = posixpath.split(stem)
    return posixpath.join(folder if name in ("index", "README") else stem, "index.html")


def _same_everywhere(file: str) -> str:
    """Returns what is the same for names that some systems don't distinguish."""
    return unicodedata.normalize("NFC", file).casefold()
