"""What the documentation names exists: files, commands, options and targets of make."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from broadsheet.cli import main

CHECKOUT = Path(__file__).parents[1]
DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "ARCHITECTURE.md",
    "SECURITY.md",
    "RELEASING.md",
    ".github/PULL_REQUEST_TEMPLATE.md",
    "benchmarks/README.md",
    *(path.relative_to(CHECKOUT).as_posix() for path in sorted((CHECKOUT / "docs").rglob("*.md"))),
    "site_templates/new/site/README.md",
)
LINK = re.compile(r"\]\(([^)#:]+)\)")
# Paths in code, such as `tests/waiting.py`, that don't stand for any of several files.
FILE = re.compile(r"`((?:\.github|benchmarks|docs|generator|site_templates|tests)/[\w./-]*[\w/])`")
COMMAND = re.compile(r"\bbroadsheet ([a-z]+)((?: [^`\n#]+)?)")
TARGET = re.compile(r"(?:`|^ {4})make ([a-z]+)", re.MULTILINE)


def _text(name: str) -> str:
    return (CHECKOUT / name).read_text("utf-8")


def test_each_promise_names_the_tests_that_show_it() -> None:
    rows = [line for line in _text("SECURITY.md").splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 10
    assert [row for row in rows if "`tests/" not in row] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_files_that_are_named_exist(name: str) -> None:
    text = _text(name)
    linked = [(CHECKOUT / name).parent / target for target in LINK.findall(text)]
    named = [CHECKOUT / path for path in FILE.findall(text)]
    assert [path for path in (*linked, *named) if not path.exists()] == []


def test_commands_that_are_shown_have_their_options() -> None:
    # The reference prints the help of click.
    names = [name for name in DOCUMENTS if name != "docs/reference/commands.md"]
    shown = [found for name in names for found in COMMAND.findall(_text(name))]
    assert len(shown) > 10
    for command, arguments in shown:
        found = main.commands[command]
        if isinstance(found, click.Group):
            found = found.commands[arguments.split()[0]]
        known = {option for parameter in found.params for option in parameter.opts} | {"--help"}
        used = set(re.findall(r"(?<!\S)-{1,2}[a-z][a-z-]*", arguments))
        assert used <= known, f"broadsheet {command}{arguments}"


def test_every_command_is_shown_in_a_guide() -> None:
    guides = [name for name in DOCUMENTS if name.startswith(("docs/how-to/", "docs/tutorial"))]
    shown = {command for name in guides for command, _ in COMMAND.findall(_text(name))}
    assert isinstance(main, click.Group)
    assert shown == set(main.commands)


def test_targets_of_make_that_are_shown_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", _text("Makefile"), re.MULTILINE))
    shown = {target for name in DOCUMENTS for target in TARGET.findall(_text(name))}
    assert {"site", "serve", "test"} <= shown <= targets
