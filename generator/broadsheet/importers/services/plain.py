"""The texts of services as plain text: without tags, line breaks and harmful characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from broadsheet.base.characters import without_harmful
from broadsheet.base.markup import text_of
from broadsheet.importers.dates import date_in
from broadsheet.importers.repairs import repaired, visible

_DAY_OF_WEEK = re.compile(r"^[A-Z][a-z]{2,8},\s+")
_TIME = re.compile(r"[T\s]\d{1,2}:\d{2}.*")
_BLOCKS = frozenset(["jats:p", "p", "jats:title", "jats:list-item", "li", "br", "jats:sec", "div"])
_LEFT_OUT = frozenset(["jats:title", "title"])
_TAGS = (
    r"(?:jats|mml):[a-z-]+|a|b|br|div|em|h[1-6]|i|italic|li|ol|p|scp|sc|small|span|strong|sub|sup|"
    r"title|tt|u|ul"
)
# Without these characters, no repair has anything to do.
_SUSPECT = re.compile(r"[\\`'\"{}/)\]*$]")
# A "<" that starts no tag is one: "p<q and r>s".
_LESS_THAN = re.compile(rf"<(?!/?(?:{_TAGS})(?:\s[^<>]*)?/?>)", re.IGNORECASE)
# Publishers wrap formulas into whole LaTeX documents.
_DOCUMENT = re.compile(
    r"\\documentclass.{0,2000}?\\begin\{document\}(.{0,2000}?)\\end\{document\}", re.DOTALL
)
# Raised and lowered characters as plain text, for tags such as <sup>.
_RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_SCRIPTS = {"sup": _RAISED, "jats:sup": _RAISED, "sub": _LOWERED, "jats:sub": _LOWERED}


def script(text: str, tag: str) -> str:
    """Returns the text of a tag such as <sup>, raised or lowered if all of it can be."""
    table = _SCRIPTS.get(tag, {})
    return text.translate(table) if all(ord(char) in table for char in text) else text


def line(text: str | None) -> str:
    """Returns a plain text on one line, without damage that can be repaired."""
    joined = " ".join((text or "").split())
    if joined.isascii() and joined.isprintable() and not _SUSPECT.search(joined):
        return joined  # as most names and many titles are
    return repaired(visible(without_harmful(joined)))


def day_in(text: str) -> str | None:
    """Returns the date of a time such as "Tue, 05 Nov 2024 17:59:59 GMT" or 2024-11-05T17:59."""
    return date_in(_TIME.sub("", _DAY_OF_WEEK.sub("", text.strip())))


def tagged_line(text: str | None) -> str:
    """Returns a text with tags, such as `<i>` in a title, on one line."""
    return " ".join(paragraphs(text or ""))


def paragraphs(text: str) -> Iterator[str]:
    """Yields the paragraphs of a text with tags, such as `<jats:p>`, without headings."""
    if "<" not in text and "&" not in text:
        return (found for found in (line(text),) if found)
    reader = _Reader()
    reader.feed(_LESS_THAN.sub("&lt;", _DOCUMENT.sub(_formula, text)))
    reader.close()
    # Some services escape twice, so that "&amp;amp;" becomes "&amp;".
    return (found for found in (line(text_of(part)) for part in _joined(reader.parts)) if found)


def _formula(document: re.Match[str]) -> str:
    return document[1].strip().replace("$$", "$")


def _joined(parts: Iterable[str | None]) -> Iterator[str]:
    """Yields the texts between breaks, which are None."""
    texts: list[str] = []
    for part in (*parts, None):
        if part is None:
            yield "".join(texts)
            texts = []
        else:
            texts.append(part)


class _Reader(HTMLParser):
    """Collects the text between tags, and None where a block starts or ends."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str | None] = []
        self._left_out = 0
        self._alternatives = 0
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - HTMLParser's
        self._tag = tag
        self._alternatives += tag == "jats:alternatives"
        self._left_out += self._is_left_out(tag)
        self.parts += [None] if tag in _BLOCKS else []

    def handle_endtag(self, tag: str) -> None:
        self._tag = ""
        self._left_out -= self._is_left_out(tag) and self._left_out > 0
        self._alternatives -= tag == "jats:alternatives" and self._alternatives > 0
        self.parts += [None] if tag in _BLOCKS else []

    def handle_data(self, data: str) -> None:
        if not self._left_out:
            self.parts.append(script(data, self._tag))

    def _is_left_out(self, tag: str) -> bool:
        """Whether a tag holds a heading, or a formula that is also there as LaTeX."""
        return tag in _LEFT_OUT or (tag == "mml:math" and self._alternatives > 0)
