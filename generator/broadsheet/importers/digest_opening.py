"""The prose above the first list of a page, which introduces its issue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from broadsheet.content.paper_links import without_links
from broadsheet.importers.digest_outline import Part
from broadsheet.importers.digest_record import Found
from broadsheet.importers.link_words import is_paper_url, is_tracked, target_of
from broadsheet.importers.page import PICTURE, Block, Kind, Run

# Shorter texts beside lists are mostly marks and links to other parts of a page.
SHORT = 20
_SENTENCE = re.compile(r"\w+\W+\w.*[.!?…。！？]$", re.DOTALL)
# How far a list is looked for below a sentence that mentions a paper.
MOST_MENTIONS = 20
# An address without a password.
_WEB = re.compile(r"https?://[^\s()<>@]+")
# How many words lead into a link, at least, and how a sentence goes on after it.
_WORDS_BEFORE = 3
_AFTER = re.compile(r"(?:['’]s|,)?\s+[a-z]+\s+\w")


def introduces(block: Block) -> bool:
    """Whether a block can be a paragraph of an introduction."""
    is_text = len(block.text) >= SHORT or _SENTENCE.match(block.text) is not None
    return block.kind is Kind.PARAGRAPH and is_text


def introduction_of(block: Block) -> str:
    """Returns a paragraph as Markdown with its links, except those that may be personal."""
    groups = groupby(block.runs, lambda run: run.href)
    text = " ".join("".join(_markdown(href, list(runs)) for href, runs in groups).split())
    return without_links(text)


def _markdown(href: str, runs: list[Run]) -> str:
    text = "".join(run.text for run in runs if not run.text.startswith(PICTURE))
    url, words = target_of(href), text.strip()
    if not _is_public(url) or not words or "://" in words or re.search(r"[\[\]\\]", words):
        return text
    start = text.index(words)
    return f"{text[:start]}[{words}]({url}){text[start + len(words) :]}"


def _is_public(url: str) -> bool:
    """Whether a link is the same for all readers, as far as one can see."""
    is_one = _WEB.fullmatch(url) is not None and not is_tracked(url)
    return is_one and ("?" not in url or is_paper_url(url))


def without_mentions(parts: Iterator[Part], mentions: dict[int, Block]) -> Iterator[Part]:
    """Yields parts without the papers that sentences above the first list only mention.

    Args:
        parts: The parts of a page.
        mentions: The sentences that mention a paper, by line, of the parts that were taken so far.
    """
    above: list[Part] = []
    for part in parts:
        above.append(part)
        is_list = any(paper.parts.is_led for paper in part.papers)
        if is_list or len(above) > MOST_MENTIONS:
            break
    else:
        is_list = False
    last = [above.pop()] if is_list else []
    yield from (_moved(part, mentions) if is_list else part for part in above)
    yield from last
    yield from parts


def mentions_paper(block: Block) -> bool:
    """Whether a paragraph is a sentence that goes on after a link."""
    links = [n for n, run in enumerate(block.runs) if run.href]
    if block.kind is not Kind.PARAGRAPH or block.level or not links:
        return False
    before = "".join(run.text for run in block.runs[: links[0]])
    after = "".join(run.text for run in block.runs[links[0] + 1 :])
    leads_in = before[-1:].isspace() and len(before.split()) >= _WORDS_BEFORE
    return leads_in and _AFTER.match(after) is not None


def _moved(part: Part, mentions: dict[int, Block]) -> Part:
    def is_mention(paper: Found) -> bool:
        return paper.line in mentions and not paper.blocks and not part.is_paper

    kept = [paper for paper in part.papers if not is_mention(paper)]
    moved = [mentions[paper.line] for paper in part.papers if is_mention(paper)]
    rest = sorted((*part.rest, *moved), key=lambda block: block.line)
    return Part(part.headings, kept, rest, part.is_paper)
