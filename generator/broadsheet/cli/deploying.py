"""The command `deploy`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from broadsheet.base.errors import BroadsheetError
from broadsheet.base.text import counted
from broadsheet.cli.json_shapes import DeployedSite, json_option, shown_problems
from broadsheet.cli.shared import (
    allow_shrink_option,
    config_option,
    errors,
    progress,
    say,
    show,
    show_json,
    strict_option,
)
from broadsheet.site.build import build, load_mkdocs
from broadsheet.site.deploy import check_remote, deploy
from broadsheet.site.project import find_project
from broadsheet.site.readiness import address_problems


@click.command(
    "deploy",
    epilog="\b\nExample:\n  broadsheet deploy --message 'Week 48'",
)
@click.option("-r", "--remote", default="origin", show_default=True, help="The Git remote.")
@click.option(
    "-b",
    "--branch",
    default="gh-pages",
    show_default=True,
    help="The branch that the host serves. It has only the site.",
)
@click.option("-m", "--message", help="The message of the commit.")
@click.option("-n", "--dry-run", is_flag=True, help="Build the site, but don't push it.")
@json_option("Print what was pushed as JSON.", DeployedSite)
@allow_shrink_option
@config_option
@strict_option
def deploy_(
    *,
    remote: str,
    branch: str,
    message: str | None,
    dry_run: bool,
    as_json: bool,
    allow_shrink: bool,
    config_file: Path | None,
    strict: bool,
) -> None:
    """Build the site and push it to a branch of your Git repository.

    GitHub Pages, Codeberg Pages and others serve the site from there. Readers see the old site
    until the push is complete. Most people let a workflow do this after each push to main
    instead.
    """
    with errors():
        project = find_project(config_file, needs_config=True)
        check_remote(project, remote)
        config = load_mkdocs(project, None)
        # Feeds and citations with links to this machine are of no use on a host.
        if local := tuple(address_problems(project, config, {**os.environ, "CI": "true"})):
            raise BroadsheetError(*local)
        with progress(quiet=False) as report:
            built = build(project, report, strict=strict, allow_shrink=allow_shrink)
        show(built.problems)
        files = [path for path in built.folder.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files) / 1_000_000
        what = f"{counted(built.papers, 'paper')}, {counted(len(files), 'file')}, {size:,.1f} MB"
        if not dry_run:
            deploy(project, built.folder, remote, branch, message or f"Publish {what}")
    if as_json:
        show_json(
            DeployedSite(
                remote=remote,
                branch=branch,
                dry_run=dry_run,
                papers=built.papers,
                pages=built.pages,
                files=len(files),
                megabytes=round(size, 1),
                problems=shown_problems(built.problems),
            )
        )
        return
    verb = "would push" if dry_run else "pushed"
    say(f"{verb} {what} to {branch} of {remote}")
