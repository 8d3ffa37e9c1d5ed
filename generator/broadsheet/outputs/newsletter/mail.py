"""A letter as an e-mail: HTML with inlined styles, plain text, and both as one message."""

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

from broadsheet.base.language import language_of
from broadsheet.base.markup import clean, escape, plain_rich, rich_html
from broadsheet.base.template_words import install_words
from broadsheet.base.text import shortened
from broadsheet.outputs.newsletter import Letter, LetterPaper, LetterSection, paragraphs
from broadsheet.outputs.pages.render import templates_folder

# Gmail cuts a message's HTML at 102 KB.
HTML_LIMIT = 100_000
# How much of a paper's text is printed: all of it, or as little as makes the letter fit.
_LENGTHS = (10_000, 1000, 600, 300, 140, 0)
_WIDTH = 72


@dataclass(frozen=True)
class Sender:
    """Who writes: name and address, where answers go, how one leaves the list (an address)."""

    address: str
    name: str = ""
    reply_to: str = ""
    unsubscribe: str = ""


# A letter goes to many people and is written once.
@lru_cache(maxsize=4)
def html_of(letter: Letter, unsubscribe: str = "", limit: int = HTML_LIMIT) -> str:
    """The letter as HTML of less than `limit` bytes: texts, then papers, are cut until it fits."""
    for smaller in _smaller(letter):
        html = _template(letter.language).render(
            letter=smaller, left=letter.count - smaller.count, unsubscribe=unsubscribe
        )
        if len(html.encode()) < limit:
            return html
    return html


def _smaller(letter: Letter) -> Iterator[Letter]:
    """The letter with ever shorter texts, then without texts and with ever fewer papers."""
    for length in _LENGTHS:
        yield _with_texts(letter, length)
    bare = _with_texts(letter, 0)
    most = letter.count // 2
    while most:
        yield _with_papers(bare, most)
        most //= 2


def _with_texts(letter: Letter, length: int) -> Letter:
    return replace(
        letter,
        introduction=letter.introduction if length else "",
        sections=tuple(
            LetterSection(
                section.heading,
                tuple(replace(paper, words=_cut(paper.words, length)) for paper in section.papers),
            )
            for section in letter.sections
        ),
    )


def _cut(paragraphs: tuple[str, ...], length: int) -> tuple[str, ...]:
    """Paragraphs of at most `length` characters in all; the last one is shortened."""
    kept: list[str] = []
    for paragraph in paragraphs:
        if length <= 0:
            break
        kept.append(shortened(paragraph, length))
        length -= len(paragraph)
    return tuple(kept)


def _with_papers(letter: Letter, most: int) -> Letter:
    sections: list[LetterSection] = []
    for section in letter.sections:
        kept = section.papers[:most]
        most -= len(kept)
        if kept:
            sections.append(LetterSection(section.heading, kept))
    return replace(letter, sections=tuple(sections))


@cache
def _template(language: str) -> jinja2.Template:
    loader = jinja2.FileSystemLoader(templates_folder() / "newsletter")
    environment = jinja2.Environment(
        loader=loader,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    environment.filters["rich"] = rich_html
    install_words(environment, language_of(language), escape)
    return environment.get_template("mail.html.j2")


@lru_cache(maxsize=4)
def text_of(letter: Letter, unsubscribe: str = "") -> str:
    """The letter as plain text of lines that mail programs need not break."""
    parts = [letter.title, letter.dates, letter.url]
    parts += [_wrapped(words) for words in paragraphs(letter.introduction, plain_rich)]
    for section in letter.sections:
        parts.append(f"{section.heading}\n{'=' * len(section.heading)}")
        parts += [_paper_text(paper) for paper in section.papers]
    foot = f"-- \n{letter.site_name}\n{letter.site_url}"
    if unsubscribe:
        foot += f"\n{language_of(letter.language).text('Unsubscribe')}: {unsubscribe}"
    return "\n\n".join([*parts, foot]) + "\n"


def _paper_text(paper: LetterPaper) -> str:
    lines = [_wrapped(f"{paper.number} {paper.title}".strip())]
    lines += [_wrapped(paper.authors)] if paper.authors else []
    lines += [paper.url, *(f"{name}: {url}" for name, url in paper.links)]
    return "\n\n".join(["\n".join(lines), *(_wrapped(words) for words in paper.words)])


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def message(
    letter: Letter, sender: Sender, recipient: str = "", moment: datetime | None = None
) -> EmailMessage:
    """The letter as a message. Without a recipient it is a draft that mail programs open.

    It is the same whenever it is made: its id is made from the issue and the recipient, and its
    day is the last of the issue. One that is sent has the `moment` of sending, because mail of
    a day long past looks like spam and is sorted where nobody looks.
    """
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = clean(letter.title)
    mail["From"] = formataddr((sender.name or letter.site_name, sender.address))
    if recipient:
        mail["To"] = recipient
    else:
        mail["X-Unsent"] = "1"
    if sender.reply_to:
        mail["Reply-To"] = sender.reply_to
    mail["Date"] = format_datetime(moment or datetime.combine(letter.end, datetime.min.time(), UTC))
    mail["Message-ID"] = _message_id(letter, recipient)
    if sender.unsubscribe:
        mail["List-Unsubscribe"] = f"<{sender.unsubscribe}>"
    mail.set_content(text_of(letter, sender.unsubscribe), cte="quoted-printable")
    html = html_of(letter, sender.unsubscribe)
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    mail.set_boundary(f"=_{hashlib.sha256(letter.name.encode()).hexdigest()[:32]}")
    return mail


def _message_id(letter: Letter, recipient: str) -> str:
    who = hashlib.sha256(f"{letter.name} {recipient.lower()}".encode()).hexdigest()[:32]
    return f"<{who}@{urlsplit(letter.site_url).hostname or 'localhost'}>"
