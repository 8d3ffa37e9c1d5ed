"""Links to papers in texts of the editors: `[[some-paper]]` and `[[some-paper|words]]`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from broadsheet.content.model import Collection, Entry, Issue
from broadsheet.content.yaml_text import Path

# Code comes first, because links in it aren't links. A backslash makes the brackets text.
_LINK = re.compile(
    r"(?P<code>(?P<ticks>`+).+?(?<!`)(?P=ticks)(?!`))"
    r"|(?<!\\)\[\[\s*(?P<slug>[^\[\]|\s][^\[\]|]*?)\s*(?:\|\s*(?P<words>[^\[\]\s][^\[\]]*?)\s*)?\]\]",
    re.DOTALL,
)


def linked_papers(text: str) -> Iterator[str]:
    """Yields the slugs or aliases of the papers that a text links to."""
    for found in _LINK.finditer(text) if "[[" in text else ():
        if found["slug"]:
            yield found["slug"]


def with_links(text: str, link: Callable[[str, str], str]) -> str:
    """Returns a text with other text for its links to papers.

    Args:
        text: The text.
        link: Returns the text for a slug or alias and the words of the link, which may be "".
    """
    if "[[" not in text:
        return text
    return _LINK.sub(lambda found: found["code"] or link(found["slug"], found["words"] or ""), text)


def without_links(text: str) -> str:
    """Returns a text of somebody who doesn't know these links, so that its brackets are text."""
    return text.replace("[[", r"\[[")


def editors_texts(value: Issue | Collection) -> Iterator[tuple[Path, str]]:
    """Yields the texts in Markdown of an issue or a collection, each with the path of its key."""
    if isinstance(value, Collection):
        yield from _commentaries(value.entries, ())
        return
    if value.introduction:
        yield ("introduction",), value.introduction
    for number, section in enumerate(value.sections):
        path = ("sections", number)
        if section.commentary:
            yield (*path, "commentary"), section.commentary
        yield from _commentaries(section.entries, path)


def _commentaries(entries: tuple[Entry, ...], path: Path) -> Iterator[tuple[Path, str]]:
    for number, entry in enumerate(entries):
        if entry.commentary:
            yield (*path, "entries", number, "commentary"), entry.commentary
