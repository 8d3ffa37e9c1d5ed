"""Merging the issues of sources into those of the corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from broadsheet.base.errors import BroadsheetError, Problem, warning
from broadsheet.base.language import ENGLISH
from broadsheet.content.changes import ImportOptions
from broadsheet.content.headings import unnamed
from broadsheet.content.listing import Headings, Listing, issue_of_week, with_listings
from broadsheet.content.model import Corpus, Entry, Issue, Section
from broadsheet.content.origins import source_of
from broadsheet.content.printed import Printed, facts_of, hashes_after, hashes_of
from broadsheet.content.records import ListedRecord, Reading, ReadIssue, ReadSection
from broadsheet.content.reimport import Article, Finding, updated


@dataclass
class ImportedIssues:
    """The issues that an import adds to a corpus or changes.

    Attributes:
        corpus: What is known before the import.
        options: How to import.
        keys_of: Returns the title keys of the paper with a slug.
        headings: Returns what chooses the sections of papers without a heading.
        known: The issues of the corpus, by digest and name.
        new: New issues, by digest and name.
        edited: Issues of the corpus as they were and as they are now.
        findings: Conflicts and others about issues that are imported again.
        changed: The values of issues that their sources have changed.
        printed: The hashes of what issues' sources print, by the issue's digest and name.
        problems: What is odd about the issues.
    """

    corpus: Corpus
    options: ImportOptions
    keys_of: Callable[[str], tuple[str, ...]]
    headings: Callable[[], Headings]
    known: dict[str, Issue] = field(init=False)
    new: dict[str, Issue] = field(default_factory=dict)
    edited: dict[str, tuple[Issue, Issue]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    printed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.known = {f"{issue.digest}/{issue.name}": issue for issue in self.corpus.issues}

    def all(self) -> Iterator[Issue]:
        """Yields all issues as they are now."""
        for name, issue in self.known.items():
            yield self.edited[name][1] if name in self.edited else issue
        yield from self.new.values()

    def now(self, name: str) -> Issue | None:
        """Returns an issue as it is now, if there is one; `name` has its digest, too."""
        return self.edited[name][1] if name in self.edited else self._as_before(name)

    def _as_before(self, name: str) -> Issue | None:
        return self.known.get(name) or self.new.get(name)

    def list_in(self, digest: str, week: str, listings: Iterable[Listing], *, draft: bool) -> None:
        """Adds papers to an issue. If there is none, makes one, which may be a draft."""
        name = f"{digest}/{week}"
        settings, language = self.options.settings, self.options.language
        now = self.now(name) or issue_of_week(digest, week, settings, language, draft=draft)
        self._put(name, with_listings(now, listings, self.headings()))

    def _put(self, name: str, issue: Issue) -> None:
        """Makes this an issue of the corpus, or what becomes of the one that it has."""
        if name not in self.known:
            self.new[name] = issue
        elif issue != self.now(name):
            self.edited[name] = (self.known[name], issue)

    def add(self, reading: Reading, read: ReadIssue, slug_of: Mapping[int, str]) -> bool:
        """Adds an issue that a source prints, or updates the one that there is.

        If another source of the same import has it, that is kept, and the result is False.

        Args:
            reading: Everything that was read from the source.
            read: The issue.
            slug_of: The papers of the source's records, by the identity of the records.
        """
        read = replace(read, sections=tuple(self._named(section) for section in read.sections))
        name = f"{self.options.digest}/{read.week}"
        now = self.now(name)
        if now is None:
            self.new[name] = self._new_issue(reading, read, slug_of)
            self.printed[name] = hashes_of(facts_of(read, texts=self.options.texts))
        elif name in self.known or read.is_part:
            self._refuse_other_article(reading, read, now, slug_of)
            self._update(reading, read, now, slug_of)
        elif _headings_and_papers(now.sections) != _headings_and_papers(
            self._sections(read, slug_of)
        ):
            message = f"differs from another source of the issue {name}, which is kept"
            advice = "import one of them into another digest with --digest"
            self.problems.append(warning(reading.source, 0, "", message, advice))
            return False
        return True

    def _named(self, section: ReadSection) -> ReadSection:
        """Returns a section with a heading, even if the source prints none."""
        return replace(section, heading=section.heading or unnamed(self.options.language))

    def _new_issue(self, reading: Reading, read: ReadIssue, slug_of: Mapping[int, str]) -> Issue:
        sections = self._sections(read, slug_of)
        digest, settings, language = (
            self.options.digest,
            self.options.settings,
            self.options.language,
        )
        if read.is_part:
            week = issue_of_week(digest, read.week, settings, language, draft=False)
            return week.model_copy(update={"sections": sections})
        return Issue(
            digest=digest,
            name=read.week,
            title=read.title or f"Papers of {ENGLISH.days(read.start, read.end)}",
            week=read.week,
            start=read.start,
            end=read.end,
            source=source_of(read.source_name, reading.source, self.options.today),
            introduction=read.introduction if self.options.texts else None,
            sections=sections,
        )

    def _sections(self, read: ReadIssue, slug_of: Mapping[int, str]) -> tuple[Section, ...]:
        return tuple(
            Section(
                heading=section.heading,
                commentary=section.commentary if self.options.texts else None,
                entries=tuple(self._entry(listed, slug_of) for listed in section.entries),
            )
            for section in read.sections
        )

    def _entry(self, listed: ListedRecord, slug_of: Mapping[int, str]) -> Entry:
        text = listed.record.text if self.options.texts else None
        return Entry(paper=slug_of[id(listed.record)], number=listed.number, text=text)

    def _update(
        self, reading: Reading, read: ReadIssue, now: Issue, slug_of: Mapping[int, str]
    ) -> None:
        """Updates an issue with a source that is imported again, or with one more part of it."""
        name = f"{now.digest}/{now.name}"
        before = self.printed.get(name) or self.options.printed.get(name)
        article = Article(
            source=reading.source,
            read=read,
            slug_of=lambda record: slug_of[id(record)],
            keys_of=self.keys_of,
            printed=Printed(frozenset(before) if before is not None else None),
            texts=self.options.texts,
            take=self.options.take,
        )
        found = updated(now, article)
        self.findings += found.findings
        self.changed += [f"{name} {path}" for path in found.changed]
        self._put(name, found.issue)
        hashes = hashes_after(read, article.printed, before or (), texts=self.options.texts)
        is_known = before is not None or found.decided or found.issue != now
        if is_known and hashes != before:
            self.printed[name] = hashes

    def _refuse_other_article(
        self, reading: Reading, read: ReadIssue, known: Issue, slug_of: Mapping[int, str]
    ) -> None:
        papers = {entry.paper for entry in known.entries()}
        listed = (entry.record for section in read.sections for entry in section.entries)
        slugs = {slug_of[id(record)] for record in listed}
        if known.source and not read.is_part and papers and not papers & slugs:
            place = self.corpus.places["issue", f"{known.digest}/{known.name}"].file
            message = f"has the same week as {self.options.folder}/{place}, but no paper of it"
            advice = "import it into another digest with --digest"
            raise BroadsheetError(Problem(reading.source, 0, "", message, advice))


def _headings_and_papers(sections: Iterable[Section]) -> list[tuple[str, list[str]]]:
    return [(s.heading, [entry.paper for entry in s.entries]) for s in sections]
