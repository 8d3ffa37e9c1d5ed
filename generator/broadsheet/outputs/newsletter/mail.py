"""A newsletter as an email: HTML with inline styles, plain text, and both as one message."""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from functools import cache, lru_cache
from urllib.parse import urlsplit

import jinja2

from broadsheet.base.characters import without_harmful
from broadsheet.base.language import language_of
from broadsheet.base.markup import escape, plain_rich, rich_html
from broadsheet.base.text import one_line, shortened
from broadsheet.outputs.newsletter import (
    Newsletter,
    NewsletterPaper,
    NewsletterSection,
    paragraphs_of,
)
from broadsheet.outputs.templates import environment_of, templates_folder

# Gmail clips messages with more than 102 KB of HTML.
HTML_LIMIT = 100_000
# The most characters of text per paper. Smaller values are used until the newsletter fits.
_LENGTHS = (10_000, 1000, 600, 300, 140, 0)
# A line with a few quotation marks before it stays within the 78 characters of RFC 5322.
_WIDTH = 72


@dataclass(frozen=True)
class Sender:
    """The sender of a newsletter.

    Attributes:
        address: The email address.
        name: The name before it; by default the name of the site.
        reply_to: The email address for replies.
        unsubscribe: An https or mailto URL to unsubscribe, which letters show.
        unsubscribe_too: Other such URLs, which mail programs may use.
        one_click: Whether the https URL takes a request by POST, as RFC 8058 describes it.
    """

    address: str
    name: str = ""
    reply_to: str = ""
    unsubscribe: str = ""
    unsubscribe_too: tuple[str, ...] = ()
    one_click: bool = False


# Every recipient gets the same HTML.
@lru_cache(maxsize=4)
def html_of(newsletter: Newsletter, unsubscribe: str = "", limit: int = HTML_LIMIT) -> str:
    """Returns a newsletter as HTML, with less text and then fewer papers if it exceeds `limit`.

    Args:
        newsletter: The newsletter.
        unsubscribe: The URL to unsubscribe, or "".
        limit: The maximum size in bytes. A single paper without text may still exceed it.
    """
    for smaller in _shortened_versions(newsletter):
        html = _template(newsletter.language).render(
            newsletter=smaller, left=newsletter.count - smaller.count, unsubscribe=unsubscribe
        )
        if len(html.encode()) < limit:
            return html
    return html


def _shortened_versions(newsletter: Newsletter) -> Iterator[Newsletter]:
    """Yields versions with less and less text, then with fewer and fewer papers."""
    for length in _LENGTHS:
        yield _with_texts(newsletter, length)
    bare = _with_texts(newsletter, 0)
    most = newsletter.count // 2
    while most:
        yield _with_papers(bare, most)
        most //= 2


def _with_texts(newsletter: Newsletter, length: int) -> Newsletter:
    return replace(
        newsletter,
        introduction=newsletter.introduction if length else "",
        sections=tuple(
            NewsletterSection(
                section.heading,
                tuple(
                    replace(
                        paper,
                        paragraphs=_cut(paper.paragraphs, length),
                        commentary=paper.commentary if length else "",
                    )
                    for paper in section.papers
                ),
                section.commentary if length else "",
            )
            for section in newsletter.sections
        ),
    )


def _cut(paragraphs: tuple[str, ...], length: int) -> tuple[str, ...]:
    """Cuts paragraphs to at most `length` characters in total."""
    kept: list[str] = []
    for paragraph in paragraphs:
        if length <= 0:
            break
        kept.append(shortened(paragraph, length))
        length -= len(paragraph)
    return tuple(kept)


def _with_papers(newsletter: Newsletter, most: int) -> Newsletter:
    sections: list[NewsletterSection] = []
    for section in newsletter.sections:
        kept = section.papers[:most]
        most -= len(kept)
        if kept:
            sections.append(NewsletterSection(section.heading, kept))
    return replace(newsletter, sections=tuple(sections))


@cache
def _template(language: str) -> jinja2.Template:
    folder = templates_folder() / "newsletter"
    environment = environment_of([folder], language_of(language), escape)
    environment.filters["rich"] = rich_html
    return environment.get_template("mail.html.j2")


@lru_cache(maxsize=4)
def text_of(newsletter: Newsletter, unsubscribe: str = "") -> str:
    """Returns a newsletter as plain text in short lines."""
    parts = [newsletter.title, newsletter.dates, newsletter.url]
    parts += [_wrapped(text) for text in paragraphs_of(newsletter.introduction, plain_rich)]
    for section in newsletter.sections:
        parts.append(f"{section.heading}\n{'=' * len(section.heading)}")
        parts += [_wrapped(text) for text in paragraphs_of(section.commentary, plain_rich)]
        parts += [_paper_text(paper) for paper in section.papers]
    parts += [_wrapped(text) for text in paragraphs_of(newsletter.footer, plain_rich)]
    foot = f"-- \n{newsletter.site_name}\n{newsletter.site_url}"
    if unsubscribe:
        foot += f"\n{language_of(newsletter.language).text('Unsubscribe')}: {unsubscribe}"
    return "\n\n".join([*parts, foot]) + "\n"


def _paper_text(paper: NewsletterPaper) -> str:
    lines = [_wrapped(f"{paper.number} {paper.title}".strip())]
    lines += [_wrapped(paper.authors)] if paper.authors else []
    lines += [paper.url, *(f"{name}: {url}" for name, url in paper.links)]
    said = paragraphs_of(paper.commentary, plain_rich)
    return "\n\n".join(["\n".join(lines), *map(_wrapped, (*paper.paragraphs, *said))])


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def message(
    newsletter: Newsletter, sender: Sender, recipient: str = "", moment: datetime | None = None
) -> EmailMessage:
    """Returns a newsletter as an email message.

    Args:
        newsletter: The newsletter.
        sender: Who sends it.
        recipient: An email address. Without one, the message is a draft for mail programs.
        moment: The time of sending. By default, the date is the last day of the issue, so that
            the same issue gives the same bytes. Mail with an old date could be taken for spam.
    """
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = _in_header(newsletter.subject or newsletter.title)
    name = sender.name or newsletter.sender or newsletter.site_name
    mail["From"] = formataddr((_in_header(name), sender.address))
    if recipient:
        mail["To"] = recipient
    else:
        mail["X-Unsent"] = "1"
    if sender.reply_to:
        mail["Reply-To"] = sender.reply_to
    mail["Date"] = format_datetime(
        moment or datetime.combine(newsletter.end, datetime.min.time(), UTC)
    )
    mail["Message-ID"] = _message_id(newsletter, recipient)
    mail["List-ID"] = _list_id(newsletter)
    if sender.unsubscribe:
        urls = (sender.unsubscribe, *sender.unsubscribe_too)
        mail["List-Unsubscribe"] = ", ".join(f"<{url}>" for url in urls)
    if sender.one_click:
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(text_of(newsletter, sender.unsubscribe), cte="quoted-printable")
    html = html_of(newsletter, sender.unsubscribe)
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    mail.set_boundary(f"=_{hashlib.sha256(newsletter.name.encode()).hexdigest()[:32]}")
    return mail


def _in_header(text: str) -> str:
    """Returns a text as one line, because a line break would start another header."""
    return one_line(without_harmful(text))


def _list_id(newsletter: Newsletter) -> str:
    """Returns the name of the list, by which mail programs sort and filter (RFC 2919)."""
    return f"<{newsletter.name.partition('/')[0]}.{_host(newsletter)}>"


def _host(newsletter: Newsletter) -> str:
    """Returns the host of the site in ASCII, as headers need it."""
    host = urlsplit(newsletter.site_url).hostname or "localhost"
    try:
        return host.encode("idna").decode()
    except UnicodeError:  # it's too long, or a part of it is empty
        return "localhost"


def _message_id(newsletter: Newsletter, recipient: str) -> str:
    who = hashlib.sha256(f"{newsletter.name} {recipient.lower()}".encode()).hexdigest()[:32]
    return f"<{who}@{_host(newsletter)}>"
