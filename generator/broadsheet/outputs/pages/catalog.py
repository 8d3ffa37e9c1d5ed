"""What several kinds of pages need to know of a corpus, worked out once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from broadsheet.base.addresses import Site, collection_url, week_url
from broadsheet.citations import Citation
from broadsheet.content.model import Corpus, Entry, Issue, Paper
from broadsheet.content.settings import Settings
from broadsheet.edition.chronology import Chronology, chronology_of, newest_first
from broadsheet.edition.lists import author_key, authors_of
from broadsheet.edition.related import Related, related_papers
from broadsheet.outputs.charts.layout import Point, layout
from broadsheet.outputs.citation_files import citation_links
from broadsheet.outputs.feeds.files import FeedLink

# A title says more about its paper than a sentence of its text.
TITLE_WEIGHT = 3


@dataclass(frozen=True)
class Appearance:
    """One place where a paper is listed. `section` is "" in a collection."""

    name: str
    address: str
    section: str
    number: str
    text: str
    source: str


@dataclass(frozen=True)
class Outgoing:
    """Addresses of files that belong to a list of papers; what there is not is empty.

    `citations` are the names of forms and styles, with their files.
    """

    atom: str
    json: str
    citations: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Catalog:
    """A corpus with its order: papers by topic and month, appearances, related papers.

    `citations` are by slug of their paper. `weeks` holds the issues of each ISO week, oldest week
    first. `authors` are those of several papers, by slug, with name and papers; `author_slugs`
    finds them by the key of a name. `map_places` are the papers' places on the map. `files` are
    the files to take away, by path, with their sizes.
    """

    corpus: Corpus
    config: Settings
    site: Site
    citations: Mapping[str, Citation]
    feeds: tuple[FeedLink, ...]
    authors: Mapping[str, tuple[str, tuple[str, ...]]]
    author_slugs: Mapping[str, str]
    appearances: Mapping[str, tuple[Appearance, ...]]
    by_topic: Mapping[str, tuple[Paper, ...]]
    by_month: Mapping[str, tuple[Paper, ...]]
    weeks: Mapping[str, tuple[Issue, ...]]
    related: Mapping[str, tuple[Related, ...]]
    chronology: Chronology
    map_places: Mapping[str, Point]
    files: Mapping[str, int]

    def outgoing(self, address: str) -> Outgoing:
        """What a list of papers at an address gives to take away."""
        feed = next((link for link in self.feeds if link.page == address), None)
        return Outgoing(
            atom=feed.atom if feed else "",
            json=feed.json if feed else "",
            citations=citation_links(self.files, f"{address}papers"),
        )

    @property
    def as_of(self) -> date | None:
        """The last day that the content itself knows of: the clock says nothing about it."""
        days = [issue.end for issue in self.corpus.issues]
        days += [
            known.retrieved
            for paper in self.corpus.papers.values()
            for known in paper.provenance
            if known.retrieved
        ]
        return max(days, default=None)


def catalog_of(
    corpus: Corpus,
    config: Settings,
    site: Site,
    citations: Mapping[str, Citation],
    feeds: tuple[FeedLink, ...],
    *,
    files: Mapping[str, int],
) -> Catalog:
    """The catalog of a corpus whose topics are filled."""
    ordered = newest_first(corpus.papers.values())
    weeks: dict[str, list[Issue]] = defaultdict(list)
    for issue in corpus.issues:
        weeks[issue.week].append(issue)
    authors = authors_of(corpus, config.author_papers)
    texts = {paper.slug: _subject(paper) for paper in ordered}
    related = related_papers(texts, config.related) if config.related else {}
    return Catalog(
        corpus=corpus,
        config=config,
        site=site,
        citations=citations,
        feeds=feeds,
        authors=authors,
        author_slugs={author_key(name): slug for slug, (name, _) in authors.items()},
        appearances=_appearances(corpus, config),
        by_topic=_grouped((topic, paper) for paper in ordered for topic in paper.topics),
        by_month=_grouped(((paper.published or "undated")[:7], paper) for paper in ordered),
        weeks={week: tuple(weeks[week]) for week in sorted(weeks)},
        related=related,
        chronology=chronology_of(corpus),
        map_places=layout(related, {slug: paper.topics for slug, paper in corpus.papers.items()}),
        files=files,
    )


def _subject(paper: Paper) -> str:
    texts = (paper.tldr, paper.summary, paper.abstract)
    return "\n".join([paper.name] * TITLE_WEIGHT + [text for text in texts if text])


def _grouped(pairs: Iterable[tuple[str, Paper]]) -> dict[str, tuple[Paper, ...]]:
    groups: dict[str, list[Paper]] = defaultdict(list)
    for key, paper in pairs:
        groups[key].append(paper)
    return {key: tuple(papers) for key, papers in groups.items()}


def _appearances(corpus: Corpus, config: Settings) -> dict[str, tuple[Appearance, ...]]:
    found: dict[str, list[Appearance]] = defaultdict(list)

    def add(entry: Entry, name: str, address: str, section: str, source: str) -> None:
        place = Appearance(name, address, section, entry.number or "", entry.text or "", source)
        found[entry.paper].append(place)

    for issue in corpus.issues:
        name = f"{config.digest_name(issue.digest)}, {issue.week}"
        source = issue.source.name if issue.source else ""
        for section in issue.sections:
            for entry in section.entries:
                add(entry, name, week_url(issue.week), section.heading, source)
    for collection in corpus.collections:
        source = collection.source.name if collection.source else ""
        for entry in collection.entries:
            add(entry, collection.title, collection_url(collection.slug), "", source)
    return {slug: tuple(places) for slug, places in found.items()}
