"""Pages that list papers, week by week or by topic, become issues and a collection."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from broadsheet.base.errors import BroadsheetError, Problem, sorted_problems, warning
from broadsheet.base.identifiers import slug_of, week_of
from broadsheet.base.text import counted
from broadsheet.content.headings import names_topic
from broadsheet.content.records import (
    ListedRecord,
    ReadCollection,
    Reading,
    ReadIssue,
    Record,
)
from broadsheet.importers.digest_dating import Dated, Dating, days_of_page, is_part_of_week
from broadsheet.importers.digest_entry import without_signs
from broadsheet.importers.digest_opening import (
    MOST_MENTIONS,
    SHORT,
    introduces,
    mentions_paper,
    without_mentions,
)
from broadsheet.importers.digest_outline import Heading, Part, outline_of
from broadsheet.importers.digest_record import record_of
from broadsheet.importers.digest_week import Prose, Week
from broadsheet.importers.lines import quoted
from broadsheet.importers.link_words import is_tracked
from broadsheet.importers.page import Block, Page
from broadsheet.importers.printed_days import year_in

_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.):]?\s+")
# Headings that say that there is a list, and not what about.
_PLAIN_HEADINGS = re.compile(
    r"(?:(?:the|top|more|other|all|new|latest|recent|our|selected|weekly|daily|research|reading|"
    r"paper) )*(?:papers?|lists?|contents|table of contents|overview|introduction|misc|"
    r"miscellaneous|others?|highlights|links|resources|arxiv|publications|articles)"
    r"(?: (?:of|this|for|in|the|week|day|month|today|list))*",
    re.IGNORECASE,
)
_LONGEST = 200
# The name of a post, as in "2024-11-25-papers.md".
_POST = re.compile(r"(?:^|/)\d{4}-\d\d-\d\d-[^/]*[A-Za-z][^/]*\.\w+$")
# How many headings a warning names.
_MOST_SHOWN = 20


class _ReadPart(NamedTuple):
    """What is below a heading, with its papers as records, which take less memory than blocks."""

    headings: tuple[Heading, ...]
    records: tuple[tuple[Record, str | None], ...]
    rest: tuple[Block, ...]
    is_paper: bool


def read_digest(importer: str, page: Page, source: str) -> Reading:
    """Reads a page that lists papers.

    Args:
        importer: The name of the importer.
        page: The page.
        source: The name of the source, which can have a date.

    Raises:
        BroadsheetError: There are no papers.
    """
    work = _Digest(page, source)
    for part in work.parts:
        work.add(part)
    for week in work.weeks.values():
        work.rest += week.other_prose()
    undated = work.undated_records()
    records = sorted((*work.records, *undated), key=lambda record: record.line)
    if not records:
        advice = "list each paper with its title in bold or as a link, and a link to the paper"
        raise BroadsheetError(*work.problems or [Problem(source, 0, "", "no papers found", advice)])
    title = without_signs(work.title) or _stem(source)
    collection = ReadCollection(slug_of(title, "collection"), title, title, undated)
    return Reading(
        importer,
        source,
        issues=tuple(work.issue(name) for name in sorted(work.weeks)),
        collection=collection if undated else None,
        records=tuple(records),
        problems=sorted_problems((*work.problems, *work.dating.problems, *work.skipped())),
    )


class _Digest:
    """A page that is being read."""

    def __init__(self, page: Page, source: str) -> None:
        self.page, self.source = page, source
        self.problems: list[Problem] = []
        self.tracked: list[int] = []
        self.mentions: dict[int, Block] = {}
        parts = without_mentions(outline_of(self._noted(page.blocks)), self.mentions)
        self.parts = [self._read(part) for part in parts]
        paths = [part.headings for part in self.parts]
        self.top = _top_heading(paths)
        self.title = page.title or (self.top.text if self.top else "")
        titles = {part.headings[-1] for part in self.parts if part.is_paper}
        self.dating = Dating(paths, (page.date, self.title, source), source, titles)
        title = "" if self.dating.has_any or self.top in titles else self.title
        self.days = None if self.dating.has_any else days_of_page(title, page.date, source)
        front = bool(page.title and (page.date or _POST.search(source)))
        if self.days and title and front:
            self.days = replace(self.days, has_name=True)
        self.is_part = self._is_part(has_front_matter=front)
        # A paper is no section, even if there are others below it.
        self.no_names: set[Heading | None] = {self.top, *titles}
        self.weeks: dict[str, Week] = {}
        self.records: list[Record] = []
        self.undated: list[tuple[Record, str]] = []
        self.no_days: dict[Heading, None] = {}
        self.rest: list[Block] = []

    def _noted(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Yields blocks, and remembers links that count clicks and the first mentions of papers."""
        for block in blocks:
            if len(self.mentions) < MOST_MENTIONS and mentions_paper(block):
                self.mentions[block.line] = block
            self.tracked += [block.line for run in block.runs if run.href and is_tracked(run.href)]
            yield block

    def _read(self, part: Part) -> _ReadPart:
        found = (record_of(paper, self.source, self.problems) for paper in part.papers)
        numbers = [paper.parts.number for paper in part.papers]
        read = [(record, number) for record, number in zip(found, numbers, strict=True) if record]
        return _ReadPart(part.headings, tuple(read), tuple(part.rest), part.is_paper)

    def _is_part(self, *, has_front_matter: bool) -> bool:
        all_days = {self.days, *(self.dating.of(part.headings) for part in self.parts)} - {None}
        (days,) = all_days if len(all_days) == 1 else (None,)
        return days is not None and is_part_of_week(
            days, self.title, has_front_matter=has_front_matter
        )

    def add(self, part: _ReadPart) -> None:
        """Adds the papers below a heading."""
        dated = self.dating.of(part.headings) or self.days
        heading = self._section_of(part)
        read = part.records
        if dated is None:
            self.undated += [(record, heading) for record, _ in read]
            path = part.headings[:-1] if part.is_paper else part.headings
            if read and path and not any(self.dating.is_dated(above) for above in path):
                self.no_days[path[-1]] = None
            self.rest += part.rest
        else:
            self.records += [record for record, _ in read]
            self._add_to_week(dated, part, heading, [ListedRecord(*pair) for pair in read])

    def _add_to_week(
        self, dated: Dated, part: _ReadPart, heading: str, entries: list[ListedRecord]
    ) -> None:
        week = self.weeks.setdefault(week_of(dated.start), Week())
        week.days.setdefault((dated.start, dated.end), dated)
        name = heading or (dated.start.isoformat() if dated.is_day else "")
        week.add(name, part.headings[-1].line if part.headings else 1, entries)
        first = entries[0].record.line if entries else None
        # The list of a day has no introduction, and what it says every day is no commentary.
        own = heading if self.is_part else name
        for block in part.rest:
            is_above = not week.sections if first is None else block.line < first
            is_first = is_above and len(week.sections) <= 1 and not self.is_part
            if (own or is_first) and introduces(block):
                week.prose.append(Prose(own, block, is_first=is_first))
            else:
                self.rest.append(block)

    def _section_of(self, part: _ReadPart) -> str:
        """Returns the heading of a section: the lowest one that isn't a title, a date or a year."""
        path = part.headings[:-1] if part.is_paper else part.headings
        dated = [n for n, heading in enumerate(path) if self.dating.is_dated(heading)]
        below = path[dated[-1] + 1 :] if dated else path
        names = (_name_of(heading) for heading in reversed(below) if heading not in self.no_names)
        return next((name for name in names if name), "")

    def issue(self, name: str) -> ReadIssue:
        """Returns what the page lists for a week."""
        title = self.title or _stem(self.source)
        return self.weeks[name].issue(title, is_part=self.is_part)

    def undated_records(self) -> tuple[Record, ...]:
        """Returns the papers without a week. Their headings are topics, if there are several."""
        has_topics = len({heading for _, heading in self.undated}) > 1
        return tuple(
            replace(record, topics=(heading,) if has_topics and names_topic(heading) else ())
            for record, heading in self.undated
        )

    def skipped(self) -> Iterable[Problem]:
        """Yields warnings about links without a known target, and what isn't about a paper."""
        if self.tracked:
            links = counted(len(self.tracked), "link")
            message = f"{links} through a service that counts clicks, perhaps with your address"
            advice = "replace those that were imported, or import the newsletter's page on the web"
            yield warning(self.source, self.tracked[0], "links", message, advice)
        if self.weeks and self.no_days:
            yield _without_days(tuple(self.no_days), self.source)
        rest = [block for block in self.rest if len(block.text) >= SHORT]
        rest.sort(key=lambda block: block.line)
        if rest:
            what = "a paragraph" if len(rest) == 1 else f"{len(rest):,} paragraphs or list items"
            first = f"; the first is {quoted(rest[0].text)}" if len(rest) > 1 else ""
            message = (
                f"skipped {what} without a link to a paper{first or ': ' + quoted(rest[0].text)}"
            )
            advice = "no action needed if they introduce the list"
            yield warning(self.source, rest[0].line, "", message, advice)


def _without_days(headings: Sequence[Heading], source: str) -> Problem:
    """Returns a warning about lists that have no days, beside others that have."""
    shown = [f"{quoted(heading.text)} on line {heading.line}" for heading in headings[:_MOST_SHOWN]]
    if len(headings) > _MOST_SHOWN:
        shown.append(f"and {len(headings) - _MOST_SHOWN:,} more")
    lists = "a list has" if len(headings) == 1 else f"{len(headings):,} lists have"
    message = f"{lists} no date, so the papers there have no issue: {', '.join(shown)}"
    advice = "if they are weeks, write their days into the headings, and import it again"
    return warning(source, headings[0].line, "start", message, advice)


def _stem(source: str) -> str:
    """Returns the name of a file without its folders and ending."""
    name = source.rstrip("/").rpartition("/")[2]
    return name.rpartition(".")[0] or name


def _top_heading(paths: Sequence[tuple[Heading, ...]]) -> Heading | None:
    """Returns the heading above all others, if there is one: the title of the page."""
    headings = dict.fromkeys(heading for path in paths for heading in path)
    first = next(iter(headings), None)
    level = min((heading.level for heading in headings), default=0)
    tops = [heading for heading in headings if heading.level == level]
    if first is None or tops != [first] or (len(headings) < 2 and first.level > 1):
        return None
    return first


def _name_of(heading: Heading) -> str:
    """Returns a heading as the name of a section, or "" if it's only a year or says "papers"."""
    text = _NUMBERED.sub("", without_signs(heading.text), count=1)
    text = without_signs(text)
    if len(text) > _LONGEST or _PLAIN_HEADINGS.fullmatch(text) or text == str(year_in(text)):
        return ""
    return text
