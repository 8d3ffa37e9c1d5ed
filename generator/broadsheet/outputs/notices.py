"""Notices about papers and issues: drafts, withdrawals and corrections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from broadsheet.base.language import Language
from broadsheet.content.model import Issue, Paper
from broadsheet.content.parts import Correction, Withdrawal


class NoticeKind(StrEnum):
    """What a notice is about."""

    DRAFT = "draft"
    WITHDRAWN = "withdrawn"
    CORRECTION = "correction"
    MACHINE = "machine"


@dataclass(frozen=True)
class Notice:
    """A notice on the page of what it's about.

    Attributes:
        kind: What it's about.
        title: Its first words.
        text: The rest, as plain text with paragraphs.
        day: Its day ("2024-03-24"), or "".
        anchor: The id of its element, or "".
    """

    kind: NoticeKind
    title: str
    text: str
    day: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Mark:
    """A word beside a title in lists."""

    kind: NoticeKind
    name: str


def notices_of(value: Paper | Issue, language: Language) -> tuple[Notice, ...]:
    """Returns the notices about a paper or an issue, the most important first."""
    return tuple(_notices(value, language))


def _notices(value: Paper | Issue, language: Language) -> Iterator[Notice]:
    if value.draft:
        text = language.text("Only previews show this. It isn’t published.")
        yield Notice(NoticeKind.DRAFT, language.text("Draft"), text)
    if isinstance(value, Paper) and value.withdrawn:
        yield withdrawal_notice(value.withdrawn, language)
    for number, correction in corrections_of(value):
        yield correction_notice(correction, number, language)


def corrections_of(value: Paper | Issue) -> list[tuple[int, Correction]]:
    """Returns the corrections, newest first, each with its number among all, from 1."""
    return sorted(enumerate(value.corrections, 1), key=lambda c: (c[1].on, c[0]), reverse=True)


def correction_notice(correction: Correction, number: int, language: Language) -> Notice:
    """Returns the notice of a correction."""
    return Notice(
        NoticeKind.CORRECTION,
        language.text("Corrected on %(day)s", day=language.date(correction.on.isoformat())),
        correction.text,
        correction.on.isoformat(),
        f"correction-{number}",
    )


def withdrawal_notice(withdrawn: Withdrawal, language: Language) -> Notice:
    """Returns the notice of a withdrawal."""
    day = language.date(withdrawn.on.isoformat())
    if withdrawn.by:
        title = language.text("Withdrawn on %(day)s by %(name)s", day=day, name=withdrawn.by)
    else:
        title = language.text("Withdrawn on %(day)s", day=day)
    return Notice(NoticeKind.WITHDRAWN, title, withdrawn.reason, withdrawn.on.isoformat())


def machine_notice(paper: Paper, language: Language) -> Notice | None:
    """Returns the notice above texts that a program wrote and nobody has reviewed."""
    if not paper.unreviewed or not paper.written or not (paper.tldr or paper.summary):
        return None
    by, on = paper.written.by, paper.written.on
    if on:
        day = language.date(on.isoformat())
        text = language.text("Written by %(name)s on %(day)s. It may be wrong.", name=by, day=day)
    else:
        text = language.text("Written by %(name)s. It may be wrong.", name=by)
    return Notice(NoticeKind.MACHINE, language.text("Machine-written, not yet reviewed"), text)


def marks_of(value: Paper | Issue, language: Language) -> tuple[Mark, ...]:
    """Returns the words beside the title of a paper or an issue in lists."""
    found: list[Mark] = []
    if value.draft:
        found.append(Mark(NoticeKind.DRAFT, language.text("Draft")))
    if isinstance(value, Paper) and value.withdrawn:
        found.append(Mark(NoticeKind.WITHDRAWN, language.text("Withdrawn")))
    return tuple(found)


def marked(title: str, paper: Paper, language: Language) -> str:
    """Returns the title of a paper where there's only text, which says if it's withdrawn."""
    if not paper.withdrawn:
        return title
    return language.text("Withdrawn: %(title)s", title=title)
