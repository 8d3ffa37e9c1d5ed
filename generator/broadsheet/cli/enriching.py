"""The command `enrich`, which fills in what services know about papers."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from broadsheet.base.change import hash_of
from broadsheet.base.characters import visibly
from broadsheet.base.errors import BroadsheetError, Level, Problem, suggest, warning
from broadsheet.base.text import counted, shortened
from broadsheet.cli.json_changes import DifferentValue, Enriched, EnrichedPaper, GivenValue
from broadsheet.cli.json_shapes import shown_problems
from broadsheet.cli.loading import load_all
from broadsheet.cli.shared import (
    change_options,
    errors,
    say,
    show,
    show_json,
    tell_waiting,
)
from broadsheet.content.editing import Editing
from broadsheet.content.load import Loaded
from broadsheet.content.model import Paper
from broadsheet.content.save import write
from broadsheet.site.enriching.asking import Asking
from broadsheet.site.enriching.proposals import Proposal, Wish
from broadsheet.site.enriching.rounds import Report, enriched
from broadsheet.site.enriching.said import FIELDS, USUAL
from broadsheet.site.fetching import fetcher_of
from broadsheet.site.lock import content_lock
from broadsheet.site.project import Project, find_project, shown_path

# Longer values don't fit into a table.
_WIDTH = 60


def _fields(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the names of fields, which can be separated by commas."""
    names = [name.strip() for value in values for name in value.split(",")]
    for name in names:
        if name not in FIELDS:
            raise click.BadParameter(f"unknown field {name!r}; {suggest(name, FIELDS)}")
    return tuple(names)


@dataclass
class _Outcome:
    """What has been done so far.

    Attributes:
        read: The hashes of the files as they were when they were read or written.
        proposals: What becomes of the papers.
        written: The files that were changed.
        problems: Why files can't be edited.
    """

    read: dict[str, str]
    proposals: list[Proposal] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@click.command(
    "enrich",
    epilog="\b\nExamples:\n  broadsheet enrich --dry-run\n"
    "  broadsheet enrich raft --only abstract,venue\n"
    "  broadsheet enrich raft --take title",
)
@click.argument("slugs", metavar="[SLUG]...", nargs=-1)
@click.option(
    "--only",
    metavar="FIELD,...",
    multiple=True,
    callback=_fields,
    help="Look only at these fields: " + ", ".join(FIELDS) + ".",
)
@click.option(
    "--take",
    metavar="FIELD,...",
    multiple=True,
    callback=_fields,
    help="Replace your value of these fields where services disagree.",
)
@click.option("--offline", is_flag=True, help="Ask nobody; use answers of earlier runs.")
@change_options(Enriched)
def enrich_(
    *,
    slugs: tuple[str, ...],
    only: tuple[str, ...],
    take: tuple[str, ...],
    offline: bool,
    dry_run: bool,
    as_json: bool,
    config_file: Path | None,
) -> None:
    """Fill in what services know about papers.

    Asks arXiv, Crossref, OpenAlex, Semantic Scholar and Hugging Face about all papers, or about
    those whose SLUG is given. Fills in authors, dates, venues, DOIs, links to code, and facts such
    as categories and citations. Abstracts are only filled in with --only abstract, and --only
    citations brings counts up to date.

    What you wrote stays: where a service disagrees, a table shows both values. A paper without an
    arXiv id or DOI is only recognized by its title, first author and year together. The provenance
    of a paper says which service gave what, and when.

    Papers are written in groups, and answers are kept. An interrupted command goes on where it
    stopped when you run it again.
    """
    with errors():
        project = find_project(config_file, needs_config=False)
        loaded = _loaded(project)
        papers = _chosen(loaded, slugs, project)
        wish = Wish(frozenset(only or USUAL) | set(take), frozenset(take), "citations" in only)
        asking = Asking(fetcher_of(project, os.environ, offline=offline))
        outcome = _Outcome(dict(loaded.read))
        try:
            with _progress(len(papers), quiet=as_json) as report:
                for group in enriched(papers, asking, wish, report):
                    _write(project, loaded, group, outcome, dry_run=dry_run)
        finally:  # An interruption doesn't undo the groups before.
            _show(outcome, asking, dry_run=dry_run, as_json=as_json)
        if asking.problems or outcome.problems:
            sys.exit(1)


def _loaded(project: Project) -> Loaded:
    """Loads the content, and lets other commands change it while services are asked."""
    with content_lock(project.content, tell_waiting, to_write=False):
        loaded = load_all(project.content)
    wrong = [problem for problem in loaded.problems if problem.level is Level.ERROR]
    if wrong:
        raise BroadsheetError(*wrong)
    return loaded


def _chosen(loaded: Loaded, slugs: Sequence[str], project: Project) -> list[Paper]:
    if not slugs:
        return list(loaded.corpus.papers.values())
    work = Editing(loaded.corpus, project.content, shown_path(project.content))
    return [work.paper(slug) for slug in dict.fromkeys(slugs)]


def _write(
    project: Project,
    loaded: Loaded,
    group: Sequence[Proposal],
    outcome: _Outcome,
    *,
    dry_run: bool,
) -> None:
    """Writes a group of papers, all or none of them. Files that can't be edited are reported."""
    work = Editing(loaded.corpus, project.content, shown_path(project.content))
    edited: list[Proposal] = []
    for found in group:
        try:
            if found.after != found.before:
                work.change_paper(found.after)
            edited.append(found)
        except BroadsheetError as error:
            outcome.problems += error.problems
    files = work.result().files
    if files and not dry_run:
        with content_lock(project.content, tell_waiting):
            write(files, project.content, read=outcome.read)
            contents = {name: (project.content / name).read_bytes() for name in files}
        outcome.read |= {name: hash_of(content) for name, content in contents.items()}
    outcome.proposals += edited
    outcome.written += [name for name in files if name not in outcome.written]


@contextmanager
def _progress(total: int, *, quiet: bool) -> Iterator[Report]:
    """Yields a function that shows how many papers are done, and who is asked, on a terminal."""
    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    hidden = quiet or not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=hidden) as progress:
        task = progress.add_task("", total=total)
        yield lambda done, name: progress.update(
            task, completed=done, description=name and f"asking {name} …"
        )


def _show(outcome: _Outcome, asking: Asking, *, dry_run: bool, as_json: bool) -> None:
    problems = (*asking.problems, *outcome.problems)
    if asking.uncached:
        message = f"{counted(asking.uncached, 'answer')} not in the cache"
        problems += (warning("--offline", 0, "", message, "run the command again without it"),)
    show(problems)
    if as_json:
        show_json(_as_json(outcome, problems, dry_run=dry_run))
        return
    for found in outcome.proposals:
        for line in _lines(found):
            say(f"{found.before.slug}: {line}")
    _show_differences(outcome.proposals)
    verb = "would write" if dry_run else "wrote"
    click.echo(f"{verb} {counted(len(outcome.written), 'file')}")


def _lines(found: Proposal) -> Iterator[str]:
    by_service: dict[str, list[str]] = {}
    for given in found.given:
        by_service.setdefault(given.service, []).append(given.field)
    yield from (f"{', '.join(names)} from {service}" for service, names in by_service.items())
    yield from found.notes


def _show_differences(proposals: Sequence[Proposal]) -> None:
    rows = [(found.before.slug, one) for found in proposals for one in found.differences]
    if not rows:
        return
    click.echo("Services disagree with these values, which stay; --take FIELD replaces them:")
    table = Table("paper", "field", "yours", "theirs", "service", box=None, pad_edge=False)
    for slug, one in rows:
        cells = (slug, one.field, one.yours, one.theirs, one.service)
        table.add_row(*(Text(visibly(shortened(cell, _WIDTH))) for cell in cells))
    Console(highlight=False).print(table)


def _as_json(outcome: _Outcome, problems: Iterable[Problem], *, dry_run: bool) -> Enriched:
    papers = {
        found.before.slug: EnrichedPaper(
            given=tuple(GivenValue(**asdict(given)) for given in found.given),
            differences=tuple(DifferentValue(**asdict(one)) for one in found.differences),
            notes=found.notes,
        )
        for found in outcome.proposals
        if found.given or found.differences or found.notes
    }
    return Enriched(
        dry_run=dry_run,
        papers=papers,
        written=tuple(sorted(outcome.written)),
        problems=shown_problems(problems),
    )
