"""Renders docs/reference/commands.md from the commands of click."""

from __future__ import annotations

import click
from click.testing import CliRunner

from broadsheet.cli import main

_HEAD = """\
# Commands

What `broadsheet COMMAND --help` prints. Commands that scripts use print JSON with `--json`; see
[JSON of commands](json.md).

Messages about problems go to standard error, results to standard output. A command exits with

- **0** if all is well,
- **1** if something is wrong with content or settings, or a source can't be read,
- **2** if the command line is wrong,
- **130** if you interrupt it with Ctrl-C.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *(_section(name) for name in ("", *_names()))])


def _names() -> list[str]:
    found = []
    for name, command in sorted(main.commands.items()):
        found.append(name)
        if isinstance(command, click.Group):
            found += [f"{name} {inner}" for inner in sorted(command.commands)]
    return found


def _section(name: str) -> str:
    said = CliRunner().invoke(main, [*name.split(), "--help"], prog_name="broadsheet").output
    return f"## {f'broadsheet {name}'.strip()}\n\n```text\n{said.strip()}\n```\n"
