"""Sending to a real SMTP server on this machine, with TLS."""

from __future__ import annotations

import email
import email.policy
import json
import socket
import sqlite3
import ssl
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from click.testing import CliRunner
from toy import EDITION, ISSUES

from broadsheet.base.errors import BroadsheetError
from broadsheet.cli import main
from broadsheet.outputs.newsletter import newsletter_of
from broadsheet.outputs.newsletter.journal import Journal, State, open_journal
from broadsheet.outputs.newsletter.mail import Sender
from broadsheet.outputs.newsletter.send import Outcome, count_by_state, dry_run, send
from broadsheet.outputs.newsletter.settings import Server, recipients_of, sender_of, server_of

# The server library doesn't count implicit TLS as TLS.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")

NEWSLETTER = newsletter_of(ISSUES[0], EDITION)
SENDER = Sender("digest@papers.example", "Toy Papers")
PEOPLE = ("ada@example.org", "bob@example.org", "carla@example.org")
NO = "no@example.org"


class Mailbox:
    """A server handler that keeps messages, refuses one address, and can drop the connection."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], bytes]] = []
        self.drop_after: int | None = None

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address == NO:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append((envelope.rcpt_tos, envelope.content))
        if self.drop_after == len(self.mails):
            # Accepted, but the connection drops before the answer, so the sender can't know.
            server.transport.abort()
        return "250 OK"

    @property
    def recipients(self) -> list[str]:
        return [to for recipients, _ in self.mails for to in recipients]


def login(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"me", b"secret")
    return AuthResult(success=right, handled=right)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[trustme.CA, str]:
    ca = trustme.CA()
    file = tmp_path_factory.mktemp("ca") / "ca.pem"
    ca.cert_pem.write_to_path(str(file))
    return ca, str(file)


def certificate(ca: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("127.0.0.1").configure_cert(context)
    return context


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@pytest.fixture(params=["starttls", "tls"])
def running(
    request: pytest.FixtureRequest, authority: tuple[trustme.CA, str]
) -> Iterator[tuple[Mailbox, Server]]:
    ca, ca_file = authority
    context = certificate(ca)
    mailbox = Mailbox()
    options: dict[str, Any] = (
        {"ssl_context": context}
        if request.param == "tls"
        else {"tls_context": context, "require_starttls": True}
    )
    controller = Controller(
        mailbox, hostname="127.0.0.1", port=free_port(), authenticator=login, auth_required=True,
        auth_require_tls=request.param != "tls", **options,
    )  # fmt: skip
    controller.start()
    yield mailbox, Server("127.0.0.1", controller.port, request.param, "me", "secret", ca_file)
    controller.stop()


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with open_journal(tmp_path / "state" / "sent.db") as journal:
        yield journal


def test_everyone_gets_one_message_of_his_own(
    running: tuple[Mailbox, Server], journal: Journal
) -> None:
    mailbox, server = running
    assert count_by_state(NEWSLETTER, PEOPLE, journal) == {"pending": 3}
    assert send(NEWSLETTER, SENDER, PEOPLE, server, journal) == Outcome(3, 0, (), ())
    assert count_by_state(NEWSLETTER, PEOPLE, journal) == {"sent": 3}
    assert mailbox.recipients == list(PEOPLE)
    for (to,), content in mailbox.mails:
        assert f"To: {to}".encode() in content
        assert not [other for other in PEOPLE if other != to and other.encode() in content]


def test_a_letter_that_is_sent_bears_the_moment_of_sending(
    running: tuple[Mailbox, Server], journal: Journal
) -> None:
    mailbox, server = running
    begin = datetime.now(UTC).replace(microsecond=0)
    send(NEWSLETTER, SENDER, PEOPLE[:1], server, journal)
    ((_, content),) = mailbox.mails
    said = email.message_from_bytes(content, policy=email.policy.default)["Date"].datetime
    assert begin <= said <= datetime.now(UTC)


def test_a_second_run_sends_nothing_and_a_third_only_to_new_people(
    running: tuple[Mailbox, Server], journal: Journal
) -> None:
    mailbox, server = running
    send(NEWSLETTER, SENDER, PEOPLE[:2], server, journal)
    again = send(NEWSLETTER, SENDER, [person.upper() for person in PEOPLE[:2]], server, journal)
    assert (again.sent, again.sent_before) == (0, 2)
    assert send(NEWSLETTER, SENDER, PEOPLE, server, journal).sent == 1
    assert mailbox.recipients == list(PEOPLE)


def test_a_dry_run_sends_nothing(running: tuple[Mailbox, Server]) -> None:
    mailbox, server = running
    dry_run(NEWSLETTER, SENDER, PEOPLE, server)
    assert mailbox.mails == []


def test_one_refused_address_stops_nobody_else_and_may_be_tried_again(
    running: tuple[Mailbox, Server], journal: Journal
) -> None:
    mailbox, server = running
    people = (PEOPLE[0], NO, PEOPLE[1])
    outcome = send(NEWSLETTER, SENDER, people, server, journal)
    assert outcome.sent == 2
    assert outcome.refused == ((NO, "550 no such person"),)
    assert journal.state(NEWSLETTER.name, NO) is State.REFUSED
    assert send(NEWSLETTER, SENDER, people, server, journal).refused == outcome.refused
    assert mailbox.recipients == [PEOPLE[0], PEOPLE[1]]


def test_after_a_broken_line_the_rest_gets_it_and_nobody_twice(
    running: tuple[Mailbox, Server], journal: Journal
) -> None:
    mailbox, server = running
    mailbox.drop_after = 2
    with pytest.raises(BroadsheetError, match=r"while sending to bob@example\.org"):
        send(NEWSLETTER, SENDER, PEOPLE, server, journal)
    mailbox.drop_after = None
    outcome = send(NEWSLETTER, SENDER, PEOPLE, server, journal)
    assert outcome == Outcome(1, 1, (), ("bob@example.org",))
    assert mailbox.recipients == list(PEOPLE)
    assert send(NEWSLETTER, SENDER, PEOPLE, server, journal, retry_unconfirmed=True).sent == 1
    assert mailbox.recipients == [*PEOPLE, "bob@example.org"]


def test_two_senders_at_once_send_to_nobody_twice(
    running: tuple[Mailbox, Server], tmp_path: Path
) -> None:
    mailbox, server = running
    people = [f"person{number}@example.org" for number in range(12)]
    file = tmp_path / "sent.db"

    def work() -> None:
        with open_journal(file) as journal:
            send(NEWSLETTER, SENDER, people, server, journal)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(mailbox.recipients) == sorted(people)


def test_a_certificate_that_is_not_trusted_is_refused(running: tuple[Mailbox, Server]) -> None:
    _, server = running
    with pytest.raises(BroadsheetError, match="BROADSHEET_SMTP_CA"):
        dry_run(NEWSLETTER, SENDER, PEOPLE, replace(server, ca=""))


def test_a_wrong_password_is_refused(running: tuple[Mailbox, Server]) -> None:
    _, server = running
    with pytest.raises(BroadsheetError, match="BROADSHEET_SMTP_PASSWORD"):
        dry_run(NEWSLETTER, SENDER, PEOPLE, replace(server, password="wrong"))


def test_a_server_that_is_not_there_is_one_line() -> None:
    server = Server("127.0.0.1", 1, "starttls")
    with pytest.raises(BroadsheetError, match=r"^newsletter: can't connect to 127\.0\.0\.1:1: "):
        dry_run(NEWSLETTER, SENDER, PEOPLE, server)


def test_the_journal_holds_no_address(tmp_path: Path) -> None:
    with open_journal(tmp_path / "sent.db") as journal:
        journal.begin(NEWSLETTER.name, PEOPLE[0], retry_unconfirmed=False)
        journal.end(NEWSLETTER.name, PEOPLE[0], State.SENT)
    assert b"example.org" not in (tmp_path / "sent.db").read_bytes()


def test_an_earlier_journal_still_knows_who_may_have_it(tmp_path: Path) -> None:
    file = tmp_path / "sent.db"
    with open_journal(file) as journal:
        journal.begin(NEWSLETTER.name, PEOPLE[0], retry_unconfirmed=False)
    with sqlite3.connect(file) as database:
        database.execute("UPDATE sends SET state = 'doubtful'")
    database.close()
    with open_journal(file) as journal:
        assert journal.state(NEWSLETTER.name, PEOPLE[0]) is State.UNCONFIRMED


def test_settings_come_from_the_environment() -> None:
    environment = {
        "BROADSHEET_SMTP_HOST": "mail.example",
        "BROADSHEET_SMTP_USER": "me",
        "BROADSHEET_SMTP_PASSWORD": "secret",
        "BROADSHEET_MAIL_FROM": "Toy Papers <digest@papers.example>",
    }
    assert server_of(environment) == Server("mail.example", 587, "starttls", "me", "secret")
    assert sender_of(environment) == SENDER
    assert server_of(environment | {"BROADSHEET_SMTP_TLS": "tls"}).port == 465
    assert "secret" not in repr(server_of(environment))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"SMTP_HOST": ""}, "SMTP_HOST: isn't set (set it to the host name of the mail server)"),
        ({"SMTP_TLS": "none"}, "SMTP_TLS: mail would be sent to mail.example unencrypted"),
        ({"SMTP_TLS": "startls"}, "SMTP_TLS: unknown TLS mode 'startls' (did you mean 'starttls'?"),
        ({"SMTP_PORT": "99999"}, "SMTP_PORT: '99999' isn't a port"),
        ({"MAIL_FROM": "nobody"}, "MAIL_FROM: 'nobody' isn't an email address"),
        ({"MAIL_REPLY_TO": "a@b\nBcc: c@d"}, "MAIL_REPLY_TO: contains a line break"),
        ({"MAIL_UNSUBSCRIBE": "javascript:x"}, "MAIL_UNSUBSCRIBE: 'javascript:x' isn't an https"),
    ],
)
def test_a_wrong_setting_is_named(change: dict[str, str], message: str) -> None:
    environment = {"SMTP_HOST": "mail.example", "MAIL_FROM": "a@b.example"} | change
    named = {f"BROADSHEET_{name}": value for name, value in environment.items()}
    with pytest.raises(BroadsheetError) as caught:
        _ = sender_of(named), server_of(named)
    assert str(caught.value).startswith(f"environment: BROADSHEET_{message}")


def test_recipients_are_read_once_each_and_wrong_lines_are_named() -> None:
    assert recipients_of("# us\n\na@b.example\nA@B.example\n c@d.example \n", "to.txt") == (
        "A@B.example",
        "c@d.example",
    )
    with pytest.raises(BroadsheetError) as caught:
        recipients_of("a@b.example\nnobody\na@b, c@d\n", "to.txt")
    assert [problem.line for problem in caught.value.problems] == [2, 3]
    with pytest.raises(BroadsheetError, match="contains no recipients"):
        recipients_of("# nobody\n", "to.txt")


@pytest.fixture
def runner(running: tuple[Mailbox, Server]) -> CliRunner:
    _, server = running
    return CliRunner(
        env={
            "BROADSHEET_SMTP_HOST": server.host,
            "BROADSHEET_SMTP_PORT": str(server.port),
            "BROADSHEET_SMTP_TLS": server.tls,
            "BROADSHEET_SMTP_CA": server.ca,
            "BROADSHEET_SMTP_USER": server.user,
            "BROADSHEET_SMTP_PASSWORD": server.password,
            "BROADSHEET_MAIL_FROM": "Toy Papers <digest@papers.example>",
            "BROADSHEET_MAIL_UNSUBSCRIBE": "mailto:leave@papers.example",
        }
    )


@pytest.fixture
def arguments(toy_site: Path, tmp_path: Path) -> list[str]:
    people = tmp_path / "people.txt"
    people.write_text("# readers\n" + "\n".join([*PEOPLE, NO]) + "\n")
    week = next((toy_site / "content" / "digests").glob("*/*.yml")).stem
    return ["newsletter", week, "--send", "--to", str(people), "-f", str(toy_site / "mkdocs.yml")]


def test_the_command_sends_to_everyone_once(
    running: tuple[Mailbox, Server], runner: CliRunner, arguments: list[str]
) -> None:
    mailbox, _ = running
    tried = runner.invoke(main, [*arguments, "--dry-run"])
    assert (tried.exit_code, mailbox.mails) == (0, [])
    assert tried.stdout.endswith("4 pending\nThis was a dry run; nothing was sent.\n")
    sent = runner.invoke(main, [*arguments, "--yes"])
    assert sent.exit_code == 1
    assert sent.stdout.endswith("4 pending\n3 sent, 0 sent before\n")
    assert sent.stderr == f"not sent to {NO}: 550 no such person\n"
    again = runner.invoke(main, [*arguments, "--yes"])
    assert again.stdout.endswith("1 refused, 3 sent\n0 sent, 3 sent before\n")
    assert mailbox.recipients == list(PEOPLE)


def test_scripts_read_how_many_got_the_letter(runner: CliRunner, arguments: list[str]) -> None:
    tried = runner.invoke(main, [*arguments, "--dry-run", "--json"])
    assert json.loads(tried.stdout) == {"dry_run": True, "recipients": {"pending": 4}}
    sent = runner.invoke(main, [*arguments, "--yes", "--json"])
    assert sent.exit_code == 1
    assert json.loads(sent.stdout) == {
        "dry_run": False,
        "sent": 3,
        "sent_before": 0,
        "refused": [[NO, "550 no such person"]],
        "unconfirmed": [],
    }


@pytest.mark.parametrize(("answer", "count"), [("y\n", 3), ("n\n", 0), ("", 0)])
def test_the_command_asks_before_it_sends(
    running: tuple[Mailbox, Server],
    runner: CliRunner,
    arguments: list[str],
    answer: str,
    count: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mailbox, _ = running
    monkeypatch.setattr("broadsheet.cli.newsletter.is_interactive", lambda: True)
    result = runner.invoke(main, arguments, input=answer)
    assert "4 pending\nSend it to 4 recipients? [y/N]: " in result.stdout
    assert (len(mailbox.mails), result.exit_code) == (count, 1)


def test_the_command_sends_nothing_when_nobody_can_confirm_it(
    running: tuple[Mailbox, Server], runner: CliRunner, arguments: list[str]
) -> None:
    mailbox, _ = running
    result = runner.invoke(main, arguments)
    assert (result.exit_code, mailbox.mails) == (2, [])
    assert "can't ask for confirmation without a terminal; add --yes to send" in result.stderr
