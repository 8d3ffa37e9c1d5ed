"""Markdown as the page that it becomes, with the lines of its blocks."""

from __future__ import annotations

import re
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from broadsheet.base.formulas import FORMULA
from broadsheet.importers.page import Page
from broadsheet.importers.page_blocks import LINE, read_page

_FRONT_MATTER = re.compile(r"(---|\+\+\+)[ \t]*\n(.*?)^\1[ \t]*$", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"^(title|date)\s*[:=]\s*(.+?)\s*$", re.MULTILINE | re.IGNORECASE)
_MARKS = re.compile(r"^#{1,6} |^\|[^\n]*\|[ \t]*$|\A(?:---|\+\+\+)[ \t]*$", re.MULTILINE)
# Tags of Jekyll and shortcodes of Hugo, which are no text.
_TEMPLATE_TAG = re.compile(r"\{\{[<%][^\n]{0,500}?[%>]\}\}|\{%[^\n]{0,500}?%\}")


def is_marked_up(text: str) -> bool:
    """Whether a text has the links of Markdown, and its headings, tables or front matter."""
    return "](http" in text and _MARKS.search(text) is not None


def read_markdown(text: str) -> Page:
    """Reads Markdown with tables, HTML and front matter."""
    front = _FRONT_MATTER.match(text)
    fields = {
        key.lower(): value.strip("\"'") for key, value in _FIELD.findall(front[2] if front else "")
    }
    if front:  # blank lines keep the numbers of lines
        text = "\n" * front[0].count("\n") + text[front.end() :]
    page = read_page(_html(_TEMPLATE_TAG.sub("", text)))
    return replace(page, title=fields.get("title", page.title), date=fields.get("date", ""))


class _Reader(MarkdownIt):
    """Markdown with all links. Those who read the page report addresses that aren't any."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - a method of markdown-it
        """Keeps a link."""
        return bool(url)


def _html(text: str) -> str:
    reader = _Reader("commonmark", {"html": True}).enable("table")
    reader.inline.ruler.before("escape", "formula", _formula)
    environment: dict[str, object] = {}
    tokens = reader.parse(text, environment)
    for token in tokens:
        if token.map and token.type == "html_block":
            token.content = f'<i {LINE}="{token.map[0] + 1}"></i>{token.content}'
        elif token.map and token.nesting == 1:
            token.attrSet(LINE, str(token.map[0] + 1))
    return str(reader.renderer.render(tokens, reader.options, environment))


def _formula(state: StateInline, silent: bool) -> bool:
    """Keeps a formula as it is, because underscores and backslashes mean nothing in it."""
    found = FORMULA.match(state.src, state.pos) if state.src[state.pos] == "$" else None
    if not found:
        return False
    if not silent:
        state.push("text", "", 0).content = found[0]
    state.pos = found.end()
    return True
