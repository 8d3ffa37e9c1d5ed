"""What all commands share: options, how problems are shown, how errors end a command."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.site.faults import system_problem
from broadsheet.site.lock import WAITING

# One slip can have many consequences; beyond a screenful the list helps nobody.
MOST_SHOWN = 60

config_option = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path),
    help="The site's mkdocs.yml (by default the one in this folder).",
)
strict_option = click.option("-s", "--strict", is_flag=True, help="Let warnings fail, too.")
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Print nothing but problems.")


def show(
    problems: tuple[Problem, ...], most: int = MOST_SHOWN, all_by: str = "broadsheet check"
) -> None:
    """The first problems, and which command lists all."""
    for problem in problems[:most]:
        click.echo(f"{problem.level}: {problem}", err=True)
    if len(problems) > most:
        click.echo(f"and {len(problems) - most} more; `{all_by}` lists all", err=True)


def show_error(error: BroadsheetError) -> None:
    show(error.problems)


@contextmanager
def errors() -> Iterator[None]:
    """A wrong set-up ends with its place and exit code 1; a bug shows its traceback."""
    try:
        yield
    except BroadsheetError as error:
        show_error(error)
        sys.exit(1)
    except OSError as error:  # the disk is full, a folder may not be written, a file is gone
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
    """On a terminal, a line that says what is being done; elsewhere only why nothing is."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda stage: click.echo(stage, err=True) if stage == WAITING and not quiet else None
        return
    with console.status("Starting") as status:
        yield lambda stage: status.update(f"{stage} …")
