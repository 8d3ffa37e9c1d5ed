"""Merging the issues and collections of sources into those of the corpus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from broadsheet.base.errors import Problem, warning
from broadsheet.base.language import ENGLISH
from broadsheet.content.model import Collection, Corpus, Entry, Issue, Section, Source
from broadsheet.content.records import ListedRecord, ReadCollection, Reading, ReadIssue
from broadsheet.content.topics import Taxonomy


@dataclass(frozen=True)
class ImportOptions:
    """How to import.

    Attributes:
        today: The date that goes into provenance.
        digest: The digest that imported issues belong to.
        texts: Whether to import abstracts, summaries and printed texts.
    """

    today: date
    digest: str
    texts: bool = True


@dataclass
class ImportedLists:
    """The issues, collections and topics that an import adds to a corpus."""

    corpus: Corpus
    options: ImportOptions
    taxonomy: Taxonomy
    issues: list[Issue] = field(default_factory=list)
    collections: list[Collection] = field(default_factory=list)
    extended: list[tuple[Collection, tuple[Entry, ...]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, reading: Reading, slugs: tuple[str, ...]) -> None:
        """Adds the lists of one source; `slugs` are the papers of its records, in order."""
        slug_of = {id(record): slug for record, slug in zip(reading.records, slugs, strict=True)}
        if reading.issue:
            self._add_issue(reading, reading.issue, slug_of)
            for section in reading.issue.sections:
                self.taxonomy.topics_for(section.heading)
        if reading.collection:
            self._add_collection(reading, reading.collection, slug_of)

    def _add_issue(self, reading: Reading, read: ReadIssue, slug_of: Mapping[int, str]) -> None:
        """Adds an issue, unless the corpus has one: people may have edited that."""
        sections = tuple(
            Section(
                heading=section.heading,
                entries=tuple(self._entry(listed, slug_of) for listed in section.entries),
            )
            for section in read.sections
        )
        known = next((i for i in self._issues() if i.name == read.week), None)
        if known is None:
            self.issues.append(self._new_issue(reading, read, sections))
        elif _headings_and_papers(known.sections) != _headings_and_papers(sections):
            message = f"differs from the existing issue {known.digest}/{known.name}, which is kept"
            advice = "to import it again, delete that issue's file first"
            self.problems.append(warning(reading.source, 0, "", message, advice))

    def _issues(self) -> list[Issue]:
        existing = [issue for issue in self.corpus.issues if issue.digest == self.options.digest]
        return [*existing, *self.issues]

    def _entry(self, listed: ListedRecord, slug_of: Mapping[int, str]) -> Entry:
        text = listed.record.text if self.options.texts else None
        return Entry(paper=slug_of[id(listed.record)], number=listed.number, text=text)

    def _new_issue(self, reading: Reading, read: ReadIssue, sections: tuple[Section, ...]) -> Issue:
        return Issue(
            digest=self.options.digest,
            name=read.week,
            title=read.title or f"Papers of {ENGLISH.days(read.start, read.end)}",
            week=read.week,
            start=read.start,
            end=read.end,
            source=self._source("Weekly article", reading),
            introduction=read.introduction if self.options.texts else None,
            sections=sections,
        )

    def _source(self, name: str, reading: Reading) -> Source:
        return Source(name=name, file=reading.source, retrieved=self.options.today)

    def _add_collection(
        self, reading: Reading, read: ReadCollection, slug_of: Mapping[int, str]
    ) -> None:
        """Adds a collection, or appends its new papers to an existing one."""
        papers = dict.fromkeys(slug_of[id(record)] for record in read.records)
        known = next((c for c in self._collections() if c.slug == read.slug), None)
        if known is None:
            new = Collection(
                slug=read.slug,
                title=read.title,
                source=self._source(read.source_name, reading),
                entries=tuple(Entry(paper=slug) for slug in papers),
            )
            self.collections.append(new)
            return
        listed = {entry.paper for entry in known.entries}
        more = tuple(Entry(paper=slug) for slug in papers if slug not in listed)
        if known in self.collections:  # another source of this import has the same collection
            self.collections.remove(known)
            entries = (*known.entries, *more)
            self.collections.append(known.model_copy(update={"entries": entries}))
        elif more:
            self.extended.append((known, more))

    def _collections(self) -> Iterable[Collection]:
        return (*self.corpus.collections, *self.collections)


def _headings_and_papers(sections: Iterable[Section]) -> list[tuple[str, list[str]]]:
    return [(s.heading, [entry.paper for entry in s.entries]) for s in sections]
