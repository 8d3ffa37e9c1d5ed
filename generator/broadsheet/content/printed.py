"""What the source of an issue printed when it was last imported, as hashes.

They tell what a person has edited since then, and what the source has changed: a text with a known
hash is as it was printed. The file is committed with the content, one line for each issue.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.identifiers import title_key
from broadsheet.content.records import ReadIssue

PRINTED_FILE = "imported.hashes"
_LINE = re.compile(r"(?P<issue>[a-z0-9-]+/\S+): (?P<hashes>[0-9a-f]{10}(?: [0-9a-f]{10})*)")
_HEAD = (
    "# Hashes of what each issue's source printed when it was last imported. By them,\n"
    "# `broadsheet import` knows what has been edited since.\n"
)

# A kind, a key and a value.
Fact = tuple[str, str, str]


@dataclass(frozen=True)
class Printed:
    """What a source printed. `hashes` is None if that isn't known."""

    hashes: frozenset[str] | None = None

    @property
    def is_known(self) -> bool:
        """Whether it's known what the source printed."""
        return self.hashes is not None

    def has(self, kind: str, keys: Iterable[str], value: str | None) -> bool:
        """Whether the source printed a value of something with one of these keys."""
        known = self.hashes or frozenset()
        return any(_hash((kind, key, value or "")) in known for key in keys)


def facts_of(read: ReadIssue, *, texts: bool) -> Iterator[Fact]:
    """Yields everything that a source prints, with the keys by which `Printed` finds it.

    Args:
        read: The issue as printed.
        texts: Whether texts are imported. If not, it's as if the source had none.
    """
    if not read.is_part:
        yield "dates", "", f"{read.start} {read.end}"
        yield "title", "", read.title or ""
        yield "introduction", "", (read.introduction or "") if texts else ""
    for section in read.sections:
        heading = title_key(section.heading)
        yield "heading", "", section.heading
        if section.commentary and texts:
            yield "commentary", "", section.commentary
            yield "commented", heading, ""
        for listed in section.entries:
            key = title_key(listed.record.title or "")
            yield "paper", key, ""
            yield "section", key, heading
            yield "number", key, listed.number or ""
            yield "text", key, (listed.record.text or "") if texts else ""


def hashes_of(facts: Iterable[Fact]) -> tuple[str, ...]:
    """Returns the hashes of facts, in order."""
    return tuple(dict.fromkeys(map(_hash, facts)))


def hashes_after(
    read: ReadIssue, printed: Printed, before: tuple[str, ...], *, texts: bool
) -> tuple[str, ...]:
    """Returns the hashes of what a source prints when it's imported again.

    Without its texts, those of earlier imports stay known. So do the other parts of an issue.
    """
    facts = facts_of(read, texts=texts)
    if read.is_part:
        return tuple(dict.fromkeys((*before, *hashes_of(facts))))
    if texts or not printed.is_known:
        return hashes_of(facts)
    new = [fact for fact in facts if not _is_known_text(fact, printed)]
    return tuple(dict.fromkeys((*before, *hashes_of(new))))


def _is_known_text(fact: Fact, printed: Printed) -> bool:
    kind, key, _ = fact
    return kind == "introduction" or (kind == "text" and printed.has("paper", (key,), ""))


def _hash(fact: Fact) -> str:
    plain = "\0".join(" ".join(part.split()) for part in fact)
    return hashlib.sha256(plain.encode()).hexdigest()[:10]


def read_printed(text: str, file: str) -> dict[str, tuple[str, ...]]:
    """Reads a file of lines "digest/2024-W12: hash hash …".

    Args:
        text: The content of the file.
        file: Its path, for error messages.

    Raises:
        BroadsheetError: A line is invalid.
    """
    found: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if not match:
            message = "isn't a line of hashes"
            advice = "remove the line; then imports take all texts of its issue as edited"
            raise BroadsheetError(Problem(file, number, "", message, advice))
        found[match["issue"]] = tuple(match["hashes"].split())
    return found


def printed_text(printed: Mapping[str, tuple[str, ...]]) -> str:
    """Returns the content of the file that `read_printed` reads, sorted by issue."""
    return _HEAD + "".join(f"{name}: {' '.join(printed[name])}\n" for name in sorted(printed))
