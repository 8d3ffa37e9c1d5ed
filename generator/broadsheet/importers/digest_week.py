"""What a page lists for one week: its sections, and the prose above and between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from broadsheet.base.identifiers import parse_partial_date
from broadsheet.content.records import ListedRecord, ReadIssue, ReadSection
from broadsheet.importers.digest_dating import Dated
from broadsheet.importers.digest_opening import introduction_of
from broadsheet.importers.page import Block


class Prose(NamedTuple):
    """A paragraph about no paper, below the heading of a section or above the first one."""

    section: str
    block: Block
    is_first: bool


@dataclass
class _Section:
    """A section with the line of its heading."""

    line: int
    entries: list[ListedRecord] = field(default_factory=list)
    commentary: list[str] = field(default_factory=list)


@dataclass
class Week:
    """What a page lists for one week.

    Attributes:
        days: The days that headings give the week.
        sections: Its sections with papers, by heading. It's a day where only the day is known.
        introduction: The paragraphs above the first section.
        prose: Paragraphs of which it isn't known yet where they belong.
    """

    days: dict[tuple[date, date], Dated] = field(default_factory=dict)
    sections: dict[str, _Section] = field(default_factory=dict)
    introduction: list[str] = field(default_factory=list)
    prose: list[Prose] = field(default_factory=list)

    def add(self, name: str, line: int, entries: list[ListedRecord]) -> None:
        """Adds papers to a section."""
        if entries:
            self.sections.setdefault(name, _Section(line)).entries.extend(entries)

    def other_prose(self) -> Iterator[Block]:
        """Puts prose where it belongs, once all papers are known, and yields the rest of it.

        What stands above the papers of a section is commentary on it.
        """
        for name, block, is_first in self.prose:
            section = self.sections.get(name) if name else None
            if section and block.line < section.entries[0].record.line:
                section.commentary.append(introduction_of(block))
            elif is_first:
                self.introduction.append(introduction_of(block))
            else:
                yield block

    def issue(self, source_name: str, *, is_part: bool) -> ReadIssue:
        """Returns the week as an issue.

        Args:
            source_name: What the readers of the page call it.
            is_part: Whether the page has only a part of the week.
        """
        days = list(self.days.values())
        is_daily = is_part or len(days) > 1
        introduction = list(self.introduction)
        sections: list[ReadSection] = []
        for name, found in self.sections.items():
            heading, commentary = name, found.commentary
            if parse_partial_date(name) and not is_daily:
                # The day of the issue is no heading, so nothing stands between the two.
                introduction += commentary
                heading, commentary = "", []
            shown = "\n\n".join(commentary) or None
            sections.append(ReadSection(heading, found.line, tuple(found.entries), shown))
        return ReadIssue(
            min(day.start for day in days),
            max(day.end for day in days),
            tuple(sections),
            "\n\n".join(introduction) or None,
            days[0].text if len(days) == 1 and days[0].has_name else None,
            source_name,
            is_part,
        )
