"""Merging the issues and collections of sources into those of the corpus."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from broadsheet.base import identifiers
from broadsheet.base.identifiers import is_slug
from broadsheet.content.changes import ImportOptions
from broadsheet.content.headings import others
from broadsheet.content.listing import (
    Headings,
    Listing,
    Target,
    by_number,
)
from broadsheet.content.merge_issues import ImportedIssues
from broadsheet.content.model import Collection, Corpus, Entry, Paper, Source
from broadsheet.content.origins import source_of, stem_of
from broadsheet.content.records import ReadCollection, Reading, Record
from broadsheet.content.topics import Taxonomy


@dataclass
class ImportedLists:
    """The issues, collections and topics that an import adds to a corpus.

    Attributes:
        corpus: What is known before the import.
        options: How to import.
        taxonomy: The topics, to which new headings are added.
        topics_of: The topics of all papers, by slug.
        paper_of: Returns the paper with a slug.
        keys_of: Returns the title keys of the paper with a slug.
        dated: The issues that are new or that change.
        collections: New collections.
        extended: Collections of the corpus, with their new entries.
    """

    corpus: Corpus
    options: ImportOptions
    taxonomy: Taxonomy
    topics_of: Mapping[str, tuple[str, ...]]
    paper_of: Callable[[str], Paper]
    keys_of: Callable[[str], tuple[str, ...]]
    dated: ImportedIssues = field(init=False)
    collections: list[Collection] = field(default_factory=list)
    extended: list[tuple[Collection, tuple[Entry, ...]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dated = ImportedIssues(self.corpus, self.options, self.keys_of, self._headings)

    def add(self, reading: Reading, slugs: tuple[str, ...]) -> None:
        """Adds the lists that a source names; `slugs` are the papers of its records, in order."""
        slug_of = {id(record): slug for record, slug in zip(reading.records, slugs, strict=True)}
        for read_issue in reading.issues:
            is_added = self.dated.add(reading, read_issue, slug_of)
            for section in read_issue.sections if is_added else ():
                self.taxonomy.topics_for(section.heading)
        if reading.collection and not self.options.target:
            read = reading.collection
            if self.options.collection:
                slug, title = _named(self.options.collection)
                read = replace(read, slug=slug, title=title)
            self._add_collection(reading, read, slug_of)
        placed = [record for record in reading.records if record.issue]
        for name in dict.fromkeys(record.issue for record in placed if record.issue):
            self._add_to_issue(name, [r for r in placed if r.issue == name], slug_of)
        listed = [record for record in reading.records if record.collection]
        for name in dict.fromkeys(record.collection for record in listed if record.collection):
            records = tuple(record for record in listed if record.collection == name)
            self._add_records(reading, name, records, slug_of)

    def add_rest(self, reading: Reading, slugs: tuple[str, ...]) -> None:
        """Adds the records that name no list to a collection, so that each paper is on a list.

        If other lists have all of these papers, the source only has facts about them, and there is
        no collection, unless the options name one.
        """
        if self.options.target and not reading.issues:
            self.fill(self.options.target, dict.fromkeys(slugs))
            return
        if reading.issues or reading.collection or self.options.unlisted:
            return
        pairs = zip(reading.records, slugs, strict=True)
        rest = {slug: r for r, slug in pairs if not (r.issue or r.collection)}
        if not rest or not (self.options.collection or rest.keys() - self._listed()):
            return
        name = self.options.collection or stem_of(reading.source)
        slug_of = {id(record): slug for slug, record in rest.items()}
        self._add_records(reading, name, tuple(rest.values()), slug_of)

    def only_in_drafts(self) -> set[str]:
        """Returns the papers that only drafts of issues list."""
        drafts = {
            entry.paper for issue in self.dated.all() if issue.draft for entry in issue.entries()
        }
        return drafts - self._listed(drafts=False)

    def _listed(self, *, drafts: bool = True) -> set[str]:
        """Returns the papers on all lists, perhaps without drafts of issues."""
        issues = (issue for issue in self.dated.all() if drafts or not issue.draft)
        listed = {entry.paper for issue in issues for entry in issue.entries()}
        listed |= {entry.paper for found in self._collections() for entry in found.entries}
        return listed | {entry.paper for _, entries in self.extended for entry in entries}

    def _add_records(
        self, reading: Reading, name: str, records: tuple[Record, ...], slug_of: Mapping[int, str]
    ) -> None:
        read = ReadCollection(*_named(name), "Records", records)
        self._add_collection(reading, read, slug_of)

    def _add_to_issue(self, name: str, records: list[Record], slug_of: Mapping[int, str]) -> None:
        """Adds records to the issue "2024-W12" or "digest/2024-W12", which may be new."""
        digest, _, week = name.rpartition("/")
        digest = digest or self.options.digest
        for record in records:
            self.taxonomy.topics_for(record.section or "")
        listings = [
            Listing(Entry(paper=slug_of[id(r)], number=r.number), r.section) for r in records
        ]
        self.dated.list_in(digest, week, by_number(listings), draft=False)

    def fill(self, target: Target, slugs: Iterable[str]) -> None:
        """Adds papers to an issue, in sections by topic. If there is none, makes a draft."""
        issue = self.dated.now(f"{target.digest}/{target.week}")
        known = {entry.paper for entry in issue.entries()} if issue else set()
        papers = [self.paper_of(slug) for slug in slugs if slug not in known]
        listings = self._headings().listings(papers, target)
        self.dated.list_in(target.digest, target.week, listings, draft=True)

    def _headings(self) -> Headings:
        heading = others(self.options.language)
        return Headings(self.taxonomy.topics, self.topics_of, heading)

    def _source(self, name: str, reading: Reading) -> Source:
        return source_of(name, reading.source, self.options.today)

    def _add_collection(
        self, reading: Reading, read: ReadCollection, slug_of: Mapping[int, str]
    ) -> None:
        """Adds a collection, or appends its new papers to an existing one."""
        papers = dict.fromkeys(slug_of[id(record)] for record in read.records)
        texts = {slug_of[id(record)]: record.text for record in reversed(read.records)}
        known = next((c for c in self._collections() if c.slug == read.slug), None)
        if known is None:
            new = Collection(
                slug=read.slug,
                title=read.title,
                source=self._source(read.source_name, reading),
                entries=tuple(self._entry(slug, texts) for slug in papers),
            )
            self.collections.append(new)
            return
        listed = {entry.paper for entry in known.entries}
        more = tuple(self._entry(slug, texts) for slug in papers if slug not in listed)
        if known in self.collections:  # another source of this import has the same collection
            self.collections.remove(known)
            entries = (*known.entries, *more)
            self.collections.append(known.model_copy(update={"entries": entries}))
        elif more:
            self.extended.append((known, more))

    def _entry(self, slug: str, texts: Mapping[str, str | None]) -> Entry:
        return Entry(paper=slug, text=texts.get(slug) if self.options.texts else None)

    def _collections(self) -> Iterable[Collection]:
        return (*self.corpus.collections, *self.collections)


def _named(name: str) -> tuple[str, str]:
    """Returns the slug and the title of the collection that a slug, title or file name means."""
    title = " ".join(re.split(r"[-_\s]+", name)) if is_slug(name) or "_" in name else name
    return identifiers.slug_of(name, "collection"), title[:1].upper() + title[1:]
