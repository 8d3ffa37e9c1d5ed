"""Sending a letter through SMTP: a message a recipient, resumable, never twice."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.outputs.newsletter import Letter
from broadsheet.outputs.newsletter.journal import Journal, State
from broadsheet.outputs.newsletter.mail import Sender, html_of, message, text_of
from broadsheet.outputs.newsletter.settings import Server

_TIMEOUT = 60


@dataclass(frozen=True)
class Outcome:
    """How many got the letter now, how many had it before, and who did not get it and why."""

    sent: int
    before: int
    refused: tuple[tuple[str, str], ...]
    doubtful: tuple[str, ...]


def dry_run(
    letter: Letter, sender: Sender, recipients: Sequence[str], server: Server, journal: Journal
) -> Counter[str]:
    """Does all but sending: makes every message, logs in, counts recipients by their state.

    The journal remembers it, for `send` refuses a letter that was not tried like this.
    """
    for recipient in recipients:
        message(letter, sender, recipient).as_bytes()
    with _connected(server) as connection:
        connection.noop()
    journal.note_dry_run(letter.name, _content(letter, sender))
    return Counter(journal.state(letter.name, recipient) or "waiting" for recipient in recipients)


def send(
    letter: Letter,
    sender: Sender,
    recipients: Sequence[str],
    server: Server,
    journal: Journal,
    *,
    doubtful_too: bool = False,
    report: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Sends to everyone who has not got the letter yet. Called again, it goes on where it ended.

    Raises BroadsheetError when there was no dry run of this very letter, or when the server
    cannot be reached or goes away; what was sent by then is in the journal.
    """
    if not journal.had_dry_run(letter.name, _content(letter, sender)):
        advice = "run the command without --yes first"
        raise _refusal(f"{letter.name} has not had a dry run as it is now", advice)
    before = [r for r in recipients if journal.state(letter.name, r) is State.SENT]
    work = _Work(letter, sender, journal, doubtful_too)
    with _connected(server) as connection:
        for recipient in recipients:
            work.send(connection, recipient)
            report(recipient)
    states = {r: journal.state(letter.name, r) for r in recipients}
    doubtful = tuple(r for r, state in states.items() if state is State.DOUBTFUL)
    return Outcome(work.sent, len(before), tuple(work.refused), doubtful)


class _Work:
    """One sending under way."""

    def __init__(
        self, letter: Letter, sender: Sender, journal: Journal, doubtful_too: bool
    ) -> None:
        self.letter = letter
        self.sender = sender
        self.journal = journal
        self.doubtful_too = doubtful_too
        self.sent = 0
        self.refused: list[tuple[str, str]] = []

    def send(self, connection: smtplib.SMTP, recipient: str) -> None:
        name = self.letter.name
        mail = message(self.letter, self.sender, recipient, datetime.now(UTC))
        if not self.journal.begin(name, recipient, doubtful_too=self.doubtful_too):
            return
        try:
            connection.send_message(mail, self.sender.address, [recipient])
        except (
            smtplib.SMTPRecipientsRefused,
            smtplib.SMTPSenderRefused,
            smtplib.SMTPDataError,
        ) as error:
            # The server's clear no: nothing went out, so a later run may try again.
            self.journal.end(name, recipient, State.REFUSED, _reason(error))
            self.refused.append((recipient, _reason(error)))
        except (smtplib.SMTPException, OSError) as error:
            # No answer: the letter may have gone out, so the recipient stays doubtful.
            message_text = f"the server went away at {recipient} ({_reason(error)})"
            raise _refusal(message_text, "run the command again to go on") from error
        else:
            self.journal.end(name, recipient, State.SENT)
            self.sent += 1


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
        return f"{code} {_decoded(text)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_decoded(error.smtp_error)}"
    return str(error) or type(error).__name__


def _decoded(text: bytes | str) -> str:
    return text.decode(errors="replace") if isinstance(text, bytes) else text


def _content(letter: Letter, sender: Sender) -> str:
    """What changes when the letter or its sender does."""
    texts = (html_of(letter, sender.unsubscribe), text_of(letter, sender.unsubscribe), repr(sender))
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


@contextmanager
def _connected(server: Server) -> Iterator[smtplib.SMTP]:
    """A connection that is encrypted and logged in. Raises BroadsheetError when it fails."""
    try:
        connection = _open(server)
    except (smtplib.SMTPException, OSError) as error:
        place = f"{server.host}:{server.port}"
        raise _refusal(f"{place} cannot be used: {_reason(error)}", _advice(error)) from error
    try:
        yield connection
    finally:
        _close(connection)


def _open(server: Server) -> smtplib.SMTP:
    context = ssl.create_default_context(cafile=server.ca or None)
    if server.tls == "tls":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=_TIMEOUT, context=context
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT)
    try:
        if server.tls == "starttls":
            connection.starttls(context=context)
        if server.user:
            connection.login(server.user, server.password)
    except (smtplib.SMTPException, OSError):
        connection.close()
        raise
    return connection


def _close(connection: smtplib.SMTP) -> None:
    try:
        connection.quit()
    except (smtplib.SMTPException, OSError):
        connection.close()


def _advice(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return "its certificate is not trusted; name it in BROADSHEET_SMTP_CA if it is yours"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "see BROADSHEET_SMTP_USER and BROADSHEET_SMTP_PASSWORD"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "see BROADSHEET_SMTP_TLS: starttls, or tls on port 465"
    return "see BROADSHEET_SMTP_HOST and BROADSHEET_SMTP_PORT"


def _refusal(message_text: str, advice: str) -> BroadsheetError:
    return BroadsheetError(Problem("newsletter", 0, "", message_text, advice))
