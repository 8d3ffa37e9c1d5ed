"""Each mistake is reported in one line, and nothing changes.

Each folder in ``broken/`` is a project with one mistake. ``command.txt`` is the command to run
there, ``expected.txt`` the exit code and the whole output.
"""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from folders import expect, tree, write_files

from broadsheet.cli import main

BROKEN = Path(__file__).parent / "broken"
CASES = sorted(path.parent.name for path in BROKEN.glob("*/command.txt"))
OURS = ("command.txt", "expected.txt")


@pytest.fixture
def project(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    with_fonts: Callable[[Path], Path],
) -> Path:
    """A copy of the broken project, with the site from before it broke."""
    shutil.copytree(
        BROKEN / request.param, tmp_path / "project", ignore=shutil.ignore_patterns(*OURS)
    )
    monkeypatch.chdir(with_fonts(tmp_path / "project"))
    return write_files(Path.cwd(), {"site/index.html": "<p>the old site</p>"})


@pytest.mark.parametrize("project", CASES, indirect=True)
def test_what_is_wrong_is_named_and_nothing_is_changed(
    project: Path, request: pytest.FixtureRequest
) -> None:
    case = BROKEN / request.node.callspec.params["project"]
    before = _tree(project)
    arguments = shlex.split((case / "command.txt").read_text("utf-8"))
    result = CliRunner().invoke(main, arguments, prog_name="broadsheet")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in (1, 2)
    expect(case / "expected.txt", f"exit code {result.exit_code}\n{result.output}")
    assert "Traceback" not in result.output
    assert _tree(project) == before
    assert not list(project.glob(".site.*"))


# Settings for broken content.
CONFIG = """\
site_name: Boats
site_url: https://boats.example/
theme: {name: material, font: false}
plugins: [broadsheet]
"""


@pytest.mark.slow
@pytest.mark.parametrize("project", CASES, indirect=True)
def test_a_check_finds_whatever_a_build_refuses(project: Path) -> None:
    if not Path("mkdocs.yml").exists():
        write_files(project, {"mkdocs.yml": CONFIG, "docs/.gitkeep": ""})
    shutil.rmtree(project / "site")
    refused, found = _errors("build"), _errors("check")
    assert refused - found == set()


def _errors(command: str) -> set[str]:
    lines = CliRunner().invoke(main, [command]).output.splitlines()
    return {line for line in lines if line.startswith("error:")}


def _tree(project: Path) -> dict[str, str]:
    ours = (".broadsheet/", "__pycache__/")  # and Python's, of hooks
    return {name: hashed for name, hashed in tree(project).items() if not name.startswith(ours)}


def test_there_are_many_ways_to_be_wrong() -> None:
    assert len(CASES) >= 40
