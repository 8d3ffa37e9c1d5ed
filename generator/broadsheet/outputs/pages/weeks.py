"""The weeks by year, and each week as the digest it is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from broadsheet.base.addresses import week_url
from broadsheet.base.markup import plain, plain_rich
from broadsheet.base.text import counted, shortened, shown_range
from broadsheet.content.model import Issue
from broadsheet.edition.textlinks import relinked, seen_from
from broadsheet.outputs.pages.catalog import Catalog
from broadsheet.outputs.pages.listed import Card, Link, added_on, card_of
from broadsheet.outputs.pages.page import Page


def weeks_pages(catalog: Catalog) -> Iterator[Page]:
    """The page of all weeks and the page of each week."""
    yield _all_weeks(catalog)
    weeks = list(catalog.weeks)
    for index, week in enumerate(weeks):
        earlier = weeks[index - 1] if index else None
        later = weeks[index + 1] if index + 1 < len(weeks) else None
        yield _week(catalog, week, earlier, later)


def week_line(catalog: Catalog, week: str) -> dict[str, object]:
    """A week in a list of weeks: its name, dates, size and section headings."""
    issues = catalog.weeks[week]
    return {
        "week": week,
        "address": week_url(week),
        "title": issues[0].title,
        "dates": _dates(issues),
        "count": sum(len(issue.entries()) for issue in issues),
        "added": added_on(catalog, (e.paper for issue in issues for e in issue.entries())),
        "headings": [section.heading for issue in issues for section in issue.sections],
    }


def _all_weeks(catalog: Catalog) -> Page:
    newest = sorted(catalog.weeks, reverse=True)
    years = [
        {"year": year, "weeks": [week_line(catalog, week) for week in weeks]}
        for year, weeks in groupby(newest, key=lambda week: week[:4])
    ]
    return Page(
        address="weeks/",
        kind="weeks",
        title="Weeks",
        description=f"All {len(newest)} weeks of {catalog.site.name}, the newest first.",
        values={"years": years, "count": len(newest)},
    )


def _week(catalog: Catalog, week: str, earlier: str | None, later: str | None) -> Page:
    issues = catalog.weeks[week]
    first = issues[0]
    introduction = plain_rich(first.introduction) if first.introduction else ""
    count = sum(len(issue.entries()) for issue in issues)
    dates = shown_range(first.start, issues[-1].end)
    return Page(
        address=week_url(week),
        kind="week",
        title=f"{first.title} ({week})",
        description=shortened(introduction or f"{counted(count, 'paper')} of the week {dates}."),
        values={
            "week": week,
            "dates": _dates(issues),
            "count": count,
            "issues": [_issue(catalog, issue, len(issues) > 1) for issue in issues],
            "outgoing": catalog.outgoing(week_url(week)),
            "earlier": _neighbour(catalog, earlier),
            "later": _neighbour(catalog, later),
        },
        edit=catalog.corpus.places["issue", f"{first.digest}/{first.name}"].file,
    )


def _dates(issues: tuple[Issue, ...]) -> str:
    """The days of a week's issues, "" when the title says them already."""
    dates = shown_range(issues[0].start, issues[-1].end)
    return "" if dates in issues[0].title else dates


def _neighbour(catalog: Catalog, week: str | None) -> Link | None:
    return Link(plain(catalog.weeks[week][0].title), week_url(week)) if week else None


def introduction_on(page: str, issue: Issue) -> str:
    """An issue's introduction with links that lead on from the page at the address `page`."""
    return relinked(issue.introduction or "", week_url(issue.week), seen_from(page))


def _issue(catalog: Catalog, issue: Issue, among_others: bool) -> dict[str, object]:
    return {
        "title": issue.title,
        "digest": catalog.config.digest_name(issue.digest) if among_others else "",
        "introduction": introduction_on(week_url(issue.week), issue),
        "source": issue.source,
        "sections": [
            {
                "number": number,
                "heading": section.heading,
                "anchor": f"{issue.digest}-{number}" if among_others else f"section-{number}",
                "cards": [
                    _entry_card(catalog, entry.paper, entry.number or "", entry.text or "")
                    for entry in section.entries
                ],
            }
            for number, section in enumerate(issue.sections, start=1)
        ],
    }


def _entry_card(catalog: Catalog, slug: str, number: str, text: str) -> Card:
    return card_of(catalog, catalog.corpus.papers[slug], number, text)
