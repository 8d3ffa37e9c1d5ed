"""Importing a changed article again: its issue gets the changes, and what people wrote stays.

For each value, there are three: what the source printed when it was last imported, what it prints
now, and what the issue has. If only the source has changed it, the issue gets the new value. If
only a person has, it stays. If both have, that's a conflict, which a person decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from broadsheet.base.errors import Level
from broadsheet.base.identifiers import title_key
from broadsheet.content.alignment import inserted, later_day, matched_sections, with_room
from broadsheet.content.model import Entry, Issue, Section
from broadsheet.content.printed import Printed
from broadsheet.content.records import ListedRecord, ReadIssue, ReadSection, Record
from broadsheet.content.validation import key_path_text
from broadsheet.content.yaml_text import Path


class Take(StrEnum):
    """Which side wins a conflict."""

    SOURCE = "source"
    MINE = "mine"


@dataclass(frozen=True)
class Finding:
    """Something about a value of an issue that an import can't decide, or leaves as it is.

    Attributes:
        issue: The digest and name of the issue.
        path: The keys and indexes that lead to the value in the issue's file.
        message: What it is.
        advice: What to do.
        level: An error is a conflict.
    """

    issue: str
    path: Path
    message: str
    advice: str = ""
    level: Level = Level.ERROR


@dataclass(frozen=True)
class Article:
    """An article that is imported again.

    Attributes:
        source: The name of the source.
        read: The issue as it prints it.
        slug_of: Returns the paper of a record.
        keys_of: Returns the title keys of a paper.
        printed: What the source printed before.
        texts: Whether to import texts.
        take: Which side wins conflicts, if that is decided.
    """

    source: str
    read: ReadIssue
    slug_of: Callable[[Record], str]
    keys_of: Callable[[str], tuple[str, ...]]
    printed: Printed
    texts: bool = True
    take: Take | None = None


@dataclass(frozen=True)
class Updated:
    """An issue after a changed article has been imported.

    Attributes:
        issue: The issue.
        findings: Conflicts, and what the source no longer has.
        changed: The paths of values that the source has changed.
        decided: Whether `take` has decided any conflict.
    """

    issue: Issue
    findings: tuple[Finding, ...]
    changed: tuple[str, ...]
    decided: bool


def updated(issue: Issue, article: Article) -> Updated:
    """Returns an issue with the changes of its article."""
    work = _Update(issue, article)
    return Updated(
        work.with_new_entries(work.with_new_values()),
        (*work.findings, *work.no_longer_printed()),
        tuple(key_path_text(path) for path in work.changed),
        work.decided,
    )


class _Update:
    """The update of an issue. Paths are those before it."""

    def __init__(self, issue: Issue, article: Article) -> None:
        self.issue = issue
        self.article = article
        self.findings: list[Finding] = []
        self.changed: list[Path] = []
        self.decided = False
        self.entry_at: dict[str, tuple[int, int]] = {}
        for s, section in enumerate(issue.sections):
            for e, entry in enumerate(section.entries):
                self.entry_at.setdefault(entry.paper, (s, e))
        self.section_of = dict(matched_sections(issue.sections, article.read, article.slug_of))

    def with_new_values(self) -> Issue:
        """Returns the issue with the values that the source has changed, and no new entries."""
        read, issue = self.article.read, self.issue
        of_issue = {} if read.is_part else self._values_of_issue()
        sections = list(issue.sections)
        for number, section in enumerate(read.sections):
            place = self.section_of.get(number)
            if place is not None:
                values = {"heading": self._heading(section, place)}
                if self.article.texts:
                    values["commentary"] = self._commentary(section, place)
                sections[place] = sections[place].model_copy(update=values)
            for listed in section.entries:
                self._update_entry(listed, sections)
                self._report_move(listed, section, place)
        return issue.model_copy(update={**of_issue, "sections": tuple(sections)})

    def _values_of_issue(self) -> dict[str, Any]:
        read, issue = self.article.read, self.issue
        values: dict[str, Any] = {}
        if self.article.texts:
            intro = self._decide("introduction", ("",), issue.introduction, read.introduction)
            values["introduction"] = intro
        if read.title:
            values["title"] = self._decide("title", ("",), issue.title, read.title)
        days, own = f"{read.start} {read.end}", f"{issue.start} {issue.end}"
        start, end = (self._decide("dates", ("",), own, days, path=("start",)) or own).split()
        return values | {"start": date.fromisoformat(start), "end": date.fromisoformat(end)}

    def _heading(self, section: ReadSection, place: int) -> str | None:
        own, path = self.issue.sections[place].heading, ("sections", place, "heading")
        return self._decide("heading", ("",), own, section.heading, path=path, line=section.line)

    def _commentary(self, section: ReadSection, place: int) -> str | None:
        mine, theirs = self.issue.sections[place].commentary, section.commentary
        path, printed = ("sections", place, "commentary"), self.article.printed
        had_some = printed.has("commented", (title_key(section.heading),), "")
        is_known = printed.has("commentary", ("",), theirs) or not printed.is_known
        if theirs and not (mine or had_some or is_known):
            # The source, or the version that imported it, had none, so nobody has removed it.
            self.changed.append(path)
            return theirs
        return self._decide("commentary", ("",), mine, theirs, path=path, line=section.line)

    def _update_entry(self, listed: ListedRecord, sections: list[Section]) -> None:
        slug = self.article.slug_of(listed.record)
        if slug not in self.entry_at:
            return
        s, e = self.entry_at[slug]
        entry, keys = sections[s].entries[e], self.article.keys_of(slug)

        def decide(kind: str, mine: str | None, theirs: str | None) -> str | None:
            path = ("sections", s, "entries", e, kind)
            return self._decide(kind, keys, mine, theirs, path=path, line=listed.record.line)

        values = {"number": decide("number", entry.number, listed.number)}
        if self.article.texts:
            values["text"] = decide("text", entry.text, listed.record.text)
        entries = list(sections[s].entries)
        entries[e] = entry.model_copy(update=values)
        sections[s] = sections[s].model_copy(update={"entries": tuple(entries)})

    def _report_move(self, listed: ListedRecord, section: ReadSection, place: int | None) -> None:
        """Reports an entry that the source has moved to another section."""
        slug, heading = self.article.slug_of(listed.record), title_key(section.heading)
        s, e = self.entry_at.get(slug, (place, 0))
        printed = self.article.printed.has("section", self.article.keys_of(slug), heading)
        if s != place and not printed and not self.article.read.is_part:
            where = f"{self.article.source}:{listed.record.line}"
            message = f"{where} has it under {section.heading!r}; kept its place"
            self._report(("sections", s or 0, "entries", e), message, "move it if it belongs there")

    def _decide(
        self,
        kind: str,
        keys: tuple[str, ...],
        mine: str | None,
        theirs: str | None,
        *,
        path: Path = (),
        line: int = 0,
    ) -> str | None:
        """Returns the value that the issue gets."""
        printed, path = self.article.printed, path or (kind,)
        if not theirs or (mine or "").split() == theirs.split():
            return mine
        if printed.has(kind, keys, theirs) or not (printed.is_known or mine):
            return mine
        if printed.has(kind, keys, mine) or (kind == "number" and not printed.is_known):
            self.changed.append(path)
            return theirs
        if self.article.take is None:
            self._report_conflict(path, line)
            return mine
        self.decided = True
        if self.article.take is Take.MINE:
            return mine
        self.changed.append(path)
        return theirs

    def _report_conflict(self, path: Path, line: int) -> None:
        source = f"{self.article.source}:{line}" if line else self.article.source
        message = f"edited here, but changed in {source}"
        if not self.article.printed.is_known:
            message = f"differs from {source}"
        advice = "keep it with --take mine, or replace it with --take source"
        self._report(path, message, advice, Level.ERROR)

    def _report(self, path: Path, message: str, advice: str, level: Level = Level.WARNING) -> None:
        name = f"{self.issue.digest}/{self.issue.name}"
        self.findings.append(Finding(name, path, message, advice, level))

    def with_new_entries(self, issue: Issue) -> Issue:
        """Returns the issue with new entries and sections at their places."""
        sections = list(issue.sections)
        places = dict(self.section_of)
        for number, read in enumerate(self.article.read.sections):
            new = {n: entry for n, entry in enumerate(map(self._new_entry, read.entries)) if entry}
            if number not in places and new:
                place = later_day(sections, read.heading) if self.article.read.is_part else None
                places = with_room(places, number, place)
                commentary = read.commentary if self.article.texts else None
                section = Section(heading=read.heading, commentary=commentary)
                sections.insert(places[number], section)
            if new:
                place = places[number]
                slugs = [self.article.slug_of(listed.record) for listed in read.entries]
                entries = inserted(sections[place].entries, slugs, new)
                sections[place] = sections[place].model_copy(update={"entries": entries})
        return issue.model_copy(update={"sections": tuple(sections)})

    def _new_entry(self, listed: ListedRecord) -> Entry | None:
        """Returns the entry of a record, unless the issue has it or a person has removed it."""
        slug = self.article.slug_of(listed.record)
        keys = self.article.keys_of(slug)
        if slug in self.entry_at or self.article.printed.has("paper", keys, ""):
            return None
        text = listed.record.text if self.article.texts else None
        return Entry(paper=slug, number=listed.number, text=text)

    def no_longer_printed(self) -> Iterator[Finding]:
        """Yields entries that the source printed before and now doesn't."""
        if self.article.read.is_part:
            return
        now = {
            self.article.slug_of(listed.record)
            for section in self.article.read.sections
            for listed in section.entries
        }
        name = f"{self.issue.digest}/{self.issue.name}"
        for slug, (s, e) in self.entry_at.items():
            printed = self.article.printed.has("paper", self.article.keys_of(slug), "")
            if slug not in now and (printed or not self.article.printed.is_known):
                message = f"{slug} isn't in {self.article.source}; kept"
                advice = "remove the entry if it doesn't belong here"
                path = ("sections", s, "entries", e)
                yield Finding(name, path, message, advice, Level.WARNING)
