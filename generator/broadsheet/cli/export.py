"""The command `export`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from broadsheet.base.files import replace_file
from broadsheet.cli.loading import edition_without_related
from broadsheet.cli.shared import config_option, errors, say
from broadsheet.outputs.datasets.selection import FORMATS, Selection, export, formats
from broadsheet.site.project import find_project, shown_path

BINARY_FORMATS = ("parquet", "sqlite")


def _completed(_context: object, _parameter: object, start: str) -> list[str]:
    return [name for name in formats() if name.startswith(start)]


@click.command(
    "export",
    help=f"""Export papers to a file for other programs.

    FORMAT is one of {", ".join(FORMATS)}, or what another package adds.
    """,
    epilog="\b\nExample:\n  broadsheet export bibtex --topic retrieval -o retrieval.bib",
)
@click.argument("form", metavar="FORMAT", shell_complete=_completed)
@click.option("--topic", metavar="TOPIC", help="Export only papers with this topic (its slug).")
@click.option("--week", metavar="WEEK", help="Export only papers of this week, such as 2024-W12.")
@click.option(
    "--collection", metavar="NAME", help="Export only papers in this collection (its slug)."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Write to this file instead of standard output.",
)
@config_option
def export_(
    *,
    form: str,
    topic: str | None,
    week: str | None,
    collection: str | None,
    output: Path | None,
    config_file: Path | None,
) -> None:
    """Runs the command. Its help text is above."""
    with errors():
        if form not in formats():
            raise click.BadParameter(f"{form!r} isn't one of {', '.join(formats())}")
        edition = edition_without_related(find_project(config_file))
        content = export(form, edition, Selection(topic, week, collection))
        if output == Path("-"):
            output = None
        if output is None and form in BINARY_FORMATS and sys.stdout.isatty():
            raise click.UsageError(f"{form} is a binary format; write it to a file with --output")
        if output is None:
            sys.stdout.buffer.write(content)
            return
        replace_file(output, content)
    say(f"wrote {shown_path(output)} ({len(content):,} bytes)", err=True)
