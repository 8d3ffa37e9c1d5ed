"""A publisher who uses nothing but the command line, an editor, Git and a mail server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

READERS = ("ada@example.org", "bob@example.org")


class Mailbox:
    """A mail server's handler that keeps all letters."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, EmailMessage]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters += [(reader, letter) for reader in envelope.rcpt_tos]
        return "250 OK"


@dataclass
class Publisher:
    """A publisher with a project.

    Attributes:
        folder: The project.
        host: A bare repository, from whose branch gh-pages a host would serve the site.
        mailbox: What the mail server has received.
        server: The mail server.
        written: What the publisher wrote by hand, by file.
    """

    folder: Path
    host: Path
    mailbox: Mailbox
    server: Controller
    written: dict[str, list[str]] = field(default_factory=dict)

    def run(self, *arguments: str, typed: str = "", code: int = 0) -> str:
        """Runs Broadsheet and returns what it prints."""
        done = self._done(*arguments, typed=typed)
        assert done.returncode == code, (arguments, done.stdout, done.stderr)
        return done.stdout + done.stderr

    def json(self, *arguments: str) -> Any:
        """Runs Broadsheet with --json and returns what it prints as a value."""
        done = self._done(*arguments, "--json")
        assert done.returncode == 0, (arguments, done.stdout, done.stderr)
        return json.loads(done.stdout)

    def _done(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "broadsheet", *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=self._environment(), input=typed, capture_output=True,
            text=True, check=False,
        )  # fmt: skip

    def _environment(self) -> dict[str, str]:
        mail = {
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(self.server.port),
            "SMTP_TLS": "none",
            "MAIL_FROM": "editors@boats.example",
            "MAIL_UNSUBSCRIBE": "https://boats.example/leave",
        }
        return {
            **{name: value for name, value in os.environ.items() if name != "CI"},
            **{f"BROADSHEET_{name}": value for name, value in mail.items()},
            "COLUMNS": "200",
            "PYTHONWARNINGS": "ignore",
        }

    def git(self, *arguments: str) -> str:
        """Runs Git in the project."""
        command = ["git", *arguments]
        found = subprocess.run(command, cwd=self.folder, check=True, capture_output=True, text=True)
        return found.stdout

    def edit(self, file: str, before: str, after: str) -> None:
        """Replaces a text in a file, as in an editor. What's new must never be changed."""
        path = self.folder / file
        text = path.read_text("utf-8")
        assert text.count(before) == 1, (file, before, text)
        new = text.replace(before, after)
        path.write_text(new, "utf-8")
        known = set(text.splitlines())
        lines = [line for line in new.splitlines() if line.strip() and line not in known]
        self.written.setdefault(file, []).extend(lines)

    def append(self, file: str, text: str) -> None:
        """Adds lines to the end of a file by hand."""
        path = self.folder / file
        path.write_text(f"{path.read_text('utf-8').rstrip()}\n{text}", "utf-8")
        self.written.setdefault(file, []).extend(text.splitlines())

    def content(self, file: str) -> str:
        """Returns the text of a file of the content."""
        return (self.folder / "content" / file).read_text("utf-8")

    def build(self) -> None:
        """Checks and builds the site. Everything written by hand must still be there."""
        self.run("check", "--strict")
        self.run("build", "--strict")
        self.check_hands()

    def check_hands(self) -> None:
        """Checks that every line written by hand is where it was."""
        for file, lines in self.written.items():
            text = (self.folder / file).read_text("utf-8").splitlines()
            for line in lines:
                assert line in text, (file, line)

    def page(self, address: str) -> str:
        """Returns the HTML of a built page."""
        return (self.folder / "site" / address / "index.html").read_text("utf-8")

    def site(self, path: str) -> str:
        """Returns the text of another file of the site."""
        return (self.folder / "site" / path).read_text("utf-8")

    def has(self, path: str) -> bool:
        """Whether the site has a file."""
        return (self.folder / "site" / path).exists()

    def deploy(self) -> None:
        """Commits everything and deploys the site."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "This week")
        assert self.run("deploy", "--strict").startswith("pushed ")

    def deployed(self, path: str) -> str:
        """Returns the text of a file of the deployed site."""
        command = ["git", "show", f"gh-pages:{path}"]
        found = subprocess.run(command, cwd=self.host, check=True, capture_output=True, text=True)
        return found.stdout
