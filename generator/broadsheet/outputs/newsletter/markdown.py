"""A newsletter as Markdown, in the simple subset that GitHub, Substack and others share."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from broadsheet.base.blocks import blocks_of
from broadsheet.base.markdown_text import escaped
from broadsheet.base.markup import is_safe
from broadsheet.outputs.newsletter import Newsletter, NewsletterPaper

# Reads all links, also those that other programs might follow.
_READER = MarkdownIt("commonmark")
_READER.validateLink = lambda _: True  # type: ignore[method-assign,assignment]


def markdown_of(newsletter: Newsletter) -> str:
    """Returns a newsletter in CommonMark without HTML."""
    return "\n\n".join(_blocks(newsletter)) + "\n"


def _blocks(newsletter: Newsletter) -> Iterator[str]:
    yield f"# {escaped(newsletter.title)}"
    yield f"*{newsletter.dates}* · [{escaped(newsletter.site_name)}]({newsletter.url})"
    if newsletter.introduction:  # which is already Markdown, but must not contain HTML
        yield _own(newsletter.introduction)
    for section in newsletter.sections:
        yield f"## {escaped(section.heading)}"
        if section.commentary:
            yield _own(section.commentary)
        for paper in section.papers:
            yield from _paper(paper)


def _paper(paper: NewsletterPaper) -> Iterator[str]:
    number = f"{escaped(paper.number)} " if paper.number else ""
    yield f"### {number}[{escaped(paper.title)}]({_target(paper.url)})"
    if paper.authors:
        yield f"*{escaped(paper.authors)}*"
    yield from map(_paragraph, paper.paragraphs)
    if paper.commentary:
        yield "\n".join(f"> {line}" for line in _own(paper.commentary).split("\n"))
    if paper.links:
        yield " · ".join(f"[{name}]({_target(url)})" for name, url in paper.links)


def _own(text: str) -> str:
    """Returns Markdown of our own, or as plain text if it has what pages wouldn't show."""
    without_html = text.replace("<", "&lt;")
    tokens = _READER.parse(without_html)
    if all(_is_shown(token) for part in tokens for token in (part, *(part.children or ()))):
        return without_html
    return "\n\n".join(_paragraph(line) for block in blocks_of(text) for line in block.lines)


def _is_shown(token: Token) -> bool:
    """Whether pages show a part of Markdown: no pictures, and no links that would run."""
    return token.type != "image" and is_safe(str(token.attrGet("href") or ""))


def _paragraph(text: str) -> str:
    if text.startswith("• "):
        return f"- {escaped(text[2:])}"
    # At the start of a line, these would mean a list, a heading, a quotation or a rule.
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([-+#=>])", r"\\\1", escaped(text)))


def _target(url: str) -> str:
    return url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
