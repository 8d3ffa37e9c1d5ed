"""Builds sites, as the command does or with it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from broadsheet.site.build import Built, build
from broadsheet.site.engine import ENGINES
from broadsheet.site.project import find_project

_IN_CI = bool(os.environ.get("CI"))  # tests don't see it themselves


def build_site(
    site: Path,
    *,
    site_dir: Path | None = None,
    strict: bool = False,
    show_problems: bool = False,
    drafts: bool = False,
    pages_first: bool = False,
    stop: Callable[[], bool] = lambda: False,
    memory: dict[Path, Any] | None = None,
) -> Built:
    """Builds the project in the folder `site` into its `site` folder, or into `site_dir`."""
    project = find_project(site / "mkdocs.yml", needs_config=True)
    return build(
        replace(project, memory=memory),
        lambda _: None,
        site_dir=site_dir,
        strict=strict,
        show_problems=show_problems,
        drafts=drafts,
        pages_first=pages_first,
        stop=stop,
    )


def run_build(project: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs `broadsheet build` in the folder of a project, with variables of the environment."""
    return subprocess.run(
        [sys.executable, "-m", "broadsheet", "build", *arguments],
        cwd=project,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Makes a folder for all processes of this test run, and returns it. No test may change it."""
    temporary = factory.getbasetemp()
    shared = temporary.parent if "PYTEST_XDIST_WORKER" in os.environ else temporary
    with FileLock(shared / f"{name}.lock"):
        if not (shared / name).exists():
            unfinished = factory.mktemp(name) / name
            make(unfinished)
            unfinished.rename(shared / name)
    return shared / name


def build_with(engine: str, project: Path, name: str, **variables: str) -> Path:
    """Builds a project strictly with an engine, into the folder `name`, and returns that folder.

    Skips the test if the engine isn't installed, but never in CI.
    """
    missing = [package for package in ENGINES[engine].packages if not find_spec(package)]
    if missing and not _IN_CI:
        pytest.skip(f"{engine} isn't installed: run `pip install 'broadsheet[{engine}]'`")
    done = run_build(project, "--engine", engine, "--strict", "-d", name, **variables)
    assert (done.returncode, done.stderr) == (0, "")
    return project / name
