"""Texts of the corpus as HTML with paragraphs and lists, for feeds and mail.

Texts have a blank line between paragraphs and "- " before list items. They come from strangers,
so every character is escaped.
"""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from broadsheet.base.blocks import Block, blocks_of
from broadsheet.base.markup import NOTHING, element, plain, plain_rich


def text_html(text: str) -> Markup:
    """Returns a text as HTML that shows every character as typed, apart from formulas."""
    return NOTHING.join(_block_html(block) for block in blocks_of(text))


def _block_html(block: Block) -> Markup:
    if block.is_list:
        return element("ul", *(element("li", plain(line)) for line in block.lines))
    return element("p", plain(block.lines[0]))


@lru_cache(maxsize=10_000)
def without_markup(text: str | None) -> str | None:
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
