"""The format of `content/`: its version, and converting content of an earlier version.

To change the format, increase `FORMAT` and add a `Migration`. Owners run `broadsheet migrate` once
after upgrading. Content without a file that says so has format 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from broadsheet.base.change import hash_of
from broadsheet.base.encoding import decode
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.content.parsing import parse_yaml

# The version of the format that this program reads and writes.
FORMAT = 1
FORMAT_FILE = "format.yml"


@dataclass(frozen=True)
class Migration:
    """A change of the format, and how to convert files of the version before it.

    Attributes:
        to: The version of the format after the change.
        about: What it changes, in a sentence for owners.
        files: Which files it concerns, as a pattern below the content folder.
        convert: Returns the new text of a file, from its text and its path as problems print it.
            It edits lines (`edit`, `edit_values`), so that comments and layout stay.
    """

    to: int
    about: str
    files: str
    convert: Callable[[str, str], str]


MIGRATIONS: tuple[Migration, ...] = ()


@dataclass(frozen=True)
class Migrated:
    """Content in the current format.

    Attributes:
        before: The version of the format that the content had.
        migrations: What was due, in order.
        files: The new texts of files that change, by path in the content folder.
        read: The hashes of the files that were read, by path.
    """

    before: int
    migrations: tuple[Migration, ...]
    files: Mapping[str, str]
    read: Mapping[str, str] = field(default_factory=dict)


def format_of(folder: Path, shown: str, current: int = FORMAT) -> int:
    """Returns the version of the format of a content folder.

    Args:
        folder: The content folder.
        shown: Its path, for problems.
        current: The version that this program reads.

    Raises:
        BroadsheetError: The version isn't a number, or is newer than what this program reads.
    """
    path, name = folder / FORMAT_FILE, f"{shown}/{FORMAT_FILE}"
    if not path.is_file():
        return 1
    value, line_of = parse_yaml(path.read_bytes(), name)
    text = value.get("format") if isinstance(value, dict) else None
    if not isinstance(text, str) or not text.isdecimal() or int(text) < 1:
        advice = f"write `format: {current}`, or restore the file"
        raise BroadsheetError(Problem(name, 1, "format", "must be a whole number", advice))
    if int(text) > current:
        message = f"the content has format {text}, but this version reads formats up to {current}"
        advice = "upgrade Broadsheet to the version in requirements.txt"
        raise BroadsheetError(Problem(name, line_of(("format",)), "format", message, advice))
    return int(text)


def require_current(folder: Path, shown: str, current: int = FORMAT) -> None:
    """Makes sure that content has the format that this program reads.

    Raises:
        BroadsheetError: It has an older or a newer one.
    """
    found = format_of(folder, shown, current)
    if found < current:
        message = f"the content has format {found}, but this version reads format {current}"
        raise BroadsheetError(Problem(shown, 0, "", message, "run `broadsheet migrate`"))


def migrated(
    folder: Path,
    shown: str,
    migrations: Sequence[Migration] = MIGRATIONS,
    current: int = FORMAT,
) -> Migrated:
    """Converts content to the current format. Writes nothing.

    Args:
        folder: The content folder.
        shown: Its path, for problems.
        migrations: All changes of the format, from the oldest to the newest.
        current: The version of the format that this program reads.

    Raises:
        BroadsheetError: The content is too new, or a file can't be read or converted.
    """
    before = format_of(folder, shown, current)
    due = tuple(migration for migration in migrations if before < migration.to <= current)
    old: dict[str, str] = {}
    new: dict[str, str] = {}
    read: dict[str, str] = {}
    for migration in due:
        for path in sorted(folder.glob(migration.files)):
            name = path.relative_to(folder).as_posix()
            place = f"{shown}/{name}"
            if name not in old:
                raw = path.read_bytes()
                read[name] = hash_of(raw)
                old[name] = new[name] = decode(raw, place)
            new[name] = migration.convert(new[name], place)
    changed = {name: text for name, text in new.items() if text != old[name]}
    if (folder / FORMAT_FILE).is_file():
        read[FORMAT_FILE] = hash_of((folder / FORMAT_FILE).read_bytes())
    return Migrated(before, due, {**changed, **(format_file(current) if due else {})}, read)


def format_file(current: int = FORMAT) -> Mapping[str, str]:
    """Returns the file that tells the format of content, by its name. Format 1 needs none."""
    if current == 1:
        return {}
    about = "# The format of these files. `broadsheet migrate` changes it."
    return {FORMAT_FILE: f"{about}\nformat: {current}\n"}
