"""Feeds: the whole site by week; topics, collections and authors by paper.

Every feed is a value first (`Feed`), and Atom and JSON Feed are two ways to write it.
Ids are made from citation keys and names, never from addresses, so they outlive a move.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TypeVar

from broadsheet.base.addresses import Site, absolute, author_url, paper_url, search_url, week_url
from broadsheet.base.markup import plain, plain_rich
from broadsheet.content.model import Corpus, Issue, Paper
from broadsheet.edition.chronology import Chronology, chronology_of
from broadsheet.edition.lists import Kind, PaperList, author_key, authors_of, paper_lists
from broadsheet.outputs.feeds.content import paper_html, week_html

T = TypeVar("T")


@dataclass(frozen=True)
class FeedSettings:
    """`limit` is the number of entries after which a feed ends with the day that it is in."""

    limit: int = 50
    authors_at_least: int = 2
    papers_at_least: int = 2


@dataclass(frozen=True)
class Person:
    """A name and the page or search for it, as a whole address."""

    name: str
    url: str


@dataclass(frozen=True)
class FeedEntry:
    """What a feed says once. `summary` is plain text, `content` is HTML, addresses are whole."""

    id: str
    title: str
    url: str
    published: date
    updated: date
    people: tuple[Person, ...]
    summary: str
    content: str
    topics: tuple[str, ...] = ()
    related: str | None = None


@dataclass(frozen=True)
class Feed:
    """A feed of entries, newest first. `page` is the page it belongs to, `stem` its own address
    without ending; both are relative to the site."""

    id: str
    title: str
    description: str
    page: str
    stem: str
    entries: tuple[FeedEntry, ...]

    @property
    def updated(self) -> date:
        return max(entry.updated for entry in self.entries)

    @property
    def atom(self) -> str:
        # Hosts know .xml and serve it as XML; they do not know .atom.
        return f"{self.stem}.xml"

    @property
    def json(self) -> str:
        return f"{self.stem}.json"


def feed_stem(page: str) -> str:
    """The address, without ending, of the feed of a page; the site's own stands in feeds/."""
    return f"{page}feed" if page else "feeds/all"


def has_feed(papers: PaperList, settings: FeedSettings) -> bool:
    return papers.kind is not Kind.WEEK and len(papers.papers) >= settings.papers_at_least


def feeds_of(
    corpus: Corpus, site: Site, keys: Mapping[str, str], settings: FeedSettings
) -> tuple[Feed, ...]:
    """All feeds, the site's first. `keys` are the citation keys by slug, which ids are made of."""
    maker = _Maker(corpus, site, keys, settings)
    lists = paper_lists(corpus, settings.authors_at_least)
    feeds = (maker.of_list(papers) for papers in lists if has_feed(papers, settings))
    whole = [maker.of_site()] if corpus.issues else []
    return (*whole, *feeds)


class _Maker:
    """What all feeds of a build share, so that it is made once."""

    def __init__(
        self, corpus: Corpus, site: Site, keys: Mapping[str, str], settings: FeedSettings
    ) -> None:
        self.corpus = corpus
        self.site = site
        self.keys = keys
        self.settings = settings
        self.days: Chronology = chronology_of(corpus)
        self.entries: dict[str, FeedEntry] = {}
        self.person = people_of(corpus, site, settings.authors_at_least)

    def of_site(self) -> Feed:
        issues = sorted(self.corpus.issues, key=lambda issue: issue.end, reverse=True)
        weeks = [list(same) for _, same in groupby(issues, key=lambda issue: issue.week)]
        kept = limited(weeks, lambda week: week[0].end, self.settings.limit)
        entries = tuple(self._week_entry(week) for week in kept)
        name, words = self.site.name, self.site.description
        return Feed(self._id("site"), name, words, "", feed_stem(""), entries)

    def of_list(self, papers: PaperList) -> Feed:
        newest = sorted(papers.papers, key=lambda slug: self.days.first[slug], reverse=True)
        kept = limited(newest, lambda slug: self.days.first[slug], self.settings.limit)
        entries = tuple(self._entry_of(slug) for slug in kept)
        feed_id = self._id(f"{papers.kind}/{papers.slug}")
        title = f"{papers.name} · {self.site.name}"
        words = papers.description or f"Papers: {papers.name}"
        return Feed(feed_id, title, words, papers.url, feed_stem(papers.url), entries)

    def _week_entry(self, issues: Sequence[Issue]) -> FeedEntry:
        """An entry a week, also when several digests have an issue in it."""
        names = dict.fromkeys(e.paper for issue in issues for e in issue.entries())
        retrieved = [i.source.retrieved for i in issues if i.source and i.source.retrieved]
        end = max(issue.end for issue in issues)
        return FeedEntry(
            id=self._id(f"week/{issues[0].week}"),
            title=" · ".join(issue.title for issue in issues),
            url=absolute(self.site, week_url(issues[0].week)),
            published=end,
            updated=max([end, *retrieved]),
            people=(Person(self.site.name, self.site.url),),
            summary=f"{len(names)} {'paper' if len(names) == 1 else 'papers'}",
            content="".join(week_html(issue, self.corpus, self.site) for issue in issues),
        )

    def _entry_of(self, slug: str) -> FeedEntry:
        """A paper's entry, which is the same in every feed."""
        if slug not in self.entries:
            self.entries[slug] = self._paper_entry(self.corpus.papers[slug])
        return self.entries[slug]

    def _paper_entry(self, paper: Paper) -> FeedEntry:
        topics = [self.corpus.topics[t].name for t in paper.topics if t in self.corpus.topics]
        arxiv = f"https://arxiv.org/abs/{paper.arxiv}" if paper.arxiv else None
        return FeedEntry(
            id=self._id(f"paper/{self.keys[paper.slug]}"),
            title=plain(paper.name),
            url=absolute(self.site, paper_url(paper.slug)),
            published=self.days.first[paper.slug],
            updated=self.days.last[paper.slug],
            people=tuple(self.person(author) for author in paper.authors),
            summary=plain_rich(paper.tldr or ""),
            content=paper_html(paper, self.site),
            topics=tuple(topics),
            related=arxiv,
        )

    def _id(self, what: str) -> str:
        name = f"{self.site.identity or self.site.url}#{what}"
        return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def people_of(corpus: Corpus, site: Site, at_least: int) -> Callable[[str], Person]:
    """Where a name links to: the author's page when there is one, else a search for the name."""
    authors = authors_of(corpus, at_least)
    pages = {author_key(name): slug for slug, (name, _) in authors.items()}

    def person(name: str) -> Person:
        slug = pages.get(author_key(name))
        page = author_url(slug) if slug else search_url(f'author:"{name}"')
        return Person(name, absolute(site, page))

    return person


def limited(things: Iterable[T], day: Callable[[T], date], limit: int) -> Iterator[T]:
    """The first `limit` things and all others of the day at which the limit falls."""
    last: date | None = None
    for count, thing in enumerate(things):
        if count >= limit and day(thing) != last:
            return
        last = day(thing)
        yield thing
