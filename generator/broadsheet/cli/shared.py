"""Shared by all commands: options, printing problems, and ending with an error."""

from __future__ import annotations

import codecs
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel
from rich.console import Console

from broadsheet.base.characters import harmful_in, visibly
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.identifiers import is_slug
from broadsheet.cli.json_shapes import Shape, json_option
from broadsheet.site.faults import system_problem
from broadsheet.site.lock import WAITING, WAITING_FOR_CONTENT, content_lock

# One mistake can cause many problems, and a list longer than a screen doesn't help.
MOST_SHOWN = 60

config_option = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path),
    help="The configuration file of the site (default: mkdocs.yml).",
)
strict_option = click.option("-s", "--strict", is_flag=True, help="Treat warnings as errors.")
allow_shrink_option = click.option(
    "--allow-shrink",
    is_flag=True,
    help="Allow far fewer papers and addresses than before.",
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Print only problems.")


def slug_option(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """Refuses a name that can't be part of a URL."""
    if value is not None and not is_slug(value):
        advice = "use lowercase letters, digits and hyphens"
        raise click.BadParameter(f"{value!r} can't be part of a URL; {advice}")
    return value


def change_options(
    shape: type[Shape],
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Adds the options of all commands that change content.

    Args:
        shape: What the command prints with --json.
    """

    def add(command: Callable[..., None]) -> Callable[..., None]:
        @click.option(
            "-n", "--dry-run", is_flag=True, help="Show what would change; write nothing."
        )
        @json_option("Print what changed as JSON.", shape)
        @config_option
        @wraps(command)
        def with_options(**arguments: Any) -> None:
            command(**arguments)

        return with_options

    return add


def show_json(value: BaseModel) -> None:
    """Prints a value for programs."""
    plain = value.model_dump(mode="json")
    text = json.dumps(plain, ensure_ascii=False, indent=2)
    # What could act on a terminal is escaped, and what it may not have.
    is_harmless = not harmful_in(text) and _prints_everything()
    click.echo(text if is_harmless else json.dumps(plain, indent=2))


def _prints_everything() -> bool:
    encoding = codecs.lookup(sys.stdout.encoding or "ascii").name
    return encoding.startswith("utf")


def say(text: str, *, err: bool = False) -> None:
    """Prints a line with names from files or other machines, which can't act on the terminal."""
    click.echo(visibly(text), err=err)


def is_interactive() -> bool:
    """Whether someone can answer a question in the terminal."""
    return sys.stdin.isatty()


def tell_waiting(text: str) -> None:
    """Prints what the command waits for."""
    click.echo(f"{text}…", err=True)


def hold(folder: Path, *, to_write: bool = True) -> None:
    """Keeps other commands from changing some content until this command has ended.

    Args:
        folder: The content folder. What was loaded before isn't to be trusted.
        to_write: Whether this command may change it.
    """
    lock = content_lock(folder, tell_waiting, to_write=to_write)
    click.get_current_context().with_resource(lock)


def show(
    problems: tuple[Problem, ...], most: int = MOST_SHOWN, all_by: str = "broadsheet check"
) -> None:
    """Prints the first problems, and which command prints all of them."""
    for problem in problems[:most]:
        click.echo(f"{problem.level}: {problem}", err=True)
    if len(problems) > most:
        click.echo(f"{len(problems) - most} more; run `{all_by}` to see all", err=True)


def show_error(error: BroadsheetError) -> None:
    """Prints the problems of an error."""
    show(error.problems)


@contextmanager
def errors() -> Iterator[None]:
    """Prints errors and exits with code 1. Bugs show their traceback."""
    try:
        yield
    except BroadsheetError as error:
        show_error(error)
        sys.exit(1)
    except OSError as error:  # for example, a full disk, a missing file or missing permissions
        problem = system_problem(error)
        if problem is None:
            raise
        show((problem,))
        sys.exit(1)
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
        sys.exit(130)


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[str], None]]:
    """Yields a function that shows the current stage on a terminal.

    Elsewhere, it only prints when it's waiting for another command.
    """
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        waits = () if quiet else (WAITING, WAITING_FOR_CONTENT)
        yield lambda stage: tell_waiting(stage) if stage in waits else None
        return
    with console.status("Starting") as status:
        yield lambda stage: status.update(f"{stage} …")
