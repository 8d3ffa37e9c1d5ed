"""Sending a newsletter by SMTP: one message per recipient, resumable, and never twice."""

from __future__ import annotations

import smtplib
import ssl
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.outputs.newsletter import Newsletter
from broadsheet.outputs.newsletter.journal import Journal, State
from broadsheet.outputs.newsletter.mail import Sender, message
from broadsheet.outputs.newsletter.settings import Server

# Seconds. Servers that delay answers to deter spam often take half a minute.
_TIMEOUT = 60


@dataclass(frozen=True)
class Outcome:
    """What sending achieved.

    Attributes:
        sent: How many recipients got the newsletter now.
        sent_before: How many had it from an earlier run.
        refused: Recipients that the server refused, with its reason.
        unconfirmed: Recipients that may or may not have it.
    """

    sent: int
    sent_before: int
    refused: tuple[tuple[str, str], ...]
    unconfirmed: tuple[str, ...]


def count_by_state(
    newsletter: Newsletter, recipients: Sequence[str], journal: Journal
) -> Counter[str]:
    """Counts recipients by their state in the journal. Those not in it are "pending"."""
    return Counter(journal.state(newsletter.name, person) or "pending" for person in recipients)


def dry_run(
    newsletter: Newsletter, sender: Sender, recipients: Sequence[str], server: Server
) -> None:
    """Does everything except sending: creates all messages and logs in to the server.

    Raises:
        BroadsheetError: The server can't be reached or refuses the login.
    """
    for recipient in recipients:
        message(newsletter, sender, recipient).as_bytes()
    with _connected(server) as connection:
        connection.noop()


def send(
    newsletter: Newsletter,
    sender: Sender,
    recipients: Sequence[str],
    server: Server,
    journal: Journal,
    *,
    retry_unconfirmed: bool = False,
) -> Outcome:
    """Sends a newsletter to everyone who doesn't have it yet. If interrupted, call it again.

    Args:
        newsletter: The newsletter.
        sender: Who sends it.
        recipients: Email addresses.
        server: The mail server.
        journal: The journal, which tells who has the newsletter and records who gets it.
        retry_unconfirmed: Whether to send it again to recipients who may have it.

    Raises:
        BroadsheetError: The server can't be reached or the connection was lost. The journal has
            everything that was sent until then.
    """
    before = count_by_state(newsletter, recipients, journal)
    run = _Run(newsletter, sender, journal, retry_unconfirmed)
    with _connected(server) as connection:
        for recipient in recipients:
            run.send(connection, recipient)
    states = {r: journal.state(newsletter.name, r) for r in recipients}
    unconfirmed = tuple(r for r, state in states.items() if state is State.UNCONFIRMED)
    return Outcome(run.sent, before[State.SENT], tuple(run.refused), unconfirmed)


class _Run:
    """A run of `send` in progress."""

    def __init__(
        self, newsletter: Newsletter, sender: Sender, journal: Journal, retry_unconfirmed: bool
    ) -> None:
        self.newsletter = newsletter
        self.sender = sender
        self.journal = journal
        self.retry_unconfirmed = retry_unconfirmed
        self.sent = 0
        self.refused: list[tuple[str, str]] = []

    def send(self, connection: smtplib.SMTP, recipient: str) -> None:
        name = self.newsletter.name
        mail = message(self.newsletter, self.sender, recipient, datetime.now(UTC))
        if not self.journal.begin(name, recipient, retry_unconfirmed=self.retry_unconfirmed):
            return
        try:
            connection.send_message(mail, self.sender.address, [recipient])
        except (
            smtplib.SMTPRecipientsRefused,
            smtplib.SMTPSenderRefused,
            smtplib.SMTPDataError,
        ) as error:
            # The server refused the message, so it wasn't sent and a later run can try again.
            self.journal.end(name, recipient, State.REFUSED, _reason(error))
            self.refused.append((recipient, _reason(error)))
        except (smtplib.SMTPException, OSError) as error:
            # No answer: the message may have been sent, so the recipient stays unconfirmed.
            message_text = f"lost the connection while sending to {recipient} ({_reason(error)})"
            raise _failure(message_text, "run the same command again to resume") from error
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


@contextmanager
def _connected(server: Server) -> Iterator[smtplib.SMTP]:
    """Connects to a server and logs in. Raises BroadsheetError if that fails."""
    try:
        connection = _open(server)
    except (smtplib.SMTPException, OSError) as error:
        place = f"{server.host}:{server.port}"
        raise _failure(f"can't connect to {place}: {_reason(error)}", _advice(error)) from error
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
        return "if you trust this server, set BROADSHEET_SMTP_CA to its CA certificate"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "check BROADSHEET_SMTP_USER and BROADSHEET_SMTP_PASSWORD"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "check BROADSHEET_SMTP_TLS: use starttls, or tls on port 465"
    return "check BROADSHEET_SMTP_HOST and BROADSHEET_SMTP_PORT"


def _failure(message_text: str, advice: str) -> BroadsheetError:
    return BroadsheetError(Problem("newsletter", 0, "", message_text, advice))
