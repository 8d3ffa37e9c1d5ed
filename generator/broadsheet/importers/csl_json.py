"""Importer for CSL-JSON, and for Zotero's own JSON, which Better BibTeX exports.

Both are lists of objects. CSL-JSON names the kind of an item `type`, Zotero `itemType`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from broadsheet.base.errors import Problem
from broadsheet.importers.bibliography import Entry, Periodical
from broadsheet.importers.entries import field_names, reading_of, split_values
from broadsheet.importers.forgiving import full_name
from broadsheet.importers.importer import Importer, Reading
from broadsheet.importers.json_items import (
    Item,
    Surroundings,
    first_item,
    items,
    text_of,
    texts_of,
)
from broadsheet.importers.services.json_works import kind_of
from broadsheet.importers.zotero import ZOTERO_FIELDS, collections_of, is_zotero, zotero_entry

NAME = "csl-json"
# The types and variables of CSL 1.0.2 (https://docs.citationstyles.org), and some of programs.
_TYPES = field_names("""
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic
    collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic
    hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet
    paper-conference patent performance periodical personal_communication post post-weblog
    regulation report review review-book software song speech standard thesis treaty webpage
""")
CSL_FIELDS = field_names("""
    DOI ISBN ISSN PMCID PMID URL abstract accessed annote archive archive-place archive_collection
    archive_location author authority available-date call-number categories chair chapter-number
    citation-key citation-label citation-number collection-editor collection-number
    collection-title compiler composer container container-author container-title
    container-title-short contributor curator custom dimensions director division edition editor
    editor-translator editorial-director event event-date event-place event-title
    executive-producer first-reference-note-number genre guest host id illustrator interviewer
    issue issued journalAbbreviation jurisdiction keyword keywords language license locator medium
    narrator note number number-of-pages number-of-volumes organizer original-author original-date
    original-publisher original-publisher-place original-title page page-first part-number
    part-title performer printing-number producer publisher publisher-place recipient references
    reviewed-author reviewed-genre reviewed-title scale script-writer section series-creator
    shortTitle source status submitted supplement-number system_id tags title title-short
    translator type version volume volume-title volume-title-short year-suffix
""")
_USUAL = frozenset(["author", "issued", "DOI", "URL", "container-title"])


def looks_like(text: str) -> bool:
    """Whether the first object is one of CSL-JSON or Zotero."""
    first = first_item(text)
    return first is not None and is_reference(first.fields)


def is_reference(fields: Mapping[str, Any]) -> bool:
    """Whether an object is a reference in CSL-JSON or an item of Zotero."""
    usual = bool(_USUAL & fields.keys()) or fields.keys() <= CSL_FIELDS
    is_csl = text_of(fields, "type") in _TYPES and usual
    return kind_of(fields) is None and (is_csl or is_zotero(fields))


def read(text: str, source: str) -> Reading:
    """Reads all objects. Those that can't be read become problems."""
    is_one_list = text[:100].lstrip("\ufeff \t\r\n").startswith("[")
    beside = () if is_one_list else items(text, source)
    # Those of an object come behind its list.
    collections = collections_of(each.fields for each in beside if isinstance(each, Surroundings))
    entries = (
        each if isinstance(each, Problem) else _entry(each, collections)
        for each in items(text, source)
        if not isinstance(each, Surroundings)
    )
    known = CSL_FIELDS | ZOTERO_FIELDS
    return reading_of(NAME, source, filter(None, entries), known)


def _entry(item: Item, collections: Mapping[str, tuple[str, ...]]) -> Entry | None:
    if is_zotero(item.fields):
        return zotero_entry(item, collections)
    return _csl_entry(item)


def _csl_entry(item: Item) -> Entry:
    fields = item.fields
    numbers = tuple(text_of(fields, name) for name in ("number", "archive_location"))
    venues = tuple(text_of(fields, name) for name in ("container-title", "event-title", "event"))
    named_arxiv = any(
        text_of(fields, name).casefold() == "arxiv" for name in ("archive", "publisher", "source")
    )
    is_journal = fields.get("type") == "article-journal"
    return Entry(
        item.line,
        title=text_of(fields, "title"),
        authors=tuple(_names(fields.get("author"))),
        dates=tuple(_dates(fields.get("issued"))),
        venues=venues,
        periodical=Periodical(*(text_of(fields, name) for name in ("volume", "issue", "page")))
        if is_journal
        else None,
        arxiv=numbers if named_arxiv else (),
        dois=texts_of(fields.get("DOI")),
        urls=texts_of(fields.get("URL")),
        mentions=(*numbers, *venues),
        notes=(*texts_of(fields.get("note")), *texts_of(fields.get("annote"))),
        abstract=text_of(fields, "abstract"),
        keywords=_keywords(fields),
        fields=frozenset(fields),
    )


def _keywords(fields: Mapping[str, Any]) -> tuple[str, ...]:
    names = ("keyword", "keywords", "categories", "tags")
    return split_values(
        (text for name in names for text in texts_of(fields.get(name), "tag")), ";", ","
    )


def _names(people: Any) -> Iterator[str]:
    for person in people if isinstance(people, list) else [people]:
        if isinstance(person, dict):
            yield _name(person)
        elif isinstance(person, str):
            yield person


def _name(person: Mapping[str, Any]) -> str:
    particles = ("dropping-particle", "non-dropping-particle", "family")
    family = " ".join(filter(None, (text_of(person, part) for part in particles)))
    given = text_of(person, "given")
    if family and given:
        return full_name(family, given, text_of(person, "suffix"))
    return family or given or text_of(person, "literal") or text_of(person, "name")


def _dates(issued: Any) -> Iterator[str]:
    """Yields a date in each of the forms in which it's given."""
    if isinstance(issued, str):
        yield issued
    elif isinstance(issued, dict):
        parts = issued.get("date-parts")
        first = parts[0] if isinstance(parts, list) and parts else parts
        parts = first if isinstance(first, list) else parts
        if isinstance(parts, list):
            yield "-".join(part.strip() for part in parts if isinstance(part, str))
        yield from (text_of(issued, name) for name in ("raw", "literal", "edtf"))


CSL_JSON = Importer(
    NAME,
    'CSL-JSON or Zotero\'s JSON, such as \'[{"type": "article", "title": …}]\'',
    looks_like,
    read,
)
