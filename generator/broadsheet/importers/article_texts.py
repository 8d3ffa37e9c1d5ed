"""Texts about papers in a weekly article: each line is a paragraph or a list item.

Saving the page as text lost the bullets of lists, so lists are recognized by their context. The
line before ends with a colon. Items are single sentences or less. If items lack a final period,
the one after the last of these ends the list.
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
# How running text continues after a list.
_RESUMES = re.compile(
    r"(?:We|Our|In|To|These|This|Those|They|Overall|Finally|Additionally|Moreover|Furthermore|"
    r"However|Based|For|By|With|Through|Extensive|Experiments?|Experimental|Empirical|Results|"
    r"Code|As|Thus|Therefore|Hence|Consequently|Besides|Specifically|When|While|Although)\b"
)
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_STATED = re.compile(rf"\b({'|'.join(_NUMBERS)}|[2-9]|10)\b(?:\s+[\w-]+){{0,6}}:$", re.IGNORECASE)


@dataclass(frozen=True)
class _List:
    """How many of the lines after a colon are list items, and a warning if that is unclear."""

    length: int
    warning: str = ""


@dataclass(frozen=True)
class ArticleText:
    """A text with "- " before list items, and warnings with the positions of their lines."""

    text: str | None
    warnings: tuple[tuple[int, str], ...] = ()

    @property
    def items(self) -> frozenset[str]:
        """The list items."""
        lines = (self.text or "").split("\n")
        return frozenset(line.removeprefix("- ") for line in lines if line.startswith("- "))


def article_text(lines: Sequence[str]) -> ArticleText:
    """Joins the lines about a paper, which are repaired and not empty."""
    items, warnings = _items(lines)
    pieces: list[str] = []
    for place, line in enumerate(lines):
        is_item = place in items
        if place:
            pieces.append("\n" if is_item and place - 1 in items else "\n\n")
        pieces.append(f"- {_BULLET.sub('', line, count=1)}" if is_item else line)
    return ArticleText("".join(pieces) or None, tuple(warnings))


def _items(lines: Sequence[str]) -> tuple[set[int], list[tuple[int, str]]]:
    items = {place for place, line in enumerate(lines) if _BULLET.match(line)}
    items |= _numbered(lines)
    warnings: list[tuple[int, str]] = []
    place = 0
    while place < len(lines):
        after = place + 1
        if lines[place].endswith(":") and after not in items:
            found = _list_after(lines, after)
            items.update(range(after, after + found.length))
            warnings += [(place, found.warning)] if found.warning else []
            place += found.length
        place += 1
    return items, warnings


def _numbered(lines: Sequence[str]) -> set[int]:
    """Returns the positions of lines numbered 1, 2, …. A single one isn't a list."""
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


def _list_after(lines: Sequence[str], start: int) -> _List:
    """Returns the list that starts below a line with a colon, if one does."""
    end, stated = len(lines), _stated(lines[start - 1])
    run = _end_of_items(lines, start)
    last = next((n for n in range(run - 1, start - 1, -1) if not _ENDED.search(lines[n])), None)
    if last is not None:
        after = last + 1
        length = after - start + (after < end and not _is_running_text(lines[after]))
        if length < 2:
            return _List(0)
        message = f"the text announces {stated} list items, but {length} seem to follow"
        return _List(length, message if stated not in (None, length) else "")
    if stated and stated <= run - start:
        return _List(stated)
    if run == end - 1 and not _is_running_text(lines[run]):
        run += 1
    if run - start > 1 and (run == end or _is_running_text(lines[run])):
        return _List(run - start)
    return _List(0, "a list seems to start here, but its end is unclear" * (end - start > 1))


def _end_of_items(lines: Sequence[str], start: int) -> int:
    """Returns where the lines end that can be list items other than the last."""
    for place in range(start, len(lines)):
        line = lines[place]
        open_end = not _ENDED.search(line) and not line.endswith(":")
        single = not _SENTENCE_BREAK.search(_ABBREVIATION.sub("", line))
        if not single or line.endswith(":") or (_RESUMES.match(line) and not open_end):
            return place
    return len(lines)


def _is_running_text(line: str) -> bool:
    return line.endswith(":") or _RESUMES.match(line) is not None


def _stated(lead: str) -> int | None:
    """Returns how many items a line such as "in three steps:" announces."""
    found = _STATED.search(lead)
    if not found:
        return None
    word = found[1].casefold()
    return int(word) if word.isdigit() else _NUMBERS.index(word) + 2
