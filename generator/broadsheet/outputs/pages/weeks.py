"""Pages of weeks, with the issues of the digests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import partial

from broadsheet.base.addresses import digest_url, week_url
from broadsheet.base.markup import plain, plain_prose
from broadsheet.base.text import shortened
from broadsheet.content.model import Section
from broadsheet.edition import Edition, Link, Week
from broadsheet.edition.textlinks import links_on
from broadsheet.outputs.notices import notices_of
from broadsheet.outputs.pages.listed import by_year, dates_beside, listed, week_line
from broadsheet.outputs.pages.materials import Materials
from broadsheet.outputs.pages.page import Page, Plan
from broadsheet.outputs.pages.rows import IssueView, SectionView
from broadsheet.outputs.pages.views import WeeksView, WeekView

# Adults read about 240 words of English a minute (Brysbaert 2019), and dense texts more slowly.
_WORDS_A_MINUTE = 200
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+")


def weeks_pages(materials: Materials) -> Iterator[Plan]:
    """Yields the page of all weeks and the page of each."""
    edition = materials.edition
    yield Plan("weeks/", "weeks", partial(_all_weeks, edition))
    weeks = list(edition.weeks)
    for earlier, week, later in zip(["", *weeks], weeks, [*weeks[1:], ""], strict=False):
        yield Plan(week_url(week), "week", partial(_week, materials, week, earlier, later))


def _all_weeks(edition: Edition) -> Page:
    language, newest = edition.language, sorted(edition.weeks, reverse=True)
    lines = (week_line(edition, edition.weeks[name]) for name in newest)
    years = by_year(lines, language)
    return Page(
        address="weeks/",
        title=language.text("Weeks"),
        description=language.counted(
            len(newest),
            "%(number)s week of %(site)s.",
            "%(number)s weeks of %(site)s, newest first.",
            site=edition.site.name,
        ),
        view=WeeksView(years, len(newest)),
    )


def _week(materials: Materials, name: str, earlier: str, later: str) -> Page:
    edition, week = materials.edition, materials.edition.weeks[name]
    first = week.issues[0]
    introduction = plain_prose(first.introduction) if first.introduction else ""
    about = introduction or edition.language.counted(
        len(week.papers),
        "%(number)s paper from %(days)s.",
        "%(number)s papers from %(days)s.",
        days=edition.language.days(week.start, week.end),
    )
    return Page(
        address=week.url,
        title=f"{week.title} ({week.name})",
        description=shortened(about),
        view=WeekView(
            week=week,
            dates=dates_beside(week, edition.language),
            count=len(week.papers),
            issues=tuple(_issue(edition, week, number) for number in range(len(week.issues))),
            takeaway=materials.takeaway(week.url),
            earlier=_neighbor(edition.weeks.get(earlier)),
            later=_neighbor(edition.weeks.get(later)),
        ),
        edit=edition.places["issue", f"{first.digest}/{first.name}"].file,
    )


def _neighbor(week: Week | None) -> Link | None:
    return Link(plain(week.title), week.url) if week else None


def _issue(edition: Edition, week: Week, number: int) -> IssueView:
    issue, among_others = links_on(week.url, week.issues[number]), len(week.issues) > 1
    shown = {slug for earlier in week.issues[:number] for slug in earlier.papers()}
    prefix, page = issue.digest if among_others else "section", digest_url(issue.digest)
    sections = tuple(
        _section(edition, section, number, f"{prefix}-{number}", shown)
        for number, section in enumerate(issue.sections, start=1)
    )
    return IssueView(
        title=issue.title,
        digest=edition.digest_name(issue) if among_others else "",
        address=page if page in edition.digests else "",
        anchor=issue.digest if among_others else "",
        count=len(issue.papers()),
        minutes=_minutes(issue.introduction or "", sections),
        introduction=issue.introduction or "",
        source=issue.source,
        sections=sections,
        notices=notices_of(issue, edition.language),
    )


def _minutes(introduction: str, sections: Iterable[SectionView]) -> int:
    """Returns how long it takes to read all texts of an issue, in minutes."""
    papers = [paper for section in sections for paper in section.papers]
    texts = [introduction, *(section.commentary for section in sections)]
    texts += [text for p in papers for text in (p.title, p.tldr, p.text or p.summary, p.commentary)]
    return max(1, round(sum(map(_words, texts)) / _WORDS_A_MINUTE))


def _words(text: str) -> float:
    """Counts the words of a text. In scripts without spaces, two characters are about a word."""
    return len(text.split()) + sum(map(len, _UNSPACED.findall(text))) / 2


def _section(
    edition: Edition, section: Section, number: int, anchor: str, shown: AbstractSet[str]
) -> SectionView:
    """Returns a section. `shown` are papers that other issues above have."""
    papers = tuple(
        listed(
            edition,
            edition.papers[entry.paper],
            entry.number or "",
            entry.text or "",
            commentary=entry.commentary or "",
            anchor="" if entry.paper in shown else entry.paper,
            coins=entry.paper not in shown,
        )
        for entry in section.entries
    )
    return SectionView(number, section.heading, anchor, papers, section.commentary or "")
