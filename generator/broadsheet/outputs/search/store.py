"""The texts of documents, in blocks, and the documents of each facet.

Blocks are found by the numbers of documents. They're small, because the ten results of a page are
rarely neighbors. Those of texts are only read to check exact phrases.
"""

from __future__ import annotations

import hashlib
import json
import marshal
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from broadsheet.base.addresses import paper_url
from broadsheet.base.cache import Cache
from broadsheet.base.identifiers import parse_arxiv
from broadsheet.base.language import MOST_AUTHORS
from broadsheet.base.results import Results
from broadsheet.base.text import shortened
from broadsheet.outputs.search.document import SearchDocument, body_text, texts_of
from broadsheet.outputs.search.packing import deflated, gaps, packed
from broadsheet.outputs.search.table import SearchResult, SearchTexts

# Lists name all authors if there is only one more than they would name of many.
_AUTHORS_KEPT = MOST_AUTHORS + 1


# With more documents, the sizes of blocks of one document would outweigh what these save.
_SMALL = 25_000


class Stored(NamedTuple):
    """Compressed blocks of `SearchResult` and of `SearchTexts` rows for the same documents."""

    results: bytes
    texts: bytes


def in_block(document_count: int) -> int:
    """Returns the number of documents per block."""
    return 1 if document_count <= _SMALL else 2


def stored_blocks(
    documents: Sequence[SearchDocument], topics: Sequence[str], cache: Cache
) -> list[Stored]:
    """Returns the blocks of all documents. `topics` are slugs in the table's order."""
    place = {slug: number for number, slug in enumerate(topics)}
    size = in_block(len(documents))
    kept = Results(cache, "stored")
    blocks: list[Stored] = []
    for start in range(0, len(documents), size):
        together = documents[start : start + size]
        places = [[place[slug] for slug, _ in document.topics] for document in together]
        key = _key(together, places)
        found = kept.get(key)
        if found is None:
            found = tuple(_stored(together, places))
            kept.put(key, found)
        blocks.append(Stored(*found))
    kept.keep()
    return blocks


def _key(documents: Sequence[SearchDocument], places: Sequence[Sequence[int]]) -> bytes:
    values: Any = ([tuple(vars(document).values()) for document in documents], places)
    # Later versions of marshal also depend on which values are the same objects.
    return hashlib.sha256(marshal.dumps(values, 2)).digest()


def _stored(documents: Sequence[SearchDocument], places: Sequence[Sequence[int]]) -> Stored:
    rows = list(zip(documents, places, strict=True))
    return Stored(
        deflated(json_bytes([_result(*row) for row in rows])),
        deflated(json_bytes([_texts(*row) for row in rows])),
    )


def _result(document: SearchDocument, topics: Sequence[int]) -> SearchResult:
    usual = document.url == paper_url(document.ref)
    return SearchResult(
        title=document.title,
        address=document.ref if usual else "/" + document.url,
        published=document.published or "",
        arxiv=next(filter(None, map(parse_arxiv, document.ids)), ""),
        authors=document.authors[:_AUTHORS_KEPT],
        others=max(0, len(document.authors) - _AUTHORS_KEPT),
        topics=topics,
        weeks=document.weeks,
        code=int(document.code),
        withdrawn=int(document.withdrawn),
        lead=shortened(document.lead or next(filter(None, texts_of(document)), "")),
    )


def _texts(document: SearchDocument, topics: Sequence[int]) -> SearchTexts:
    return SearchTexts(document.title, body_text(document), document.authors, topics)


def json_bytes(value: Any) -> bytes:
    """Returns a value as JSON without spaces, in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def named(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Returns names by slug, sorted by slug."""
    return dict(sorted(dict(pairs).items()))


def facet_column(
    documents: Sequence[SearchDocument],
    values: Iterable[str],
    values_of: Callable[[SearchDocument], Iterable[str]],
) -> bytes:
    """Packs the documents of a facet: for each of its values their number, then them as gaps."""
    holders: dict[str, list[int]] = {value: [] for value in values}
    for number, document in enumerate(documents):
        for value in dict.fromkeys(values_of(document)):
            holders[value].append(number)
    return packed(_counted(holders.values()))


def _counted(lists: Iterable[list[int]]) -> Iterator[int]:
    for numbers in lists:
        yield len(numbers)
        yield from gaps(numbers)
