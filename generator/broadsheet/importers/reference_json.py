"""Importers for the JSON that Paperpile exports and that Mendeley's API returns.

Both are lists of objects: Paperpile calls the kind of an item `pubtype`, such as "PP_ARTICLE", and
Mendeley has `authors` with a `first_name` and a `last_name`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
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

_PAPERPILE = field_names("""
    _id abstract accessed address annote archivePrefix arxivid asin article_pdf attachments author
    autoCleaned booktitle chapter citedByLink citekey conference copyright created doi dup_sha1
    duplicates edition editor eprint folders foldersNamed gdrive_id gsid howpublished id_list
    incomplete institution isbn issn issue journal journal_key journalfull keywords kind labels
    labelsNamed language location note notes number organization owner pages parent pdf_restricted
    pmc pmcid pmid primaryClass primaryclass pubtype published publisher school series sha1
    shared sharedUser source starred subfolders subtype title title_sort trashed type updated url
    view_pdf volume xref year
""")
_MENDELEY = field_names("""
    abstract accessed arxiv authored authors chapter citation_key city client_data code confirmed
    country created day department edition editors file_attached files folder_uuids genre group_id
    has_pdf hidden id identifiers institution issue keywords language last_modified link medium
    month notes pages patent_application_number patent_legal_status patent_owner private_publication
    profile_id publisher read reprint_edition revision series series_editor series_number
    short_title source source_type starred statistics_type tags title translators type
    user_context volume websites year
""")


def is_paperpile(fields: Mapping[str, Any]) -> bool:
    """Whether an object is an item of Paperpile."""
    return text_of(fields, "pubtype").startswith("PP_")


def is_mendeley(fields: Mapping[str, Any]) -> bool:
    """Whether an object is a document of Mendeley."""
    authors = fields.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else None
    named = isinstance(first, dict) and "last_name" in first
    return named and bool(fields.keys() & {"identifiers", "source", "profile_id"})


def _paperpile_entry(item: Item) -> Entry:
    fields = item.fields
    numbers = (*texts_of(fields.get("arxivid")), *_eprints(fields))
    journal = text_of(fields, "journalfull") or text_of(fields, "journal")
    parts = (text_of(fields, name) for name in ("volume", "issue", "pages"))
    venues = (journal, *(text_of(fields, name) for name in ("booktitle", "conference")))
    return Entry(
        item.line,
        title=text_of(fields, "title"),
        authors=tuple(_names(fields.get("author"), "last", "first")),
        dates=tuple(_dates(fields.get("published"))),
        venues=venues,
        periodical=Periodical(*parts) if journal else None,
        arxiv=numbers,
        dois=texts_of(fields.get("doi")),
        urls=texts_of(fields.get("url")),
        mentions=venues,
        notes=(*texts_of(fields.get("note")), *texts_of(fields.get("notes"))),
        abstract=text_of(fields, "abstract"),
        keywords=(
            *texts_of(fields.get("labelsNamed")),
            *split_values(texts_of(fields.get("keywords")), ";", ","),
        ),
        collections=texts_of(fields.get("foldersNamed")),
        fields=frozenset(fields),
    )


def _eprints(fields: Mapping[str, Any]) -> tuple[str, ...]:
    archive = text_of(fields, "archivePrefix") or "arxiv"
    return texts_of(fields.get("eprint")) if archive.casefold() == "arxiv" else ()


def _mendeley_entry(item: Item) -> Entry:
    fields = item.fields
    given = fields.get("identifiers")
    ids: Mapping[str, Any] = given if isinstance(given, dict) else {}
    parts = (text_of(fields, name) for name in ("volume", "issue", "pages"))
    is_journal = fields.get("type") == "journal"
    return Entry(
        item.line,
        title=text_of(fields, "title"),
        authors=tuple(_names(fields.get("authors"), "last_name", "first_name")),
        dates=tuple(_dates(fields)),
        venues=texts_of(fields.get("source")),
        periodical=Periodical(*parts) if is_journal else None,
        arxiv=texts_of(ids.get("arxiv")),
        dois=texts_of(ids.get("doi")),
        urls=texts_of(fields.get("websites")),
        mentions=texts_of(fields.get("source")),
        notes=texts_of(fields.get("notes")),
        abstract=text_of(fields, "abstract"),
        keywords=(*texts_of(fields.get("tags")), *texts_of(fields.get("keywords"))),
        fields=frozenset(fields),
    )


def _names(people: Any, family: str, given: str) -> Iterator[str]:
    for person in people if isinstance(people, list) else ():
        if isinstance(person, dict):
            last, first = text_of(person, family), text_of(person, given)
            whole = last or first or text_of(person, "collective") or text_of(person, "formatted")
            yield full_name(last, first) if last and first else whole


def _dates(published: Any) -> Iterator[str]:
    """Yields the date as far as it's known: the year, the month and the day."""
    if isinstance(published, dict):
        parts = [text_of(published, name).strip() for name in ("year", "month", "day")]
        known = parts.index("") if "" in parts else len(parts)
        yield from ("-".join(parts[:count]) for count in range(known, 0, -1))
    else:
        yield from texts_of(published)


def _importer(
    name: str,
    description: str,
    is_item: Callable[[Mapping[str, Any]], bool],
    entry_of: Callable[[Item], Entry],
    known: frozenset[str],
) -> Importer:
    def looks_like(text: str) -> bool:
        first = first_item(text)
        return first is not None and is_item(first.fields)

    return Importer(name, description, looks_like, partial(_read, name, entry_of, known))


def _read(
    name: str, entry_of: Callable[[Item], Entry], known: frozenset[str], text: str, source: str
) -> Reading:
    """Reads all objects. Those that can't be read become problems."""
    found = (each for each in items(text, source) if not isinstance(each, Surroundings))
    entries = (each if isinstance(each, Problem) else entry_of(each) for each in found)
    return reading_of(name, source, entries, known)


PAPERPILE = _importer(
    "paperpile",
    "the JSON that Paperpile exports, with its labels and folders",
    is_paperpile,
    _paperpile_entry,
    _PAPERPILE,
)
MENDELEY = _importer(
    "mendeley",
    "documents of Mendeley's API as JSON",
    is_mendeley,
    _mendeley_entry,
    _MENDELEY,
)
