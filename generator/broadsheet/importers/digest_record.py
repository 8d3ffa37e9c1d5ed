"""Papers found on pages become records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from broadsheet.base.characters import without_harmful
from broadsheet.base.errors import BroadsheetError, Problem, warning
from broadsheet.base.identifiers import fold, parse_partial_date
from broadsheet.content.draft import refuse_invalid
from broadsheet.content.records import Record
from broadsheet.importers.digest_entry import Parts, read_entry
from broadsheet.importers.forgiving import names_in
from broadsheet.importers.lines import quoted
from broadsheet.importers.link_words import LINK_NAMES, NOTHING, PAPER, arxiv_in, doi_in
from broadsheet.importers.page import Block, Kind

_LABELED = re.compile(
    r"(?:- )?(?P<label>authors?|autor(?:en|es)?|auteurs|作者|abstract|摘要|tl;?dr|venue|conference|"
    r"journal|published(?: in| on)?|publication date|date|summary|links?|title)"
    r"\s*[:：]\s*(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
_FIELDS = {
    **dict.fromkeys(
        ("author", "authors", "autor", "autoren", "autores", "auteurs", "作者"), "authors"
    ),
    **dict.fromkeys(("abstract", "摘要"), "abstract"),
    **dict.fromkeys(("tldr", "tl;dr"), "tldr"),
    **dict.fromkeys(("venue", "conference", "journal", "published in"), "venue"),
    **dict.fromkeys(("published", "published on", "publication date", "date"), "published"),
    **dict.fromkeys(("link", "links", "title"), ""),
}
_ARXIV_TEXT = re.compile(r"\barxiv\s*:\s*(\d{4}\.\d{4,5})", re.IGNORECASE)
# Who shortens a list of authors doesn't say who they are.
_SHORTENED = re.compile(r"\bet\.?\s*al\b|\.\.\.|…|\bothers\b", re.IGNORECASE)
_MOST_LINE = 600

Link = tuple[str, str]


@dataclass
class Found:
    """A paper that was found on a page.

    Attributes:
        line: Its line.
        parts: What its heading, row or item says.
        blocks: What follows and is about it.
        facts: The values of columns and the like, by the names of a record's fields.
    """

    line: int
    parts: Parts
    blocks: list[Block] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)


def record_of(found: Found, source: str, problems: list[Problem]) -> Record | None:
    """Returns the record of a paper, or None if it has no title or id. Adds what is odd."""
    head, facts = found.parts, dict(found.facts)
    more = [read_entry(block.runs) for block in found.blocks]
    links = [*head.title_links, *head.links, *(link for parts in more for link in parts.links)]
    for href in (href for parts in (head, *more) for href in parts.refused):
        has_password = "//…@" in href  # which was there instead
        reason = "has a user name or password" if has_password else "isn't a web address"
        message = f"left out the link {quoted(href)}, which {reason}"
        problems.append(warning(source, found.line, "links", message))
    texts = [_marked(text) for text in head.text.split("\n\n")]
    for block, parts in zip(found.blocks, more, strict=True):
        is_item = block.kind is Kind.ITEM
        if is_item:
            texts.append(("- ", " ".join(parts.whole.split())))
        else:
            texts += [_marked(text) for text in parts.whole.split("\n\n")]
    text = _joined(_without_labels([(mark, text) for mark, text in texts if text], facts))
    if head.venue:
        facts.setdefault("venue", head.venue)
    if head.day:
        set_fact(facts, "published", head.day)
    record = Record(
        source,
        found.line,
        title=without_harmful(head.title) or None,
        arxiv=_first(arxiv_in, links) or _arxiv_in_text([head.whole, text]),
        doi=_first(doi_in, links),
        links=_named(links),
        extra=_others(links),
        text=without_harmful(text) or None,
        **{name: value for name, value in facts.items() if value},
    )
    return _valid(record, problems)


def _valid(record: Record, problems: list[Problem]) -> Record | None:
    if not (record.title or record.arxiv or record.doi):
        message = "found no title of this paper, so it was skipped"
        advice = "write its title in bold, or as the words of a link"
        problems.append(Problem(record.source, record.line, "title", message, advice))
        return None
    try:
        refuse_invalid(record)
    except BroadsheetError as error:
        problems += error.problems
        return None
    return record


def set_fact(facts: dict[str, Any], name: str, value: str) -> bool:
    """Sets a field to what a page prints, if that is certain."""
    value = without_harmful(value).strip()
    if not value or name in facts or (name != "abstract" and len(value) > _MOST_LINE):
        return False
    if name == "authors":
        names = None if _SHORTENED.search(value) else names_in(value)
        if names:
            facts[name] = tuple(names)
        return bool(names)
    if name == "published":
        day = re.sub(r"(?<=\d)[./](?=\d)", "-", value.strip("*_ "))
        if not parse_partial_date(day):
            return False
        value = day
    facts[name] = value
    return True


def _without_labels(
    texts: Iterable[tuple[str, str]], facts: dict[str, Any]
) -> Iterator[tuple[str, str]]:
    """Yields texts without those that name a field, such as "Authors: …", which become facts."""
    for mark, text in texts:
        labeled = _LABELED.fullmatch(text)
        name = _FIELDS.get(fold(labeled["label"])) if labeled else None
        if labeled and fold(labeled["label"]) == "summary":
            yield mark, labeled["value"]
        elif labeled and name == "" and len(labeled["value"]) < 3:
            continue
        elif not (labeled and name and set_fact(facts, name, labeled["value"])):
            yield mark, text


def _marked(text: str) -> tuple[str, str]:
    """Returns the mark of a list item, if it is one, and its text."""
    return ("- ", text[2:]) if text.startswith("- ") else ("", text)


def _joined(texts: Iterable[tuple[str, str]]) -> str:
    """Joins paragraphs by blank lines, and list items by line ends."""
    joined, last = "", ""
    for mark, text in texts:
        separator = "" if not joined else "\n" if mark and last else "\n\n"
        joined += f"{separator}{mark}{text}"
        last = mark
    return joined


def _first(find: Callable[[str], str | None], links: Sequence[Link]) -> str | None:
    """Returns the first id in the links to papers, or else the one in all others."""
    to_papers = [url for kind, url in links if kind in (PAPER, "pdf")]
    found = next(filter(None, map(find, to_papers)), None)
    others = {find(url) for _, url in links} - {None}
    return found or (others.pop() if len(others) == 1 else None)


def _named(links: Iterable[Link]) -> dict[str, str]:
    """Returns links by their names. A paper's page that is neither arXiv nor DOI is its project."""
    found: dict[str, str] = {}
    pages: list[str] = []
    for kind, url in links:
        if kind in LINK_NAMES and not arxiv_in(url):
            found.setdefault(kind, url)
        elif kind in (PAPER, "page") and not (arxiv_in(url) or doi_in(url)):
            pages.append(url)
    if pages:
        found.setdefault("project", pages[0])
    return found


def _others(links: Iterable[Link]) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, url in links:
        if kind not in (*LINK_NAMES, PAPER, NOTHING, "page"):
            found.setdefault(kind, url)
    return found


def _arxiv_in_text(texts: Iterable[str]) -> str | None:
    found = {number for text in texts for number in _ARXIV_TEXT.findall(text)}
    return found.pop() if len(found) == 1 else None
