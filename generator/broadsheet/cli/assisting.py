"""The command `mcp`, which lets assistants read a site."""

from __future__ import annotations

import importlib.util
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.cli.loading import edition_without_related
from broadsheet.cli.shared import config_option, errors, is_interactive
from broadsheet.outputs.assistants.library import Library
from broadsheet.site.library import CurrentLibrary, library_of_edition, library_of_folder
from broadsheet.site.project import Project, find_project


@click.command(
    "mcp", epilog="\b\nExamples:\n  broadsheet mcp\n  broadsheet mcp --site ~/digest/site"
)
@click.option(
    "--site",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A built site to read, instead of a project.",
)
@config_option
def mcp_(folder: Path | None, config_file: Path | None) -> None:
    """Let assistants search and read the papers.

    Clients for assistants start this command and speak the Model Context Protocol with it, on
    standard input and output. It has tools that search papers, cite them, and read papers, weeks,
    topics and collections. They can't change anything.

    The papers are those of the project, without drafts, as its files are now. With --site, they
    are those of a built site, which needs no project.
    """
    if folder and config_file:
        raise click.UsageError("--site can't be combined with --config-file")
    with errors():
        if importlib.util.find_spec("mcp") is None:
            message, advice = "needs the package mcp", "run `pip install 'broadsheet[mcp]'`"
            raise BroadsheetError(Problem("broadsheet mcp", 0, "", message, advice))
        library = partial(_same, library_of_folder(folder)) if folder else _of_project(config_file)
        # It's an extra, and large.
        from broadsheet.cli.mcp_server import server_of  # noqa: PLC0415

        if is_interactive():
            click.echo("Waiting for a client to speak with (press Ctrl+C to stop)…", err=True)
        # Python would wait for a thread that reads, until a client has sent another line.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        server_of(library).run("stdio")


def _same(library: Library) -> Library:
    return library


def _of_project(config_file: Path | None) -> Callable[[], Library]:
    project = find_project(config_file)
    return CurrentLibrary(project, partial(_loaded, project))


def _loaded(project: Project) -> Library:
    return library_of_edition(edition_without_related(project), project)
