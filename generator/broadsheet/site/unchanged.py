"""Noticing that nothing has changed since the last build, without loading the content.

Like `make`, this compares the sizes and times of files: all that a build reads, and the site.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.base.cache import program
from broadsheet.base.errors import Level, Problem
from broadsheet.base.files import state_of
from broadsheet.outputs.templates import templates_folder
from broadsheet.site.project import Project

if TYPE_CHECKING:  # this must be quick to import
    from mkdocs.config.defaults import MkDocsConfig

# Sizes in bytes and times in nanoseconds, by path.
_Files = Mapping[str, tuple[int, int]]
# What isn't a plain file or folder has this size, and can change without being noticed.
_UNKNOWN = -1
# Something that has changed so short before a build, in nanoseconds, may have changed again while
# the build read it, without getting another time.
_TICK = 20_000_000
# What makes MkDocs read other files.
_READS_MORE = ("INHERIT", "snippets", "hooks:", "!relative")
# The variables of the environment in mkdocs.yml: !ENV NAME, or !ENV [NAME, OTHER, default].
_VARIABLES = re.compile(r"!ENV\s+\[?([^\]\n]*)")


@dataclass(frozen=True)
class Result:
    """What a build has said: the numbers of pages and papers, and warnings."""

    pages: int
    papers: int
    problems: tuple[Problem, ...]


class Stamp:
    """The state of everything that a build reads and writes."""

    def __init__(self, project: Project, options: object) -> None:
        """Finds the stamp of the last build with the same options.

        Args:
            project: The project.
            options: Whatever else the result of a build depends on.
        """
        self._project, self._start = project, time.time_ns()
        self._cache = project.kept.below("stamps")
        # A copy of a project is another one.
        whole = repr((project.root.resolve(), options))
        self._name = hashlib.sha256(whole.encode()).hexdigest()[:32]

    def same(self) -> tuple[Path, Result] | None:
        """Returns the site and what the last build has said, if everything is still the same."""
        found = list(self._cache.values(self._name))
        if not found:
            return None
        world, folders, read, target, written, pages, papers, problems = found[0]
        if world != self._world() or _files(folders, True) != read or _files([target]) != written:
            return None
        known = tuple(
            Problem(file, line, field, message, advice, Level(level))
            for file, line, field, message, advice, level in problems
        )
        return Path(target), Result(pages, papers, known)

    def keep(self, config: MkDocsConfig, target: Path, result: Result) -> None:
        """Keeps the state for the next build, unless that wouldn't notice every change.

        Args:
            config: The configuration of MkDocs.
            target: The site that was built.
            result: What the build has said.
        """
        text = self._project.config_file.read_text("utf-8")
        if set(config.plugins) != {"broadsheet"} or any(map(text.__contains__, _READS_MORE)):
            return
        read = self._read(config)
        before = _files(read, True)
        if any(
            size == _UNKNOWN or changed > self._start - _TICK for size, changed in before.values()
        ):
            return
        problems = [(*astuple(p)[:-1], p.level.value) for p in result.problems]
        state = (self._world(), read, before, str(target), _files([str(target)]))
        self._cache.keep(self._name, [(*state, result.pages, result.papers, problems)])

    def _read(self, config: MkDocsConfig) -> list[str]:
        """Returns the files and folders that a build reads."""
        known = (
            self._project.config_file,
            self._project.content,
            Path(config.docs_dir),
            self._project.root / "site_templates",
            Path(config.theme.custom_dir) if config.theme.custom_dir else None,
        )
        return sorted({str(path.resolve()) for path in known if path})

    def _world(self) -> bytes:
        templates = repr(sorted(_files([str(templates_folder())]).items()))
        text = self._project.config_file.read_text("utf-8")
        names = (name.strip() for found in _VARIABLES.findall(text) for name in found.split(","))
        variables = repr([(name, os.environ.get(name)) for name in names])
        told = (templates, variables, _hooks(self._project))
        return hashlib.sha256(program() + "".join(told).encode()).digest()


def _hooks(project: Project) -> str:
    if not project.settings.hooks:
        return ""
    from broadsheet.site.hooks import state_of_hooks  # noqa: PLC0415 - few sites have hooks

    return state_of_hooks(project)


def _files(paths: Iterable[str], folders: bool = False) -> _Files:
    """Returns the state of files, of all files in folders, and if asked for, of the folders."""
    found: dict[str, tuple[int, int]] = {}
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - fast for many files
            found.update(_below(path, folders))
        elif os.path.exists(path):  # noqa: PTH110
            found[path] = state_of(path)
    return found


def _below(folder: str, folders: bool) -> Iterator[tuple[str, tuple[int, int]]]:
    if folders:  # something was added or removed
        yield folder, (0, os.stat(folder).st_mtime_ns)  # noqa: PTH116
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _below(entry.path, folders)
            elif entry.is_file():
                state = entry.stat()
                yield entry.path, (state.st_size, state.st_mtime_ns)
            else:
                yield entry.path, (_UNKNOWN, 0)
