"""The command `deploy`."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from broadsheet.base.errors import BroadsheetError, Level, Problem
from broadsheet.base.text import counted
from broadsheet.cli.json_shapes import DeployedSite, FileGroup, json_option, shown_problems
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
from broadsheet.site.build import Built, build
from broadsheet.site.deploy import check_remote, deploy, remote_url
from broadsheet.site.host_guess import guessed_host
from broadsheet.site.hosts import HOSTS, READ, Measure
from broadsheet.site.mkdocs_config import load_mkdocs
from broadsheet.site.project import Project, find_project, shown_path
from broadsheet.site.readiness import address_problems
from broadsheet.site.weighing import Weight, amount, refused, weigh


@dataclass(frozen=True)
class _Deploy:
    """A built site, where it goes, and what its host says about it."""

    built: Built
    weight: Weight
    seconds: float
    host: str | None
    refused: tuple[Problem, ...]
    dry_run: bool

    @property
    def what(self) -> str:
        files, size = counted(self.weight.files, "file"), amount(Measure.SITE, self.weight.size)
        return f"{counted(self.built.papers, 'paper')}, {files}, {size}"


@click.command(
    "deploy",
    epilog="""\b
Examples:
  broadsheet deploy --message 'Week 48'
  broadsheet deploy --dry-run --host cloudflare""",
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
@click.option(
    "--host",
    type=click.Choice(tuple(HOSTS)),
    help="The host whose limits count (default: guessed from the project).",
)
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
    host: str | None,
    as_json: bool,
    allow_shrink: bool,
    config_file: Path | None,
    strict: bool,
) -> None:
    """Build the site and push it to a branch of your Git repository.

    GitHub Pages, Codeberg Pages and others serve the site from there. Readers see the old site
    until the push is complete. Most people let a workflow do this after each push to main
    instead.

    Hosts limit the number and size of files. With --dry-run, it's an error if the site is too
    large for its host. Messages name the settings that make it smaller.
    """
    with errors():
        project = find_project(config_file, needs_config=True)
        if not (dry_run and host):
            check_remote(project, remote)
        made = _made(project, host, remote, dry_run, strict=strict, allow_shrink=allow_shrink)
        show((*made.built.problems, *made.refused))
        if not dry_run:
            text = message or f"Publish {made.what}"
            deploy(project, made.built.folder, remote, branch, text)
    if as_json:
        show_json(_facts(made, remote, branch))
    else:
        say(f"{'would push' if dry_run else 'pushed'} {made.what} to {branch} of {remote}")
        for line in _told(made) if dry_run else ():
            say(line)
    if any(problem.level is Level.ERROR for problem in made.refused):
        raise SystemExit(1)


def _made(
    project: Project,
    host: str | None,
    remote: str,
    dry_run: bool,
    *,
    strict: bool,
    allow_shrink: bool,
) -> _Deploy:
    """Builds the site and weighs it."""
    config = load_mkdocs(project, None)
    # Feeds and citations with links to this machine are of no use on a host.
    if local := tuple(address_problems(project, config, {**os.environ, "CI": "true"})):
        raise BroadsheetError(*local)
    start = time.monotonic()
    with progress(quiet=False) as report:
        built = build(project, report, strict=strict, allow_shrink=allow_shrink)
    seconds = time.monotonic() - start
    weight = weigh(built.folder)
    host = host or guessed_host(project, config.site_url or "", remote_url(project, remote))
    # Hosts change their limits and raise them for those who pay, so a push is only warned about.
    level = Level.ERROR if dry_run else Level.WARNING
    folder = shown_path(built.folder)
    found = refused(weight, HOSTS[host], seconds, folder, level) if host else ()
    return _Deploy(built, weight, seconds, host, tuple(found), dry_run)


def _facts(made: _Deploy, remote: str, branch: str) -> DeployedSite:
    """Returns what programs learn about a site that was pushed."""
    weight = made.weight
    return DeployedSite(
        remote=remote,
        branch=branch,
        dry_run=made.dry_run,
        papers=made.built.papers,
        pages=made.built.pages,
        files=weight.files,
        megabytes=_megabytes(weight.size),
        largest_file=weight.largest[0],
        groups=tuple(
            FileGroup(name=group.kind.name, files=group.files, megabytes=_megabytes(group.size))
            for group in weight.groups
        ),
        host=made.host,
        problems=shown_problems((*made.built.problems, *made.refused)),
    )


def _megabytes(size: int) -> float:
    return round(size / 10**6, 1)


def _told(made: _Deploy) -> Iterator[str]:
    """Yields what a dry run tells: the limits of the host, and what the site is made of."""
    if made.host:
        host = HOSTS[made.host]
        takes = "doesn't take" if made.refused else "takes"
        yield f"{host.title} {takes} this site. Its limits, as read on {READ}:"
        for limit in host.limits:
            found = made.weight.of(limit.measure, made.seconds)
            shown = "at most" if found is None else f"{amount(limit.measure, found)} of"
            note = f" {limit.note}" if limit.note else ""
            yield f"  {limit.measure}: {shown} {amount(limit.measure, limit.most)}{note}"
    else:
        yield f"Unknown host; name one with --host to see its limits: {', '.join(HOSTS)}"
    yield "What the site is made of:"
    for group in made.weight.groups:
        size = amount(Measure.SITE, group.size)
        setting = f" ({group.kind.setting} saves some)" if group.kind.setting else ""
        yield f"  {size:>10} {group.files:>8,} files  {group.kind.name}{setting}"
