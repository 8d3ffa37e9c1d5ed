"""Tables of papers: which column has what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from broadsheet.base.identifiers import arxiv_url, doi_url, fold, parse_arxiv, parse_doi
from broadsheet.importers.digest_entry import Parts, read_entry
from broadsheet.importers.digest_record import Found, set_fact
from broadsheet.importers.link_words import LINK_NAMES, PAPER, label_of
from broadsheet.importers.page import Block, Run, plain

# The names of columns by what they have.
_COLUMNS = {
    "title": "title titles name method model work titel titre titulo 标题 题目 論文 名称",
    PAPER: "paper papers article arxiv publication 论文",
    "links": "links link url urls resources resource 链接 liens enlaces",
    "authors": "author authors autoren auteurs autores 作者",
    "published": "date published year time 日期 时间 datum fecha",
    "venue": "venue conference journal pub publisher 会议",
    "abstract": "abstract",
    "tldr": "tldr",
    "text": "summary description notes note comment comments about keywords contribution 摘要 "
    "简介 beschreibung resume resumen zusammenfassung",
    "number": "no number id rank nr index 序号",
}
_NAMES = {word: column for column, words in _COLUMNS.items() for word in words.split()}
_EMPTY = frozenset({"", "null", "none", "n/a", "na", "-", "--", "\u2013", "\u2014", "x", "tbd"})


def columns_of(header: Block) -> tuple[str, ...] | None:
    """Returns what the columns of a table have, or None if it isn't a table of papers."""
    found = [_column(plain(cell)) for cell in header.cells]
    if "title" not in found and PAPER not in found:
        return None
    if "title" not in found:
        found[found.index(PAPER)] = "title"
    return tuple(found)


def _column(name: str) -> str:
    words = re.findall(r"[^\W\d_]+", fold(name).replace("tl;dr", "tldr"))
    if not words:
        return "number" if name.strip() in ("#", "№") else ""
    known = next((_NAMES[word] for word in reversed(words) if word in _NAMES), "")
    return known or label_of(name)


def read_row(row: Block, columns: Sequence[str] | None) -> Found:
    """Returns the paper of a row. Without names of columns, the first text is its title."""
    if columns is None:
        columns = _guessed(row)
    parts = Parts()
    facts: dict[str, Any] = {}
    texts: list[str] = []
    for column, cell in zip(columns, row.cells, strict=False):
        if fold(plain(cell)) in _EMPTY:
            continue
        if column == "title":
            _take_title(parts, cell)
            texts = [parts.text, *texts]
        elif column == "number":
            parts.number = parts.number or plain(cell).strip("#.) (") or None
        else:
            texts += _other(parts, facts, column, cell)
    parts.text = "\n\n".join(filter(None, texts))
    return Found(row.line, parts, facts=facts)


def _guessed(row: Block) -> tuple[str, ...]:
    """Returns columns of a row that no header names: a title, then texts and links."""
    entries = [read_entry(cell) for cell in row.cells]
    led = next((n for n, entry in enumerate(entries) if entry.is_led), None)
    first = next((n for n, entry in enumerate(entries) if entry.title), 0)
    title = first if led is None else led
    return tuple(
        "title" if n == title else "text" if n > title else "" for n in range(len(entries))
    )


def _take_title(parts: Parts, cell: Sequence[Run]) -> None:
    read = read_entry(cell)
    parts.title, parts.number = read.title, read.number or parts.number
    parts.venue, parts.text, parts.is_led = read.venue, read.text, read.is_led
    parts.whole = read.whole
    parts.title_links = [*parts.title_links, *read.title_links]
    parts.links = [*read.links, *parts.links]
    parts.refused += read.refused


def _other(parts: Parts, facts: dict[str, Any], column: str, cell: Sequence[Run]) -> list[str]:
    """Takes the links of a cell, and its text as a fact. Returns the text if it's no fact."""
    read = read_entry(cell)
    parts.refused += read.refused
    is_link = column in LINK_NAMES or column == PAPER
    own = [(column if is_link else kind, url) for kind, url in (*read.title_links, *read.links)]
    parts.links += [(kind if kind != "page" or is_link else "page", url) for kind, url in own]
    url = _id_url(plain(cell)) if is_link and not own else None
    parts.links += [(PAPER, url)] if url else []
    if is_link or column == "links":
        return []
    if column in ("authors", "published", "venue", "abstract", "tldr"):
        set_fact(facts, column, plain(cell))
        return []
    return [read.whole] if column == "text" else []


def is_header(row: Block) -> bool:
    """Whether a row has the names of columns."""
    return row.is_header or (columns_of(row) is not None and not any(run.href for run in row.runs))


def _id_url(text: str) -> str | None:
    """Returns the URL of an id that a cell has without a link."""
    arxiv, doi = parse_arxiv(text), parse_doi(text)
    return arxiv_url(arxiv) if arxiv else doi_url(doi) if doi else None
