"""Items of Zotero as JSON, as Better BibTeX and Zotero's API export them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from broadsheet.importers.bibliography import Entry, Periodical
from broadsheet.importers.entries import field_names
from broadsheet.importers.forgiving import full_name
from broadsheet.importers.json_items import Item, text_of, texts_of

_NOT_CITED = frozenset(["attachment", "note", "annotation"])
_VENUES = (
    "publicationTitle",
    "proceedingsTitle",
    "bookTitle",
    "conferenceName",
    "journalAbbreviation",
)
# Fields of Zotero (https://api.zotero.org/itemFields), and what exports add to them.
ZOTERO_FIELDS = field_names("""
    DOI ISBN ISSN abstractNote accessDate applicationNumber archive archiveID archiveLocation
    artworkMedium attachments authority bookTitle callNumber citationKey citekey code collections
    company conferenceName country court creators data date dateAdded dateDecided dateModified
    deleted distributor docketNumber edition encyclopediaTitle extra genre history identifier
    inPublications institution issue itemID itemKey itemType journalAbbreviation key language
    libraryCatalog libraryID links meetingName meta medium notes number numPages numberOfVolumes
    organization pages place proceedingsTitle publicationTitle publisher relations reportNumber
    reportType repository rights runningTime section select seeAlso series seriesNumber seriesText
    seriesTitle shortTitle status system tags thesisType title type university uri url version
    versionNumber volume websiteTitle websiteType
""")


def is_zotero(fields: Mapping[str, Any]) -> bool:
    """Whether an object is an item of Zotero, or one with data around it."""
    return isinstance(_data(fields).get("itemType"), str)


def _data(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    data = fields.get("data")
    return data if isinstance(data, dict) and "itemType" not in fields else fields


def collections_of(beside: Iterable[Mapping[str, Any]]) -> Mapping[str, tuple[str, ...]]:
    """Returns the names of the collections of items, by the `itemID` of the item.

    Args:
        beside: What stands beside the items.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for fields in beside:
        listed = fields.get("collections")
        for each in listed.values() if isinstance(listed, dict) else ():
            name = text_of(each, "name") if isinstance(each, dict) else ""
            for item in texts_of(each.get("items")) if name else ():
                found[item].append(name)
    return {item: tuple(names) for item, names in found.items()}


def zotero_entry(item: Item, collections: Mapping[str, tuple[str, ...]]) -> Entry | None:
    """Returns what an item says, or None if it's a note or a file."""
    fields = _data(item.fields)
    if fields.get("itemType") in _NOT_CITED:
        return None
    in_arxiv = any(
        text_of(fields, name).casefold() == "arxiv"
        for name in ("repository", "archive", "publisher")
    )
    numbers = tuple(
        text_of(fields, name)
        for name in ("archiveID", "number", "archiveLocation", "callNumber", "reportNumber")
    )
    venues = tuple(text_of(fields, name) for name in _VENUES)
    is_journal = fields.get("itemType") == "journalArticle"
    return Entry(
        item.line,
        title=text_of(fields, "title"),
        authors=tuple(_names(fields.get("creators"))),
        dates=texts_of(fields.get("date")),
        venues=venues,
        periodical=Periodical(*(text_of(fields, name) for name in ("volume", "issue", "pages")))
        if is_journal
        else None,
        arxiv=numbers if in_arxiv else (),
        dois=texts_of(fields.get("DOI")),
        urls=texts_of(fields.get("url")),
        mentions=(*numbers, *venues),
        notes=(*texts_of(fields.get("extra")), *texts_of(fields.get("notes"), "note")),
        abstract=text_of(fields, "abstractNote"),
        keywords=texts_of(fields.get("tags"), "tag"),
        collections=collections.get(text_of(fields, "itemID"), ()),
        fields=frozenset(fields),
    )


def _names(creators: Any) -> Iterator[str]:
    for creator in creators if isinstance(creators, list) else ():
        if isinstance(creator, dict) and creator.get("creatorType", "author") == "author":
            family, given = text_of(creator, "lastName"), text_of(creator, "firstName")
            whole = text_of(creator, "name") or family or given
            yield full_name(family, given) if family and given else whole
