"""How to import, and what an import changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from broadsheet.base.errors import Problem
from broadsheet.base.language import ENGLISH, Language
from broadsheet.content.listing import Target
from broadsheet.content.model import Collection, Entry, Issue, Paper, Topic
from broadsheet.content.reimport import Finding, Take
from broadsheet.content.settings import Settings


@dataclass(frozen=True)
class ImportOptions:
    """How to import.

    Attributes:
        today: The date that goes into provenance.
        digest: The digest that imported issues belong to.
        texts: Whether to import abstracts, summaries and printed texts.
        collection: The slug or title of the collection for papers that no issue lists. By default,
            it's the choice of the importer, or else the name of the file.
        target: The issue that lists all imported papers, if they aren't to become a collection.
        unlisted: Whether to put papers on no list unless the source names one.
        settings: The settings of the site, with the names of digests.
        language: The language of the site.
        folder: The content folder, as problems print it.
        printed: The hashes of what issues' sources printed before, by the issue's digest and name.
        take: Whether the source or the content wins where both have changed.
    """

    today: date
    digest: str
    texts: bool = True
    collection: str | None = None
    target: Target | None = None
    unlisted: bool = False
    settings: Settings = field(default_factory=Settings)
    language: Language = ENGLISH
    folder: str = "content"
    printed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    take: Take | None = None


@dataclass(frozen=True)
class MergedRecord:
    """A record that was merged into a known paper, and how the paper was recognized."""

    source: str
    line: int
    slug: str
    reason: str


@dataclass(frozen=True)
class Changes:
    """What an import changes in a corpus.

    Attributes:
        new: Papers that the corpus doesn't have yet.
        changed: Papers that the corpus has, with the names of their new fields.
        published: Papers that the corpus has, which are no longer drafts.
        unchanged: The number of papers that the sources say nothing new about.
        issues: New issues.
        edited: Issues that the corpus has, as they were and as they are now.
        collections: New collections.
        extended: Collections that the corpus has, with their new entries.
        topics: New topics, made from headings that no topic has.
        merged: Records that were merged into papers of the corpus or of other sources.
        repeated: Records that were merged into papers of the same source.
        findings: Conflicts and others about issues that are imported again.
        replaced: The values of issues that their sources have changed.
        printed: The hashes of what issues' sources print, by the issue's digest and name.
        slugs: The papers of each source's records, in order.
        problems: What was odd about the sources.
    """

    new: tuple[Paper, ...] = ()
    changed: tuple[tuple[Paper, tuple[str, ...]], ...] = ()
    published: tuple[Paper, ...] = ()
    unchanged: int = 0
    issues: tuple[Issue, ...] = ()
    edited: tuple[tuple[Issue, Issue], ...] = ()
    collections: tuple[Collection, ...] = ()
    extended: tuple[tuple[Collection, tuple[Entry, ...]], ...] = ()
    topics: tuple[Topic, ...] = ()
    merged: tuple[MergedRecord, ...] = ()
    repeated: tuple[MergedRecord, ...] = ()
    findings: tuple[Finding, ...] = ()
    replaced: tuple[str, ...] = ()
    printed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    slugs: tuple[tuple[str, ...], ...] = ()
    problems: tuple[Problem, ...] = ()
