"""Checking a paper's own texts against its abstract.

Whoever wrote a summary, what it says should come from the paper. The check can't know whether a
sentence is true; it finds what a careful editor would look up.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from broadsheet.base.markup import plain_rich
from broadsheet.content.model import Paper
from broadsheet.content.texts.copies import RUN, copied_runs
from broadsheet.content.texts.finding import Finding
from broadsheet.content.texts.names import KnownNames, names_in
from broadsheet.content.texts.numbers import KnownNumbers, numbers_in
from broadsheet.content.texts.style import (
    LENGTHS,
    length_in_words,
    openings_in,
    praise_in,
    reports_result,
    tells_result,
)

__all__ = ["FIELDS", "Finding", "findings"]

# The fields with a paper's own texts.
FIELDS = ("tldr", "summary")
# Spelled-out numbers that texts use without counting anything: "one of", "the two".
_UNCOUNTED = ((1.0,), (2.0,))


def findings(paper: Paper, *, english: bool = True) -> Iterator[Finding]:
    """Yields what is questionable about a paper's own texts.

    Without an abstract, nothing can be said about numbers, names, copied words and results.

    Args:
        paper: The paper.
        english: Whether the texts are in English. Otherwise, words that only mean something in
            English aren't looked at.
    """
    for field in FIELDS:
        # Line breaks of the file mean nothing here, but those between paragraphs do.
        text = plain_rich(getattr(paper, field) or "")
        if not text:
            continue
        yield from _length(field, text)
        if english:
            yield from _style(field, text)
        if paper.abstract:
            yield from _numbers(field, text, paper, english=english)
            yield from _names(field, text, paper, english=english)
            yield from _copies(field, text, paper)
    if english and paper.tldr and paper.abstract:
        yield from _result(paper.tldr, paper.abstract)


# The texts of a paper come one after the other and have the same sources.
_known_numbers = lru_cache(maxsize=2)(KnownNumbers)
_known_names = lru_cache(maxsize=2)(KnownNames)


def _length(field: str, text: str) -> Iterator[Finding]:
    fewest, most = LENGTHS[field]
    length = length_in_words(text)
    if length < fewest:
        advice = f"write at least {fewest}, or remove the text"
        yield Finding(field, "", f"has only {length} words", advice)
    if length > most:
        yield Finding(field, "", f"has {length} words", f"cut it to at most {most}")


def _style(field: str, text: str) -> Iterator[Finding]:
    for words in dict.fromkeys(praise_in(text)):
        advice = "say what is new or better, or leave it out"
        yield Finding(field, words, f"{words!r} praises", advice)
    for words in dict.fromkeys(openings_in(text)):
        advice = "start with what the paper does or finds"
        yield Finding(field, words, f"{words!r} says nothing about the paper", advice)


def _numbers(field: str, text: str, paper: Paper, *, english: bool) -> Iterator[Finding]:
    year = (paper.published or "")[:4]
    known = _known_numbers((*_titles(paper), paper.abstract or "", paper.venue or "", year))
    for number in numbers_in(text):
        counts = number.is_digits or (english and number.values not in _UNCOUNTED)
        if counts and not known.has(number):
            message = f"the number {number.words!r} isn't in the abstract"
            yield Finding(field, number.words, message, "compare it with the paper")


def _names(field: str, text: str, paper: Paper, *, english: bool) -> Iterator[Finding]:
    names = dict.fromkeys(name.words for name in names_in(text, capitals_name=english))
    facts = (*_titles(paper), paper.abstract or "", paper.venue or "", *paper.authors)
    known = _known_names(facts)
    for name in names:
        if not known.has(name):
            message = f"the name {name!r} isn't in the abstract"
            yield Finding(field, name, message, "compare it with the paper")


def _copies(field: str, text: str, paper: Paper) -> Iterator[Finding]:
    for words in copied_runs(text, paper.abstract or "", _titles(paper)):
        message = f"copies {RUN} words or more from the abstract: {words!r}"
        yield Finding(field, words, message, "say it in other words")


def _result(tldr: str, abstract: str) -> Iterator[Finding]:
    if reports_result(abstract) and not tells_result(plain_rich(tldr)):
        message = "tells no result, but the abstract has one"
        yield Finding("tldr", "", message, "say what the paper found")


def _titles(paper: Paper) -> list[str]:
    return [title for title in (paper.title, *paper.other_titles) if title]
