"""What a result shows, in blocks, and which documents each facet holds.

Both are read by number of document. A block of results has two documents, because ten results
are rarely neighbours; a block of texts is read only to check an exact phrase.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from broadsheet.base.addresses import paper_url
from broadsheet.outputs.search.document import SearchDocument, body_text
from broadsheet.outputs.search.packing import gaps, packed
from broadsheet.outputs.search.table import SearchResult, SearchTexts

RESULTS_IN_BLOCK = 2
_AUTHORS_SHOWN = 4
_LEAD_LENGTH = 160


def texts_in_block(document_count: int) -> int:
    """Documents a block of texts: large corpora would have too many files otherwise."""
    return 4 if document_count <= 25_000 else 8


def result_blocks(documents: Sequence[SearchDocument], topics: Sequence[str]) -> list[bytes]:
    """JSON arrays of `SearchResult` rows. `topics` are the slugs in the table's order."""
    place = {slug: number for number, slug in enumerate(topics)}
    results = [_result(document, place) for document in documents]
    return _blocks(results, RESULTS_IN_BLOCK)


def text_blocks(documents: Sequence[SearchDocument], topics: Sequence[str]) -> list[bytes]:
    """JSON arrays of `SearchTexts` rows."""
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
        authors=document.authors[:_AUTHORS_SHOWN],
        others=max(0, len(document.authors) - _AUTHORS_SHOWN),
        topics=[topics[slug] for slug, _ in document.topics],
        weeks=document.weeks,
        code=int(document.code),
        lead=_lead(document),
    )


def _lead(document: SearchDocument) -> str:
    text = document.tldr or document.summary or document.abstract or document.printed
    line = " ".join(text.split())
    if len(line) <= _LEAD_LENGTH:
        return line
    return line[:_LEAD_LENGTH].rpartition(" ")[0].rstrip(" ,;:.") + "…"


def _blocks(values: Sequence[Any], size: int) -> list[bytes]:
    return [json_bytes(values[start : start + size]) for start in range(0, len(values), size)]


def json_bytes(value: Any) -> bytes:
    """`value` as JSON without spaces, in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def named(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Slugs and names without repetitions, in order of the slugs."""
    return dict(sorted(dict(pairs).items()))


def facet_column(
    documents: Sequence[SearchDocument],
    values: Iterable[str],
    values_of: Callable[[SearchDocument], Iterable[str]],
) -> bytes:
    """For each of `values` the number of its documents, then the documents as gaps, packed."""
    holders: dict[str, list[int]] = {value: [] for value in values}
    for number, document in enumerate(documents):
        for value in dict.fromkeys(values_of(document)):
            holders[value].append(number)
    return packed(_counted(holders.values()))


def _counted(lists: Iterable[list[int]]) -> Iterator[int]:
    for numbers in lists:
        yield len(numbers)
        yield from gaps(numbers)
