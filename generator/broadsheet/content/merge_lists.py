"""Merging the issues and collections of sources into those of the corpus."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from broadsheet.base import identifiers
from broadsheet.base.errors import BroadsheetError, Problem, warning
from broadsheet.base.identifiers import is_slug
from broadsheet.base.language import ENGLISH
from broadsheet.content.changes import ImportOptions
from broadsheet.content.listing import (
    Headings,
    Listing,
    Target,
    by_number,
    issue_of_week,
    others,
    with_listings,
)
from broadsheet.content.model import Collection, Corpus, Entry, Issue, Paper, Section, Source
from broadsheet.content.printed import Printed, facts_of, hashes_after, hashes_of
from broadsheet.content.records import ListedRecord, ReadCollection, Reading, ReadIssue, Record
from broadsheet.content.reimport import Article, Finding, updated
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
        issues: New issues.
        edited: Issues of the corpus as they were and as they are now.
        collections: New collections.
        extended: Collections of the corpus, with their new entries.
        findings: Conflicts and others about issues that are imported again.
        changed: The values of issues that their sources have changed.
        printed: The hashes of what issues' sources print, by the issue's digest and name.
        problems: What is odd about the lists.
    """

    corpus: Corpus
    options: ImportOptions
    taxonomy: Taxonomy
    topics_of: Mapping[str, tuple[str, ...]]
    paper_of: Callable[[str], Paper]
    keys_of: Callable[[str], tuple[str, ...]]
    issues: list[Issue] = field(default_factory=list)
    edited: dict[str, tuple[Issue, Issue]] = field(default_factory=dict)
    collections: list[Collection] = field(default_factory=list)
    extended: list[tuple[Collection, tuple[Entry, ...]]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    printed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, reading: Reading, slugs: tuple[str, ...]) -> None:
        """Adds the lists that a source names; `slugs` are the papers of its records, in order."""
        slug_of = {id(record): slug for record, slug in zip(reading.records, slugs, strict=True)}
        if reading.issue:
            self._add_issue(reading, reading.issue, slug_of)
            for section in reading.issue.sections:
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
        if self.options.target and not reading.issue:
            self.fill(self.options.target, dict.fromkeys(slugs))
            return
        if reading.issue or reading.collection or self.options.unlisted:
            return
        pairs = zip(reading.records, slugs, strict=True)
        rest = {slug: r for r, slug in pairs if not (r.issue or r.collection)}
        if not rest or not (self.options.collection or rest.keys() - self._listed()):
            return
        name = self.options.collection or PurePosixPath(reading.source).stem
        slug_of = {id(record): slug for slug, record in rest.items()}
        self._add_records(reading, name, tuple(rest.values()), slug_of)

    def only_in_drafts(self) -> set[str]:
        """Returns the papers that only drafts of issues list."""
        drafts = {
            entry.paper for issue in self._all_issues() if issue.draft for entry in issue.entries()
        }
        return drafts - self._listed(drafts=False)

    def _listed(self, *, drafts: bool = True) -> set[str]:
        """Returns the papers on all lists, perhaps without drafts of issues."""
        issues = (issue for issue in self._all_issues() if drafts or not issue.draft)
        listed = {entry.paper for issue in issues for entry in issue.entries()}
        listed |= {entry.paper for found in self._collections() for entry in found.entries}
        return listed | {entry.paper for _, entries in self.extended for entry in entries}

    def _all_issues(self) -> Iterator[Issue]:
        """Yields all issues as they are now."""
        for issue in self.corpus.issues:
            edited = self.edited.get(f"{issue.digest}/{issue.name}")
            yield edited[1] if edited else issue
        yield from self.issues

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
        self._list_in_issue(digest, week, by_number(listings), draft=False)

    def fill(self, target: Target, slugs: Iterable[str]) -> None:
        """Adds papers to an issue, in sections by topic. If there is none, makes a draft."""
        issue = self.issue(target.digest, target.week)
        known = {entry.paper for entry in issue.entries()} if issue else set()
        papers = [self.paper_of(slug) for slug in slugs if slug not in known]
        listings = self._headings().listings(papers, target)
        self._list_in_issue(target.digest, target.week, listings, draft=True)

    def issue(self, digest: str, week: str) -> Issue | None:
        """Returns an issue as it is now, if there is one."""
        now = {(i.digest, i.name): i for i in (*self.corpus.issues, *self.issues)}
        edited = self.edited.get(f"{digest}/{week}")
        return edited[1] if edited else now.get((digest, week))

    def _headings(self) -> Headings:
        heading = others(self.options.language)
        return Headings(self.taxonomy.topics, self.topics_of, heading)

    def _list_in_issue(
        self, digest: str, week: str, listings: Iterable[Listing], *, draft: bool
    ) -> None:
        """Adds papers to an issue. If there is none, makes one, which may be a draft."""
        headings = self._headings()
        new = next((i for i in self.issues if (i.digest, i.name) == (digest, week)), None)
        key = f"{digest}/{week}"
        known = next((i for i in self.corpus.issues if (i.digest, i.name) == (digest, week)), None)
        before, now = self.edited.get(key, (known, known))
        if before and now:
            after = with_listings(now, listings, headings)
            if after != before:
                self.edited[key] = (before, after)
            return
        settings, language = self.options.settings, self.options.language
        empty = new or issue_of_week(digest, week, settings, language, draft=draft)
        self.issues = [issue for issue in self.issues if issue is not new]
        self.issues.append(with_listings(empty, listings, headings))

    def _add_issue(self, reading: Reading, read: ReadIssue, slug_of: Mapping[int, str]) -> None:
        """Adds an issue, or updates the one that the corpus has."""
        sections = tuple(
            Section(
                heading=section.heading,
                entries=tuple(self._entry(listed, slug_of) for listed in section.entries),
            )
            for section in read.sections
        )
        name = f"{self.options.digest}/{read.week}"
        known = self.issue(self.options.digest, read.week)
        if known is None:
            self.issues.append(self._new_issue(reading, read, sections))
            self.printed[name] = hashes_of(facts_of(read, texts=self.options.texts))
        elif known not in self.issues:
            self._update_issue(reading, read, known, slug_of)
        elif _headings_and_papers(known.sections) != _headings_and_papers(sections):
            message = f"differs from another source of the issue {name}, which is kept"
            advice = "import one of them into another digest with --digest"
            self.problems.append(warning(reading.source, 0, "", message, advice))

    def _update_issue(
        self, reading: Reading, read: ReadIssue, known: Issue, slug_of: Mapping[int, str]
    ) -> None:
        """Updates an issue of the corpus with an article that is imported again."""
        name = f"{known.digest}/{known.name}"
        before = self.options.printed.get(name)
        self._refuse_other_article(reading, known, set(slug_of.values()))
        article = Article(
            source=reading.source,
            read=read,
            slug_of=lambda record: slug_of[id(record)],
            keys_of=self.keys_of,
            printed=Printed(frozenset(before) if before is not None else None),
            texts=self.options.texts,
            take=self.options.take,
        )
        found = updated(known, article)
        self.findings += found.findings
        self.changed += [f"{name} {path}" for path in found.changed]
        if found.issue != known:
            self.edited[name] = (self.edited.get(name, (known, known))[0], found.issue)
        hashes = hashes_after(read, article.printed, before or (), texts=self.options.texts)
        is_known = before is not None or found.decided or found.issue != known
        if is_known and hashes != before:
            self.printed[name] = hashes

    def _refuse_other_article(self, reading: Reading, known: Issue, slugs: set[str]) -> None:
        papers = {entry.paper for entry in known.entries()}
        if known.source and papers and not papers & slugs:
            place = self.corpus.places["issue", f"{known.digest}/{known.name}"].file
            message = f"has the same week as {self.options.folder}/{place}, but no paper of it"
            advice = "import it into another digest with --digest"
            raise BroadsheetError(Problem(reading.source, 0, "", message, advice))

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


def _named(name: str) -> tuple[str, str]:
    """Returns the slug and the title of the collection that a slug, title or file name means."""
    title = " ".join(re.split(r"[-_\s]+", name)) if is_slug(name) or "_" in name else name
    return identifiers.slug_of(name, "collection"), title[:1].upper() + title[1:]
