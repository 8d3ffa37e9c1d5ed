"""The command line: arguments in, exit code out. The only part that prints."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from broadsheet.cli_out import export_, newsletter
from broadsheet.corpus.check import load_and_check
from broadsheet.corpus.listings import Options
from broadsheet.corpus.load import Loaded
from broadsheet.corpus.merge import Merged, merge
from broadsheet.corpus.merges import Merges
from broadsheet.corpus.save import changed_files, write
from broadsheet.encoding import decode
from broadsheet.errors import BroadsheetError, Level, Problem, sorted_problems
from broadsheet.identifiers import is_slug
from broadsheet.importers import IMPORTERS, Reading, read
from broadsheet.model import Corpus
from broadsheet.site.build import Built, build
from broadsheet.site.kept_keys import keep_keys
from broadsheet.site.new import new_project
from broadsheet.site.project import Project, find_project, shown_path
from broadsheet.site.serve import Preview

# One slip can have many consequences; beyond a screenful the list helps nobody.
MOST_SHOWN = 60
FORMATS = ("text", "json", "github")

config_option = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path),
    help="The site's mkdocs.yml (by default the one in this folder).",
)
strict_option = click.option("-s", "--strict", is_flag=True, help="Let warnings fail, too.")
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Print nothing but problems.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(None, "-V", "--version", package_name="broadsheet")
def main() -> None:
    """A website from a weekly list of research papers.

    Content is read from content/, the site's settings from mkdocs.yml. Begin with `broadsheet
    new`, then `broadsheet import` a source, and `broadsheet serve`.
    """


main.add_command(export_)
main.add_command(newsletter)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
def new(folder: Path) -> None:
    """Start a site in FOLDER: mkdocs.yml, a first content/, nothing overwritten."""
    with _errors():
        for path in new_project(folder):
            click.echo(f"wrote {shown_path(path)}")
        click.echo("Next: broadsheet import FILE, then broadsheet serve")


def _slug(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is not None and not is_slug(value):
        advice = "use lower-case letters, digits and hyphens"
        raise click.BadParameter(f"{value!r} cannot be part of an address; {advice}.")
    return value


@main.command("import")
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
    callback=_slug,
    help="The digest that issues belong to (by default that of mkdocs.yml).",
)
@click.option("--no-text", is_flag=True, help="Take facts only, no abstracts and printed texts.")
@click.option("-n", "--dry-run", is_flag=True, help="Show what would change, write nothing.")
@click.option("-v", "--verbose", is_flag=True, help="Name every merge.")
@config_option
@strict_option
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
    """Read sources into the content folder.

    The shape of each file is detected. Records of known papers fill what is missing there and
    overwrite nothing, so importing a file again changes nothing.
    """
    with _errors():
        project = find_project(config_file, needs_config=False)
        folder = into or project.content
        loaded = _content_to_import_into(folder)
        readings = tuple(_reading(file, shape) for file in files)
        options = Options(
            today=date.today(),  # noqa: DTZ011 - the day where the person is
            digest=digest or project.config.digest,
            texts=not no_text,
        )
        merged = merge(loaded.corpus, loaded.merges, readings, options)
        problems = sorted_problems(
            (*merged.problems, *(problem for reading in readings for problem in reading.problems))
        )
        changes = changed_files(merged, loaded.corpus, folder)
        _stop_on_errors(problems, strict)
        if not dry_run:
            write(changes, folder)
            keep_keys(folder, load_and_check(folder, shown_path(folder)).corpus)
        _show_import(readings, merged, problems, len(changes), dry_run, verbose)


def _content_to_import_into(folder: Path) -> Loaded:
    """The corpus as it is; an import into a broken one could not tell what is known."""
    if not folder.exists():
        return Loaded(Corpus(), Merges(), ())
    loaded = load_and_check(folder, shown_path(folder))
    errors = [problem for problem in loaded.problems if problem.level is Level.ERROR]
    if errors:
        raise BroadsheetError(*errors)
    return loaded


def _reading(file: Path, shape: str | None) -> Reading:
    name = shown_path(file)
    # An address on this machine means nothing to the next one who reads it in the content.
    source = file.name if Path(name).is_absolute() or name.startswith("..") else name
    return read(decode(file.read_bytes(), name), source, shape)


def _show_import(
    readings: tuple[Reading, ...],
    merged: Merged,
    problems: tuple[Problem, ...],
    files: int,
    dry_run: bool,
    verbose: bool,
) -> None:
    for reading in readings:
        what = reading.shape
        if reading.issue:
            sections = len(reading.issue.sections)
            what += f", {reading.issue.week}: {sections} sections"
        if reading.collection:
            what += f", collection {reading.collection.slug!r}"
        click.echo(f"{reading.source}: {what}, {len(reading.records)} papers")
    _show_merges(merged, verbose)
    _show(problems)
    verb = "would be written" if dry_run else "written"
    click.echo(
        f"{len(merged.new)} papers new, {len(merged.decisions)} merged, "
        f"{len(merged.changed)} changed, {merged.unchanged} unchanged; {files} files {verb}"
    )


def _show_merges(merged: Merged, verbose: bool) -> None:
    """Those by a name are counted; those by a text or a decision are worth a look each."""
    plain = Counter(d.reason for d in merged.decisions if d.reason in ("arXiv id", "DOI", "title"))
    for reason, count in plain.items():
        click.echo(f"merged {count} by {reason}")
    for decision in merged.decisions:
        if verbose or decision.reason not in plain:
            place = f"{decision.source}:{decision.line}"
            click.echo(f"merged {place} into {decision.slug} (by {decision.reason})")


@main.command("build")
@click.option(
    "-d", "--site-dir", type=click.Path(path_type=Path, file_okay=False), help="Where to build to."
)
@config_option
@strict_option
@quiet_option
def build_(site_dir: Path | None, config_file: Path | None, strict: bool, quiet: bool) -> None:
    """Build the site. The old one stays until the new one is whole."""
    with _errors(), _progress(quiet) as report:
        project = find_project(config_file, needs_config=True)
        built = build(project, report, site_dir, strict=strict)
    _show(built.problems)
    if not quiet:
        click.echo(_built_line(built))


def _built_line(built: Built) -> str:
    folder = shown_path(built.folder)
    return f"{folder}: {built.papers} papers on {built.pages} pages"


@main.command()
@click.option("-p", "--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("-o", "--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@config_option
def serve(port: int, open_browser: bool, config_file: Path | None) -> None:
    """Preview the site on 127.0.0.1, and follow every change.

    When a file is broken, its error is shown over the last good page.
    """
    with _errors(), tempfile.TemporaryDirectory(prefix="broadsheet-") as folder:
        project = find_project(config_file, needs_config=True)
        with _progress(False) as report:
            preview = Preview(project, Path(folder), report, _show_built, _show_error)
            click.echo(f"Preview on http://127.0.0.1:{port}/ (Ctrl+C ends it)")
            preview.serve(port, open_browser=open_browser)


def _show_built(built: Built) -> None:
    _show(built.problems)
    click.echo(f"Built {built.papers} papers on {built.pages} pages")


@main.command()
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
    """Check the content without building."""
    with _errors():
        project = find_project(config_file, needs_config=False)
        loaded = load_and_check(project.content, shown_path(project.content))
    _FORMATS[form](project, loaded)
    if any(strict or problem.level is Level.ERROR for problem in loaded.problems):
        sys.exit(1)


def _as_text(project: Project, loaded: Loaded) -> None:
    _show(loaded.problems, len(loaded.problems))
    errors = sum(problem.level is Level.ERROR for problem in loaded.problems)
    warnings = len(loaded.problems) - errors
    corpus = loaded.corpus
    click.echo(
        f"{shown_path(project.content)}: {len(corpus.papers)} papers, {len(corpus.issues)} issues, "
        f"{len(corpus.topics)} topics, {len(corpus.collections)} collections; "
        f"{errors} errors, {warnings} warnings"
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


def _show(problems: tuple[Problem, ...], most: int = MOST_SHOWN) -> None:
    for problem in problems[:most]:
        click.echo(f"{problem.level}: {problem}", err=True)
    if len(problems) > most:
        click.echo(f"and {len(problems) - most} more; `broadsheet check` lists all", err=True)


def _show_error(error: BroadsheetError) -> None:
    _show(error.problems)


def _stop_on_errors(problems: tuple[Problem, ...], strict: bool) -> None:
    if any(strict or problem.level is Level.ERROR for problem in problems):
        raise BroadsheetError(*problems)


@contextmanager
def _errors() -> Iterator[None]:
    """A wrong set-up ends with its place and exit code 1; a bug shows its traceback."""
    try:
        yield
    except BroadsheetError as error:
        _show_error(error)
        sys.exit(1)
    except OSError as error:  # the disk is full, a folder may not be written, a file is gone
        if error.filename is None:
            raise
        place = shown_path(Path(os.fsdecode(error.filename)))
        _show((Problem(place, 0, "", error.strerror or str(error)),))
        sys.exit(1)
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
        sys.exit(130)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[str], None]]:
    """On a terminal, a line that says what is being done; elsewhere nothing."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda _: None
        return
    with console.status("Starting") as status:
        yield lambda stage: status.update(f"{stage} …")
