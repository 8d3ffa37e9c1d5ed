"""What entries of all formats for references become: records without what formats add to facts.

Notes are often private, so they are only searched for ids and left out. Addresses are links only
if the entry has no arXiv id and no DOI, which lead to the same place, or if they say what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from broadsheet.base.errors import Problem, warning
from broadsheet.base.identifiers import has_lost_zero, parse_arxiv, parse_doi
from broadsheet.base.text import shortened
from broadsheet.content.fields import LINE_LENGTH
from broadsheet.content.model import Paper
from broadsheet.content.records import Record
from broadsheet.importers.dates import combined_date
from broadsheet.importers.finished import said_of
from broadsheet.importers.forgiving import with_scheme
from broadsheet.importers.lines import quoted
from broadsheet.importers.repairs import visible

_ID = r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"
# A line of a note that is nothing but an arXiv id: "arXiv:2403.01234 [cs]".
_ARXIV_LINE = re.compile(
    rf"(?:arxiv (?:e-?|pre)prints?,? )?arxiv\s*:\s*{_ID}(?:\s*\[[\w.\s-]+\])?\.?", re.IGNORECASE
)
# An arXiv id in a longer text, such as a journal: "arXiv preprint arXiv:2403.01234".
_ARXIV_IN_TEXT = re.compile(rf"\b(?:arxiv[:.\s]\s*(?:abs/)?|abs/){_ID}\b", re.IGNORECASE)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(?P<id>.+)", re.IGNORECASE)
_DOI_LINE = re.compile(r"doi\s*[:=]\s*(?P<id>\S+)", re.IGNORECASE)
# Zotero keeps what it has no field for in lines such as "PMID: 1234" or "Citation Key: ada2024".
_KEY_LINE = re.compile(r"[A-Za-z][\w. -]*[:=]\s*\S*")
_NO_VENUE = re.compile(r"(?:arxiv|corr)\b.*", re.IGNORECASE | re.DOTALL)
# Marks for fonts in CSL-JSON and Zotero, and those of Crossref in abstracts.
_FONTS = re.compile(r"</?(?:i|b|sub|sup|sc)>|<span (?:class|style)=\"[^\"<>]*\">|</span>")
_ABSTRACT_MARKS = re.compile(r"<(?:jats:)?title>[^<]*</(?:jats:)?title>|</?(?:jats:\w+|p)>")
_NUMBER = re.compile("[0-9]+")
_PAGES = re.compile("e?[0-9]+-[0-9]+|e[0-9]+")
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")
_IDENTIFYING = ("title", "arxiv", "doi")
_OTHERS = frozenset(["others", "et al", "et al."])
_HOSTS = {
    "github.com": "code",
    "gitlab.com": "code",
    "youtube.com": "video",
    "youtu.be": "video",
    "vimeo.com": "video",
}


@dataclass(frozen=True)
class Periodical:
    """Where an article is in a journal: its volume, issue and pages, each as the entry has it."""

    volume: str = ""
    issue: str = ""
    pages: str = ""


@dataclass(frozen=True)
class Entry:
    """What an entry says, without the syntax of its format.

    Attributes:
        line: The line that it starts on.
        title: Its title.
        authors: Names, as "Ada Example" or "Example, Ada".
        dates: When it was published, the date to prefer first.
        venues: The names of where it was published, the one to prefer first.
        arxiv: What stands where an arXiv id belongs.
        dois: What stands where a DOI belongs.
        urls: Addresses.
        mentions: Texts that may contain an arXiv id, such as "arXiv preprint arXiv:2403.01234".
        notes: Texts of which a line may be an arXiv id or a DOI.
        abstract: Its abstract.
        keywords: Its keywords.
        periodical: Where it is in the venue, if that is a journal.
        collections: The collections that list it.
        fields: The names of all its fields.
    """

    line: int
    title: str = ""
    authors: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    venues: tuple[str, ...] = ()
    arxiv: tuple[str, ...] = ()
    dois: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    periodical: Periodical | None = None
    collections: tuple[str, ...] = ()
    fields: frozenset[str] = frozenset()


def record_of(entry: Entry, source: str) -> Iterator[Record | Problem]:
    """Yields the record of an entry, if it identifies a paper, and what is odd about the entry."""
    arxiv, doi = _arxiv(entry), _doi(entry)
    given: dict[str, Any] = {
        "title": _title(entry) or None,
        "authors": tuple(filter(_is_name, map(_plain, entry.authors))),
        "arxiv": arxiv,
        "doi": doi,
        "published": combined_date(entry.dates),
        "venue": _venue(entry),
        "abstract": _abstract(entry.abstract) or None,
        "links": _links(entry.urls, identified=bool(arxiv or doi)),
    }
    values, problems = _valid(given, entry.line, source)
    if not any(values.get(name) for name in _IDENTIFYING):
        yield _unidentified(entry.line, problems, source)
        return
    yield from problems
    yield from _unread(entry, values, source)
    keywords = tuple(dict.fromkeys(filter(None, map(_plain, entry.keywords))))
    yield Record(source, entry.line, **values, keywords=keywords, collection=_collection(entry))


def _valid(
    given: Mapping[str, Any], line: int, source: str
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Returns the values that the schema allows, and a warning about each other one."""
    try:
        Paper.model_validate({"slug": "a", **given})
    except ValidationError as error:
        found = {str(e["loc"][0]): said_of(e) for e in error.errors(include_url=False)}
        values = {name: value for name, value in given.items() if name not in found}
        problems = (_left_out(name, said, line, source) for name, said in found.items())
        return values, tuple(problems)
    return dict(given), ()


def _unidentified(line: int, problems: tuple[Problem, ...], source: str) -> Problem:
    """Returns an error about an entry that has no title or id, or none that is valid."""
    for problem in problems:
        if problem.field in _IDENTIFYING:
            message = problem.message.removesuffix("; left out")
            return Problem(source, line, problem.field, message, "the entry was skipped")
    advice = "add a title, an arXiv id or a DOI; the entry was skipped"
    return Problem(source, line, "", "doesn't identify a paper", advice)


def _collection(entry: Entry) -> str | None:
    """Returns the collection that lists an entry, if it's a single one."""
    names = [name for name in map(_plain, entry.collections) if name and len(name) <= LINE_LENGTH]
    return names[0] if len(entry.collections) == len(names) == 1 else None


def _left_out(field: str, said: str, line: int, source: str) -> Problem:
    message = said.removeprefix("Value error, ").partition("; ")[0]
    return warning(source, line, field, f"{shortened(message)}; left out")


def _unread(entry: Entry, values: Mapping[str, Any], source: str) -> Iterator[Problem]:
    """Yields a warning about each date and id that can't be read."""
    if any(map(visible, entry.dates)) and not values.get("published"):
        date = next(filter(visible, entry.dates))
        yield warning(source, entry.line, "published", f"{quoted(date)} isn't a date; left out")
    for doi in filter(visible, entry.dois):
        if not parse_doi(_without_doi_prefix(doi)) and not values.get("doi"):
            yield warning(source, entry.line, "doi", f"{quoted(doi)} isn't a DOI; left out")
    lost = [found for found in _arxiv_ids(entry) if has_lost_zero(found)]
    if lost and not values.get("arxiv"):
        message = f"{quoted(lost[0])} is missing a digit; ids since 2015 end with five digits"
        yield warning(source, entry.line, "arxiv", message, "left out; add it by hand")


def _arxiv(entry: Entry) -> str | None:
    return next((found for found in _arxiv_ids(entry) if not has_lost_zero(found)), None)


def _arxiv_ids(entry: Entry) -> Iterator[str]:
    dois = (_ARXIV_DOI.fullmatch(doi) for doi in _dois(entry))
    given = [*entry.arxiv, *(doi["id"] for doi in dois if doi), *map(_without_query, entry.urls)]
    yield from filter(None, map(parse_arxiv, given))
    for line in _lines(entry.notes):
        if found := _ARXIV_LINE.fullmatch(line):
            yield found["id"].lower()
    for text in entry.mentions:
        if found := _ARXIV_IN_TEXT.search(text):
            yield found["id"].lower()


def _doi(entry: Entry) -> str | None:
    return next((doi for doi in _dois(entry) if not _ARXIV_DOI.fullmatch(doi)), None)


def _dois(entry: Entry) -> Iterator[str]:
    lines = (_DOI_LINE.fullmatch(line) for line in _lines(entry.notes))
    in_notes = (line["id"] for line in lines if line)
    given = (*map(_without_doi_prefix, entry.dois), *map(_without_query, entry.urls), *in_notes)
    for text in given:
        if found := parse_doi(text):
            yield text.strip()[-len(found) :]  # as the publisher spells it


def _without_doi_prefix(text: str) -> str:
    return re.sub(r"^doi\s*[:=]?\s*", "", text.strip(), flags=re.IGNORECASE)


def _without_query(url: str) -> str:
    return visible(url).partition("#")[0].partition("?")[0].rstrip("/")


def has_remarks(entry: Entry) -> bool:
    """Whether its notes say more than ids and what programs put there."""
    return any(
        line and not _ARXIV_LINE.fullmatch(line) and not _KEY_LINE.fullmatch(line)
        for line in _lines(entry.notes)
    )


def _lines(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from map(str.strip, text.split("\n"))


def _links(urls: Iterable[str], *, identified: bool) -> dict[str, str]:
    """Returns links by name. Addresses of arXiv and DOIs aren't links, as they follow from ids."""
    links: dict[str, str] = {}
    for url in map(with_scheme, map(visible, urls)):
        if url.lower().startswith(("https://", "http://")):
            name = _kind(url) or (None if identified else "project")
            known = parse_arxiv(_without_query(url)) or parse_doi(_without_query(url))
            if name and not known:
                links.setdefault(name, url)
    return links


def _kind(url: str) -> str | None:
    """Returns the kind of link that an address surely is."""
    try:
        parts = urlsplit(url)
    except ValueError:  # a host such as [::1
        return None
    host = (parts.hostname or "").removeprefix("www.")
    if parts.path.lower().endswith(".pdf"):
        return "pdf"
    return "project" if host.endswith(".github.io") else _HOSTS.get(host)


def _title(entry: Entry) -> str:
    """Returns the title. Papers without one are cited by their arXiv ids."""
    title = _plain(entry.title)
    return "" if _ARXIV_LINE.fullmatch(title) and _arxiv(entry) else title


def _is_name(text: str) -> bool:
    return bool(text) and text.casefold() not in _OTHERS


def _venue(entry: Entry) -> str | None:
    """Returns the name of a venue, with its volume if it's a journal: "Wind (vol. 9, no. 2)"."""
    name = next(filter(_is_venue, map(_plain, entry.venues)), None)
    place = entry.periodical
    if not name or not place or not _NUMBER.fullmatch(place.volume):
        return name
    issue = f", no. {place.issue}" if _NUMBER.fullmatch(place.issue) else ""
    pages = re.sub("[-–—]+", "-", "".join(place.pages.split()))
    pages = f", {pages}" if _PAGES.fullmatch(pages) else ""
    return f"{name} (vol. {place.volume}{issue}{pages})"


def _is_venue(text: str) -> bool:
    return bool(text) and not _NO_VENUE.fullmatch(text)


def _plain(text: str | None) -> str:
    """Returns a text on one line without marks for fonts."""
    return " ".join(visible(_FONTS.sub("", text or "")).split())


def _abstract(text: str) -> str:
    """Returns an abstract with a blank line between paragraphs. Other line breaks mean nothing."""
    paragraphs = _PARAGRAPHS.split(_ABSTRACT_MARKS.sub("", text))
    return "\n\n".join(filter(None, map(_plain, paragraphs)))
