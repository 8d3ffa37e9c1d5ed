"""The texts of documents, in blocks, and the documents of each facet.

Blocks are found by the numbers of documents. They're small, because the ten results of a page are
rarely neighbors. Those of texts are only read to check exact phrases.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from broadsheet.base.addresses import paper_url
from broadsheet.base.language import MOST_AUTHORS
from broadsheet.base.text import shortened
from broadsheet.outputs.search.document import SearchDocument, body_text
from broadsheet.outputs.search.packing import gaps, packed
from broadsheet.outputs.search.table import SearchResult, SearchTexts

# Lists name all authors if there is only one more than they would name of many.
_AUTHORS_KEPT = MOST_AUTHORS + 1


# With more documents, the sizes of blocks of one result would outweigh what these save.
_SMALL = 25_000


def results_in_block(document_count: int) -> int:
    """Returns the number of documents per block of results."""
    return 1 if document_count <= _SMALL else 2


def texts_in_block(document_count: int) -> int:
    """Returns the number of documents per block of texts."""
    return 1 if document_count <= _SMALL else 2


def result_blocks(documents: Sequence[SearchDocument], topics: Sequence[str]) -> list[bytes]:
    """Returns blocks of `SearchResult` rows as JSON. `topics` are slugs in the table's order."""
    place = {slug: number for number, slug in enumerate(topics)}
    results = [_result(document, place) for document in documents]
    return _blocks(results, results_in_block(len(results)))


def text_blocks(documents: Sequence[SearchDocument], topics: Sequence[str]) -> list[bytes]:
    """Returns blocks of `SearchTexts` rows as JSON. `topics` are slugs in the table's order."""
    place = {slug: number for number, slug in enumerate(topics)}
    texts = [
        SearchTexts(
            document.title,
            body_text(document),
            document.authors,
            [place[slug] for slug, _ in document.topics],
        )
        for document in documents
    ]
    return _blocks(texts, texts_in_block(len(texts)))


def _result(document: SearchDocument, topics: dict[str, int]) -> SearchResult:
    usual = document.url == paper_url(document.ref)
    return SearchResult(
        title=document.title,
        address=document.ref if usual else "/" + document.url,
        published=document.published or "",
        authors=document.authors[:_AUTHORS_KEPT],
        others=max(0, len(document.authors) - _AUTHORS_KEPT),
        topics=[topics[slug] for slug, _ in document.topics],
        weeks=document.weeks,
        code=int(document.code),
        lead=shortened(document.tldr or document.summary or document.abstract or document.printed),
    )


def _blocks(values: Sequence[Any], size: int) -> list[bytes]:
    return [json_bytes(values[start : start + size]) for start in range(0, len(values), size)]


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
