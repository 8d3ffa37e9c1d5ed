"""A paper in a list, as people write it: a title, its links, and what they say about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from broadsheet.importers.digest_text import LEADING, SEPARATORS, clean_text
from broadsheet.importers.link_words import (
    LINK,
    PAPER,
    clean_url,
    kind_of,
    label_of,
    scheme_of,
    target_of,
    without_password,
)
from broadsheet.importers.page import PICTURE, Run, plain

_BARE_URL = re.compile(r"https?://[^\s<>\"`，。；）】]+")
_URL_END = ".,;:!?)]}'\"*_"
_NUMBER = re.compile(
    r"\s*(?:\[(\d{1,4})\]|\(?(\d{1,4}(?:\.\d{1,3})?)(?:[.):]+\s|\)\s*)|#(\d{1,4})\s|(\d{1,2}\.\d{1,2})\s)\s*"
)
_DECORATION = re.compile(
    r"^[\s\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d*]+"
)
_QUOTED = re.compile(r"[\"“](?P<title>[^\"“”]{8,300}?)[,.]?[\"”]")
_VENUE = re.compile(
    r"\s*[(\[【]\s*(?P<venue>[A-Z][\w&+:./ -]{0,60}?[\s'’`-]{0,2}(?:(?:19|20)\d\d|\d\d)"
    r"(?:[\s,]{1,2}[A-Za-z][A-Za-z ]{0,30})?)\s*[)\]】]"
)
_NO_TITLE = re.compile(
    r"(?:\W*(?:new|update[sd]?|hot|must[- ]read|title|\d+|\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?|"
    r"[A-Z][A-Za-z]{1,12}[ '’-]?\d{2,4})\W*)?",
    re.IGNORECASE,
)
# The box of a list of things to do.
_BOX = re.compile(r"^\s*\[[ xX✓]?\]\s*")
_DAY = re.compile(r"^\W{0,3}((?:19|20)\d\d[-./]\d{1,2}(?:[-./]\d{1,2})?)\W{1,4}(?=\w)")
_TITLE_LABEL = re.compile(
    r"\W*(?:paper )?(?:title|titel|titre|标题|题目|論文)\s*[:：]\s*", re.IGNORECASE
)
# Bold words that say what follows them.
_FIELD = re.compile(
    r"\W*(?:title|titel|authors?|autor(?:en|es)?|auteurs|abstract|summary|tl;?dr|venue|conference|"
    r"journal|published|date|links?|keywords|tags|topics?|category|institutions?|affiliations?|"
    r"comments?|key (?:points|takeaways)|标题|作者|摘要|关键词)\s*[:：]?\W*",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z(\[])|\s[|–—-]\s|\n")
_MOST_TITLE = 400
# How far from its start an entry without marks can have a venue.
_NEAR = 200


@dataclass
class Parts:
    """What an entry says.

    Attributes:
        title: The title.
        number: The number printed before it.
        venue: The venue printed beside it.
        day: The date printed before it.
        text: What is said about the paper.
        whole: Everything but the words of labels and the number.
        links: Its links with labels, as what they lead to and their URL.
        title_links: The links in its title.
        refused: Addresses that are no URLs, such as scripts.
        is_led: Whether the title is bold or a link and comes first.
    """

    title: str = ""
    number: str | None = None
    venue: str | None = None
    day: str | None = None
    text: str = ""
    whole: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    title_links: list[tuple[str, str]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    is_led: bool = False

    @property
    def is_paper(self) -> bool:
        """Whether a link leads to a paper."""
        return any(kind in (PAPER, "pdf") for kind, _ in (*self.title_links, *self.links))


@dataclass
class _Piece:
    """Some text, or a link. A link with a label is no text."""

    text: str
    url: str = ""
    is_bold: bool = False
    kind: str = ""

    @property
    def is_label(self) -> bool:
        return bool(self.url and self.kind)

    @property
    def shown(self) -> str:
        """Its text, or a mark where a link with a label was."""
        return PICTURE if self.is_label else self.text


def read_entry(runs: Iterable[Run]) -> Parts:
    """Reads what one entry says."""
    parts = Parts()
    pieces = list(_pieces(runs, parts))
    parts.number = _take_number(pieces)
    start, end = _title_span(pieces)
    parts.is_led = end > start
    if parts.is_led:
        parts.title = "".join(piece.text for piece in pieces[start:end])
        linked = [piece.url for piece in pieces[start:end] if piece.url]
        parts.title_links = [(kind_of(url) or "page", url) for url in linked]
    before = "".join(piece.shown for piece in pieces[:start])
    text = "".join(piece.shown for piece in pieces[end:])
    parts.whole = clean_text("".join(piece.shown for piece in pieces))
    outside = (*pieces[:start], *pieces[end:])
    parts.links = [(piece.kind, piece.url) for piece in outside if piece.is_label]
    if not parts.is_led:
        parts.title, text = _plain_title(pieces)
        before = "".join(piece.shown for piece in pieces)[:_NEAR]
    if day := _DAY.match(parts.title):
        parts.day, parts.title = day[1], parts.title[day.end() :]
    parts.number = parts.number or _number_in(parts)
    parts.title = _clean_title(parts.title)
    _take_venue(parts, before, text)
    return parts


def _pieces(runs: Iterable[Run], parts: Parts) -> Iterator[_Piece]:
    for (href, bold), group in groupby(_with_urls(runs), lambda run: (run.href, run.bold)):
        text = "".join(run.text for run in group)
        url = target_of(clean_url(href) or "") or None
        if href and url is None and scheme_of(href) not in ("", "mailto", "tel"):
            parts.refused.append(without_password(href))
            text = without_password(text)
        if not url:
            yield _Piece(PICTURE if href and label_of(text) else text, is_bold=bold)
            continue
        is_address = text.strip().rstrip("/") in ("", url.rstrip("/"), href.rstrip("/"))
        label = label_of(text)
        if is_address or (text.startswith(PICTURE) and not label):
            label = kind_of(url) or "page"
        yield _Piece(text, url, bold, _meant(label, url))


def _meant(label: str, url: str) -> str:
    """Returns what a link leads to. Words such as "link" leave it to the address."""
    kind = kind_of(url)
    if label == LINK:
        return kind or "page"
    return (kind or PAPER) if label == PAPER else label


def _with_urls(runs: Iterable[Run]) -> Iterator[Run]:
    """Yields runs, with addresses in their texts as links."""
    for run in runs:
        if run.href or "://" not in run.text:
            yield run
            continue
        end = 0
        for found in _BARE_URL.finditer(run.text):
            url = found[0].rstrip(_URL_END)
            yield run._replace(text=run.text[end : found.start()])
            yield Run(url, url)
            end = found.start() + len(url)
        yield run._replace(text=run.text[end:])


def _take_number(pieces: list[_Piece]) -> str | None:
    """Removes decoration and the number from the start of an entry. Returns the number."""
    for piece in pieces:
        piece.text = _DECORATION.sub("", piece.text)
        found = _NUMBER.match(f"{piece.text} ")
        if found and not piece.url:
            piece.text = _DECORATION.sub("", piece.text[found.end() :])
            return str(next(filter(None, found.groups())))
        if piece.text:
            break
    return None


def _number_in(parts: Parts) -> str | None:
    found = _NUMBER.match(parts.title)
    if not found or not parts.title[found.end() :].strip():
        return None
    parts.title = parts.title[found.end() :]
    return str(next(filter(None, found.groups())))


def _title_span(pieces: Sequence[_Piece]) -> tuple[int, int]:
    """Returns where a bold or linked title starts and ends, which is the same if there's none."""
    for start, piece in enumerate(pieces):
        if piece.is_label or not piece.text.strip(" []()【】\n"):
            continue
        if piece.url or piece.is_bold:
            if not piece.url and _FIELD.fullmatch(piece.text):
                break
            is_label = piece.is_bold and label_of(piece.text)
            if is_label or (not piece.url and _NO_TITLE.fullmatch(piece.text.strip())):
                continue
            end = start + 1
            while end < len(pieces) and piece.is_bold and pieces[end].is_bold:
                end += 1
            return start, end
        rest = _VENUE.sub("", piece.text)
        if len(re.findall(r"[^\W\d_]{2,}", rest)) > 1 or _TITLE_LABEL.fullmatch(rest):
            break
    return 0, 0


def _plain_title(pieces: Sequence[_Piece]) -> tuple[str, str]:
    """Returns the title of an entry that doesn't mark it, and the rest."""
    text = "".join(piece.shown for piece in pieces)
    if quoted := _QUOTED.search(text):
        return quoted["title"], f"{text[: quoted.start()]} {text[quoted.end() :]}"
    first = next((n for n, p in enumerate(pieces) if p.is_label or (n and p.is_bold)), len(pieces))
    before = "".join(piece.text for piece in pieces[:first])
    if not re.search(r"[^\W\d_]{2,}", before):
        before = text
    before = _BOX.sub("", before).lstrip(f" \n{PICTURE}|,")
    leading = _VENUE.match(before)
    before = (before[leading.end() :] if leading else before).lstrip(f" \n[](【{PICTURE}|,")
    label = _TITLE_LABEL.match(before)
    start = text.find(before) + (label.end() if label else 0)
    before = before[label.end() :] if label else before
    venue = _VENUE.search(before)
    ends = [found.start() for found in (_SENTENCE_END.search(before), venue) if found]
    end = min([*ends, len(before)])
    title = before[:end].rstrip(" \n[(【")
    return title.replace(PICTURE, ""), text[start + len(title) :]


def _clean_title(title: str) -> str:
    line = LEADING.sub("", _DECORATION.sub("", plain([Run(title)])))
    line = line.strip("*_ ").rstrip(SEPARATORS.replace("!", "") + " ").strip()
    if line[:1] in "[(\"“'‘" and line[-1:] in "])\"”'’" and line[1:-1].count(line[:1]) == 0:
        line = line[1:-1].strip().rstrip(".,")
    return line if len(line) <= _MOST_TITLE else ""


def _take_venue(parts: Parts, before: str, text: str) -> None:
    """Takes the venue beside the title out of the text."""
    if found := _VENUE.search(before):
        parts.venue = found["venue"]
    if found := _VENUE.match(text) or _VENUE.match(text.lstrip(" ,.:")):
        parts.venue = parts.venue or found["venue"]
        text = found.string[found.end() :]
    parts.text = clean_text(text)


def without_signs(text: str) -> str:
    """Returns a text without signs and spaces at its ends, such as pictures and colons."""
    marks = {c for c in {*text[:20], *text[-20:]} if not c.isalnum() and c not in "()[]{}\"'“”?!%$"}
    return text.strip("".join(marks))
