"""Feeds: of weeks for the site, and of papers for topics, collections and authors.

A `Feed` is a value that can be written as Atom or JSON Feed. Ids are made from citation keys and
names, not from URLs, so they stay the same when a page moves.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from broadsheet.base.addresses import absolute, paper_url
from broadsheet.base.identifiers import arxiv_url
from broadsheet.base.language import first_names
from broadsheet.base.markup import plain
from broadsheet.content.model import Issue, Paper
from broadsheet.edition import Corrected, Edition, Kind, PaperList, Week
from broadsheet.edition.authors import author_key
from broadsheet.edition.corrections import issue_changed
from broadsheet.outputs.feeds.content import correction_html, issue_html, paper_html, week_html
from broadsheet.outputs.notices import marked
from broadsheet.outputs.words import papers_counted

T = TypeVar("T")
# There are many authors, and most publish little.
AUTHOR_ENTRIES = 5
# Enough to tell who wrote a paper. A list of more is as long as a feed.
MOST_PEOPLE = 5


@dataclass(frozen=True)
class Person:
    """The name of a person or site, and the full URL of its page, or ""."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class FeedEntry:
    """A paper or week in a feed.

    URLs are full, `summary` is plain text and `content` is HTML. Papers have no `summary`, because
    their content begins with it.
    """

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
    """A feed.

    Attributes:
        id: A URN that never changes.
        title: The title of the feed.
        description: What it's about.
        page: The address of its page, relative to the site's root.
        stem: The path of its files without their endings, relative to the site's root.
        entries: Its entries, newest first.
    """

    id: str
    title: str
    description: str
    page: str
    stem: str
    entries: tuple[FeedEntry, ...]

    @property
    def updated(self) -> date:
        """The day of the last change."""
        return max(entry.updated for entry in self.entries)

    @property
    def atom(self) -> str:
        """The path of the Atom file."""
        # Hosts serve .xml as XML, but don't know .atom.
        return f"{self.stem}.xml"

    @property
    def json(self) -> str:
        """The path of the JSON Feed file, or ""."""
        return json_path(self.page)


def feed_stem(page: str) -> str:
    """Returns the path of a page's feed without its ending. The feed of the site is in feeds/."""
    return f"{page}feed" if page else "feeds/all"


def json_path(page: str) -> str:
    """Returns the path of a page's JSON Feed file.

    Only the feed of the site has one, because every feed reader knows Atom.
    """
    return "" if page else f"{feed_stem(page)}.json"


def feed_pages(edition: Edition) -> tuple[str, ...]:
    """Returns the addresses of pages that have a feed, first that of the site's feed, ""."""
    lists = edition.lists_of(Kind.TOPIC, Kind.COLLECTION, Kind.AUTHOR)
    site = [""] if edition.issues else []
    return (*site, *edition.digests, *(found.url for found in lists))


def feed_title(edition: Edition, page: str) -> str:
    """Returns the title of a page's feed."""
    if not page:
        return edition.site.name
    digest = edition.digests.get(page)
    name = edition.settings.digest_name(digest) if digest else edition.lists[page].name
    return f"{name} · {edition.site.name}"


def feed_of(edition: Edition, page: str) -> Feed:
    """Returns the feed of a page, which is one of `feed_pages`."""
    maker = _Maker(edition)
    if page in edition.digests:
        return maker.of_digest(page)
    return maker.of_list(edition.lists[page]) if page else maker.of_site()


class _Maker:
    """Makes feeds."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.site = edition.site
        self.limit = edition.settings.feed_papers

    def of_site(self) -> Feed:
        weeks = sorted(self.edition.weeks.values(), key=lambda week: week.end, reverse=True)
        kept = limited(weeks, lambda week: week.end, self.limit)
        corrections = limited(self.edition.corrections, lambda found: found.on, self.limit)
        entries = (
            *(self._week_entry(week) for week in kept),
            *(self._correction_entry(found) for found in corrections),
        )
        entries = tuple(sorted(entries, key=lambda entry: entry.published, reverse=True))
        title, words = feed_title(self.edition, ""), self.site.description
        return Feed(self._id("site"), title, words, "", feed_stem(""), entries)

    def of_digest(self, page: str) -> Feed:
        digest = self.edition.digests[page]
        newest = self.edition.issues_of(digest)
        kept = limited(newest, lambda issue: issue.end, self.limit)
        entries = tuple(self._issue_entry(issue) for issue in kept)
        title, words = feed_title(self.edition, page), self.site.description
        return Feed(self._id(f"digest/{digest}"), title, words, page, feed_stem(page), entries)

    def of_list(self, papers: PaperList) -> Feed:
        listed = {slug: self.edition.dates[slug].listed for slug in papers.papers}
        newest = sorted(papers.papers, key=listed.__getitem__, reverse=True)
        kept = list(limited(newest, listed.__getitem__, self.limit))
        if papers.kind is Kind.AUTHOR:
            kept = kept[:AUTHOR_ENTRIES]
        entries = tuple(self._paper_entry(self.edition.papers[slug]) for slug in kept)
        feed_id = self._id(f"{papers.kind}/{papers.slug}")
        title = feed_title(self.edition, papers.url)
        language = self.edition.language
        words = papers.description or language.text("Papers: %(list)s", list=papers.name)
        return Feed(feed_id, title, words, papers.url, feed_stem(papers.url), entries)

    def _week_entry(self, week: Week) -> FeedEntry:
        """Returns one entry for all issues of a week."""
        read = [i.source.retrieved for i in week.issues if i.source and i.source.retrieved]
        return FeedEntry(
            id=self._id(f"week/{week.name}"),
            title=week.title,
            url=absolute(self.site, week.url),
            published=week.end,
            updated=max([*read, *map(issue_changed, week.issues)]),
            people=(Person(self.site.name, self.site.url),),
            summary=papers_counted(len(week.papers), self.edition.language),
            content=week_html(week, self.edition),
        )

    def _issue_entry(self, issue: Issue) -> FeedEntry:
        read = issue.source.retrieved if issue.source else None
        return FeedEntry(
            id=self._id(f"issue/{issue.digest}/{issue.name}"),
            title=issue.title,
            url=absolute(self.site, self.edition.issue_url(issue)),
            published=issue.end,
            updated=max(issue_changed(issue), read or issue.end),
            people=(Person(self.site.name, self.site.url),),
            summary=papers_counted(len(issue.papers()), self.edition.language),
            content=issue_html(issue, self.edition),
        )

    def _paper_entry(self, paper: Paper) -> FeedEntry:
        dates = self.edition.dates[paper.slug]
        return FeedEntry(
            id=self._id(f"paper/{self.edition.citations[paper.slug].key}"),
            title=marked(plain(paper.name), paper, self.edition.language),
            url=absolute(self.site, paper_url(paper.slug)),
            published=dates.listed,
            updated=dates.changed,
            people=tuple(self._people(paper)),
            summary="",
            content=paper_html(paper, self.site),
            topics=tuple(topic.name for topic in self.edition.topics_of(paper)),
            related=arxiv_url(paper.arxiv) if paper.arxiv else None,
        )

    def _correction_entry(self, found: Corrected) -> FeedEntry:
        language, title = self.edition.language, plain(found.title)
        return FeedEntry(
            id=self._id(f"correction/{found.name}"),
            title=language.text("Withdrawn: %(title)s", title=title)
            if found.withdrawn
            else language.text("Correction: %(title)s", title=title),
            url=absolute(self.site, found.address),
            published=found.on,
            updated=found.on,
            people=(Person(self.site.name, self.site.url),),
            summary="",
            content=correction_html(found, self.site),
        )

    def _people(self, paper: Paper) -> Iterator[Person]:
        """Yields the first authors with their pages, and an entry that counts the others."""
        shown, others = first_names(paper.authors, MOST_PEOPLE)
        for name in shown:
            page = self.edition.authors.get(author_key(name))
            yield Person(name, absolute(self.site, page) if page else "")
        if others:
            yield Person(self.edition.language.others(others))

    def _id(self, what: str) -> str:
        name = f"{self.site.identity or self.site.url}#{what}"
        return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def limited(things: Iterable[T], day: Callable[[T], date], limit: int) -> Iterator[T]:
    """Yields the first `limit` things and others of the same day as the last of them.

    There are at most twice as many: a whole catalog can be imported on one day.
    """
    last: date | None = None
    for count, thing in enumerate(things):
        if count >= limit and (day(thing) != last or count >= 2 * limit):
            return
        last = day(thing)
        yield thing
