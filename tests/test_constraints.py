"""Every package that this project names has a pinned version, and only packages are pinned."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]


def _name(requirement: str) -> str:
    """The normalized name of a package, without extras and versions."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=~!; ]", requirement)[0]).lower()


def test_every_package_that_the_project_names_is_pinned() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    named = [package for group in groups for package in group]
    lines = (CHECKOUT / "constraints.txt").read_text("utf-8").splitlines()[1:]
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    assert len(named) > 40
    assert {_name(package) for package in named} - {_name(line) for line in lines} == {"broadsheet"}
