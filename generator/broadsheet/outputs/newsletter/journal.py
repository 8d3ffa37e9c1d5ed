"""What has been sent to whom, so that a stopped sending goes on and nobody gets a letter twice.

The journal is an SQLite file, because it must survive a crash at any moment and two senders at
once. It knows recipients by hash only. A recipient is marked before the message is handed over
and again when the server has taken it; one who was marked and never confirmed may have the
letter, so no one sends it again without being told to.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from broadsheet.base.errors import BroadsheetError, Problem

_SCHEMA = """
CREATE TABLE IF NOT EXISTS sends (
  letter TEXT, recipient TEXT, state TEXT NOT NULL, detail TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (letter, recipient)
);
CREATE TABLE IF NOT EXISTS dry_runs (letter TEXT, content TEXT, PRIMARY KEY (letter, content));
"""


class State(StrEnum):
    """`DOUBTFUL`: handed over, no answer came. `REFUSED`: the server said no, nothing went out."""

    DOUBTFUL = "doubtful"
    SENT = "sent"
    REFUSED = "refused"


class Journal:
    """The journal of one file; every change is on disk when its function returns."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        with database:
            database.executescript(_SCHEMA)

    def state(self, letter: str, recipient: str) -> State | None:
        row = self._database.execute(
            "SELECT state FROM sends WHERE letter = ? AND recipient = ?",
            (letter, _hashed(recipient)),
        ).fetchone()
        return State(row[0]) if row else None

    def begin(self, letter: str, recipient: str, *, doubtful_too: bool) -> bool:
        """Marks a recipient; False when another sender has, or the letter went out already."""
        allowed = (State.REFUSED, State.DOUBTFUL) if doubtful_too else (State.REFUSED, "")
        with self._database as database:
            cursor = database.execute(
                "INSERT INTO sends (letter, recipient, state) VALUES (?, ?, ?)"
                " ON CONFLICT DO UPDATE SET state = excluded.state WHERE state IN (?, ?)",
                (letter, _hashed(recipient), State.DOUBTFUL, *allowed),
            )
        return cursor.rowcount == 1

    def end(self, letter: str, recipient: str, state: State, detail: str = "") -> None:
        with self._database as database:
            database.execute(
                "UPDATE sends SET state = ?, detail = ? WHERE letter = ? AND recipient = ?",
                (state, detail, letter, _hashed(recipient)),
            )

    def note_dry_run(self, letter: str, content: str) -> None:
        with self._database as database:
            database.execute("INSERT OR IGNORE INTO dry_runs VALUES (?, ?)", (letter, content))

    def had_dry_run(self, letter: str, content: str) -> bool:
        query = "SELECT 1 FROM dry_runs WHERE letter = ? AND content = ?"
        return self._database.execute(query, (letter, content)).fetchone() is not None


@contextmanager
def open_journal(file: Path) -> Iterator[Journal]:
    """The journal in a file, which is made when it is not there.

    Raises BroadsheetError when it cannot be read or written, also in the middle: a letter that
    cannot be noted is not sent.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(file, timeout=30)
    try:
        database.execute("PRAGMA synchronous = FULL")
        yield Journal(database)
    except sqlite3.Error as error:
        advice = "make room, or move the file away when it is no journal; then run it again"
        message = f"cannot keep who had the letter: {error}"
        raise BroadsheetError(Problem(file.as_posix(), 0, "", message, advice)) from error
    finally:
        database.close()


def _hashed(recipient: str) -> str:
    return hashlib.sha256(recipient.strip().lower().encode()).hexdigest()
