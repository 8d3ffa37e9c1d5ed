"""A letter as Markdown to paste: GitHub, Substack and others read the same simple part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadsheet.outputs.newsletter import Letter, LetterPaper


def markdown_of(letter: Letter) -> str:
    """The letter in CommonMark without HTML."""
    return "\n\n".join(_blocks(letter)) + "\n"


def _blocks(letter: Letter) -> Iterator[str]:
    yield f"# {escaped(letter.title)}"
    yield f"*{letter.dates}* · [{escaped(letter.site_name)}]({letter.url})"
    if letter.introduction:  # which is Markdown already, but may hold no HTML
        yield letter.introduction.replace("<", "&lt;")
    for section in letter.sections:
        yield f"## {escaped(section.heading)}"
        for paper in section.papers:
            yield from _paper(paper)


def _paper(paper: LetterPaper) -> Iterator[str]:
    number = f"{escaped(paper.number)} " if paper.number else ""
    yield f"### {number}[{escaped(paper.title)}]({_target(paper.url)})"
    if paper.authors:
        yield f"*{escaped(paper.authors)}*"
    yield from map(_paragraph, paper.words)
    if paper.links:
        yield " · ".join(f"[{name}]({_target(url)})" for name, url in paper.links)


def _paragraph(words: str) -> str:
    if words.startswith("• "):
        return f"- {escaped(words[2:])}"
    # At the beginning of a line these would be a list, a heading, a quotation or a rule.
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([-+#=>])", r"\\\1", escaped(words)))


def escaped(text: str) -> str:
    """Text in which Markdown finds no mark of its own, and HTML no element."""
    return re.sub(r"([\\`*_\[\]<>|~$&])", r"\\\1", text)


def _target(url: str) -> str:
    return url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
