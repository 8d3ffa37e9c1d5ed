"""Records are merged into papers; what a person wrote is never overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from broadsheet.base.errors import Problem, warning
from broadsheet.base.identifiers import free_slug, slug_of, title_key
from broadsheet.content.listings import Listings, Options
from broadsheet.content.match import Index, Traits
from broadsheet.content.model import (
    Collection,
    Corpus,
    Entry,
    Issue,
    Links,
    Paper,
    Provenance,
    Topic,
)
from broadsheet.content.overrides import Merges
from broadsheet.content.records import Reading, Record
from broadsheet.content.topics import Taxonomy, suggest_topics

# The fields that a record may give a paper, in the order of the schema.
FIELDS = (
    "title",
    "authors",
    "arxiv",
    "doi",
    "published",
    "venue",
    "topics",
    "tldr",
    "summary",
    "abstract",
)
TEXTS = ("tldr", "summary", "abstract")


@dataclass(frozen=True)
class Decision:
    """A record that was taken for a known paper, and why."""

    source: str
    line: int
    slug: str
    reason: str


@dataclass(frozen=True)
class Merged:
    """What an import changes. `changed` are papers with the fields that are new in them."""

    new: tuple[Paper, ...] = ()
    changed: tuple[tuple[Paper, tuple[str, ...]], ...] = ()
    unchanged: int = 0
    issues: tuple[Issue, ...] = ()
    collections: tuple[Collection, ...] = ()
    grown: tuple[tuple[Collection, tuple[Entry, ...]], ...] = ()
    topics: tuple[Topic, ...] = ()
    decisions: tuple[Decision, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass
class _Draft:
    """A paper while it is being merged: fields by name, and which of them are new."""

    fields: dict[str, Any]
    slug: str | None
    gained: list[str] = field(default_factory=list)
    provenance: list[Provenance] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    touched: bool = False

    def paper(self, slug: str) -> Paper:
        return Paper(**{**self.fields, "slug": slug, "provenance": tuple(self.provenance)})


def merge(corpus: Corpus, merges: Merges, readings: Sequence[Reading], options: Options) -> Merged:
    """What `readings` add to `corpus`. The same readings again add nothing."""
    taxonomy = Taxonomy(corpus.topics)
    work = _Work(corpus, merges, options, taxonomy)
    keys = [[work.take(record) for record in reading.records] for reading in readings]
    printed = {
        key for reading, of in zip(readings, keys, strict=True) if reading.issue for key in of
    }
    work.suggest_topics(printed)
    slugs = work.name_new_papers()
    listings = Listings(corpus, options, taxonomy)
    for reading, of in zip(readings, keys, strict=True):
        listings.take(reading, tuple(slugs[key] for key in of))
    new, changed, unchanged = work.papers(slugs)
    return Merged(
        new=new,
        changed=changed,
        unchanged=unchanged,
        issues=tuple(listings.issues),
        collections=tuple(listings.collections),
        grown=tuple(listings.grown),
        topics=tuple(taxonomy.added),
        decisions=tuple(work.decisions(slugs)),
        problems=(*work.problems, *listings.problems),
    )


class _Work:
    """One import under way."""

    def __init__(
        self, corpus: Corpus, merges: Merges, options: Options, taxonomy: Taxonomy
    ) -> None:
        self.corpus = corpus
        self.taxonomy = taxonomy
        self.options = options
        self.index = Index(merges)
        self.drafts: list[_Draft] = []
        self.problems: list[Problem] = []
        self.matched: list[tuple[Record, int, str]] = []
        self.met: set[int] = set()
        printed = _printed_texts(corpus)
        for slug, paper in corpus.papers.items():
            texts = [text for text in (paper.abstract, *printed.get(slug, ())) if text]
            fields = {name: getattr(paper, name) for name in (*FIELDS, "links", "other_titles")}
            fields["aliases"] = paper.aliases
            draft = _Draft(fields, slug, provenance=list(paper.provenance), texts=texts)
            self.index.add(self._keep(draft), _traits_of(paper, texts))

    def _keep(self, draft: _Draft) -> int:
        self.drafts.append(draft)
        return len(self.drafts) - 1

    def take(self, record: Record) -> int:
        """Finds or makes the paper of a record, fills what it lacks, returns its key."""
        traits = _traits_of_record(record)
        match = self.index.find(traits)
        if match:
            key = match.key
        else:
            self._report_namesakes(record, traits)
            key = self._keep(_Draft({"links": Links()}, None))
        draft = self.drafts[key]
        gave = self._fill(draft, record)
        remembered = self._remember(draft, record, gave)
        if match and remembered:
            self.matched.append((record, key, match.reason))
        elif match and draft.slug:
            self.met.add(key)
        self.index.add(key, traits)
        return key

    def _report_namesakes(self, record: Record, traits: Traits) -> None:
        for key in self.index.namesakes(traits):
            other = self.drafts[key].fields.get("arxiv")
            message = f"has the title of arXiv:{other} but another arXiv id; kept apart"
            advice = "if they are one paper, say so in merges.yml"
            self.problems.append(warning(record.source, record.line, "title", message, advice))

    def _fill(self, draft: _Draft, record: Record) -> list[str]:
        gave: list[str] = []
        for name in FIELDS:
            value = getattr(record, name)
            if not value or (name in TEXTS and not self.options.texts):
                continue
            if not draft.fields.get(name):
                draft.fields[name] = self._topics(value) if name == "topics" else value
                gave.append(name)
            elif name == "published" and not _agree(value, draft.fields[name]):
                message = f"{value} differs from {draft.fields[name]}, which is kept"
                self.problems.append(warning(record.source, record.line, name, message))
        links = draft.fields["links"].named()
        more = {name: url for name, url in record.links.items() if name not in links}
        if more:
            draft.fields["links"] = Links(**{**links, **more})
            gave.append("links")
        gave += self._add_titles(draft, record)
        draft.gained += [name for name in gave if name not in draft.gained]
        return gave

    def _topics(self, names: Iterable[str]) -> tuple[str, ...]:
        slugs = (slug for name in names for slug in self.taxonomy.meant_by(name))
        return tuple(dict.fromkeys(slugs))

    def _add_titles(self, draft: _Draft, record: Record) -> list[str]:
        known = {title_key(draft.fields.get("title") or "")}
        known |= {title_key(title) for title in draft.fields.get("other_titles", ())}
        titles = [title for title in (record.title, *record.other_titles) if title]
        more = [title for title in titles if title_key(title) not in known]
        if not more:
            return []
        draft.fields["other_titles"] = (*draft.fields.get("other_titles", ()), *more)
        return ["other_titles"]

    def _remember(self, draft: _Draft, record: Record, gave: list[str]) -> bool:
        """Provenance is kept once a source and paper; that makes importing again a no-op."""
        if any(known.source == record.source for known in draft.provenance) and not gave:
            return False
        draft.touched = True
        if record.text and self.options.texts:
            gave = [*gave, "text"]
        draft.provenance.append(
            Provenance(
                source=record.source,
                line=record.line,
                retrieved=self.options.today,
                gave=tuple(gave),
            )
        )
        text = record.abstract or record.text
        if text:
            draft.texts.append(text)
        return True

    def name_new_papers(self) -> list[str]:
        """Chooses the slug of every new paper; returns all slugs by key."""
        taken = {draft.slug for draft in self.drafts if draft.slug}
        taken |= {alias for draft in self.drafts for alias in draft.fields.get("aliases", ())}
        slugs: list[str] = []
        for draft in self.drafts:
            if draft.slug is None:
                arxiv = draft.fields.get("arxiv")
                name = draft.fields.get("title") or (f"arxiv {arxiv}" if arxiv else "paper")
                slug = free_slug(slug_of(name, arxiv or "paper"), taken)
                taken.add(slug)
            else:
                slug = draft.slug
            slugs.append(slug)
        return slugs

    def suggest_topics(self, under_heading: AbstractSet[int]) -> None:
        """Topics for new papers that stand under no heading, from the taxonomy's terms."""
        with_terms = [topic for topic in self.corpus.topics.values() if topic.terms]
        for key, draft in enumerate(self.drafts):
            if draft.slug or draft.fields.get("topics") or key in under_heading:
                continue
            text = "\n".join(draft.texts)
            found = suggest_topics(draft.fields.get("title") or "", text, with_terms)
            if found:
                draft.fields["topics"] = found
                draft.gained.append("topics")

    def papers(
        self, slugs: Sequence[str]
    ) -> tuple[tuple[Paper, ...], tuple[tuple[Paper, tuple[str, ...]], ...], int]:
        """New papers, changed ones with what they gained, and how many met nothing new."""
        new = tuple(
            draft.paper(slug)
            for draft, slug in zip(self.drafts, slugs, strict=True)
            if draft.slug is None
        )
        changed = tuple(
            (draft.paper(draft.slug), tuple(draft.gained))
            for draft in self.drafts
            if draft.slug is not None and draft.touched
        )
        return new, changed, len([key for key in self.met if not self.drafts[key].touched])

    def decisions(self, slugs: Sequence[str]) -> Iterator[Decision]:
        """Records that joined what others said; a source that is met again is no merge."""
        for record, key, reason in self.matched:
            yield Decision(record.source, record.line, slugs[key], reason)


def _agree(one: str, other: str) -> bool:
    """Whether two partial dates can be the same day."""
    return one.startswith(other) or other.startswith(one)


def _printed_texts(corpus: Corpus) -> dict[str, list[str]]:
    printed: dict[str, list[str]] = {}
    issues = (entry for issue in corpus.issues for entry in issue.entries())
    listed = (entry for collection in corpus.collections for entry in collection.entries)
    for entry in (*issues, *listed):
        if entry.text:
            printed.setdefault(entry.paper, []).append(entry.text)
    return printed


def _traits_of(paper: Paper, texts: Iterable[str]) -> Traits:
    titles = tuple(filter(None, (paper.title, *paper.other_titles)))
    return Traits(paper.arxiv, paper.doi, titles, (paper.slug, *paper.aliases), tuple(texts))


def _traits_of_record(record: Record) -> Traits:
    titles = tuple(filter(None, (record.title, *record.other_titles)))
    texts = tuple(filter(None, (record.abstract, record.text)))
    return Traits(record.arxiv, record.doi, titles, (), texts)
