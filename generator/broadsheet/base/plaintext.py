"""Texts of the corpus as HTML with paragraphs and lists, for feeds and mail.

Texts have a blank line between paragraphs and "- " before list items. They come from strangers,
so every character is escaped. Summaries may also use emphasis, code and links.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from markdown_it import MarkdownIt

from broadsheet.base.formulas import to_plain
from broadsheet.base.markup import is_safe, plain, plain_rich

# Characters that XML 1.0 forbids, even escaped: https://www.w3.org/TR/xml/#charsets
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Block:
    """A paragraph, which is one line, or a list, which has one line for each list item."""

    lines: tuple[str, ...]
    is_list: bool = False


def blocks_of(text: str) -> tuple[Block, ...]:
    """Splits a text into its paragraphs and lists."""
    return tuple(block for part in re.split(r"\n\s*\n", text.strip()) for block in _blocks(part))


def _blocks(part: str) -> Iterator[Block]:
    """Splits a part without blank lines into lists and what is between them."""
    run: list[str] = []
    in_list = False
    for line in filter(None, (line.strip() for line in part.split("\n"))):
        listed = line.startswith("- ")
        if run and listed != in_list:
            yield _block(run, in_list)
            run = []
        run.append(line[2:].strip() if listed else line)
        in_list = listed
    if run:
        yield _block(run, in_list)


def _block(lines: list[str], is_list: bool) -> Block:
    return Block(tuple(lines), True) if is_list else Block((" ".join(lines),))


def text_html(text: str) -> str:
    """Returns a text as HTML that shows every character as typed, apart from formulas."""
    return "".join(_block_html(block) for block in blocks_of(text))


def _block_html(block: Block) -> str:
    if block.is_list:
        return "<ul>" + "".join(f"<li>{escape(plain(line))}</li>" for line in block.lines) + "</ul>"
    return f"<p>{escape(plain(block.lines[0]))}</p>"


@lru_cache(maxsize=100_000)
def without_marks(text: str | None) -> str | None:
    """Returns a summary without its markup for emphasis, code and links, or None if it's empty.

    Paragraphs and list items stay.
    """
    parts = [
        "\n".join(
            f"- {plain_rich(line)}" if block.is_list else plain_rich(line) for line in block.lines
        )
        for block in blocks_of(text or "")
    ]
    return "\n\n".join(parts) or None


def summary_html(text: str) -> str:
    """Returns a summary as HTML with emphasis, code and links. Other markup shows as typed."""
    return clean(str(_markdown().render(to_plain(text))).strip())


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero", {"html": False})
    markdown.enable(["emphasis", "backticks", "link", "list"])
    markdown.validateLink = is_safe  # type: ignore[method-assign,assignment]
    return markdown


def escape(text: str) -> str:
    """Escapes a text for HTML and XML, in elements and attributes."""
    return html.escape(clean(text), quote=True)


def clean(text: str) -> str:
    """Removes the characters that XML forbids."""
    return _NOT_XML.sub("", text)
