"""All lists of papers: weeks, topics, collections, authors and months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from broadsheet.base.addresses import (
    author_url,
    collection_url,
    month_url,
    topic_url,
    week_url,
)
from broadsheet.content.model import Corpus, Entry, Issue, Paper
from broadsheet.content.settings import Settings
from broadsheet.edition.authors import authors_of

# The month of papers without a date.
UNDATED = "undated"


class Kind(StrEnum):
    """The kind of a list of papers."""

    WEEK = "week"
    TOPIC = "topic"
    COLLECTION = "collection"
    AUTHOR = "author"
    MONTH = "month"


_ADDRESSES = {
    Kind.WEEK: week_url,
    Kind.TOPIC: topic_url,
    Kind.COLLECTION: collection_url,
    Kind.AUTHOR: author_url,
    Kind.MONTH: month_url,
}


@dataclass(frozen=True)
class PaperList:
    """A list of papers.

    Attributes:
        kind: What the list is.
        slug: The last part of its URL. For weeks, it's the week ("2024-W12"). For months, it's
            the known part of the date ("2024-03", "2024"), or "undated".
        name: Its name; for months, the same as the slug.
        papers: The slugs of its papers, in order.
        description: What the list is about.
    """

    kind: Kind
    slug: str
    name: str
    papers: tuple[str, ...]
    description: str = ""

    @property
    def url(self) -> str:
        """The address of its page."""
        return _ADDRESSES[self.kind](self.slug)


@dataclass(frozen=True)
class Week:
    """An ISO week such as "2024-W12" with its issues, at least one."""

    name: str
    issues: tuple[Issue, ...]

    @property
    def url(self) -> str:
        """The address of its page."""
        return week_url(self.name)

    @property
    def is_draft(self) -> bool:
        """Whether all its issues are drafts."""
        return all(issue.draft for issue in self.issues)

    @property
    def title(self) -> str:
        """The titles of its issues."""
        return " · ".join(issue.title for issue in self.issues)

    @property
    def start(self) -> date:
        """The first day of its issues."""
        return min(issue.start for issue in self.issues)

    @property
    def end(self) -> date:
        """The last day of its issues."""
        return max(issue.end for issue in self.issues)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of its issues. A paper in two issues has two entries."""
        return tuple(entry for issue in self.issues for entry in issue.entries())

    @property
    def papers(self) -> tuple[str, ...]:
        """The slugs of its papers, without duplicates."""
        return tuple(dict.fromkeys(entry.paper for entry in self.entries))

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of its sections."""
        return tuple(section.heading for issue in self.issues for section in issue.sections)


def newest_first(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """Sorts papers by date, newest first, then by slug. Papers without a date come last."""
    by_slug = sorted(papers, key=lambda paper: paper.slug)
    return tuple(sorted(by_slug, key=lambda paper: paper.published or "", reverse=True))


def weeks_of(issues: Iterable[Issue], settings: Settings) -> Mapping[str, Week]:
    """Returns the weeks that have an issue, oldest first, by name.

    In a week, issues are in the order of their digests in the settings.
    """
    weeks: dict[str, list[Issue]] = defaultdict(list)
    for issue in sorted(issues, key=lambda issue: settings.digest_rank(issue.digest)):
        weeks[issue.week].append(issue)
    return {name: Week(name, tuple(weeks[name])) for name in sorted(weeks)}


def lists_of(
    corpus: Corpus, weeks: Mapping[str, Week], newest: Sequence[Paper], authors_at_least: int
) -> Mapping[str, PaperList]:
    """Returns all lists by the address of their page.

    Args:
        corpus: The corpus, with the topics of all papers filled in.
        weeks: Its weeks.
        newest: Its papers, newest first, which is the order of topics, authors and months.
        authors_at_least: How many papers an author needs to get a list.
    """
    lists = (
        *_weeks(weeks),
        *_topics(corpus, newest),
        *_collections(corpus),
        *_authors(newest, authors_at_least),
        *_months(newest),
    )
    return {found.url: found for found in lists}


def _weeks(weeks: Mapping[str, Week]) -> Iterator[PaperList]:
    for week in weeks.values():
        texts = (issue.introduction for issue in week.issues if issue.introduction)
        yield PaperList(Kind.WEEK, week.name, week.title, week.papers, "\n\n".join(texts))


def _topics(corpus: Corpus, newest: Sequence[Paper]) -> Iterator[PaperList]:
    papers = _grouped((topic, paper) for paper in newest for topic in paper.topics)
    for topic in corpus.topics.values():
        slugs = papers.get(topic.slug, ())
        yield PaperList(Kind.TOPIC, topic.slug, topic.name, slugs, topic.description or "")


def _collections(corpus: Corpus) -> Iterator[PaperList]:
    for found in corpus.collections:
        papers = tuple(dict.fromkeys(entry.paper for entry in found.entries))
        about = found.description or ""
        yield PaperList(Kind.COLLECTION, found.slug, found.title, papers, about)


def _authors(newest: Sequence[Paper], at_least: int) -> Iterator[PaperList]:
    for author in authors_of(newest, at_least):
        yield PaperList(Kind.AUTHOR, author.slug, author.name, author.papers)


def _months(newest: Sequence[Paper]) -> Iterator[PaperList]:
    months = _grouped(((paper.published or UNDATED)[:7], paper) for paper in newest)
    for month, papers in months.items():
        yield PaperList(Kind.MONTH, month, month, papers)


def _grouped(pairs: Iterable[tuple[str, Paper]]) -> Mapping[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for key, paper in pairs:
        groups[key].append(paper.slug)
    return {key: tuple(slugs) for key, slugs in groups.items()}
