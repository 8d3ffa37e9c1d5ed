"""The commands about content: import and check."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from broadsheet.base.encoding import decode
from broadsheet.base.errors import BroadsheetError, Level, Problem, sorted_problems
from broadsheet.base.identifiers import is_slug
from broadsheet.base.text import counted
from broadsheet.cli.shared import (
    MOST_SHOWN,
    config_option,
    errors,
    show,
    strict_option,
)
from broadsheet.content.check import load_and_check
from broadsheet.content.load import Loaded
from broadsheet.content.merge import Changes, merge
from broadsheet.content.merge_lists import ImportOptions
from broadsheet.content.model import Corpus
from broadsheet.content.overrides import MergeDecisions
from broadsheet.content.save import changed_files, write
from broadsheet.importers import IMPORTERS, Reading, read
from broadsheet.site.citation_keys import keep_keys, published_keys
from broadsheet.site.project import Project, find_project, shown_path

FORMATS = ("text", "json", "github")


def _slug(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is not None and not is_slug(value):
        advice = "use lower-case letters, digits and hyphens"
        raise click.BadParameter(f"{value!r} cannot be part of an address; {advice}.")
    return value


@click.command("import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option(
    "--as",
    "shape",
    metavar="SHAPE",
    help="Read the files in this shape instead of detecting it: "
    + ", ".join(importer.name for importer in IMPORTERS)
    + ".",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    help="The content folder (by default that of mkdocs.yml, or content).",
)
@click.option(
    "--digest",
    metavar="NAME",
    callback=_slug,
    help="The digest that issues belong to (by default that of mkdocs.yml).",
)
@click.option("--no-text", is_flag=True, help="Take facts only, no abstracts and printed texts.")
@click.option("-n", "--dry-run", is_flag=True, help="Show what would change, write nothing.")
@click.option("-v", "--verbose", is_flag=True, help="Name every merge and every problem.")
@config_option
@click.option("-s", "--strict", is_flag=True, help="Write nothing when there is any problem.")
def import_(
    files: tuple[Path, ...],
    shape: str | None,
    into: Path | None,
    digest: str | None,
    no_text: bool,
    dry_run: bool,
    verbose: bool,
    config_file: Path | None,
    strict: bool,
) -> None:
    """Read lists of papers into the content folder.

    FILES are articles, pages and tables as text, or JSON Lines. The shape of each is detected.

    Records of known papers fill what is missing there and overwrite nothing, so importing a file
    again changes nothing. What cannot be read is named and left out; once it is mended, the same
    import adds it.
    """
    with errors():
        project = find_project(config_file, needs_config=False)
        folder = into or project.content
        loaded = _content_to_import_into(folder)
        readings = tuple(_reading(file, shape) for file in files)
        options = ImportOptions(
            today=date.today(),  # noqa: DTZ011 - the day where the person is
            digest=digest or project.settings.digest,
            texts=not no_text,
        )
        merged = merge(loaded.corpus, loaded.decisions, readings, options)
        problems = sorted_problems(
            (*merged.problems, *(problem for reading in readings for problem in reading.problems))
        )
        changes = changed_files(merged, loaded.corpus, folder)
        if strict and problems:
            raise BroadsheetError(*problems)
        if not dry_run:
            write(changes, folder)
            keep_keys(folder, load_and_check(folder, shown_path(folder)).corpus)
        _show_import(readings, merged, problems, len(changes), dry_run, verbose)
        if any(problem.level is Level.ERROR for problem in problems):
            sys.exit(1)


def _content_to_import_into(folder: Path) -> Loaded:
    """The corpus as it is; an import into a broken one could not tell what is known."""
    if not folder.exists():
        return Loaded(Corpus(), MergeDecisions(), ())
    loaded = _load_all(folder)
    errors = [problem for problem in loaded.problems if problem.level is Level.ERROR]
    if errors:
        raise BroadsheetError(*errors)
    return loaded


def _load_all(folder: Path) -> Loaded:
    """The content with its problems, those of the file of citation keys among them."""
    loaded = load_and_check(folder, shown_path(folder))
    try:
        published_keys(folder)
    except BroadsheetError as error:
        problems = sorted_problems((*loaded.problems, *error.problems))
        return replace(loaded, problems=problems)
    return loaded


def _reading(file: Path, shape: str | None) -> Reading:
    name = shown_path(file)
    if not _is_text(name):
        shown = name.encode(errors="backslashreplace").decode()
        message = "its name is not text in UTF-8, so the content cannot say where it came from"
        raise BroadsheetError(Problem(shown, 0, "", message, "rename the file"))
    # An address on this machine means nothing to the next one who reads it in the content.
    source = file.name if Path(name).is_absolute() or name.startswith("..") else name
    return read(decode(file.read_bytes(), name), source, shape)


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _show_import(
    readings: tuple[Reading, ...],
    merged: Changes,
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
    _show_merges(merged, verbose)
    most = len(problems) if verbose else MOST_SHOWN
    show(problems, most, "broadsheet import --verbose")
    verb = "would be written" if dry_run else "written"
    click.echo(
        f"{counted(len(merged.new), 'paper')} new, {len(merged.merged)} merged, "
        f"{len(merged.changed)} changed, {merged.unchanged} unchanged; "
        f"{counted(files, 'file')} {verb}"
    )


def _show_merges(merged: Changes, verbose: bool) -> None:
    """Those by a name are counted; those by a text or a record are worth a look each."""
    plain = Counter(d.reason for d in merged.merged if d.reason in ("arXiv id", "DOI", "title"))
    for reason, count in plain.items():
        click.echo(f"merged {count} by {reason}")
    for record in merged.merged:
        if verbose or record.reason not in plain:
            place = f"{record.source}:{record.line}"
            click.echo(f"merged {place} into {record.slug} (by {record.reason})")


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How problems are printed: for people, for programs, or as annotations on GitHub.",
)
@config_option
@strict_option
def check(form: str, config_file: Path | None, strict: bool) -> None:
    """Find mistakes in the content without building.

    Names file, line, field and what would be right. Ends with 1 when there is an error.
    """
    with errors():
        project = find_project(config_file, needs_config=False)
        loaded = _load_all(project.content)
    _FORMATS[form](project, loaded)
    if any(strict or problem.level is Level.ERROR for problem in loaded.problems):
        sys.exit(1)


def _as_text(project: Project, loaded: Loaded) -> None:
    show(loaded.problems, len(loaded.problems))
    errors = sum(problem.level is Level.ERROR for problem in loaded.problems)
    warnings = len(loaded.problems) - errors
    corpus = loaded.corpus
    click.echo(
        f"{shown_path(project.content)}: {counted(len(corpus.papers), 'paper')}, "
        f"{counted(len(corpus.issues), 'issue')}, {counted(len(corpus.topics), 'topic')}, "
        f"{counted(len(corpus.collections), 'collection')}; "
        f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
    )


def _as_json(_: Project, loaded: Loaded) -> None:
    found: list[dict[str, Any]] = [vars(problem) for problem in loaded.problems]
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _as_github(_: Project, loaded: Loaded) -> None:
    """Workflow commands, which GitHub shows at the line of a pull request."""
    for problem in loaded.problems:
        message = ": ".join(filter(None, (problem.field, problem.message)))
        message += f" ({problem.advice})" if problem.advice else ""
        line = f",line={problem.line}" if problem.line else ""
        file = _escaped(problem.file).replace(":", "%3A").replace(",", "%2C")
        click.echo(f"::{problem.level} file={file}{line}::{_escaped(message)}")


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


_FORMATS: dict[str, Callable[[Project, Loaded], None]] = {
    "text": _as_text,
    "json": _as_json,
    "github": _as_github,
}
