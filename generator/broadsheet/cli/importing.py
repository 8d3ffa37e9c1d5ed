"""The command `import`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from broadsheet.base.errors import BroadsheetError, Level, Problem, sorted_problems
from broadsheet.base.text import counted
from broadsheet.cli.changing import content_to_change, import_options, save
from broadsheet.cli.columns import (
    columns_by_source,
    columns_file,
    map_option,
    require_columns,
    say_columns,
)
from broadsheet.cli.json_changes import Imported
from broadsheet.cli.json_shapes import json_option, shown_problems
from broadsheet.cli.origins import FileOrAddress, all_opened, readings_of
from broadsheet.cli.shared import (
    MOST_SHOWN,
    config_option,
    errors,
    say,
    show,
    show_json,
    slug_option,
)
from broadsheet.cli.wanted import wanted_options
from broadsheet.content.changes import Changes
from broadsheet.content.columns import ColumnChoices
from broadsheet.content.glued import divided
from broadsheet.content.merge import merge
from broadsheet.content.reimport import Take
from broadsheet.content.save import changed_files, located
from broadsheet.content.settings import Settings
from broadsheet.importers import IMPORTERS, Reading, Wanted
from broadsheet.site.project import CONFIG_FILE, Project, find_project

_CONVERTED = tuple(importer.name for importer in IMPORTERS if importer.is_converted)
# Reasons for merging records that need no second look.
_CERTAIN = ("arXiv id", "DOI", "title")
# A file with the lists of years has hundreds of issues.
_MOST_LINES, _FEW_LINES = 20, 5


@click.command(
    "import",
    epilog="\b\nExamples:\n  broadsheet import ~/articles/this-week.txt\n"
    "  broadsheet import to-read.jsonl --collection 'To read'\n"
    "  broadsheet import list.csv --map title=Name --map extra=Rating\n"
    "  broadsheet import https://example.org/weekly.xml --dry-run\n"
    "  broadsheet import ../lists/archive\n"
    "  broadsheet import arxiv.json --where categories=cs.CL --since 2024-11",
)
@click.argument(
    "files", metavar="FILES...", nargs=-1, required=True, type=FileOrAddress(folders=True)
)
@click.option(
    "--as",
    "importer",
    metavar="NAME",
    help="Use this importer instead of detecting one: "
    + ", ".join(importer.name for importer in IMPORTERS)
    + ".",
)
@map_option
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    help="The content folder (default: the one set in mkdocs.yml, or content).",
)
@click.option(
    "--digest",
    metavar="NAME",
    callback=slug_option,
    help="The digest to add issues to (default: the one set in mkdocs.yml).",
)
@click.option(
    "--collection",
    metavar="NAME",
    help="The collection for papers without a week (default: named after the file).",
)
@wanted_options
@click.option(
    "--no-text", is_flag=True, help="Import facts only, without abstracts, summaries and texts."
)
@click.option(
    "--take",
    type=click.Choice([side.value for side in Take]),
    help="What to keep if both the article and its issue here have been edited since the last "
    "import (default: write nothing and list it).",
)
@click.option("-n", "--dry-run", is_flag=True, help="Show what would change, but write nothing.")
@click.option("-v", "--verbose", is_flag=True, help="Show every merge and every problem.")
@json_option("Print what changed as JSON.", Imported)
@config_option
@click.option("-s", "--strict", is_flag=True, help="Write nothing if there's any problem.")
def import_(
    files: tuple[Path | str, ...],
    importer: str | None,
    maps: tuple[tuple[str, str], ...],
    into: Path | None,
    digest: str | None,
    collection: str | None,
    wanted: Wanted,
    no_text: bool,
    take: str | None,
    dry_run: bool,
    verbose: bool,
    as_json: bool,
    config_file: Path | None,
    strict: bool,
) -> None:
    """Import lists of papers into the content folder.

    FILES are articles and pages saved as text, CSV and other tables, JSON, exports of reference
    managers such as BibTeX, RIS and CSL-JSON, URLs of such files, OPML with the feeds of a reader,
    or folders of files of one kind, whose paths can have dates, as in archive/2024/11/25.md. The
    importer for each file is detected, and so is what the columns of tables are; see --map. Papers
    that no week lists become a collection.

    Importing a known paper only adds what is missing and never overwrites anything, so importing
    a file twice changes nothing. Importing a changed article updates its issue, except what has
    been edited here; see --take. Invalid entries are reported and skipped; fix them and import the
    file again to add them.
    """
    with errors():
        project = _project(config_file, into)
        folder = into or project.content
        sources, left_out = all_opened(files, project)
        loaded = content_to_change(folder, to_write=not dry_run)
        choices = ColumnChoices(maps, loaded.columns)
        readings, refused = readings_of(sources, importer, choices, wanted)
        readings, divisions = divided(readings, loaded.corpus, _CONVERTED)
        require_columns(maps, readings)
        if collection:
            _refuse_issues(readings)
        options = import_options(
            project, digest, texts=not no_text, collection=collection, folder=folder, take=take
        )
        changes = merge(loaded.corpus, loaded.decisions, readings, options)
        problems = sorted_problems(
            (
                *left_out,
                *refused,
                *divisions,
                *changes.problems,
                *located(changes.findings, loaded.corpus, folder),
                *(problem for reading in readings for problem in reading.problems),
            )
        )
        if any(found.level is Level.ERROR for found in changes.findings):
            raise BroadsheetError(*problems)  # something would be lost, so nothing is written
        files_to_write = changed_files(changes, loaded.corpus, folder)
        if maps:
            files_to_write |= columns_file(readings, folder)
        if strict and problems:
            raise BroadsheetError(*problems)
        if not dry_run:
            save(files_to_write, folder, loaded, changes)
        if as_json:
            show(problems)
            columns = columns_by_source(readings)
            show_json(_as_json(changes, sorted(files_to_write), columns, problems, dry_run))
        else:
            _show_import(readings, changes, problems, len(files_to_write), dry_run, verbose)
        if any(problem.level is Level.ERROR for problem in problems):
            sys.exit(1)


def _project(config_file: Path | None, into: Path | None) -> Project:
    """Returns the project to import into, which may be only a folder if it's given by --into."""
    if into and not config_file and not Path(CONFIG_FILE).exists():
        return Project(Path.cwd(), Path(CONFIG_FILE), Settings())
    return find_project(config_file, needs_config=False)


def _refuse_issues(readings: tuple[Reading, ...]) -> None:
    for reading in readings:
        if reading.issues:
            message = f"is an issue, of {weeks_of(reading)}, and not a collection"
            advice = "import it without --collection"
            raise BroadsheetError(Problem(reading.source, 0, "", message, advice))


def weeks_of(reading: Reading) -> str:
    """Returns the week of the issue in a source, or the first and last one of several."""
    weeks = sorted(issue.week for issue in reading.issues)
    return weeks[0] if len(weeks) == 1 else f"{weeks[0]} to {weeks[-1]}"


def _as_json(
    changes: Changes,
    files: Sequence[str],
    columns: Mapping[str, Mapping[str, str]],
    problems: Sequence[Problem],
    dry_run: bool,
) -> Imported:
    return Imported(
        new=tuple(paper.slug for paper in changes.new),
        merged=tuple(record.slug for record in changes.merged),
        changed=tuple(paper.slug for paper, _ in changes.changed),
        unchanged=changes.unchanged,
        issues=tuple(f"{issue.digest}/{issue.name}" for issue in changes.issues),
        edited=tuple(f"{after.digest}/{after.name}" for _, after in changes.edited),
        collections=tuple(collection.slug for collection in changes.collections),
        files=tuple(files),
        dry_run=dry_run,
        columns=columns,
        problems=shown_problems(problems),
    )


def _show_import(
    readings: tuple[Reading, ...],
    changes: Changes,
    problems: tuple[Problem, ...],
    files: int,
    dry_run: bool,
    verbose: bool,
) -> None:
    for reading in readings:
        what = reading.importer
        if len(reading.issues) > 1:
            what += f", {counted(len(reading.issues), 'issue')} ({weeks_of(reading)})"
        elif reading.issues:
            sections = len(reading.issues[0].sections)
            what += f", {reading.issues[0].week}: {counted(sections, 'section')}"
        if reading.collection:
            what += f", collection {reading.collection.slug!r}"
        repeated = sum(record.source == reading.source for record in changes.repeated)
        papers = counted(len(reading.records) - repeated, "paper")
        again = f" ({counted(repeated, 'duplicate')} merged)" if repeated else ""
        say(f"{reading.source}: {what}, {papers}{again}")
        if reading.columns:
            say_columns(reading.columns)
    _show_merges(changes, verbose)
    for lines in _lists(changes):
        for line in lines if verbose else _first(lines):
            click.echo(line)
    most = len(problems) if verbose else MOST_SHOWN
    show(problems, most, "broadsheet import --verbose")
    verb = "would write" if dry_run else "wrote"
    click.echo(
        f"{counted(len(changes.new), 'new paper')}, {len(changes.merged)} merged, "
        f"{len(changes.changed)} changed, {changes.unchanged} unchanged; "
        f"{verb} {counted(files, 'file')}"
    )


def _lists(changes: Changes) -> Iterator[list[str]]:
    """Yields lines about the issues and collections that are new or grow, in groups of a kind."""
    yield [
        f"new issue {issue.digest}/{issue.name}: {counted(len(issue.entries()), 'paper')}"
        for issue in changes.issues
    ]
    yield [
        f"issue {after.digest}/{after.name}: "
        f"{counted(len(after.entries()) - len(before.entries()), 'new paper')}"
        for before, after in changes.edited
    ]
    yield [f"changed {value}" for value in changes.replaced]
    yield [
        *(
            f"new collection {c.slug}: {counted(len(c.entries), 'paper')}"
            for c in changes.collections
        ),
        *(
            f"collection {c.slug}: {counted(len(more), 'new paper')}"
            for c, more in changes.extended
        ),
    ]


def _first(lines: list[str]) -> Iterator[str]:
    """Yields the first lines of a kind, and how many more there are if they are many."""
    yield from lines if len(lines) <= _MOST_LINES else lines[:_FEW_LINES]
    if len(lines) > _MOST_LINES:
        yield f"… and {len(lines) - _FEW_LINES} more like this (--verbose shows all)"


def _show_merges(changes: Changes, verbose: bool) -> None:
    """Prints merges. Those by id or title are only counted unless `verbose`."""
    merged = (*changes.merged, *changes.repeated)
    counts = Counter(record.reason for record in changes.merged if record.reason in _CERTAIN)
    for reason, count in counts.items():
        click.echo(f"merged {count} by {reason}")
    for record in merged:
        if verbose or record.reason not in _CERTAIN:
            place = f"{record.source}:{record.line}"
            say(f"merged {place} into {record.slug} (by {record.reason})")
