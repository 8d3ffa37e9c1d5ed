"""The command `write`, which has a program draft summaries."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import asdict
from datetime import date
from pathlib import Path
from textwrap import indent

import click
from rich.console import Console

from broadsheet.base.cache import Cache
from broadsheet.base.errors import BroadsheetError, Level, Problem
from broadsheet.base.text import counted
from broadsheet.cli.drafting import Job, Outcome
from broadsheet.cli.json_changes import Draft, Drafts
from broadsheet.cli.json_shapes import json_option
from broadsheet.cli.program import Program, program
from broadsheet.cli.shared import config_option, errors, say, show, show_json, tell_waiting
from broadsheet.content.load import load
from broadsheet.content.model import Corpus
from broadsheet.site.lock import content_lock
from broadsheet.site.project import Project, find_project, shown_path

SECONDS = 120.0


@click.command(
    "write",
    epilog="\b\nExamples:\n"
    "  broadsheet write raft-boats-that-float --with 'llm -m some-model' --dry-run\n"
    "  broadsheet write --all-missing --with ./summarize.sh --by some-model-7b",
)
@click.argument("slugs", metavar="SLUG…", nargs=-1)
@click.option(
    "--with",
    "command",
    metavar="COMMAND",
    help="The program with its arguments (default: `extra.broadsheet.writer` in mkdocs.yml).",
)
@click.option("--by", metavar="NAME", help="What the page calls the writer (default: the program).")
@click.option(
    "--all-missing", is_flag=True, help="Write about all papers with an abstract and no summary."
)
@click.option("--again", is_flag=True, help="Replace drafts that nobody has reviewed or changed.")
@click.option(
    "--timeout",
    "seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=SECONDS,
    show_default=True,
    help="How many seconds the program may take for a paper.",
)
@click.option(
    "-n", "--dry-run", is_flag=True, help="Print the prompt and the answer, but write nothing."
)
@json_option("Print the results as JSON.", Drafts)
@config_option
def write_(
    slugs: tuple[str, ...],
    command: str | None,
    by: str | None,
    all_missing: bool,
    again: bool,
    seconds: float,
    dry_run: bool,
    as_json: bool,
    config_file: Path | None,
) -> None:
    """Have a program draft summaries of papers.

    The program can be anything that reads a prompt and prints text. The prompt has the title, the
    abstract, instructions and the setting `house_style`. The answer is kept as a draft: the site
    says "machine-written, not yet reviewed" wherever it shows it, until you set `reviewed: your
    name` in the paper's file. `broadsheet check --texts` runs on each draft.

    What a person wrote or reviewed is never overwritten. If a person wrote one of the two
    summaries, the program writes neither.
    """
    if bool(slugs) == all_missing:
        raise click.UsageError("name papers, or use --all-missing")
    with errors():
        project = find_project(config_file, needs_config=False)
        runner = _runner(project, command)
        if runner is None and not dry_run:
            advice = "name one with --with, or set `extra.broadsheet.writer` in mkdocs.yml"
            raise BroadsheetError(Problem("--with", 0, "", "there is no program to write", advice))
        corpus = _corpus(project)
        name = by or (runner.name if runner else "")
        today = date.today()  # noqa: DTZ011 - the date in the user's time zone
        job = Job(project, corpus, runner, name, again, dry_run, seconds, today)
        chosen = list(_missing(corpus)) if all_missing else list(dict.fromkeys(slugs))
        outcomes = _outcomes(job, chosen, as_json)
    if any(outcome.status == "refused" for outcome in outcomes):
        sys.exit(1)


def _outcomes(job: Job, slugs: list[str], as_json: bool) -> list[Outcome]:
    """Has the texts of papers written, one after the other, and prints what became of each."""
    outcomes: list[Outcome] = []
    status = Console(stderr=True).status("") if sys.stderr.isatty() else nullcontext()
    try:
        with status as line:
            for number, slug in enumerate(slugs, start=1):
                if line:
                    line.update(f"{number} of {len(slugs)}: {slug} …")
                outcomes.append(job.outcome(slug))
                if not as_json:
                    _show(outcomes[-1], f"{number}/{len(slugs)}")
    finally:
        # After an interruption, what is finished stays and is told.
        if as_json:
            show_json(Drafts(tuple(Draft.model_validate(asdict(found)) for found in outcomes)))
        else:
            _show_counts(outcomes)
    return outcomes


def _runner(project: Project, command: str | None) -> Program | None:
    if command is not None:
        return program(command, Path.cwd(), Problem("--with", 0, "", ""))
    file, field = shown_path(project.config_file), "extra.broadsheet.writer"
    command = project.settings.writer
    return program(command, project.root, Problem(file, 0, field, "")) if command else None


def _corpus(project: Project) -> Corpus:
    """Loads the content. Every file must be readable, so that none is overwritten by mistake."""
    cache = Cache(project.cache) if project.cache.exists() else None
    with content_lock(project.content, tell_waiting, to_write=False):
        loaded = load(project.content, shown_path(project.content), cache)
    fatal = [problem for problem in loaded.problems if problem.level is Level.ERROR]
    if fatal:
        raise BroadsheetError(*fatal)
    return loaded.corpus


def _missing(corpus: Corpus) -> Iterator[str]:
    for slug, paper in corpus.papers.items():
        if paper.abstract and not paper.withdrawn and not (paper.tldr or paper.summary):
            yield slug


def _show(outcome: Outcome, place: str) -> None:
    say(f"[{place}] {outcome.slug}: {outcome.status}")
    for name in ("prompt", "answer", "tldr", "summary"):
        text = getattr(outcome, name)
        if text:
            click.echo(f"{name}:\n{indent(text.rstrip(), '  ')}")
    show(outcome.problems, len(outcome.problems))


def _show_counts(outcomes: list[Outcome]) -> None:
    found = Counter(outcome.status for outcome in outcomes)
    drafts = found["written"] or found["would write"]
    verb = "would write" if found["would write"] else "wrote"
    click.echo(f"{verb} {counted(drafts, 'draft')}, {found['refused']} refused")
