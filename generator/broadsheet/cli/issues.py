"""The commands `issue new`, `issue fill` and `issue publish`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

from broadsheet.base.errors import BroadsheetError, Problem, sorted_problems, suggest
from broadsheet.base.identifiers import parse_week
from broadsheet.cli.changing import Work, begin, finish
from broadsheet.cli.group import InOrder
from broadsheet.cli.importing import weeks_of
from broadsheet.cli.json_changes import ChangedIssue
from broadsheet.cli.origins import FileOrAddress, opened
from broadsheet.cli.shared import change_options, errors, slug_option
from broadsheet.content.changes import Changes
from broadsheet.content.columns import ColumnChoices
from broadsheet.content.filling import Selection, fill, new_issue, published, selected
from broadsheet.content.listing import Target
from broadsheet.content.merge import merge


def parsed_week(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """Refuses what isn't an ISO week."""
    if value is not None and not parse_week(value):
        raise click.BadParameter(f"{value!r} isn't an ISO week; write one like 2024-W48")
    return value


def _range(_: click.Context, __: click.Parameter, value: str | None) -> tuple[date, date] | None:
    if value is None:
        return None
    first, _dots, last = value.partition("..")
    try:
        days = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError as error:
        message = f"{value!r} isn't a range of days; write one like 2024-11-25..2024-12-01"
        raise click.BadParameter(message) from error
    if days[0] > days[1]:
        raise click.BadParameter(f"{value!r} ends before it starts; write the earlier day first")
    return days


def issue_options(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the options of all commands that change an issue."""

    @click.option(
        "--digest",
        metavar="NAME",
        callback=slug_option,
        help="The digest of the issue (default: the one set in mkdocs.yml).",
    )
    @change_options(ChangedIssue)
    @wraps(command)
    def with_options(**arguments: Any) -> None:
        command(**arguments)

    return with_options


@click.group(
    "issue",
    cls=InOrder,
    epilog="\b\nExamples:\n  broadsheet issue fill 2024-W48 --from records.jsonl\n"
    "  broadsheet issue publish 2024-W48",
)
def issue_() -> None:
    """Make issues: new drafts, filled with papers, then published.

    Drafts are only shown in previews.
    """


@issue_.command("new", epilog="\b\nExample:\n  broadsheet issue new 2024-W48")
@click.argument("week", callback=parsed_week)
@click.option("--title", metavar="TEXT", help="The title (default: the digest and the dates).")
@issue_options
def new_(
    week: str,
    title: str | None,
    digest: str | None,
    dry_run: bool,
    as_json: bool,
    config_file: Path | None,
) -> None:
    """Make an empty draft of the issue of a WEEK, such as 2024-W48."""
    with errors():
        work = begin(config_file, digest, week, to_write=not dry_run)
        changes = new_issue(work.loaded.corpus, work.options(), work.target, title)
        finish(work, changes, dry_run=dry_run, as_json=as_json)


@issue_.command(
    "fill",
    epilog="\b\nExamples:\n  broadsheet issue fill 2024-W48 --from records.jsonl\n"
    "  broadsheet issue fill 2024-W48 --collection trending --topic retrieval\n"
    "  broadsheet issue fill 2024-W48 --published 2024-11-25..2024-12-01",
)
@click.argument("week", callback=parsed_week)
@click.option(
    "--from",
    "source",
    type=FileOrAddress(),
    help="Import this file or URL and add its papers.",
)
@click.option("--collection", metavar="SLUG", help="Add papers of this collection.")
@click.option(
    "--published",
    "days",
    metavar="FROM..TO",
    callback=_range,
    help="Add papers published on these days.",
)
@click.option("--unlisted", is_flag=True, help="Add only papers that no issue lists yet.")
@click.option(
    "--topic",
    "topics",
    metavar="SLUG",
    multiple=True,
    help="Add only papers with this topic. Can be repeated.",
)
@click.option("--limit", metavar="N", type=click.IntRange(min=1), help="Add at most N papers.")
@issue_options
def fill_(
    *,
    week: str,
    source: Path | str | None,
    collection: str | None,
    days: tuple[date, date] | None,
    unlisted: bool,
    topics: tuple[str, ...],
    limit: int | None,
    digest: str | None,
    dry_run: bool,
    as_json: bool,
    config_file: Path | None,
) -> None:
    """Add papers to the issue of a WEEK, such as 2024-W48.

    If there is no such issue, makes a draft. Papers that the issue has already are left out. New
    ones go to the end of the section of their main topic. New sections are sorted by their number
    of papers, and papers by date, newest first.
    """
    if source and (collection or days or unlisted):
        raise click.UsageError(
            "--from can't be combined with --collection, --published, --unlisted"
        )
    if not (source or collection or days or unlisted or topics):
        raise click.UsageError("choose papers with --from, --collection, --published or --topic")
    with errors():
        work = begin(config_file, digest, week, to_write=not dry_run)
        known = work.loaded.corpus
        for topic in topics:
            if topic not in known.topics:
                message, advice = f"there is no topic {topic!r}", suggest(topic, known.topics)
                raise BroadsheetError(Problem(f"{work.folder}/topics.yml", 0, "", message, advice))
        target = Target(work.target.digest, week, topics, limit)
        if source:
            changes = _imported(work, source, target)
        else:
            papers = selected(known, Selection(collection, days, unlisted), work.folder)
            changes = fill(known, work.options(), target, papers)
        finish(work, changes, dry_run=dry_run, as_json=as_json)


def _imported(work: Work, source: Path | str, target: Target) -> Changes:
    choices = ColumnChoices(kept=work.loaded.columns)
    reading = opened(source, work.project).reading(None, choices)
    if reading.issues:
        message = f"is an issue itself, of {weeks_of(reading)}"
        advice = "run `broadsheet import` to add it"
        raise BroadsheetError(Problem(reading.source, 0, "", message, advice))
    options = work.options(target)
    changes = merge(work.loaded.corpus, work.loaded.decisions, [reading], options)
    return replace(changes, problems=sorted_problems((*reading.problems, *changes.problems)))


@issue_.command("publish", epilog="\b\nExample:\n  broadsheet issue publish 2024-W48")
@click.argument("week", callback=parsed_week)
@issue_options
def publish_(
    week: str, digest: str | None, dry_run: bool, as_json: bool, config_file: Path | None
) -> None:
    """Publish the draft of a WEEK and the papers in it that are drafts."""
    with errors():
        work = begin(config_file, digest, week, to_write=not dry_run)
        changes = published(work.loaded.corpus, work.target, work.folder)
        finish(work, changes, dry_run=dry_run, as_json=as_json)
