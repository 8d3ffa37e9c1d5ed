"""A week as a letter: e-mail, Markdown, and the article that the importer reads.

A `Letter` is what all of these say: who wrote what, and where it is, in the printed order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from broadsheet.base.addresses import absolute, paper_url, week_url
from broadsheet.base.blocks import blocks_of
from broadsheet.base.brand import Brand
from broadsheet.base.errors import BroadsheetError, Problem, suggest
from broadsheet.base.markup import plain, plain_rich
from broadsheet.content.model import Entry, Issue, Paper
from broadsheet.edition import Edition, links_of
from broadsheet.edition.textlinks import whole_links


@dataclass(frozen=True)
class LetterPaper:
    """A paper in a letter. `words` are plain paragraphs of ours, or what the issue printed."""

    number: str
    title: str
    url: str
    authors: str
    words: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class LetterSection:
    heading: str
    papers: tuple[LetterPaper, ...]


@dataclass(frozen=True)
class Letter:
    """An issue as it goes out. `name` is "digest/2024-W12", which is sent once to anyone.

    `introduction` may use emphasis, code and links, which are whole addresses.
    """

    name: str
    site_name: str
    site_url: str
    language: str
    title: str
    dates: str
    end: date
    url: str
    introduction: str
    sections: tuple[LetterSection, ...]
    brand: Brand

    @property
    def count(self) -> int:
        return sum(len(section.papers) for section in self.sections)


def issue_of(edition: Edition, week: str, digest: str | None = None) -> Issue:
    """The issue of a week, and of a digest when several have one.

    Raises BroadsheetError when there is none, or more than one.
    """
    issues = [issue for issue in edition.issues if issue.week == week]
    if not issues:
        advice = suggest(week, {issue.week for issue in edition.issues})
        raise BroadsheetError(Problem("newsletter", 0, "", f"there is no week {week!r}", advice))
    chosen = [issue for issue in issues if digest in (None, issue.digest)]
    if len(chosen) != 1:
        advice = "choose with --digest: " + ", ".join(issue.digest for issue in issues)
        message = (
            f"{week} has {len(chosen)} issues of this digest"
            if digest
            else (f"{week} has issues of {len(issues)} digests")
        )
        raise BroadsheetError(Problem("newsletter", 0, "--digest", message, advice))
    return chosen[0]


def letter_of(issue: Issue, edition: Edition) -> Letter:
    """What a letter about an issue says."""
    site = edition.site
    return Letter(
        name=f"{issue.digest}/{issue.name}",
        site_name=site.name,
        site_url=site.url,
        language=site.language,
        title=issue.title,
        dates=site.words.days(issue.start, issue.end),
        end=issue.end,
        url=absolute(site, week_url(issue.week)),
        introduction=whole_links(issue, site),
        sections=tuple(
            LetterSection(
                plain(section.heading),
                tuple(_paper(entry, edition) for entry in section.entries),
            )
            for section in issue.sections
        ),
        brand=site.brand,
    )


def _paper(entry: Entry, edition: Edition) -> LetterPaper:
    paper = edition.papers[entry.paper]
    return LetterPaper(
        number=entry.number or "",
        title=plain(paper.name),
        url=absolute(edition.site, paper_url(paper.slug)),
        authors=edition.site.words.names(paper.authors),
        words=_words(paper, entry),
        links=tuple((link.name, link.address) for link in links_of(paper, edition.site.words)),
    )


def _words(paper: Paper, entry: Entry) -> tuple[str, ...]:
    """Our own words when there are some, else what the issue printed."""
    own = "\n\n".join(text for text in (paper.tldr, paper.summary) if text)
    return paragraphs(own, plain_rich) if own else paragraphs(entry.text or "", plain)


def paragraphs(text: str, shown: Callable[[str], str]) -> tuple[str, ...]:
    """A text as plain paragraphs; a list member is one with a dot before it."""
    return tuple(
        f"• {shown(line)}" if block.is_list else shown(line)
        for block in blocks_of(text)
        for line in block.lines
    )
