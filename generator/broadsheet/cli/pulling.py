"""The command `pull`, which takes new papers from the sources of a site."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from broadsheet.base.errors import BroadsheetError, Problem, sorted_problems
from broadsheet.base.identifiers import week_of
from broadsheet.base.text import counted
from broadsheet.cli.changing import Work, begin, finish, today
from broadsheet.cli.issues import issue_options, parsed_week
from broadsheet.cli.shared import errors
from broadsheet.content.changes import Changes
from broadsheet.content.columns import ColumnChoices
from broadsheet.content.merge import merge
from broadsheet.content.records import Reading
from broadsheet.content.save import kept_columns_in
from broadsheet.content.settings import PullSettings
from broadsheet.site.fetching import fetcher_of
from broadsheet.site.project import Project, find_project, shown_path
from broadsheet.site.pulling import pulled


@dataclass(frozen=True)
class _Pulled:
    """A source, with its papers or the problems that it had."""

    source: PullSettings
    reading: Reading | None = None
    problems: tuple[Problem, ...] = ()


@click.command(
    "pull",
    epilog="\b\nExamples:\n  broadsheet pull --dry-run\n  broadsheet pull --week 2024-W48",
)
@click.option(
    "--week",
    metavar="WEEK",
    callback=parsed_week,
    help="The issue that gets the papers (default: this week's, which is made as a draft).",
)
@issue_options
def pull_(
    *,
    week: str | None,
    digest: str | None,
    dry_run: bool,
    as_json: bool,
    config_file: Path | None,
) -> None:
    """Take new papers from the sources of the site into a draft.

    The sources are in mkdocs.yml, under extra.broadsheet.sources: lists on the web such as feeds,
    and queries of arXiv. Papers that the site has already stay as they are.

    If a source fails, the others still count. The exit code is 1 then.
    """
    with errors():
        project = find_project(config_file)
        found = _pulled(project, week or week_of(today()))
        work = begin(config_file, digest, week or week_of(today()), to_write=not dry_run)
        _refuse_published(work)
        changes = _with_new_papers(work, [one.reading for one in found if one.reading])
        problems = [problem for one in found for problem in one.problems]
        changes = replace(changes, problems=sorted_problems((*problems, *changes.problems)))
        notes = _notes(found, changes)
        finish(work, changes, dry_run=dry_run, as_json=as_json, notes=notes)


def _pulled(project: Project, week: str) -> list[_Pulled]:
    """Fetches the sources, as long as nobody waits for the content."""
    if not project.settings.sources:
        message = "there are no sources to pull from"
        advice = 'add one, such as {name: New papers, arxiv: "cat:cs.CL AND abs:retrieval"}'
        file = shown_path(project.config_file)
        raise BroadsheetError(Problem(file, 0, "extra.broadsheet.sources", message, advice))
    fetcher = fetcher_of(project, os.environ)
    choices = ColumnChoices(kept=kept_columns_in(project.content))
    found: list[_Pulled] = []
    for source in project.settings.sources:
        try:
            reading = pulled(source, week, fetcher, choices)
        except BroadsheetError as error:
            found.append(_Pulled(source, problems=_named(error.problems, source)))
        else:
            found.append(_Pulled(source, reading, reading.problems))
    return found


def _named(problems: Sequence[Problem], source: PullSettings) -> tuple[Problem, ...]:
    """Returns problems that name the source as its settings do."""
    return tuple(
        replace(problem, message=f"{source.shown}: {problem.message}")
        if source.shown != problem.file
        else problem
        for problem in problems
    )


def _refuse_published(work: Work) -> None:
    """Refuses to add papers that nobody has looked at to an issue that readers see."""
    for issue in work.loaded.corpus.issues:
        if f"{issue.digest}/{issue.name}" == work.name and not issue.draft:
            message = f"the issue {work.name} is published, so nothing is added to it by itself"
            advice = "choose another one with --week"
            raise BroadsheetError(Problem(work.folder, 0, "", message, advice))


def _with_new_papers(work: Work, readings: Sequence[Reading]) -> Changes:
    """Returns the papers of sources that the content doesn't have, listed in the draft."""
    corpus, decisions = work.loaded.corpus, work.loaded.decisions
    first = merge(corpus, decisions, readings, replace(work.options(), unlisted=True))
    new = {paper.slug for paper in first.new}
    left = [
        replace(
            reading,
            records=tuple(
                record for record, slug in zip(reading.records, slugs, strict=True) if slug in new
            ),
        )
        for reading, slugs in zip(readings, first.slugs, strict=True)
    ]
    return merge(corpus, decisions, left, work.options(work.target))


def _notes(found: Sequence[_Pulled], changes: Changes) -> Iterator[str]:
    """Yields a line for each source that has been read."""
    readings = (one for one in found if one.reading)
    for one, slugs in zip(readings, changes.slugs, strict=True):
        papers = counted(len(one.reading.records) if one.reading else 0, "paper")
        yield f"{one.source.shown}: {papers}, {len(set(slugs))} new"
