"""Newsletters: an issue as an email, as Markdown, and as an article that can be imported again.

A `Newsletter` has what email and Markdown show: the papers of the issue in their printed order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from broadsheet.base.addresses import absolute, paper_url, week_url
from broadsheet.base.blocks import blocks_of
from broadsheet.base.brand import Brand
from broadsheet.base.errors import BroadsheetError, Problem, suggest
from broadsheet.base.markup import plain, plain_rich
from broadsheet.base.text import one_line
from broadsheet.content.model import Entry, Issue, Paper
from broadsheet.content.settings import PLACEHOLDERS
from broadsheet.edition import Edition, links_of
from broadsheet.edition.textlinks import whole_links
from broadsheet.outputs.notices import marked


@dataclass(frozen=True)
class NewsletterPaper:
    """A paper in a newsletter.

    Attributes:
        number: The number printed in the issue, such as "1.1", or "".
        title: The title as plain text.
        url: The URL of its page on the site.
        authors: The authors, shortened.
        paragraphs: Our own summary as plain text, or else what the issue printed.
        links: The names and URLs of its links.
        commentary: What the editors say about it, in Markdown with full URLs, or "".
    """

    number: str
    title: str
    url: str
    authors: str
    paragraphs: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    commentary: str = ""


@dataclass(frozen=True)
class NewsletterSection:
    """A section of an issue, with its heading as plain text and its commentary in Markdown."""

    heading: str
    papers: tuple[NewsletterPaper, ...]
    commentary: str = ""


@dataclass(frozen=True)
class Newsletter:
    """An issue as a newsletter.

    Attributes:
        name: "digest/2024-W12"; nobody gets two newsletters of the same name.
        site_name: The name of the site.
        site_url: The URL of the site.
        language: The language of the site.
        title: The title of the issue.
        dates: The days that the issue covers, as people write them.
        end: The last of these days.
        url: The URL of the week's page.
        introduction: The introduction, which may use emphasis, code and links with full URLs.
        sections: The sections with their papers.
        brand: The colors and fonts of the site.
        subject: The subject of the letter.
        sender: The name of its sender, unless another one is set.
        footer: The last paragraph, which may use emphasis, code and links, or "".
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
    sections: tuple[NewsletterSection, ...]
    brand: Brand
    subject: str = ""
    sender: str = ""
    footer: str = ""

    @property
    def count(self) -> int:
        """The number of papers."""
        return sum(len(section.papers) for section in self.sections)


def issue_of(edition: Edition, week: str, digest: str | None = None) -> Issue:
    """Returns the issue of a week.

    Args:
        edition: The edition.
        week: An ISO week such as "2024-W12".
        digest: The slug of a digest, needed if several have an issue in this week.

    Raises:
        BroadsheetError: There is no such issue, or more than one.
    """
    issues = [issue for issue in edition.issues if issue.week == week]
    if not issues:
        advice = suggest(week, {issue.week for issue in edition.issues})
        message = f"there is no issue in week {week!r}"
        raise BroadsheetError(Problem("newsletter", 0, "", message, advice))
    chosen = [issue for issue in issues if digest in (None, issue.digest)]
    if len(chosen) != 1:
        advice = "choose one with --digest: " + ", ".join(issue.digest for issue in issues)
        count = f"{len(chosen)} issues of the digest {digest!r}" if digest else "several issues"
        message = f"there are {count} in week {week}"
        raise BroadsheetError(Problem("newsletter", 0, "--digest", message, advice))
    return chosen[0]


def newsletter_of(issue: Issue, edition: Edition) -> Newsletter:
    """Returns an issue as a newsletter."""
    site, words = edition.site, edition.settings.newsletter
    issue = whole_links(issue, site)
    filled = _placeholders(issue, edition)
    return Newsletter(
        name=f"{issue.digest}/{issue.name}",
        site_name=site.name,
        site_url=site.url,
        language=site.language,
        title=issue.title,
        dates=site.words.days(issue.start, issue.end),
        end=issue.end,
        url=absolute(site, week_url(issue.week)),
        introduction=issue.introduction or "",
        sections=tuple(
            NewsletterSection(
                plain(section.heading),
                tuple(_paper(entry, edition) for entry in section.entries),
                section.commentary or "",
            )
            for section in issue.sections
        ),
        brand=site.brand,
        subject=one_line(words.subject.format_map(filled)),
        sender=one_line(words.sender.format_map(filled)),
        footer=words.footer.format_map(filled),
    )


def _placeholders(issue: Issue, edition: Edition) -> Mapping[str, str]:
    """Returns what the placeholders in the settings of newsletters stand for."""
    values = (
        plain(issue.title),
        edition.digest_name(issue),
        issue.week,
        edition.language.days(issue.start, issue.end),
        str(len(issue.entries())),
        edition.site.name,
    )
    return dict(zip(PLACEHOLDERS, values, strict=True))


def _paper(entry: Entry, edition: Edition) -> NewsletterPaper:
    paper = edition.papers[entry.paper]
    return NewsletterPaper(
        number=entry.number or "",
        title=marked(plain(paper.name), paper, edition.language),
        url=absolute(edition.site, paper_url(paper.slug)),
        authors=edition.site.words.names(paper.authors),
        paragraphs=_paragraphs(paper, entry),
        links=tuple((link.name, link.address) for link in links_of(paper, edition.site.words)),
        commentary=entry.commentary or "",
    )


def _paragraphs(paper: Paper, entry: Entry) -> tuple[str, ...]:
    """Returns our own summary, or else what the issue printed."""
    own = "\n\n".join(text for text in (paper.tldr, paper.summary) if text)
    return paragraphs_of(own, plain_rich) if own else paragraphs_of(entry.text or "", plain)


def paragraphs_of(text: str, to_plain: Callable[[str], str]) -> tuple[str, ...]:
    """Splits a text into plain paragraphs. List items become paragraphs with a bullet."""
    return tuple(
        f"• {to_plain(line)}" if block.is_list else to_plain(line)
        for block in blocks_of(text)
        for line in block.lines
    )
