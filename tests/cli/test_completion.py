"""Shells complete commands and options."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from broadsheet.cli import main

SCRIPTS = Path(sys.executable).parent


def _script(shell: str) -> str:
    result = CliRunner().invoke(main, ["completion", shell], prog_name="broadsheet")
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_a_script(shell: str) -> None:
    assert f"_BROADSHEET_COMPLETE={shell}_complete" in _script(shell)


def test_other_shells_are_refused_with_those_that_are_supported() -> None:
    result = CliRunner().invoke(main, ["completion", "cmd"])
    assert result.exit_code == 2
    assert "'cmd' is not one of 'bash', 'zsh', 'fish'" in result.output


@pytest.mark.skipif(not shutil.which("bash"), reason="needs Bash")
@pytest.mark.skipif(not (SCRIPTS / "broadsheet").exists(), reason="needs the installed command")
@pytest.mark.parametrize(
    ("typed", "completed"),
    [("broadsheet ne", "new newsletter"), ("broadsheet new --ba", "--bare")],
)
def test_bash_completes_commands_and_options(typed: str, completed: str) -> None:
    words = typed.split()
    asking = f"COMP_WORDS=({typed}); COMP_CWORD={len(words) - 1}; _broadsheet_completion broadsheet"
    done = subprocess.run(
        ["bash", "-c", f'{_script("bash")}\n{asking}; echo "${{COMPREPLY[@]}}"'],
        env={**os.environ, "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == completed.split()
