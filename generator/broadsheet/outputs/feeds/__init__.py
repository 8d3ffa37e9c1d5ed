"""Feeds: the whole site by week; topics, collections and authors by paper.

Every feed is a value first (`Feed`), and Atom and JSON Feed are two ways to write it.
Ids are made from citation keys and names, never from addresses, so they outlive a move.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from broadsheet.base.addresses import absolute, paper_url
from broadsheet.base.identifiers import arxiv_url
from broadsheet.base.markup import plain, plain_rich
from broadsheet.content.model import Paper
from broadsheet.edition import Edition, Kind, PaperList, Week
from broadsheet.outputs.feeds.content import paper_html, week_html
from broadsheet.outputs.words import papers_counted

T = TypeVar("T")


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


def feeds_of(edition: Edition) -> tuple[Feed, ...]:
    """All feeds, the site's first."""
    maker = _Maker(edition)
    whole = [maker.of_site()] if edition.issues else []
    lists = edition.lists_of(Kind.TOPIC, Kind.COLLECTION, Kind.AUTHOR)
    return (*whole, *map(maker.of_list, lists))


class _Maker:
    """What all feeds of a build share, so that it is made once."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.site = edition.site
        self.limit = edition.settings.feed_papers
        self.entries: dict[str, FeedEntry] = {}

    def of_site(self) -> Feed:
        weeks = sorted(self.edition.weeks.values(), key=lambda week: week.end, reverse=True)
        kept = limited(weeks, lambda week: week.end, self.limit)
        entries = tuple(self._week_entry(week) for week in kept)
        name, words = self.site.name, self.site.description
        return Feed(self._id("site"), name, words, "", feed_stem(""), entries)

    def of_list(self, papers: PaperList) -> Feed:
        listed = {slug: self.edition.dates[slug].listed for slug in papers.papers}
        newest = sorted(papers.papers, key=listed.__getitem__, reverse=True)
        kept = limited(newest, listed.__getitem__, self.limit)
        entries = tuple(self._entry_of(slug) for slug in kept)
        feed_id = self._id(f"{papers.kind}/{papers.slug}")
        title = f"{papers.name} · {self.site.name}"
        language = self.edition.language
        words = papers.description or language.text("Papers: %(list)s", list=papers.name)
        return Feed(feed_id, title, words, papers.url, feed_stem(papers.url), entries)

    def _week_entry(self, week: Week) -> FeedEntry:
        """One entry per week, also when several digests have an issue in it."""
        read = [i.source.retrieved for i in week.issues if i.source and i.source.retrieved]
        return FeedEntry(
            id=self._id(f"week/{week.name}"),
            title=week.title,
            url=absolute(self.site, week.url),
            published=week.end,
            updated=max([week.end, *read]),
            people=(Person(self.site.name, self.site.url),),
            summary=papers_counted(len(week.papers), self.edition.language),
            content=week_html(week, self.edition),
        )

    def _entry_of(self, slug: str) -> FeedEntry:
        """A paper's entry, which is the same in every feed."""
        if slug not in self.entries:
            self.entries[slug] = self._paper_entry(self.edition.papers[slug])
        return self.entries[slug]

    def _paper_entry(self, paper: Paper) -> FeedEntry:
        dates = self.edition.dates[paper.slug]
        return FeedEntry(
            id=self._id(f"paper/{self.edition.citations[paper.slug].key}"),
            title=plain(paper.name),
            url=absolute(self.site, paper_url(paper.slug)),
            published=dates.listed,
            updated=dates.changed,
            people=tuple(map(self._person, paper.authors)),
            summary=plain_rich(paper.tldr or ""),
            content=paper_html(paper, self.site),
            topics=tuple(topic.name for topic in self.edition.topics_of(paper)),
            related=arxiv_url(paper.arxiv) if paper.arxiv else None,
        )

    def _person(self, name: str) -> Person:
        return Person(name, absolute(self.site, self.edition.author_address(name)))

    def _id(self, what: str) -> str:
        name = f"{self.site.identity or self.site.url}#{what}"
        return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def limited(things: Iterable[T], day: Callable[[T], date], limit: int) -> Iterator[T]:
    """The first `limit` things and all others of the day at which the limit falls."""
    last: date | None = None
    for count, thing in enumerate(things):
        if count >= limit and day(thing) != last:
            return
        last = day(thing)
        yield thing
