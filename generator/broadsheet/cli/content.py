"""The command `import`."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from pathlib import Path

import click

from broadsheet.base.encoding import decode
from broadsheet.base.errors import BroadsheetError, Level, Problem, sorted_problems
from broadsheet.base.identifiers import is_slug
from broadsheet.base.text import counted
from broadsheet.cli.shared import (
    MOST_SHOWN,
    config_option,
    errors,
    load_all,
    show,
)
from broadsheet.content.check import load_and_check
from broadsheet.content.load import Loaded
from broadsheet.content.merge import Changes, merge
from broadsheet.content.merge_lists import ImportOptions
from broadsheet.content.model import Corpus
from broadsheet.content.overrides import MergeDecisions
from broadsheet.content.save import changed_files, write
from broadsheet.importers import IMPORTERS, Reading, read
from broadsheet.site.citation_keys import keep_keys
from broadsheet.site.project import find_project, shown_path


def _slug(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is not None and not is_slug(value):
        advice = "use lowercase letters, digits and hyphens"
        raise click.BadParameter(f"{value!r} can't be part of a URL; {advice}")
    return value


@click.command("import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option(
    "--as",
    "importer",
    metavar="NAME",
    help="Use this importer instead of detecting one: "
    + ", ".join(importer.name for importer in IMPORTERS)
    + ".",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    help="The content folder (default: the one set in mkdocs.yml, or content).",
)
@click.option(
    "--digest",
    metavar="NAME",
    callback=_slug,
    help="The digest to add issues to (default: the one set in mkdocs.yml).",
)
@click.option(
    "--no-text", is_flag=True, help="Import facts only, without abstracts, summaries and texts."
)
@click.option("-n", "--dry-run", is_flag=True, help="Show what would change, but write nothing.")
@click.option("-v", "--verbose", is_flag=True, help="Show every merge and every problem.")
@config_option
@click.option("-s", "--strict", is_flag=True, help="Write nothing if there's any problem.")
def import_(
    files: tuple[Path, ...],
    importer: str | None,
    into: Path | None,
    digest: str | None,
    no_text: bool,
    dry_run: bool,
    verbose: bool,
    config_file: Path | None,
    strict: bool,
) -> None:
    """Import lists of papers into the content folder.

    FILES are articles, pages and tables saved as text, or JSON Lines. The importer for each file
    is detected.

    Importing a known paper only adds what is missing and never overwrites anything, so importing
    a file twice changes nothing. Invalid entries are reported and skipped; fix them and import
    the file again to add them.
    """
    with errors():
        project = find_project(config_file, needs_config=False)
        folder = into or project.content
        loaded = _content_to_import_into(folder)
        readings = tuple(_reading(file, importer) for file in files)
        options = ImportOptions(
            today=date.today(),  # noqa: DTZ011 - the date in the user's time zone
            digest=digest or project.settings.digest,
            texts=not no_text,
        )
        changes = merge(loaded.corpus, loaded.decisions, readings, options)
        problems = sorted_problems(
            (*changes.problems, *(problem for reading in readings for problem in reading.problems))
        )
        files_to_write = changed_files(changes, loaded.corpus, folder)
        if strict and problems:
            raise BroadsheetError(*problems)
        if not dry_run:
            write(files_to_write, folder)
            keep_keys(folder, load_and_check(folder, shown_path(folder)).corpus)
        _show_import(readings, changes, problems, len(files_to_write), dry_run, verbose)
        if any(problem.level is Level.ERROR for problem in problems):
            sys.exit(1)


def _content_to_import_into(folder: Path) -> Loaded:
    """Loads the content, which must not have errors: every known paper must be recognized."""
    if not folder.exists():
        return Loaded(Corpus(), MergeDecisions(), ())
    loaded = load_all(folder)
    errors = [problem for problem in loaded.problems if problem.level is Level.ERROR]
    if errors:
        raise BroadsheetError(*errors)
    return loaded


def _reading(file: Path, importer: str | None) -> Reading:
    name = shown_path(file)
    if not _is_text(name):
        shown = name.encode(errors="backslashreplace").decode()
        message = "the file name isn't UTF-8 text, so it can't be recorded as a source"
        raise BroadsheetError(Problem(shown, 0, "", message, "rename the file"))
    # A path outside of the project means nothing to other people who read the content.
    source = file.name if Path(name).is_absolute() or name.startswith("..") else name
    return read(decode(file.read_bytes(), name), source, importer)


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


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
        if reading.issue:
            sections = len(reading.issue.sections)
            what += f", {reading.issue.week}: {counted(sections, 'section')}"
        if reading.collection:
            what += f", collection {reading.collection.slug!r}"
        click.echo(f"{reading.source}: {what}, {counted(len(reading.records), 'paper')}")
    _show_merges(changes, verbose)
    most = len(problems) if verbose else MOST_SHOWN
    show(problems, most, "broadsheet import --verbose")
    verb = "would write" if dry_run else "wrote"
    click.echo(
        f"{counted(len(changes.new), 'new paper')}, {len(changes.merged)} merged, "
        f"{len(changes.changed)} changed, {changes.unchanged} unchanged; "
        f"{verb} {counted(files, 'file')}"
    )


def _show_merges(changes: Changes, verbose: bool) -> None:
    """Prints merges. Those by id or title are only counted unless `verbose`."""
    reasons = [record.reason for record in changes.merged]
    counts = Counter(reason for reason in reasons if reason in ("arXiv id", "DOI", "title"))
    for reason, count in counts.items():
        click.echo(f"merged {count} by {reason}")
    for record in changes.merged:
        if verbose or record.reason not in counts:
            place = f"{record.source}:{record.line}"
            click.echo(f"merged {place} into {record.slug} (by {record.reason})")
