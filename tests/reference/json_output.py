"""Renders docs/reference/json.md from the shapes of what commands print with --json.

The examples are what the commands print about a small project.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, chdir
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import click
from aiosmtpd.controller import Controller
from answering import Watch
from click.testing import CliRunner
from folders import write_files
from publisher import Mailbox
from pydantic import BaseModel, RootModel
from scholarly import Known, services

from broadsheet.cli import main
from broadsheet.cli.changing import today
from broadsheet.cli.json_shapes import JsonOption, ShownProblem
from broadsheet.site.fetching import fetcher
from reference.tables import table

_HEAD = """\
# What commands print with `--json`

With `--json`, a command prints one JSON value on standard output and nothing else. Whatever it says
to people goes to standard error. All fields are always there. A field without a value is `null`, an
empty list or an empty text. Later versions may add fields, so ignore those that you don't know.

If a command can't even start, for example because `mkdocs.yml` is broken, it prints problems on
standard error, nothing on standard output, and exits with code 1. Only `check` prints such problems
as JSON, too. Some commands do their work and still exit with code 1, because there are errors among
the `problems`; then there is JSON.

[`broadsheet export`](commands.md#broadsheet-export) prints the papers themselves, and each site has
them in its [JSON API](api.md).
"""

ABSTRACT = "Rafts of logs carry more than boats of the same weight, and they cannot sink."
PROJECT = {
    "mkdocs.yml": """\
site_name: Boats
site_url: https://boats.example/
theme: {name: material, font: false}
plugins: [broadsheet]
extra:
  broadsheet:
    digest: boats
    sources: [{name: New papers, arxiv: "ti:kites"}]
    newsletter: {footer: "Reply to this letter to leave."}
""",
    "docs/.gitkeep": "",
    "content/topics.yml": "floating: {name: Floating, aliases: [Rafts], terms: [raft]}\n",
    "content/papers/rafts.yml": f"""\
title: Rafts of Logs
authors: [Ada Example]
arxiv: "2403.00002"
topics: [floating]
abstract: {ABSTRACT}
provenance:
  - {{source: articles/2024-W12.txt, line: 4}}
  - {{source: list.csv, line: 2, gave: [abstract]}}
""",
    "content/papers/boats.yml": """\
title: Boats of Paper
arxiv: "2403.00001"
published: 2024-03
topics: [floating]
draft: true
""",
    "content/digests/boats/2024-W12.yml": """\
title: Boats of 18 to 24 March 2024
week: 2024-W12
start: 2024-03-18
end: 2024-03-24
draft: true
sections:
  - heading: Rafts
    entries:
      - {paper: rafts, text: Logs float.}
      - {paper: boats}
""",
    "content/collections/to-read.yml": "title: To read\nentries:\n  - {paper: boats}\n",
    "list.csv": "Name,Year,Rating\nKites of Paper,2024,5\nRafts of Logs,2024,4\n",
    "readers.txt": "ada@example.org\nbob@example.org\n",
    ".gitignore": "readers.txt\n",
    "summarize.py": """\
print("Rafts carry more than boats.\\n")
print("Of the same weight, rafts of logs carry more than boats, and they cannot sink.")
""",
}
# What changes the project before the example of a command.
BEFORE: Mapping[str, Mapping[str, str]] = {
    "check": {"content/papers/boats.yml": "titel: Boats of Paper\n"},
    "migrate": {"content/.format": ""},
    "newsletter": {
        "content/digests/boats/2024-W12.yml": PROJECT["content/digests/boats/2024-W12.yml"].replace(
            "draft: true\n", ""
        )
    },
}
# What each command is called with, once for each of its shapes.
ARGUMENTS: Mapping[str, Sequence[str]] = {
    "add": ["2403.10000 --issue 2024-W12 --section Kites"],
    "build": [""],
    "check": [""],
    "deploy": ["--dry-run"],
    "enrich": ["rafts"],
    "import": ["list.csv --map title=Name"],
    "issue fill": ["2024-W13 --topic floating"],
    "issue new": ["2024-W13"],
    "issue publish": ["2024-W12"],
    "merge": ["rafts boats"],
    "migrate": ["--dry-run"],
    "new": ["my-digest --bare"],
    "newsletter": [
        "2024-W12",
        "2024-W12 --send --to readers.txt --dry-run",
        "2024-W12 --send --to readers.txt --yes",
    ],
    "pull": ["--week 2024-W12"],
    "rename": ["rafts rafts-of-logs"],
    "split": ["rafts logs --source list.csv"],
    "write": ["rafts --with ./summarize --by some-model-7b"],
}
_ONE_GROUP = (
    r"\1"
    '\n      "name": "scripts, styles and fonts",\n      "files": 200,\n      "megabytes": 2.5'
    r"\2\3"
)
# Numbers that change whenever the theme does.
_UNSTEADY = {"pages": 12, "files": 250, "megabytes": 3.5}


def page() -> str:
    """The whole page."""
    grouped: dict[tuple[type[BaseModel], ...], list[str]] = {}
    for name, shapes in shapes_of_commands().items():
        grouped.setdefault(shapes, []).append(name)
    sections = (_section(names, shapes) for shapes, names in grouped.items())
    problem = ShownProblem.model_json_schema(mode="serialization")
    shared = f"## Problems\n\n{problem['description']}\n\n{_fields(problem)}"
    return "\n".join([_HEAD, shared, *sections])


def shapes_of_commands() -> dict[str, tuple[type[BaseModel], ...]]:
    """The shapes of each command that has --json, by its name."""
    return {
        name: option.shapes
        for name, command in sorted(_commands(main))
        for option in command.params
        if isinstance(option, JsonOption)
    }


def _commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield before + name, command


def _section(names: Sequence[str], shapes: Sequence[type[BaseModel]]) -> str:
    parts = [f"## {', '.join(f'`{name}`' for name in names)}\n"]
    described: set[str] = set()
    for number, shape in enumerate(shapes):
        parts += _described(shape, described)
        command = f"broadsheet {names[0]} {ARGUMENTS[names[0]][number]}".strip()
        shown = steady(printed(names[0], number)).strip()
        parts.append(f"```sh\n{command} --json\n```\n\n```json\n{shown}\n```\n")
    return "\n".join(parts)


def _described(shape: type[BaseModel], before: set[str]) -> Iterator[str]:
    schema = shape.model_json_schema(mode="serialization")
    yield f"{schema['description']}\n"
    if not issubclass(shape, RootModel):
        yield _fields(schema)
    else:
        yield f"It's a list of {_several(schema['items'])}.\n"
    for name, inner in sorted(schema.get("$defs", {}).items()):
        if "properties" in inner and name not in before and name != ShownProblem.__name__:
            before.add(name)
            yield f"**{name}**: {inner['description']}\n\n{_fields(inner)}"


def _fields(schema: Mapping[str, Any]) -> str:
    rows = [
        (f"`{name}`", _type_of(inner), inner["description"])
        for name, inner in schema["properties"].items()
    ]
    return table(("field", "type", "meaning"), rows)


def _type_of(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        return "string" if name == "Level" else name
    if "anyOf" in schema:
        return " or ".join(map(_type_of, schema["anyOf"]))
    if "prefixItems" in schema:
        return f"pair of {_several(schema['prefixItems'][0])}"
    if schema.get("type") == "array":
        return f"list of {_several(schema['items'])}"
    if schema.get("type") == "object":
        return f"object of {_several(schema['additionalProperties'])}"
    if "const" in schema:
        return f"`{str(schema['const']).lower()}`"
    return str(schema["type"])


def _several(schema: Mapping[str, Any]) -> str:
    """The plural of a type."""
    one, _, rest = _type_of(schema).partition(" of ")
    if one == ShownProblem.__name__:
        return "[problems](#problems)"
    plural = one if one[0].isupper() else f"{one}s"
    return f"{plural} of {rest}" if rest else plural


def steady(text: str) -> str:
    """What a command has printed, the same on every day and with every theme."""
    for name, value in _UNSTEADY.items():
        text = re.sub(rf'("{name}": )[\d.]+', rf"\g<1>{value}", text)
    # Which groups of files are the largest changes, too. One of them is enough to see.
    text = re.sub(r'("groups": \[\n +\{)[^}]*(\n +\})[^]]*?(\n +\])', _ONE_GROUP, text)
    text = re.sub(r'("largest_file": )"[^"]*"', r'\1"assets/stylesheets/main.min.css"', text)
    return text.replace(today().isoformat(), "2024-03-25")


@cache
def printed(name: str, number: int = 0) -> str:
    """What a command prints with --json about a small project of its own."""
    with ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory()))
        ends.enter_context(chdir(write_files(folder, {**PROJECT, **BEFORE.get(name, {})})))
        ends.enter_context(patch.object(fetcher, "CLOCK", Watch().clock))
        found = services(
            Known("Rafts of Logs", arxiv="2403.00002", venue="Journal of Rafts"),
            Known("Kites of Logs", arxiv="2403.10000"),
        )
        environment = dict(ends.enter_context(found).environment)
        if name == "deploy":
            for line in ("git init --quiet", "git remote add origin ."):
                subprocess.run(line.split(), check=True)
        if number:
            environment |= _mail(ends)
        arguments = ARGUMENTS[name][number].split()
        script = f"{sys.executable} summarize.py"
        arguments = [script if one == "./summarize" else one for one in arguments]
        ends.enter_context(patch.dict(os.environ, environment))
        result = CliRunner().invoke(main, [*name.split(), *arguments, "--json"])
        assert result.exit_code == (name == "check"), (name, result.output)
        return result.stdout


def _mail(ends: ExitStack) -> dict[str, str]:
    """Starts a mail server and returns how to reach it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(Mailbox(), hostname="127.0.0.1", port=port)
    server.start()
    ends.callback(server.stop)
    known = {
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(port),
        "SMTP_TLS": "none",
        "MAIL_FROM": "editors@boats.example",
        "MAIL_UNSUBSCRIBE": "https://boats.example/leave",
    }
    return {f"BROADSHEET_{name}": value for name, value in known.items()}
