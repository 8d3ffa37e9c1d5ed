"""Items of RSS and Atom feeds: those of arXiv, of journals, and of anyone else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.identifiers import slug_of
from broadsheet.content.records import ReadCollection, Record
from broadsheet.importers.forgiving import names_in, natural_name
from broadsheet.importers.importer import Importer, Reading
from broadsheet.importers.lines import quoted
from broadsheet.importers.services.arxiv_api import looks_like as is_of_arxivs_api
from broadsheet.importers.services.arxiv_text import abstract_of, latex_line, month_of, version_of
from broadsheet.importers.services.feed_fields import Fields, fields_of, is_item, title_of
from broadsheet.importers.services.plain import day_in, line, paragraphs, tagged_line
from broadsheet.importers.services.work import Remarks, Work, identifiers, pdf_link, reading
from broadsheet.importers.services.xml_elements import line_of, root_name, streamed

NAME = "feed"
_ROOTS = frozenset(["rss", "RDF", "feed"])
# Whole articles don't belong into a list.
_LONGEST = 5_000
# How arXiv starts its descriptions, and ended its titles until 2024.
_ANNOUNCED = re.compile(
    r"\s*arXiv:(?P<id>\S+)\s+Announce Type:\s*[\w-]+\s*(?:Abstract:\s*)?(?P<abstract>.*)", re.DOTALL
)
_ID_IN_TITLE = re.compile(r"\.?\s*\(arXiv:(?P<id>[^\s()]+)(?:\s+\[[\w.-]+\])?(?:\s+UPDATED)?\)$")
_OAI = re.compile(r"oai:arXiv\.org:(?P<id>\S+)", re.IGNORECASE)
_INFO_DOI = re.compile(r"info:doi/", re.IGNORECASE)
# Publishers put DOIs into addresses.
_DOI_IN_PATH = re.compile(
    r"https?://(?:[\w.-]+/doi/(?:abs/|full/|pdf/|epdf/)?|link\.springer\.com/\w+/)"
    r"(?P<doi>10\.\d{4,9}/[^?#\s]+)",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+(?:\s+\((?P<name>.+)\))?")
# How some publishers write facts instead of an abstract.
_FACT = re.compile(r"(?P<name>Publication date|Source|Author\(s\)):\s*(?P<value>.+)")


@dataclass(frozen=True)
class _Description:
    """What an item says: an abstract, or a text and facts by name."""

    arxiv: str | None
    abstract: str | None
    text: str | None
    facts: dict[str, str]


def looks_like(text: str) -> bool:
    """Whether a text is RSS or Atom, but not a reply of arXiv's API."""
    return root_name(text) in _ROOTS and not is_of_arxivs_api(text)


def read(text: str, source: str) -> Reading:
    """Reads the items of a feed as a collection.

    Raises:
        BroadsheetError: It isn't a feed, or isn't well-formed.
    """
    elements = streamed(text, source, is_item)
    root = next(elements)
    if root.tag.rpartition("}")[2] not in _ROOTS:
        message = f"expected RSS or Atom, found <{root.tag}>"
        raise BroadsheetError(Problem(source, root.line, "", message))
    remarks = Remarks()
    works = (_work(item, source, remarks) for item in elements)
    found = reading(NAME, source, works, remarks)
    title = tagged_line(title_of(root))
    if not title:
        return found
    collection = ReadCollection(slug_of(title, "feed"), title, title, found.records)
    return replace(found, collection=collection)


def _work(item: Element, source: str, remarks: Remarks) -> Work:
    fields = fields_of(item)
    number = line_of(item)
    title = tagged_line(fields.first("title", "dc:title"))
    in_title = _ID_IN_TITLE.search(title)
    said = _description(fields, in_title, number, remarks)
    arxiv, doi = identifiers([said.arxiv, *_candidates(fields)])
    record = Record(
        source,
        number,
        title=latex_line(_ID_IN_TITLE.sub("", title)) or None,
        authors=_authors(fields, said.facts, number, remarks),
        arxiv=arxiv,
        doi=doi,
        # arXiv's feeds have the day of the announcement, which isn't that of the paper.
        published=month_of(arxiv) if arxiv else _date(fields, said.facts),
        venue=_venue(fields, said.facts),
        links=_links(fields, identified=bool(arxiv or doi)),
        abstract=said.abstract,
        text=said.text,
    )
    labels = (line(label) for label in fields.all("category", "dc:subject"))
    return Work(
        record,
        categories=tuple(dict.fromkeys(filter(None, labels))),
        version=version_of(said.arxiv or ""),
        published_doi=doi if arxiv else None,
    )


def _candidates(fields: Fields) -> Iterator[str]:
    """Yields what can be the id of a paper."""
    names = (
        "arxiv:DOI",
        "prism:doi",
        "dc:identifier",
        "guid",
        "id",
        "link",
        "prism:url",
        "origLink",
    )
    for text in fields.all(*names):
        oai, in_path = _OAI.fullmatch(text), _DOI_IN_PATH.fullmatch(text)
        yield oai["id"] if oai else in_path["doi"] if in_path else _INFO_DOI.sub("", text)
        yield text.partition("?")[0]


def _description(
    fields: Fields, in_title: re.Match[str] | None, number: int, remarks: Remarks
) -> _Description:
    text = fields.first("description", "summary", "dc:description")
    announced = _ANNOUNCED.fullmatch(text)
    if announced:
        abstract = abstract_of(announced["abstract"])
        return _Description(announced["id"], abstract, None, {})
    if in_title:
        return _Description(in_title["id"], "\n\n".join(paragraphs(text)) or None, None, {})
    kept: list[str] = []
    facts: dict[str, str] = {}
    for paragraph in paragraphs(text):
        fact = _FACT.fullmatch(paragraph)
        if fact:
            facts[fact["name"]] = fact["value"]
        else:
            kept.append(paragraph)
    joined = "\n\n".join(kept)
    if len(joined) > _LONGEST:
        message = f"a description has {len(joined):,} characters; left out"
        remarks.add(number, "description", message)
        joined = ""
    return _Description(None, None, joined or None, facts)


def _authors(
    fields: Fields, facts: dict[str, str], number: int, remarks: Remarks
) -> tuple[str, ...]:
    given = [*fields.all("dc:creator", "author"), *filter(None, [facts.get("Author(s)")])]
    names = [name for name in map(_person, given) if name]
    if len(names) != 1:
        return tuple(map(natural_name, dict.fromkeys(names)))
    found = names_in(names[0])
    if found is None:
        remarks.add(number, "author", f"can't tell the names in {quoted(names[0])}; left out")
    return tuple(found or ())


def _person(text: str) -> str:
    """Returns the names in a text without email addresses, which aren't for everyone."""
    plain = latex_line(" ".join(paragraphs(text)))
    email = _EMAIL.fullmatch(plain)
    return (email["name"] or "") if email else plain


def _date(fields: Fields, facts: dict[str, str]) -> str | None:
    names = ("prism:publicationDate", "dc:date", "published", "pubDate", "dcterms:issued")
    given = (*fields.all(*names), facts.get("Publication date", ""), *fields.all("updated"))
    return next(filter(None, map(day_in, given)), None)


def _venue(fields: Fields, facts: dict[str, str]) -> str | None:
    name = line(fields.first("prism:publicationName", "arxiv:journal_reference"))
    return name or facts.get("Source", "").partition(", Volume")[0] or None


def _links(fields: Fields, *, identified: bool) -> dict[str, str]:
    """Returns the link to a PDF, and that to the item unless its id leads there."""
    links = pdf_link(*fields.all("pdf"))
    pages: Iterable[str] = () if identified else fields.all("link", "guid")
    page = next((page for page in pages if page.startswith(("https://", "http://"))), None)
    return links | ({"project": page} if page else {})


FEED = Importer(NAME, "an RSS or Atom feed, whose items become a collection", looks_like, read)
