"""A paper's text in a weekly article: one line is one paragraph, some are items of a list.

The page lost the bullets of its lists, so that a list is told by its neighbours: the line
before it ends with a colon; its items are single sentences or less, and the last of those that
lack a full stop is followed by the item that closes the list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_BULLET = re.compile(r"[•‣·▪◦●○∙*–—-]\s+(?=\S)")
_NUMBERED = re.compile(r"\(?(\d{1,2})[.)]\s+\S")
_ENDED = re.compile(r"[.!?…][\"”’')\]]*$")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|et al|vs|cf|etc|viz|Fig|Sec|Eq|No)\.")
_SENTENCE_BREAK = re.compile(r"[.!?][\"”’')\]]*\s+[A-Z]")
# How running text goes on after a list.
_RESUMES = re.compile(
    r"(?:We|Our|In|To|These|This|Those|They|Overall|Finally|Additionally|Moreover|Furthermore|"
    r"However|Based|For|By|With|Through|Extensive|Experiments?|Experimental|Empirical|Results|"
    r"Code|As|Thus|Therefore|Hence|Consequently|Besides|Specifically|When|While|Although)\b"
)
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_STATED = re.compile(rf"\b({'|'.join(_NUMBERS)}|[2-9]|10)\b(?:\s+[\w-]+){{0,6}}:$", re.IGNORECASE)


@dataclass(frozen=True)
class _List:
    """How many of the lines after a colon are items; `doubt` says what could not be told."""

    length: int
    doubt: str = ""


@dataclass(frozen=True)
class ArticleText:
    """Paragraphs parted by a blank line, items as "- " lines; `doubts` by place of the line."""

    text: str | None
    doubts: tuple[tuple[int, str], ...] = ()

    def has_item(self, line: str) -> bool:
        return f"- {line}" in (self.text or "").split("\n")


def article_text(lines: Sequence[str]) -> ArticleText:
    """The text of a paper from its lines, repaired and not empty."""
    items, doubts = _items(lines)
    blocks: list[str] = []
    for place, line in enumerate(lines):
        if place in items and place - 1 in items:
            blocks[-1] += f"\n- {_BULLET.sub('', line, count=1)}"
        elif place in items:
            blocks.append(f"- {_BULLET.sub('', line, count=1)}")
        else:
            blocks.append(line)
    return ArticleText("\n\n".join(blocks) or None, tuple(doubts))


def _items(lines: Sequence[str]) -> tuple[set[int], list[tuple[int, str]]]:
    items = {place for place, line in enumerate(lines) if _BULLET.match(line)}
    items |= _numbered(lines)
    doubts: list[tuple[int, str]] = []
    place = 0
    while place < len(lines):
        after = place + 1
        if lines[place].endswith(":") and after not in items:
            found = _list_after(lines[place], lines[after:])
            items |= set(range(after, after + found.length))
            doubts += [(place, found.doubt)] if found.doubt else []
            place += found.length
        place += 1
    return items, doubts


def _numbered(lines: Sequence[str]) -> set[int]:
    """Places of lines that count 1, 2, …; a lone number is not a list."""
    found: set[int] = set()
    run: list[int] = []
    for place, line in enumerate([*lines, ""]):
        match = _NUMBERED.match(line)
        if match and int(match[1]) == len(run) + 1:
            run.append(place)
            continue
        found |= set(run) if len(run) > 1 else set()
        run = [place] if match and match[1] == "1" else []
    return found


def _list_after(lead: str, rest: Sequence[str]) -> _List:
    run = _item_like(rest)
    opened = [place for place in range(run) if not _ENDED.search(rest[place])]
    stated = _stated(lead)
    if opened:
        length = opened[-1] + 1
        length += length < len(rest) and not _goes_on(rest[length])
        doubt = f"{stated} are announced and {length} seem to be listed"
        return (
            _List(length, doubt if stated not in (None, length) else "") if length > 1 else _List(0)
        )
    if stated and stated <= run:
        return _List(stated)
    if run == len(rest) - 1 and not _goes_on(rest[run]):
        run += 1
    if run > 1 and (run == len(rest) or _goes_on(rest[run])):
        return _List(run)
    return _List(
        0, "a list seems to begin here, and where it ends cannot be told" * (len(rest) > 1)
    )


def _item_like(rest: Sequence[str]) -> int:
    """How many lines from the first on can be items that do not close their list."""
    for place, line in enumerate(rest):
        open_end = not _ENDED.search(line) and not line.endswith(":")
        single = not _SENTENCE_BREAK.search(_ABBREVIATION.sub("", line))
        if not single or line.endswith(":") or (_RESUMES.match(line) and not open_end):
            return place
    return len(rest)


def _goes_on(line: str) -> bool:
    return line.endswith(":") or _RESUMES.match(line) is not None


def _stated(lead: str) -> int | None:
    """How many items a line like "in three steps:" announces."""
    found = _STATED.search(lead)
    if not found:
        return None
    word = found[1].casefold()
    return int(word) if word.isdigit() else _NUMBERS.index(word) + 2
