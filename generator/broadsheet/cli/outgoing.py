"""The commands by which papers leave: ``export`` and ``newsletter``."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import click

from broadsheet.base.encoding import decode
from broadsheet.base.files import replace_file
from broadsheet.cli.shared import config_option, errors
from broadsheet.content.model import Issue
from broadsheet.edition import Edition
from broadsheet.outputs.datasets.selection import FORMATS, Selection, export
from broadsheet.outputs.newsletter import Letter, issue_of, letter_of
from broadsheet.outputs.newsletter.article import article_of, article_problems
from broadsheet.outputs.newsletter.journal import open_journal
from broadsheet.outputs.newsletter.mail import Sender, html_of, message, text_of
from broadsheet.outputs.newsletter.markdown import markdown_of
from broadsheet.outputs.newsletter.send import Outcome, dry_run, send
from broadsheet.outputs.newsletter.settings import (
    PREFIX,
    VARIABLES,
    recipients_of,
    sender_of,
    server_of,
)
from broadsheet.site.build import load_mkdocs
from broadsheet.site.loading import edition_of, load_project, site_of
from broadsheet.site.project import WORK_FOLDER, Project, find_project, shown_path


@click.command(
    "export",
    help=f"""Write papers as a file for other programs.

    FORMAT is one of {", ".join(FORMATS)}. It goes to standard output, or to the file of --output.
    """,
)
@click.argument("form", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.option("--topic", metavar="TOPIC", help="Only papers of this topic, as in its address.")
@click.option("--week", metavar="WEEK", help="Only papers of this week, like 2024-W12.")
@click.option("--collection", metavar="NAME", help="Only papers of this collection.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file."
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
    with errors():
        edition = _edition(find_project(config_file, needs_config=True))
        content = export(form, edition, Selection(topic, week, collection))
        if output is None and form in ("parquet", "sqlite") and sys.stdout.isatty():
            raise click.UsageError(f"{form} is no text; name a file with --output")
        if output is None:
            sys.stdout.buffer.write(content)
            return
        replace_file(output, content)
    click.echo(f"{shown_path(output)}: {len(content)} bytes", err=True)


@click.command(
    epilog="\b\nSettings for --send, from the environment:\n"
    + "\n".join(f"  {PREFIX}{name}: {meaning}" for name, meaning in VARIABLES.items())
)
@click.argument("week")
@click.option(
    "--digest", metavar="NAME", help="The digest, when several have an issue in that week."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default="newsletter",
    show_default=True,
    help="The folder to write to.",
)
@click.option("--send", "to_send", is_flag=True, help="Try sending it; with --yes, send it.")
@click.option("--yes", is_flag=True, help="Send what was tried before with --send alone.")
@click.option(
    "--to",
    "recipients_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file with an address a line.",
)
@click.option(
    "--doubtful-too",
    is_flag=True,
    help="Send again to those who may have it: their server gave no answer.",
)
@config_option
def newsletter(
    *,
    week: str,
    digest: str | None,
    output: Path,
    to_send: bool,
    yes: bool,
    recipients_file: Path | None,
    doubtful_too: bool,
    config_file: Path | None,
) -> None:
    """Make a letter of a WEEK (like 2024-W12), to read or to send.

    Writes an e-mail (.eml, and its .html and .txt), Markdown for GitHub or Substack (.md), and the
    weekly article that `broadsheet import` reads (.article.txt). With --send it goes to the
    addresses of --to, one message each: first as a dry run, then with --yes.
    """
    if (to_send and not recipients_file) or (yes and not to_send):
        raise click.UsageError("sending needs --send and --to FILE")
    with errors():
        project = find_project(config_file, needs_config=True)
        edition = _edition(project)
        issue = issue_of(edition, week, digest)
        letter = letter_of(issue, edition)
        if to_send and recipients_file:
            journal = project.root / WORK_FOLDER / "sent.db"
            _send(letter, recipients_file, journal, yes=yes, doubtful_too=doubtful_too)
            return
        for name, content in letter_files(issue, letter, edition).items():
            replace_file(output / name, content)
            click.echo(f"wrote {shown_path(output / name)}")
    for problem in article_problems(issue, edition, f"{week}.article.txt"):
        click.echo(f"warning: {problem}", err=True)


def _edition(project: Project) -> Edition:
    """The edition without related papers, which only pages show."""
    settings = project.settings.model_copy(update={"related": 0})
    project = replace(project, settings=settings)
    site = site_of(project, load_mkdocs(project, None))
    return edition_of(project, load_project(project), site)


def letter_files(issue: Issue, letter: Letter, edition: Edition) -> Mapping[str, bytes]:
    """A letter in every form, by file name."""
    week = issue.week
    host = edition.site.host.split(":")[0]
    draft = Sender(os.environ.get(f"{PREFIX}MAIL_FROM", "") or f"digest@{host}")
    if f"{PREFIX}MAIL_FROM" in os.environ:
        draft = sender_of(os.environ)
    return {
        f"{week}.eml": message(letter, draft).as_bytes(),
        f"{week}.html": html_of(letter, draft.unsubscribe).encode(),
        f"{week}.txt": text_of(letter, draft.unsubscribe).encode(),
        f"{week}.md": markdown_of(letter).encode(),
        f"{week}.article.txt": article_of(issue, edition).encode(),
    }


def _send(
    letter: Letter, recipients_file: Path, journal_file: Path, *, yes: bool, doubtful_too: bool
) -> None:
    server, sender = server_of(os.environ), sender_of(os.environ)
    name = shown_path(recipients_file)
    recipients = recipients_of(decode(recipients_file.read_bytes(), name), name)
    with open_journal(journal_file) as journal:
        if not yes:
            states = dry_run(letter, sender, recipients, server, journal)
            click.echo(
                f"{letter.title}, from {sender.address}, through {server.host}:{server.port}"
            )
            click.echo(", ".join(f"{count} {state}" for state, count in sorted(states.items())))
            click.echo("Nothing was sent. Run the same again with --yes to send it.")
            return
        outcome = send(letter, sender, recipients, server, journal, doubtful_too=doubtful_too)
    _show_outcome(outcome)


def _show_outcome(outcome: Outcome) -> None:
    click.echo(f"{outcome.sent} sent, {outcome.before} had it before")
    for recipient, reason in outcome.refused:
        click.echo(f"not sent to {recipient}: {reason}", err=True)
    for recipient in outcome.doubtful:
        click.echo(f"{recipient} may or may not have it (see --doubtful-too)", err=True)
    if outcome.refused or outcome.doubtful:
        sys.exit(1)
