"""Markdown as the page that it becomes, with the lines of its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from broadsheet.base.formulas import FORMULA
from broadsheet.importers.lines import numbered_lines
from broadsheet.importers.page import Block, Page
from broadsheet.importers.page_blocks import LINE, page_of

_FRONT_MATTER = re.compile(r"(---|\+\+\+)[ \t]*\n(.*?)^\1[ \t]*$", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"^(title|date)\s*[:=]\s*(.+?)\s*$", re.MULTILINE | re.IGNORECASE)
_MARKS = re.compile(r"^#{1,6} |^\|[^\n]*\|[ \t]*$|\A(?:---|\+\+\+)[ \t]*$", re.MULTILINE)
# Tags of Jekyll and shortcodes of Hugo, which are no text.
_TEMPLATE_TAG = re.compile(r"\{\{[<%][^\n]{0,500}?[%>]\}\}|\{%[^\n]{0,500}?%\}")

# HTML that blank lines don't end.
_CONNECTED = re.compile(r"<(?:script|pre|style|textarea)\b|<\?|<!(?!--)", re.IGNORECASE)
# What may be the definition of a link, and what certainly is one, on a line of its own.
_LABEL = re.compile(r"^ {0,3}\[[^\]\n]{1,999}\]:", re.MULTILINE)
_DEFINED = re.compile(f"{_LABEL.pattern}.*$", re.MULTILINE)
_DEFINITION = re.compile(
    r" {0,3}\[[^\[\]\\\n]*[^\s\[\]\\][^\[\]\\\n]*\]:[ \t]*[^\s<>]+"
    r"(?P<title>[ \t]+(?:\"[^\"\\\n]*\"|'[^'\\\n]*'))?[ \t]*"
)
_FENCE = re.compile(r"(?P<indent> {0,3})(?P<fence>`{3,}(?!.*`)|~{3,})")
_HEADING = re.compile(r"#{1,6}[ \t]")
_PART = 32 * 1024
# How many definitions tell what the links of a text lead to.
_MOST_DEFINITIONS = 2_000


def start_of(text: str, length: int) -> str:
    """Returns the first characters of a text, with the links that are defined further below."""
    start = text[:length]
    if "[" not in start or text.find("]:", length) < 0:
        return start
    defined = islice(_DEFINED.finditer(text, length), _MOST_DEFINITIONS)
    return "\n".join([start, "", *(found[0] for found in defined)])


def is_marked_up(text: str) -> bool:
    """Whether a text has the links of Markdown, and its headings, tables or front matter."""
    return "](http" in text and _MARKS.search(text) is not None


def read_markdown(text: str) -> Page:
    """Reads Markdown with tables, HTML and front matter."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT_MATTER.match(text)
    fields = {
        key.lower(): value.strip("\"'") for key, value in _FIELD.findall(front[2] if front else "")
    }
    start = front.end() if front else 0
    line = text.count("\n", 0, start)
    text = text[start:]
    links = _links(_definitions(text))
    page = page_of(_html(part, line + offset, links) for part, offset in parts_of(text))
    page.blocks = _with_fields(page, page.blocks, fields)
    return page


def _with_fields(page: Page, blocks: Iterable[Block], fields: Mapping[str, str]) -> Iterator[Block]:
    """Yields the blocks of a page, whose front matter says its title and date."""
    yield from blocks
    page.title, page.date = fields.get("title", page.title), fields.get("date", "")


class _Reader(MarkdownIt):
    """Markdown with all links. Those who read the page report addresses that aren't any."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - a method of markdown-it
        """Keeps a link."""
        return bool(url)


def parts_of(text: str) -> Iterator[tuple[str, int]]:
    """Yields Markdown in parts, each with the number of lines before it.

    Each part but the first starts with a heading, which ends whatever there was before, except for
    code and comments. A text whose parts depend on each other in other ways than by its links is
    one part.
    """
    if _CONNECTED.search(text) or _definitions(text) is None:
        yield text, 0
        return
    start = line = 0
    for place in _places_of_headings(text):
        if place - start > _PART:
            yield text[start:place], line
            line += text.count("\n", start, place)
            start = place
    yield text[start:], line


def _places_of_headings(text: str) -> Iterator[int]:
    """Yields where headings below blank lines start, as long as they certainly are headings."""
    fence, at, after_blank, opened = "", 0, True, 0
    for _, line in numbered_lines(text):
        found = _FENCE.match(line)
        if fence:
            ends = found and found[0] == line.rstrip() and found["fence"].startswith(fence)
            fence = "" if ends else fence
        elif found and found["indent"]:
            return  # it may be in a list, which would end it
        elif found:
            fence = found["fence"]
        opened += line.count("<!--") - line.count("-->")
        if after_blank and not fence and opened == 0 and _HEADING.match(line):
            yield at
        after_blank = not line.strip()
        at += len(line) + 1


def _definitions(text: str) -> str | None:
    """Returns the definitions of links in a text, or None if it isn't certain which they are.

    They are certain below a blank line or another definition, and outside of code and comments.
    """
    if not _LABEL.search(text):
        return ""
    found: list[str] = []
    before, fence, opened = "", "", 0
    for _, line in numbered_lines(text):
        is_below = bool(found) and before == found[-1]
        mark = _FENCE.match(line)
        if (mark and mark["indent"]) or (is_below and _goes_on(before, line)):
            return None
        if fence:
            is_end = mark and mark[0] == line.rstrip() and mark["fence"].startswith(fence)
            fence = "" if is_end else fence
        elif mark:
            fence = mark["fence"]
        if _LABEL.match(line):
            is_alone = is_below or not before.strip()
            if fence or opened or not is_alone or not _DEFINITION.fullmatch(line):
                return None
            found.append(line)
        opened += line.count("<!--") - line.count("-->")
        before = line
    return "\n".join(found)


def _goes_on(definition: str, line: str) -> bool:
    """Whether a line may be the title of the link that is defined above it."""
    known = _DEFINITION.fullmatch(definition)
    return not (known and known["title"]) and line.lstrip().startswith(('"', "'", "("))


def _links(definitions: str | None) -> Mapping[str, Mapping[str, str]]:
    """Returns what the definitions of links mean for markdown-it."""
    environment: dict[str, dict[str, dict[str, str]]] = {}
    reader = _Reader("commonmark")
    for line in (definitions or "").split("\n"):
        reader.parse(_TEMPLATE_TAG.sub("", line), environment)
        environment.pop("duplicate_refs", None)
    found = environment.get("references", {})
    return {label: {"href": link["href"], "title": link["title"]} for label, link in found.items()}


def _html(text: str, line: int, links: Mapping[str, Mapping[str, str]]) -> str:
    reader = _Reader("commonmark", {"html": True}).enable("table")
    reader.inline.ruler.before("escape", "formula", _formula)
    text = _TEMPLATE_TAG.sub("", _DEFINED.sub("", text) if links else text)
    environment: dict[str, object] = {"references": links}
    tokens = reader.parse(text, environment)
    for token in tokens:
        if token.map and token.type == "html_block":
            token.content = f'<i {LINE}="{token.map[0] + 1 + line}"></i>{token.content}'
        elif token.map and token.nesting == 1:
            token.attrSet(LINE, str(token.map[0] + 1 + line))
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
