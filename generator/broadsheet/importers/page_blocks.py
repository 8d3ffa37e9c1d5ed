"""Web pages as flat blocks: headings, paragraphs, list items and rows of tables, with their links.

Markdown is read as the page that it becomes, so that both have one reader. Pages are read event by
event, without a tree: broken or deeply nested ones cost no more than others. Scripts and the like
are left out, and nothing of a page's markup is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from broadsheet.importers.page import PICTURE, SUMMARY_LEVEL, Block, Kind, Page, Run, plain

_PIECE = 64 * 1024
# The attribute with the line of a block in Markdown.
LINE = "data-line"

# A tag without an end, for which Python's parser would search again and again.
_OPEN_TAG = re.compile(r"<(?![A-Za-z/!?][^<>]{0,10000}>)")
_SKIPPED = frozenset({"script", "style", "pre", "svg", "textarea"})
_BLOCKS = frozenset(
    (
        *("p", "div", "section", "article", "aside", "main", "header", "footer", "nav", "body"),
        *("blockquote", "figure", "figcaption", "details", "center", "address", "caption"),
        *("dl", "dt", "dd", "form", "fieldset", "hr"),
    )
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)} | {"summary": SUMMARY_LEVEL}
_DATES = frozenset({"date", "dc.date", "article:published_time"})
_BOLD = frozenset({"b", "strong"})
_CELLS = frozenset({"td", "th"})


def read_page(html: str) -> Page:
    """Reads an HTML page."""
    return page_of([html])


def page_of(parts: Iterable[str]) -> Page:
    """Returns the page that some HTML is, whose parts have all of their comments and tags."""
    page = Page(())
    page.blocks = _blocks(parts, page)
    return page


def _blocks(parts: Iterable[str], page: Page) -> Iterator[Block]:
    """Yields the blocks of a page. After the last one, the page knows its title and date."""
    reader = _PageReader()
    for piece in (piece for part in parts for piece in _pieces(part)):
        # Without its end, a script would be searched for that again and again.
        reader.held += piece
        if reader.cdata_elem is None:
            reader.feed(_OPEN_TAG.sub("&lt;", reader.held))
            reader.held = ""
            yield from reader.taken()
    reader.feed(_OPEN_TAG.sub("&lt;", reader.held))
    reader.close()
    while reader.tables:
        reader.end_table()
    reader.end_block()
    page.title, page.date = plain([Run("".join(reader.title))]), reader.date
    yield from reader.taken()


def _pieces(html: str) -> Iterator[str]:
    """Yields HTML without its comments in pieces, each of which ends where a tag starts."""
    waiting = ""
    for text in _without_comments(html):
        waiting += text
        cut = waiting.rfind("<") if len(waiting) > _PIECE else 0
        if cut > 0:
            yield waiting[:cut]
            waiting = waiting[cut:]
    yield waiting


def _without_comments(html: str) -> Iterator[str]:
    """Yields the parts of HTML between its comments, and before the start of one without an end."""
    end = 0
    while (start := html.find("<!--", end)) >= 0:
        yield from _in_pieces(html, end, start)
        close = html.find("-->", start)
        if close < 0:
            yield html[start:].replace("<!--", "")
            return
        yield "\n" * html.count("\n", start, close)
        end = close + 3
    yield from _in_pieces(html, end, len(html))


def _in_pieces(html: str, start: int, end: int) -> Iterator[str]:
    for place in range(start, end, _PIECE):
        yield html[place : min(place + _PIECE, end)]


@dataclass
class _Table:
    """A table that is being read: its rows, and where its blocks start if it's only a layout."""

    first: int
    number: int
    is_layout: bool = False
    rows: list[Block] = field(default_factory=list)
    cells: list[list[Run]] = field(default_factory=list)
    heads: int = 0
    line: int = 0
    is_open: bool = False


class _PageReader(HTMLParser):
    """Collects blocks while a page is parsed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.title: list[str] = []
        self.date = ""
        self.line = 0
        self.skipped = ""
        self.in_title = False
        self.bold = 0
        self.href = ""
        self.lists: list[int | None] = []
        self.tables: list[_Table] = []
        self.table_count = 0
        self.runs: list[Run] = []
        self.has_text = False
        self.kind = Kind.PARAGRAPH
        self.level = 0
        self.number: str | None = None
        self.start = 0
        self.held = ""

    def taken(self) -> list[Block]:
        """Returns the blocks that were read since the last time, unless a table can change them."""
        if self.tables:
            return []
        found, self.blocks = self.blocks, []
        return found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        line = values.get(LINE) or ""
        if line.isdecimal() and len(line) < 9:
            self.line = int(line)
        if tag in _HEADINGS:
            self.skipped = ""
            self._begin_heading(_HEADINGS[tag])
        elif self.skipped or tag in _SKIPPED:
            self.skipped = self.skipped or tag
        elif tag in _BOLD:
            self.bold += 1
        elif tag == "a":
            self.href = " ".join((values.get("href") or "").split())
        elif tag == "img":
            self.handle_data(PICTURE + (values.get("alt") or "") if self.href else "")
        elif tag == "br":
            self._add("\n")
        elif tag == "title":
            self.in_title = True
        elif tag == "meta":
            name = (values.get("name") or values.get("property") or "").lower()
            self.date = self.date or ((values.get("content") or "") if name in _DATES else "")
        else:
            self._begin(tag, values)

    def _begin(self, tag: str, values: dict[str, str | None]) -> None:
        """Begins a block of one of the other kinds."""
        if tag in ("ul", "ol", "menu"):
            self.end_block()
            start = values.get("start") or ""
            first = int(start) if start.isdecimal() and len(start) < 9 else 1
            self.lists.append(first if tag == "ol" else None)
        elif tag == "li":
            self._begin_item()
        elif tag == "table":
            self._begin_table()
        elif tag == "tr" and self.tables:
            self._end_row()
        elif tag in _CELLS and self.tables:
            self._begin_cell(is_head=tag == "th")
        elif tag in _BLOCKS and not (self.kind is Kind.ITEM and not self.has_text):
            self.end_block()

    def handle_endtag(self, tag: str) -> None:
        if self.skipped:
            self.skipped = "" if tag == self.skipped else self.skipped
        elif tag in _BOLD:
            self.bold = max(0, self.bold - 1)
        elif tag == "a":
            self.href = ""
        elif tag == "title":
            self.in_title = False
        elif tag in ("ul", "ol", "menu"):
            self.end_block()
            self.lists = self.lists[:-1]
        elif tag == "table" and self.tables:
            self.end_table()
        elif tag == "tr" and self.tables:
            self._end_row()
        elif tag in _HEADINGS or tag in _BLOCKS or tag in _CELLS or tag == "li":
            self.end_block()

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.title.append(data)
        elif data and not self.skipped:
            self._add(data.replace("\n", " "))

    def _add(self, text: str) -> None:
        run = Run(text, self.href, self.bold > 0)
        if not self.has_text and not text.isspace():
            self.start, self.has_text = self.line or self.getpos()[0], True
        self.runs.append(run)
        if self.tables and self.tables[-1].is_open:
            self.tables[-1].cells[-1].append(run)

    def _begin_heading(self, level: int) -> None:
        self.end_block()
        self.kind, self.level = Kind.HEADING, level
        if self.tables:
            self.tables[-1].is_layout = True

    def _begin_item(self) -> None:
        self.end_block()
        self.kind, self.level = Kind.ITEM, max(1, len(self.lists))
        if self.lists and (number := self.lists[-1]) is not None:
            self.number = str(number)
            self.lists[-1] = number + 1

    def end_block(self) -> None:
        """Ends the block that is being read."""
        if self.has_text:
            runs = (tuple(self.runs),)
            level = len(self.lists) if self.kind is Kind.PARAGRAPH else self.level
            self.blocks.append(Block(self.kind, self.start, runs, level, self.number))
            if self.tables and self.tables[-1].is_open:
                self.tables[-1].cells[-1].append(Run("\n"))
        self.runs, self.has_text, self.kind, self.number = [], False, Kind.PARAGRAPH, None
        self.bold = 0

    def _begin_table(self) -> None:
        self.end_block()
        for table in self.tables[-1:]:
            table.is_layout = True
        self.table_count += 1
        self.tables.append(_Table(len(self.blocks), self.table_count))

    def _begin_cell(self, *, is_head: bool) -> None:
        self.end_block()
        table = self.tables[-1]
        if not table.cells:
            table.line = self.line or self.getpos()[0]
        table.cells.append([])
        table.heads += is_head
        table.is_open = True

    def _end_row(self) -> None:
        self.end_block()
        table = self.tables[-1]
        if table.cells:
            cells = tuple(tuple(cell) for cell in table.cells)
            is_header = table.heads * 2 > len(cells)
            table.rows.append(
                Block(Kind.ROW, table.line, cells, table=table.number, is_header=is_header)
            )
        table.cells, table.heads, table.is_open = [], 0, False

    def end_table(self) -> None:
        """Ends a table. One that only lays out a page is read as if it weren't there."""
        self._end_row()
        table = self.tables.pop()
        filled = (sum(plain(cell) != "" for cell in row.cells) for row in table.rows)
        if not table.is_layout and any(count > 1 for count in filled):
            self.blocks[table.first :] = table.rows
