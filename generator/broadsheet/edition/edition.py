"""The edition: everything derived from a corpus, computed once for all outputs."""

from __future__ import annotations

from collections.abc import Collection as AnyCollection
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from broadsheet.base.addresses import Site, digest_url, search_url, week_url
from broadsheet.base.cache import Cache
from broadsheet.base.language import Language
from broadsheet.citations import Citation, cite
from broadsheet.content.model import Collection, Corpus, Issue, Paper, Place, Section, Topic
from broadsheet.content.settings import Settings
from broadsheet.content.topics import fill_topics
from broadsheet.edition.appearances import Appearance, appearances_of
from broadsheet.edition.authors import author_key, authors_at_least
from broadsheet.edition.chronology import UNDATED, Dates, dates_of
from broadsheet.edition.corrections import Corrected, corrections_of
from broadsheet.edition.counted import Counted, counted
from broadsheet.edition.kept_relations import keep_relations, kept_relations
from broadsheet.edition.labels import labeled
from broadsheet.edition.lists import (
    Kind,
    PaperList,
    Week,
    lists_of,
    newest_first,
    weeks_of,
)
from broadsheet.edition.neighbors import InIssue, places_in_issues
from broadsheet.edition.related import Related, relate
from broadsheet.edition.textlinks import with_paper_links

# A word in the title says more about a paper than one in the text.
_TITLE_WEIGHT = 3

Listing = TypeVar("Listing", Section, Collection)


@dataclass(frozen=True)
class Edition:
    """Everything that outputs need. They use it instead of the corpus.

    Attributes:
        site: The site's address, names and language.
        settings: The owner's settings.
        papers: All papers by slug, in the order of their slugs, with their topics. Texts that a
            program wrote and nobody has reviewed start with a label that says so.
        issues: All issues, oldest first.
        collections: All collections, in the order of their slugs.
        topics: All topics by slug.
        places: The content file of ("paper", slug), ("issue", "digest/name") and so on.
        corrections: All corrections and withdrawals, newest first.
        removed: The slugs of papers that were published once and don't exist any more.
        newest: All papers, newest first.
        weeks: The weeks that have an issue, oldest first, by name.
        lists: Every list of papers by the address of its page.
        appearances: The issues and collections that list each paper, by slug.
        counted: What charts count of each paper, by slug.
        in_issues: The place of each paper in its newest issue, by slug.
        dates: The dates of each paper, by slug.
        citations: The citation of each paper, by slug.
        related: The papers most similar to each paper, by slug.
        authors: The addresses of authors' pages, by `author_key`.
        authors_at_least: How many papers an author needs to get a page.
    """

    site: Site
    settings: Settings
    papers: Mapping[str, Paper]
    issues: tuple[Issue, ...]
    collections: tuple[Collection, ...]
    topics: Mapping[str, Topic]
    places: Mapping[tuple[str, str], Place]
    corrections: tuple[Corrected, ...]
    removed: tuple[str, ...]
    newest: tuple[Paper, ...]
    weeks: Mapping[str, Week]
    lists: Mapping[str, PaperList]
    appearances: Mapping[str, tuple[Appearance, ...]]
    counted: Mapping[str, Counted]
    in_issues: Mapping[str, InIssue]
    dates: Mapping[str, Dates]
    citations: Mapping[str, Citation]
    related: Mapping[str, tuple[Related, ...]]
    authors: Mapping[str, str]
    authors_at_least: int

    @property
    def language(self) -> Language:
        """The language of the site's own words."""
        return self.site.words

    @property
    def digests(self) -> Mapping[str, str]:
        """The digests by the address of their page, if there are several.

        A single digest has no page of its own, because the page of all weeks is the same.
        """
        slugs = sorted({issue.digest for issue in self.issues}, key=self.settings.digest_rank)
        return {digest_url(slug): slug for slug in slugs} if len(slugs) > 1 else {}

    def issues_of(self, digest: str) -> tuple[Issue, ...]:
        """Returns the issues of a digest, newest first."""
        return tuple(issue for issue in reversed(self.issues) if issue.digest == digest)

    def issue_url(self, issue: Issue) -> str:
        """Returns the address of an issue: its week's page, and its place there among others."""
        among_others = len(self.weeks[issue.week].issues) > 1
        return f"{week_url(issue.week)}#{issue.digest}" if among_others else week_url(issue.week)

    def lists_of(self, *kinds: Kind) -> tuple[PaperList, ...]:
        """Returns the lists of some kinds that have papers."""
        return tuple(found for found in self.lists.values() if found.kind in kinds and found.papers)

    def papers_of(self, found: PaperList) -> tuple[Paper, ...]:
        """Returns the papers of a list, in its order."""
        return tuple(self.papers[slug] for slug in found.papers)

    def topics_of(self, paper: Paper) -> tuple[Topic, ...]:
        """Returns the topics of a paper, the main topic first."""
        return tuple(self.topics[slug] for slug in paper.topics if slug in self.topics)

    def appearances_of(self, paper: Paper) -> tuple[Appearance, ...]:
        """Returns the issues and collections that list a paper."""
        return self.appearances.get(paper.slug, ())

    def added(self, slugs: Iterable[str]) -> str:
        """Returns the day when the last of some papers was added ("2024-03-24"), or ""."""
        days = [day for slug in slugs if (day := self.dates[slug].added)]
        return max(days).isoformat() if days else ""

    def changed(self, slugs: Iterable[str]) -> date:
        """Returns the last day on which one of some papers changed."""
        return max((self.dates[slug].changed for slug in slugs), default=UNDATED)

    def author_address(self, name: str) -> str:
        """Returns the address of an author's page, or of a search for an author without one."""
        return self.authors.get(author_key(name)) or search_url(f'author:"{name}"')

    def digest_name(self, issue: Issue | Appearance) -> str:
        """Returns the name of the digest that an issue belongs to."""
        return self.settings.digest_name(issue.digest)

    @property
    def as_of(self) -> date | None:
        """The last day in the content: the end of an issue or the import of a source."""
        days = [issue.end for issue in self.issues]
        for paper in self.papers.values():
            days += [known.retrieved for known in paper.provenance if known.retrieved]
        return max(days, default=None)


def make_edition(
    corpus: Corpus,
    settings: Settings,
    site: Site,
    published_keys: Mapping[str, str] | None = None,
    cache: Cache | None = None,
) -> Edition:
    """Makes the edition of a corpus.

    Args:
        corpus: The corpus, loaded and checked.
        settings: The owner's settings.
        site: The site's address, names and language.
        published_keys: Published citation keys by slug.
        cache: The cache of earlier builds, which only saves time.
    """
    corpus = with_paper_links(fill_topics(corpus))
    related = _related(corpus.papers, settings, site, cache or Cache())
    corpus = labeled(corpus, site.words)
    papers = corpus.papers
    newest, weeks = newest_first(papers.values()), weeks_of(corpus.issues, settings)
    at_least = authors_at_least(newest, settings.author_papers)
    lists = lists_of(corpus, weeks, newest, at_least)
    citations = cite(papers, site, published_keys)
    return Edition(
        site=site,
        settings=settings,
        papers=papers,
        issues=corpus.issues,
        collections=corpus.collections,
        topics=corpus.topics,
        places=corpus.places,
        corrections=corrections_of(corpus, citations),
        removed=removed_papers(corpus, published_keys or {}),
        newest=newest,
        weeks=weeks,
        lists=lists,
        appearances=appearances_of(corpus),
        counted=counted(papers),
        in_issues=places_in_issues(corpus.issues),
        dates=dates_of(corpus),
        citations=citations,
        related=related,
        authors={
            author_key(found.name): found.url
            for found in lists.values()
            if found.kind is Kind.AUTHOR
        },
        authors_at_least=at_least,
    )


def removed_papers(corpus: Corpus, published_keys: Mapping[str, str]) -> tuple[str, ...]:
    """Returns the slugs of papers that were published once and don't exist any more."""
    papers = corpus.papers.values()
    known = {name for paper in papers for name in (paper.slug, *paper.aliases)}
    return tuple(sorted(published_keys.keys() - known - set(corpus.hidden)))


def narrowed(edition: Edition, slugs: AnyCollection[str]) -> Edition:
    """Returns an edition with only some papers, and the issues and collections that list them."""
    issues = (_issue_part(issue, slugs) for issue in edition.issues)
    collections = (_with_entries(found, slugs) for found in edition.collections)
    papers = {slug: paper for slug, paper in edition.papers.items() if slug in slugs}
    return replace(
        edition,
        papers=papers,
        counted=counted(papers),
        issues=tuple(issue for issue in issues if issue.sections),
        collections=tuple(found for found in collections if found.entries),
    )


def _issue_part(issue: Issue, slugs: AnyCollection[str]) -> Issue:
    parts = (_with_entries(section, slugs) for section in issue.sections)
    return issue.model_copy(update={"sections": tuple(part for part in parts if part.entries)})


def _with_entries(listing: Listing, slugs: AnyCollection[str]) -> Listing:
    entries = tuple(entry for entry in listing.entries if entry.paper in slugs)
    return listing.model_copy(update={"entries": entries})


class _Subjects(Mapping[str, str]):
    """The texts for comparing papers, by slug. They aren't stored, as that takes much memory."""

    def __init__(self, papers: Mapping[str, Paper]) -> None:
        self._papers = papers

    def __getitem__(self, slug: str) -> str:
        paper = self._papers[slug]
        texts = (paper.tldr, paper.summary, paper.abstract)
        return "\n".join([paper.name] * _TITLE_WEIGHT + [text for text in texts if text])

    def __iter__(self) -> Iterator[str]:
        return iter(self._papers)

    def __len__(self) -> int:
        return len(self._papers)


def _related(
    papers: Mapping[str, Paper], settings: Settings, site: Site, cache: Cache
) -> Mapping[str, tuple[Related, ...]]:
    """Finds related papers, starting with what an earlier build found."""
    if not settings.related:
        return {}
    before = kept_relations(cache)
    language = site.words.locale.language
    relations = relate(_Subjects(papers), settings.related, language, before)
    if relations is not before:
        keep_relations(cache, relations)
    return relations.related
