"""Issues and collections as sources listed them, next to those that the corpus has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from broadsheet.base.errors import Problem, warning
from broadsheet.base.text import shown_range
from broadsheet.content.model import Collection, Corpus, Entry, Issue, Section, Source
from broadsheet.content.records import ListedRecord, ReadCollection, Reading, ReadIssue
from broadsheet.content.topics import Taxonomy


@dataclass(frozen=True)
class Options:
    """How to merge: the day of the import, the digest that issues belong to, texts or not."""

    today: date
    digest: str
    texts: bool = True


@dataclass
class Listings:
    """What an import adds to issues, collections and the taxonomy."""

    corpus: Corpus
    options: Options
    taxonomy: Taxonomy
    issues: list[Issue] = field(default_factory=list)
    collections: list[Collection] = field(default_factory=list)
    grown: list[tuple[Collection, tuple[Entry, ...]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def take(self, reading: Reading, slugs: tuple[str, ...]) -> None:
        """Adds one source's lists; `slugs` are the papers of its records, in their order."""
        of = {id(record): slug for record, slug in zip(reading.records, slugs, strict=True)}
        if reading.issue:
            self._take_issue(reading, reading.issue, of)
            for section in reading.issue.sections:
                self.taxonomy.meant_by(section.heading)
        if reading.collection:
            self._take_collection(reading, reading.collection, of)

    def _take_issue(self, reading: Reading, read: ReadIssue, of: Mapping[int, str]) -> None:
        """Keeps an issue that the corpus has: it is a person's now."""
        sections = tuple(
            Section(
                heading=section.heading,
                entries=tuple(self._entry(listed, of) for listed in section.entries),
            )
            for section in read.sections
        )
        known = next((i for i in self._issues() if i.name == read.week), None)
        if known is None:
            self.issues.append(self._new_issue(reading, read, sections))
        elif _listing(known.sections) != _listing(sections):
            message = f"differs from {known.digest}/{known.name}, which is kept as it is"
            advice = "to import it anew, delete that file first"
            self.problems.append(warning(reading.source, 0, "", message, advice))

    def _issues(self) -> list[Issue]:
        mine = [issue for issue in self.corpus.issues if issue.digest == self.options.digest]
        return [*mine, *self.issues]

    def _entry(self, listed: ListedRecord, of: Mapping[int, str]) -> Entry:
        text = listed.record.text if self.options.texts else None
        return Entry(paper=of[id(listed.record)], number=listed.number, text=text)

    def _new_issue(self, reading: Reading, read: ReadIssue, sections: tuple[Section, ...]) -> Issue:
        return Issue(
            digest=self.options.digest,
            name=read.week,
            title=read.title or f"Papers of {shown_range(read.start, read.end)}",
            week=read.week,
            start=read.start,
            end=read.end,
            source=self._source("Weekly article", reading),
            introduction=read.introduction if self.options.texts else None,
            sections=sections,
        )

    def _source(self, name: str, reading: Reading) -> Source:
        return Source(name=name, file=reading.source, retrieved=self.options.today)

    def _take_collection(
        self, reading: Reading, read: ReadCollection, of: Mapping[int, str]
    ) -> None:
        """A new collection, or the papers at the end of one that the corpus has."""
        papers = dict.fromkeys(of[id(record)] for record in read.records)
        known = next((c for c in self._collections() if c.slug == read.slug), None)
        if known is None:
            fresh = Collection(
                slug=read.slug,
                title=read.title,
                source=self._source(read.source_name, reading),
                entries=tuple(Entry(paper=slug) for slug in papers),
            )
            self.collections.append(fresh)
            return
        have = {entry.paper for entry in known.entries}
        more = tuple(Entry(paper=slug) for slug in papers if slug not in have)
        if known in self.collections:  # two sources of one list in one import
            self.collections.remove(known)
            entries = (*known.entries, *more)
            self.collections.append(known.model_copy(update={"entries": entries}))
        elif more:
            self.grown.append((known, more))

    def _collections(self) -> Iterable[Collection]:
        return (*self.corpus.collections, *self.collections)


def _listing(sections: Iterable[Section]) -> list[tuple[str, list[str]]]:
    return [(s.heading, [entry.paper for entry in s.entries]) for s in sections]
