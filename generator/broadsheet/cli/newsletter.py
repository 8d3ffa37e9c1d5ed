"""The command `newsletter`."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import click

from broadsheet.base.change import WORK_FOLDER
from broadsheet.base.encoding import decode
from broadsheet.base.errors import BroadsheetError, Problem, warning
from broadsheet.base.files import replace_file
from broadsheet.base.text import counted
from broadsheet.cli.json_shapes import (
    NewsletterFiles,
    NewsletterSent,
    NewsletterTried,
    json_option,
    shown_problems,
)
from broadsheet.cli.loading import edition_without_related
from broadsheet.cli.shared import (
    config_option,
    errors,
    is_interactive,
    say,
    show,
    show_json,
)
from broadsheet.content.model import Issue
from broadsheet.edition import Edition
from broadsheet.outputs.newsletter import Newsletter, issue_of, newsletter_of
from broadsheet.outputs.newsletter.article import article_of, article_problems
from broadsheet.outputs.newsletter.journal import State, open_journal
from broadsheet.outputs.newsletter.mail import Sender, html_of, message, text_of
from broadsheet.outputs.newsletter.markdown import markdown_of
from broadsheet.outputs.newsletter.send import Outcome, count_by_state, dry_run, send
from broadsheet.outputs.newsletter.settings import (
    PREFIX,
    VARIABLES,
    recipients_of,
    sender_of,
    server_of,
)
from broadsheet.site.private import refuse_committed
from broadsheet.site.project import (
    Project,
    find_project,
    line_of_key,
    shown_path,
)
from broadsheet.site.readiness import is_local, letter_problems


@click.command(
    "newsletter",
    epilog="\b\nExamples:\n"
    "  broadsheet newsletter 2024-W12\n"
    "  broadsheet newsletter 2024-W12 --send --to readers.txt\n\n"
    "\b\nEnvironment variables for --send:\n"
    + "\n".join(f"  {PREFIX}{name}: {meaning}" for name, meaning in VARIABLES.items()),
)
@click.argument("week")
@click.option("--digest", metavar="NAME", help="The digest, if several have an issue in this week.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default="newsletter",
    show_default=True,
    help="The folder for the files.",
)
@click.option("--send", "to_send", is_flag=True, help="Send the newsletter by email.")
@click.option(
    "--to",
    "recipients_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file with one email address per line.",
)
@click.option("-n", "--dry-run", "try_only", is_flag=True, help="Do everything except sending.")
@click.option("-y", "--yes", is_flag=True, help="Send without asking for confirmation.")
@click.option(
    "--retry-unconfirmed",
    is_flag=True,
    help="Send again to recipients who may or may not have received it.",
)
@json_option(
    "Print files or numbers of letters as JSON.", NewsletterFiles, NewsletterTried, NewsletterSent
)
@config_option
def newsletter_(
    *,
    week: str,
    digest: str | None,
    output: Path,
    to_send: bool,
    recipients_file: Path | None,
    try_only: bool,
    yes: bool,
    retry_unconfirmed: bool,
    as_json: bool,
    config_file: Path | None,
) -> None:
    """Write or send a newsletter for a WEEK, such as 2024-W12.

    Writes an email (.eml, .html and .txt), Markdown for GitHub or Substack (.md), and the weekly
    article that `broadsheet import` reads (.article.txt).

    With --send, sends the email to each address in the file given by --to instead. Nobody gets
    it twice, so run the same command again if it was interrupted. The file must not be in a Git
    repository, unless .gitignore names it.

    The subject, the sender's name and a footer can be set in mkdocs.yml, under
    extra.broadsheet.newsletter.
    """
    if to_send and not recipients_file:
        raise click.UsageError("--send needs --to FILE")
    if not to_send and (recipients_file or try_only or yes or retry_unconfirmed):
        raise click.UsageError("--to, --dry-run, --yes and --retry-unconfirmed need --send")
    with errors():
        project = find_project(config_file)
        edition, issue = _edition_with_issue(project, week, digest)
        if issue.draft:
            place = edition.places["issue", f"{issue.digest}/{issue.name}"]
            _warn_of_draft(shown_path(project.content / place.file), to_send)
        newsletter = newsletter_of(issue, edition)
        if recipients_file:
            refuse_committed(recipients_file)
            if not try_only:
                _refuse_local_links(project, edition.site.url)
            journal = project.root / WORK_FOLDER / "sent.db"
            _send(newsletter, recipients_file, journal, try_only, yes, retry_unconfirmed, as_json)
            return
        files = newsletter_files(issue, newsletter, edition)
        for name, content in files.items():
            replace_file(output / name, content)
            if not as_json:
                say(f"wrote {shown_path(output / name)}")
    problems = article_problems(issue, edition, f"{_file_name(issue, edition)}.article.txt")
    show(problems, len(problems))
    if as_json:
        written = tuple(shown_path(output / name) for name in files)
        show_json(NewsletterFiles(files=written, problems=shown_problems(problems)))


def _edition_with_issue(project: Project, week: str, digest: str | None) -> tuple[Edition, Issue]:
    """Returns an issue with its edition, which has drafts only if the issue is one."""
    edition = edition_without_related(project, drafts=True)
    matching = [i for i in edition.issues if i.week == week and digest in (None, i.digest)]
    if any(not issue.draft for issue in matching):
        edition = edition_without_related(project)
    return edition, issue_of(edition, week, digest)


def _warn_of_draft(file: str, to_send: bool) -> None:
    """Refuses to send a draft, and otherwise warns that the issue is one."""
    advice = "remove `draft` to publish it"
    if to_send:
        message = "this issue is a draft, so it can't be sent"
        raise BroadsheetError(Problem(file, 0, "draft", message, advice))
    show((warning(file, 0, "draft", "this issue is a draft", advice),))


def _refuse_local_links(project: Project, url: str) -> None:
    """Refuses letters with links that only work on this machine."""
    if is_local(url):
        file = project.config_file
        message = f"letters would link to {url}, which only works on this machine"
        advice = "set site_url to the URL of the published site"
        line = line_of_key(file, "site_url")
        raise BroadsheetError(Problem(shown_path(file), line, "site_url", message, advice))


def newsletter_files(issue: Issue, newsletter: Newsletter, edition: Edition) -> Mapping[str, bytes]:
    """Returns a newsletter in all formats, by file name."""
    name = _file_name(issue, edition)
    host = edition.site.host.split(":")[0]
    draft = Sender(os.environ.get(f"{PREFIX}MAIL_FROM", "") or f"digest@{host}")
    if f"{PREFIX}MAIL_FROM" in os.environ:
        draft = sender_of(os.environ)
    return {
        f"{name}.eml": message(newsletter, draft).as_bytes(),
        f"{name}.html": html_of(newsletter, draft.unsubscribe).encode(),
        f"{name}.txt": text_of(newsletter, draft.unsubscribe).encode(),
        f"{name}.md": markdown_of(newsletter).encode(),
        f"{name}.article.txt": article_of(issue, edition).encode(),
    }


def _file_name(issue: Issue, edition: Edition) -> str:
    """Returns the week, with the digest if several have an issue in it."""
    several = len(edition.weeks[issue.week].issues) > 1
    return f"{issue.week}-{issue.digest}" if several else issue.week


def _send(
    newsletter: Newsletter,
    recipients_file: Path,
    journal_file: Path,
    try_only: bool,
    yes: bool,
    retry_unconfirmed: bool,
    as_json: bool,
) -> None:
    if not (try_only or yes or is_interactive()):
        raise click.UsageError("can't ask for confirmation without a terminal; add --yes to send")
    server, sender = server_of(os.environ), sender_of(os.environ)
    show(tuple(letter_problems(os.environ)))
    name = shown_path(recipients_file)
    recipients = recipients_of(decode(recipients_file.read_bytes(), name), name)
    with open_journal(journal_file) as journal:
        counts = count_by_state(newsletter, recipients, journal)
        about = f"{newsletter.subject}, from {sender.address} by {server.host}:{server.port}"
        click.echo(about, err=as_json)
        states_shown = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
        click.echo(states_shown, err=as_json)
        if try_only:
            dry_run(newsletter, sender, recipients, server)
            click.echo("This was a dry run; nothing was sent.", err=as_json)
            if as_json:
                show_json(NewsletterTried(dry_run=True, recipients=dict(sorted(counts.items()))))
            return
        states = ("pending", State.REFUSED, *([State.UNCONFIRMED] if retry_unconfirmed else []))
        due = counted(sum(counts[state] for state in states), "recipient")
        if not yes:
            click.confirm(f"Send it to {due}?", abort=True, err=as_json)
        outcome = send(
            newsletter, sender, recipients, server, journal, retry_unconfirmed=retry_unconfirmed
        )
    if as_json:
        show_json(NewsletterSent(dry_run=False, **asdict(outcome)))
    _show_outcome(outcome, as_json)


def _show_outcome(outcome: Outcome, as_json: bool) -> None:
    click.echo(f"{outcome.sent} sent, {outcome.sent_before} sent before", err=as_json)
    for recipient, reason in outcome.refused:
        say(f"not sent to {recipient}: {reason}", err=True)
    for recipient in outcome.unconfirmed:
        say(f"unconfirmed: {recipient} (--retry-unconfirmed sends it again)", err=True)
    if outcome.refused or outcome.unconfirmed:
        sys.exit(1)
