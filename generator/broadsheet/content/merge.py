"""Merging records into papers. What a person wrote is never overwritten."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from broadsheet.base.errors import Problem, warning
from broadsheet.base.identifiers import free_slug, slug_of
from broadsheet.content.changes import Changes, ImportOptions, MergedRecord
from broadsheet.content.draft import FIELDS, MAPPINGS, Draft, refuse_invalid
from broadsheet.content.headings import names_topic
from broadsheet.content.match import Features, KnownPapers
from broadsheet.content.merge_lists import ImportedLists
from broadsheet.content.model import (
    Corpus,
    Paper,
)
from broadsheet.content.origins import origin_of
from broadsheet.content.overrides import MergeDecisions
from broadsheet.content.records import Reading, Record
from broadsheet.content.topics import Taxonomy, fill_topics, suggest_topics, unknown_keywords


def merge(
    corpus: Corpus,
    decisions: MergeDecisions,
    readings: Sequence[Reading],
    options: ImportOptions,
) -> Changes:
    """Returns what `readings` add to `corpus`. Merging the same readings again adds nothing.

    Raises:
        BroadsheetError: A record can't become a paper, or an article is that of another issue.
    """
    taxonomy = Taxonomy(corpus.topics)
    work = _Import(corpus, decisions, options, taxonomy, _earlier_names(corpus, readings, options))
    keys = [work.add_all(reading) for reading in readings]
    work.suggest_topics(set(_under_headings(readings, keys)))
    slugs = work.name_new_papers()
    lists = ImportedLists(
        corpus,
        options,
        taxonomy,
        work.topics(slugs),
        work.paper_of(slugs),
        work.keys_of(slugs),
    )
    for add in (lists.add, lists.add_rest):
        for reading, keys_of_reading in zip(readings, keys, strict=True):
            add(reading, tuple(slugs[key] for key in keys_of_reading))
    new, changed, unchanged = work.papers(slugs)
    dated, hidden = lists.dated, lists.only_in_drafts()
    return Changes(
        new=tuple(p.model_copy(update={"draft": True}) if p.slug in hidden else p for p in new),
        changed=changed,
        unchanged=unchanged,
        issues=tuple(dated.new.values()),
        edited=tuple(dated.edited.values()),
        collections=tuple(lists.collections),
        extended=tuple(lists.extended),
        topics=tuple(taxonomy.added),
        merged=tuple(_merged(work.merged, slugs)),
        repeated=tuple(_merged(work.repeated, slugs)),
        findings=tuple(dated.findings),
        replaced=tuple(dated.changed),
        printed=dated.printed,
        slugs=tuple(tuple(slugs[key] for key in row) for row in keys),
        problems=(*work.problems, *dated.problems),
    )


def _earlier_names(
    corpus: Corpus, readings: Iterable[Reading], options: ImportOptions
) -> dict[str, tuple[str, ...]]:
    """Returns the names under which the same articles and lists were imported before."""
    issues = {(i.digest, i.name): i.source for i in corpus.issues}
    collections = {found.slug: found.source for found in corpus.collections}
    names: dict[str, tuple[str, ...]] = {}
    for reading in readings:
        known = [issues.get((options.digest, read.week)) for read in reading.issues]
        if reading.collection:
            known.append(collections.get(reading.collection.slug))
        origins = filter(None, map(origin_of, known))
        names[reading.source] = tuple(dict.fromkeys(origins))
    return names


def _under_headings(readings: Iterable[Reading], keys: Iterable[Sequence[int]]) -> Iterator[int]:
    """Yields the keys of papers that issues list under a heading, which tells their topic."""
    for reading, keys_of_reading in zip(readings, keys, strict=True):
        sections = (section for read in reading.issues for section in read.sections)
        named = {
            id(listed.record)
            for section in sections
            if names_topic(section.heading)
            for listed in section.entries
        }
        pairs = zip(reading.records, keys_of_reading, strict=True)
        yield from (key for record, key in pairs if id(record) in named)


class _Import:
    """An import in progress. A paper's key is its position among the drafts."""

    def __init__(
        self,
        corpus: Corpus,
        decisions: MergeDecisions,
        options: ImportOptions,
        taxonomy: Taxonomy,
        sources: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.corpus = corpus
        self.sources = sources
        self.taxonomy = taxonomy
        self.options = options
        self.known = KnownPapers(decisions)
        self.drafts: list[Draft] = []
        self.problems: list[Problem] = []
        self.merged: list[tuple[Record, int, str]] = []
        self.repeated: list[tuple[Record, int, str]] = []
        self.seen_again: set[int] = set()
        printed = _printed_texts(corpus)
        for slug, paper in corpus.papers.items():
            texts = [text for text in (paper.abstract, *printed.get(slug, ())) if text]
            fields = {
                name: getattr(paper, name) for name in (*FIELDS, *MAPPINGS, "other_titles", "facts")
            }
            fields["aliases"] = paper.aliases
            draft = Draft(slug, fields, provenance=list(paper.provenance), texts=texts)
            self.known.add(self._add_draft(draft), _features_of_paper(paper, texts))

    def _add_draft(self, draft: Draft) -> int:
        self.drafts.append(draft)
        return len(self.drafts) - 1

    def add_all(self, reading: Reading) -> list[int]:
        """Adds all records of a source. Returns the keys of their papers."""
        for record in reading.records:
            refuse_invalid(record)
        keys: set[int] = set()
        found = [self._add(record, keys) for record in reading.records]
        self.problems += unknown_keywords(reading, self.taxonomy)
        return found

    def _add(self, record: Record, of_source: set[int]) -> int:
        """Adds a record to its paper, which is new if no known one matches. Returns its key.

        Args:
            record: The record.
            of_source: The keys of the papers that its source has so far.
        """
        features = _features_of_record(record)
        match = self.known.find(features)
        if match:
            key = match.key
        else:
            self._report_namesakes(record, features)
            key = self._add_draft(Draft())
        draft = self.drafts[key]
        self._report_dates(record, draft)
        filled = draft.fill(record, self.options, self.taxonomy)
        remembered = draft.remember(
            record, filled, self.options, self.sources.get(record.source, ())
        )
        if match and key in of_source:
            self.repeated.append((record, key, match.reason))
        elif match and remembered:
            self.merged.append((record, key, match.reason))
        elif match and draft.slug:
            self.seen_again.add(key)
        self.known.add(key, features)
        of_source.add(key)
        return key

    def _report_namesakes(self, record: Record, features: Features) -> None:
        for key in self.known.namesakes(features):
            other = self.drafts[key].fields.get("arxiv")
            message = f"same title as arXiv:{other} but a different arXiv id; kept as two papers"
            advice = "if they are the same paper, add them to merges.yml"
            self.problems.append(warning(record.source, record.line, "title", message, advice))

    def _report_dates(self, record: Record, draft: Draft) -> None:
        known = draft.fields.get("published")
        if record.published and known and not _can_be_same_day(record.published, known):
            message = f"{record.published} differs from {known}, which is kept"
            self.problems.append(warning(record.source, record.line, "published", message))

    def name_new_papers(self) -> list[str]:
        """Chooses the slug of every new paper; returns all slugs by key."""
        taken = {draft.slug for draft in self.drafts if draft.slug}
        taken |= {alias for draft in self.drafts for alias in draft.fields.get("aliases", ())}
        slugs: list[str] = []
        for draft in self.drafts:
            if draft.slug is None:
                arxiv = draft.fields.get("arxiv")
                doi = draft.fields.get("doi")
                name = draft.fields.get("title") or (f"arxiv {arxiv}" if arxiv else None)
                name = name or (f"doi {doi}" if doi else "paper")
                slug = free_slug(slug_of(name, arxiv or "paper"), taken)
                taken.add(slug)
            else:
                slug = draft.slug
            slugs.append(slug)
        return slugs

    def suggest_topics(self, in_issues: AbstractSet[int]) -> None:
        """Suggests topics for new papers that are in no issue, by the terms of the topics."""
        with_terms = [topic for topic in self.corpus.topics.values() if topic.terms]
        for key, draft in enumerate(self.drafts):
            if draft.slug or draft.fields.get("topics") or key in in_issues:
                continue
            text = "\n".join(draft.texts)
            found = suggest_topics(draft.fields.get("title") or "", text, with_terms)
            if found:
                draft.fields["topics"] = found
                draft.new_fields.append("topics")

    def papers(
        self, slugs: Sequence[str]
    ) -> tuple[tuple[Paper, ...], tuple[tuple[Paper, tuple[str, ...]], ...], int]:
        """Returns new papers, changed papers with their new fields, and the number unchanged."""
        new = tuple(
            draft.paper(slug)
            for draft, slug in zip(self.drafts, slugs, strict=True)
            if draft.slug is None
        )
        changed = tuple(
            (draft.paper(draft.slug), tuple(draft.new_fields))
            for draft in self.drafts
            if draft.slug is not None and draft.changed
        )
        return new, changed, sum(not self.drafts[key].changed for key in self.seen_again)

    def paper_of(self, slugs: Sequence[str]) -> Callable[[str], Paper]:
        """Returns a function that makes the paper with a slug."""
        keys = {slug: key for key, slug in enumerate(slugs)}
        return lambda slug: self.drafts[keys[slug]].paper(slug)

    def keys_of(self, slugs: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
        """Returns a function that returns the title keys of the paper with a slug."""
        keys = {slug: key for key, slug in enumerate(slugs)}
        return lambda slug: self.drafts[keys[slug]].title_keys()

    def topics(self, slugs: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Returns the topics of all papers, by slug."""
        implied = fill_topics(self.corpus).papers
        return {
            slug: draft.fields.get("topics") or (implied[slug].topics if draft.slug else ())
            for slug, draft in zip(slugs, self.drafts, strict=True)
        }


def _merged(
    records: Iterable[tuple[Record, int, str]], slugs: Sequence[str]
) -> Iterator[MergedRecord]:
    for record, key, reason in records:
        yield MergedRecord(record.source, record.line, slugs[key], reason)


def _can_be_same_day(first: str, second: str) -> bool:
    """Whether one partial date is the other one in more detail."""
    return first.startswith(second) or second.startswith(first)


def _printed_texts(corpus: Corpus) -> dict[str, list[str]]:
    """Returns the texts that issues and collections print about each paper."""
    printed: dict[str, list[str]] = {}
    issues = (entry for issue in corpus.issues for entry in issue.entries())
    listed = (entry for collection in corpus.collections for entry in collection.entries)
    for entry in (*issues, *listed):
        if entry.text:
            printed.setdefault(entry.paper, []).append(entry.text)
    return printed


def _features_of_paper(paper: Paper, texts: Iterable[str]) -> Features:
    titles = tuple(filter(None, (paper.title, *paper.other_titles)))
    return Features(paper.arxiv, paper.doi, titles, (paper.slug, *paper.aliases), tuple(texts))


def _features_of_record(record: Record) -> Features:
    titles = tuple(filter(None, (record.title, *record.other_titles)))
    texts = tuple(filter(None, (record.abstract, record.text)))
    return Features(record.arxiv, record.doi, titles, (), texts)
