"""Rows for papers, weeks, topics and collections in lists."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from broadsheet.base.addresses import collection_url, paper_url, topic_url
from broadsheet.base.language import MOST_AUTHORS, Language
from broadsheet.citations.coins import context_object
from broadsheet.content.model import Collection, Issue, Paper, Topic
from broadsheet.edition import Edition, Link, Week, links_of
from broadsheet.outputs.notices import marks_of
from broadsheet.outputs.pages.rows import (
    CollectionLine,
    ListedPaper,
    TopicLine,
    WeekLine,
    YearOfWeeks,
)


def listed(
    edition: Edition,
    paper: Paper,
    number: str = "",
    text: str = "",
    *,
    commentary: str = "",
    anchor: str = "",
    coins: bool = False,
) -> ListedPaper:
    """Returns the row of a paper, with the number and text that the list printed.

    Only weeks have an `anchor`, because papers of other lists move to their next page. Only weeks
    need `coins`: they are long enough to import several papers at once, and all other lists repeat
    papers that reference managers find on their own pages.
    """
    return ListedPaper(
        slug=paper.slug,
        anchor=anchor,
        address=paper_url(paper.slug),
        title=paper.name,
        # In weeks, all facts stand on one line.
        authors=edition.language.names(paper.authors, 1 if anchor else MOST_AUTHORS),
        published=paper.published or "",
        date=edition.language.date(paper.published or ""),
        tldr=paper.tldr or "",
        summary=paper.summary or "",
        text=text,
        number=number,
        added=edition.added([paper.slug]),
        code=paper.links.code is not None,
        links=links_of(paper, edition.language),
        topics=tuple(Link(t.name, topic_url(t.slug)) for t in edition.topics_of(paper)),
        coins=context_object(edition.citations[paper.slug].csl) if coins else "",
        marks=marks_of(paper, edition.language),
        commentary=commentary,
    )


def choices_of(edition: Edition, url: str) -> str:
    """Returns the topics and years of all papers in a list as JSON, for its filters.

    The browser can't collect them, because a page of a long list only has some of its papers.
    """
    papers = edition.papers_of(edition.lists[url])
    topics = {topic.slug: topic.name for paper in papers for topic in edition.topics_of(paper)}
    years = sorted({paper.published[:4] for paper in papers if paper.published}, reverse=True)
    found = {"topics": sorted(topics.items(), key=lambda topic: topic[1]), "years": years}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def week_line(edition: Edition, week: Week) -> WeekLine:
    """Returns the row of a week."""
    return WeekLine(
        week=week.name,
        address=week.url,
        title=week.title,
        dates=dates_beside(week, edition.language),
        count=len(week.papers),
        added=edition.added(week.papers),
        headings=week.headings,
        marks=marks_of(week.issues[0], edition.language) if week.is_draft else (),
    )


def issue_line(edition: Edition, issue: Issue) -> WeekLine:
    """Returns the row of a week that has only one of its issues."""
    week = Week(issue.week, (issue,))
    return replace(week_line(edition, week), address=edition.issue_url(issue))


def by_year(lines: Iterable[WeekLine], language: Language) -> tuple[YearOfWeeks, ...]:
    """Groups rows of weeks, which are in order, by their ISO year."""
    return tuple(
        YearOfWeeks(language.date(year), tuple(weeks))
        for year, weeks in groupby(lines, key=lambda line: line.week[:4])
    )


def dates_beside(week: Week, language: Language) -> str:
    """Returns the dates of a week, or "" if its title has them."""
    dates = language.days(week.start, week.end)
    return "" if dates in week.title else dates


def topic_line(edition: Edition, topic: Topic) -> TopicLine:
    """Returns the row of a topic."""
    papers = edition.lists[topic_url(topic.slug)].papers
    return TopicLine(
        slug=topic.slug,
        name=topic.name,
        address=topic_url(topic.slug),
        count=len(papers),
        added=edition.added(papers),
        description=topic.description or "",
    )


def collection_line(edition: Edition, collection: Collection) -> CollectionLine:
    """Returns the row of a collection."""
    address = collection_url(collection.slug)
    return CollectionLine(
        slug=collection.slug,
        title=collection.title,
        address=address,
        count=len(edition.lists[address].papers),
        description=collection.description or "",
        source=collection.source,
    )
