"""The commands `build` and `serve`."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from broadsheet.base.text import counted
from broadsheet.cli.json_shapes import BuiltSite, json_option, shown_problems
from broadsheet.cli.shared import (
    allow_shrink_option,
    config_option,
    errors,
    progress,
    quiet_option,
    show,
    show_error,
    show_json,
    strict_option,
)
from broadsheet.site.build import Built, build
from broadsheet.site.engine import ENGINES, MKDOCS, VARIABLE, Engine, current, require
from broadsheet.site.project import find_project, shown_path


@click.command("build", epilog="\b\nExample:\n  broadsheet build --strict")
@click.option(
    "-d",
    "--site-dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to build into (default: site_dir in mkdocs.yml, or site).",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Build N pages at the same time (default: one for each core).",
)
@click.option(
    "--engine",
    type=click.Choice(list(ENGINES)),
    help=f"What to build the site with (default: {MKDOCS.name}).",
)
@json_option("Print the folder and numbers of pages as JSON.", BuiltSite)
@allow_shrink_option
@config_option
@strict_option
@quiet_option
def build_(
    site_dir: Path | None,
    jobs: int | None,
    engine: str | None,
    as_json: bool,
    allow_shrink: bool,
    config_file: Path | None,
    strict: bool,
    quiet: bool,
) -> None:
    """Build the site into a folder that any web server can serve.

    The old site stays until the new one is complete. If another build of the same project is
    running, waits for it to finish.

    It's an error if the new site would have lost all papers, or more than a tenth of its papers or
    addresses. Redirects count as addresses. With --allow-shrink, content/removed.papers keeps that
    papers were removed on purpose; commit it.
    """
    if engine and ENGINES[engine] != current():
        _start_with(ENGINES[engine])
    _search_for_cycles_rarely()
    with errors(), progress(quiet) as report:
        project = find_project(config_file)
        built = build(
            project, report, site_dir, strict=strict, jobs=jobs, allow_shrink=allow_shrink
        )
    show(built.problems)
    if as_json:
        folder = shown_path(built.folder)
        problems = shown_problems(built.problems)
        show_json(
            BuiltSite(folder=folder, papers=built.papers, pages=built.pages, problems=problems)
        )
    elif not quiet:
        click.echo(_built_line(built))


def _search_for_cycles_rarely() -> None:
    # A build makes many objects and few cycles among them, so looking for cycles less often than
    # Python does by default (every 700 objects) saves a seventh of its time.
    gc.freeze()
    gc.set_threshold(500_000)


def _start_with(engine: Engine) -> None:
    """Starts this command again with another engine. This process has imported its own already."""
    with errors():
        require(engine)
    command = [sys.executable, *sys.orig_argv[1:]]
    environment = {**os.environ, VARIABLE: engine.name}
    if os.name != "nt":
        os.execve(sys.executable, command, environment)  # noqa: S606 - this very command
    # Windows would go on with the terminal before the new process has ended.
    sys.exit(subprocess.run(command, env=environment, check=False).returncode)  # noqa: S603


def _built_line(built: Built) -> str:
    folder = shown_path(built.folder)
    return f"{folder}: {counted(built.papers, 'paper')} on {counted(built.pages, 'page')}"


@click.command(epilog="\b\nExample:\n  broadsheet serve --open")
@click.option(
    "-a",
    "--dev-addr",
    "address",
    metavar="IP:PORT",
    callback=lambda _context, _option, value: _host_and_port(value),
    help="The address to serve at (default: dev_addr in mkdocs.yml, or 127.0.0.1:8000).",
)
@click.option(
    "-p", "--port", type=click.IntRange(1, 65535), metavar="PORT", help="Change only the port."
)
@click.option("-o", "--open", "open_browser", is_flag=True, help="Open the site in the browser.")
@config_option
def serve(
    address: tuple[str | None, int | None],
    port: int | None,
    open_browser: bool,
    config_file: Path | None,
) -> None:
    """Serve the site and rebuild it after every change.

    If a file has an error, pages keep their last state and show the error. Press Ctrl+C to stop.
    """
    _search_for_cycles_rarely()
    from broadsheet.site.serve import SiteServer  # noqa: PLC0415 - builds don't need it

    with errors(), tempfile.TemporaryDirectory(prefix="broadsheet-") as folder:
        project = find_project(config_file)
        with progress(False) as report:
            server = SiteServer(project, Path(folder), report, _show_built, show_error)
            host, default_port = address
            server.serve(host, port or default_port, _show_address, open_browser=open_browser)


def _host_and_port(address: str | None) -> tuple[str | None, int | None]:
    if not address:
        return None, None
    host, _, port = address.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or not 1 <= int(port) <= 65535:
        raise click.BadParameter(f"{address!r} isn't an address; write one like 0.0.0.0:8000")
    return host.strip("[]"), int(port)


def _show_address(address: str) -> None:
    click.echo(f"Serving on {address} (press Ctrl+C to stop)")


def _show_built(built: Built) -> None:
    show(built.problems)
    click.echo(f"Built {counted(built.papers, 'paper')} on {counted(built.pages, 'page')}")
