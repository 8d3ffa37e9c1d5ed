"""A newsletter as Markdown, in the simple subset that GitHub, Substack and others share."""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadsheet.outputs.newsletter import Newsletter, NewsletterPaper


def markdown_of(newsletter: Newsletter) -> str:
    """Returns a newsletter in CommonMark without HTML."""
    return "\n\n".join(_blocks(newsletter)) + "\n"


def _blocks(newsletter: Newsletter) -> Iterator[str]:
    yield f"# {escaped(newsletter.title)}"
    yield f"*{newsletter.dates}* · [{escaped(newsletter.site_name)}]({newsletter.url})"
    if newsletter.introduction:  # which is already Markdown, but must not contain HTML
        yield _without_html(newsletter.introduction)
    for section in newsletter.sections:
        yield f"## {escaped(section.heading)}"
        if section.commentary:
            yield _without_html(section.commentary)
        for paper in section.papers:
            yield from _paper(paper)


def _paper(paper: NewsletterPaper) -> Iterator[str]:
    number = f"{escaped(paper.number)} " if paper.number else ""
    yield f"### {number}[{escaped(paper.title)}]({_target(paper.url)})"
    if paper.authors:
        yield f"*{escaped(paper.authors)}*"
    yield from map(_paragraph, paper.paragraphs)
    if paper.commentary:
        yield "\n".join(f"> {line}" for line in _without_html(paper.commentary).split("\n"))
    if paper.links:
        yield " · ".join(f"[{name}]({_target(url)})" for name, url in paper.links)


def _without_html(text: str) -> str:
    return text.replace("<", "&lt;")


def _paragraph(text: str) -> str:
    if text.startswith("• "):
        return f"- {escaped(text[2:])}"
    # At the start of a line, these would mean a list, a heading, a quotation or a rule.
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([-+#=>])", r"\\\1", escaped(text)))


def escaped(text: str) -> str:
    """Escapes all characters with a meaning in Markdown or HTML."""
    return re.sub(r"([\\`*_\[\]<>|~$&])", r"\\\1", text)


def _target(url: str) -> str:
    return url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
