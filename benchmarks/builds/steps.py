"""What is measured, step by step, for one corpus."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.builds import exporting
from benchmarks.builds.corpora import Value
from benchmarks.builds.projects import (
    papers,
    retitle,
    write_bare_site,
    write_hugo_site,
    write_markdown_site,
    write_project,
)

ROOT = Path(__file__).parents[2]

# What is measured, by name.
STEPS = {
    "stock": "MkDocs with Material, bare pages",
    "first": "Broadsheet, first build",
    "changed": "Broadsheet, one title changed",
    "unchanged": "Broadsheet, nothing changed",
    "mkdocs": "`mkdocs build` of the same project, first build",
    "markdown": "MkDocs with Material, Broadsheet's Markdown",
    "zensical": "Zensical, bare pages",
    "hugo": "Hugo, bare pages",
}
# Plain MkDocs says nothing new beyond this size, and takes long.
_MOST_FOR_MKDOCS = 30_000
_PYTHON_TOOL = (sys.executable, "-m")
_BROADSHEET = (*_PYTHON_TOOL, "broadsheet", "build", "--quiet")
_MKDOCS = (*_PYTHON_TOOL, "mkdocs", "build", "--quiet")


@dataclass(frozen=True)
class Step:
    """One command to measure.

    Attributes:
        name: A key of `STEPS`.
        command: The command.
        folder: Where it runs.
        site: The folder that it builds.
        prepare: Is called before each run.
    """

    name: str
    command: tuple[str, ...]
    folder: Path
    site: Path
    prepare: Callable[[], None]


def steps_for(folder: Path, values: list[Value], programs: Mapping[str, str]) -> Iterator[Step]:
    """Writes all sites of a corpus into a folder and yields what to measure.

    The steps are in the order in which they must run.
    """
    size = sum(1 for _ in papers(values))
    bare, hugo = folder / "bare", folder / "hugo"
    write_bare_site(bare, papers(values))
    yield _clean_step("stock", _MKDOCS, bare, "site")
    write_project(folder / "project", values)
    yield from broadsheet_steps(folder / "project")
    if size <= _MOST_FOR_MKDOCS:
        yield _clean_step("mkdocs", _MKDOCS, folder / "project", "site", ".broadsheet")
        _export(folder / "project", folder / "markdown" / "docs")
        write_markdown_site(folder / "markdown")
        yield _clean_step("markdown", _MKDOCS, folder / "markdown", "site")
    if "zensical" in programs:
        command = (programs["zensical"], "build", "--clean")
        yield _clean_step("zensical", command, bare, "site", ".cache")
    if "hugo" in programs:
        write_hugo_site(hugo, papers(values))
        yield _clean_step("hugo", (programs["hugo"], "--quiet"), hugo, "public", "resources")


def broadsheet_steps(project: Path) -> Iterator[Step]:
    """Yields the three builds of a project: the first, one without changes, one with a change."""
    site = project / "site"
    yield _clean_step("first", _BROADSHEET, project, "site", ".broadsheet")
    yield Step("unchanged", _BROADSHEET, project, site, lambda: None)
    yield Step("changed", _BROADSHEET, project, site, lambda: _change(project))


def bundled_project(folder: Path) -> Path:
    """Copies the bundled project, as in a fresh clone, and returns its folder."""
    for part in ("content", "site_templates"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


def _clean_step(name: str, command: tuple[str, ...], folder: Path, site: str, *caches: str) -> Step:
    """Makes a step that starts without the results of earlier runs."""

    def prepare() -> None:
        for old in (site, *caches):
            shutil.rmtree(folder / old, ignore_errors=True)

    return Step(name, command, folder, folder / site, prepare)


def _change(project: Path) -> None:
    retitle(project, " Revised")


def _export(project: Path, docs: Path) -> None:
    """Writes the Markdown that Broadsheet generates into the folder `docs`."""
    config = project / "export.yml"
    config.write_text(f"INHERIT: mkdocs.yml\nhooks: [{exporting.__file__}]\n", "utf-8")
    environment = {**os.environ, exporting.TARGET: str(docs)}
    command = (*_MKDOCS, "--config-file", str(config))
    subprocess.run(command, cwd=project, check=True, capture_output=True, env=environment)
    config.unlink()
