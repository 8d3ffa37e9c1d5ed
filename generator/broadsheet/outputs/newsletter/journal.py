"""A journal of what was sent to whom, so that sending can resume and nobody gets anything twice.

The journal is an SQLite file, because it must survive a crash at any moment and two senders at
once. It stores recipients as hashes. A recipient is recorded as unconfirmed before a message is
handed to the server, and as sent when the server has accepted it. Unconfirmed recipients may have
the newsletter, so they only get it again if the user asks for that.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from broadsheet.base.errors import BroadsheetError, Problem

# The columns still have the names that the first version gave them, and so may rows.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS sends (
  letter TEXT, recipient TEXT, state TEXT NOT NULL, detail TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (letter, recipient)
);
UPDATE sends SET state = 'unconfirmed' WHERE state = 'doubtful';
"""


class State(StrEnum):
    """What happened to a recipient's message.

    Attributes:
        UNCONFIRMED: It was handed to the server, but no answer arrived.
        SENT: The server accepted it.
        REFUSED: The server refused it, so it wasn't sent.
    """

    UNCONFIRMED = "unconfirmed"
    SENT = "sent"
    REFUSED = "refused"


class Journal:
    """A journal in an SQLite database. Every change is on disk when its method returns."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        with database:
            database.executescript(_SCHEMA)

    def state(self, newsletter: str, recipient: str) -> State | None:
        """Returns the state of a recipient, or None if nothing was sent yet."""
        row = self._database.execute(
            "SELECT state FROM sends WHERE letter = ? AND recipient = ?",
            (newsletter, _hashed(recipient)),
        ).fetchone()
        return State(row[0]) if row else None

    def begin(self, newsletter: str, recipient: str, *, retry_unconfirmed: bool) -> bool:
        """Records a recipient as unconfirmed. Call it before sending.

        Returns:
            Whether to send. False means that the recipient has or may have the newsletter, or
            that another process is sending it.
        """
        allowed = (State.REFUSED, State.UNCONFIRMED) if retry_unconfirmed else (State.REFUSED, "")
        with self._database as database:
            cursor = database.execute(
                "INSERT INTO sends (letter, recipient, state) VALUES (?, ?, ?)"
                " ON CONFLICT DO UPDATE SET state = excluded.state WHERE state IN (?, ?)",
                (newsletter, _hashed(recipient), State.UNCONFIRMED, *allowed),
            )
        return cursor.rowcount == 1

    def end(self, newsletter: str, recipient: str, state: State, detail: str = "") -> None:
        """Records the server's answer for a recipient."""
        with self._database as database:
            database.execute(
                "UPDATE sends SET state = ?, detail = ? WHERE letter = ? AND recipient = ?",
                (state, detail, newsletter, _hashed(recipient)),
            )


@contextmanager
def open_journal(file: Path) -> Iterator[Journal]:
    """Opens the journal in a file, which is created if necessary.

    Raises:
        BroadsheetError: The file can't be read or written, now or while it is open. What can't be
            recorded isn't sent.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(file, timeout=30)
    try:
        database.execute("PRAGMA synchronous = FULL")
        yield Journal(database)
    except sqlite3.Error as error:
        advice = "free disk space, or move the file away if it isn't a journal, and try again"
        message = f"can't record who received the newsletter: {error}"
        raise BroadsheetError(Problem(file.as_posix(), 0, "", message, advice)) from error
    finally:
        database.close()


def _hashed(recipient: str) -> str:
    return hashlib.sha256(recipient.strip().lower().encode()).hexdigest()
