"""The files of the index, and the table that says which of them to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from broadsheet.outputs.search.document import FIELDS, SearchDocument, in_search_order
from broadsheet.outputs.search.inverted import InvertedIndex, invert
from broadsheet.outputs.search.packing import (
    FileSeries,
    deflated,
    deflated_parts,
    file_series,
    front_coded,
    packed,
)
from broadsheet.outputs.search.scripts import scripts
from broadsheet.outputs.search.shards import cut
from broadsheet.outputs.search.spelling import spelling_blocks
from broadsheet.outputs.search.store import (
    RESULTS_IN_BLOCK,
    facet_column,
    json_bytes,
    named,
    result_blocks,
    text_blocks,
    texts_in_block,
)

TABLE = "table.json"
FORMAT = 3


@dataclass
class _Files:
    """Files so far, and for each kind the size of its groups and their hashes."""

    files: dict[str, bytes] = field(default_factory=dict)
    series: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)

    def add(self, kind: str, contents: Iterable[bytes]) -> None:
        self.add_compressed(kind, [deflated(content) for content in contents])

    def add_compressed(self, kind: str, contents: Sequence[bytes]) -> None:
        series: FileSeries = file_series(kind, contents)
        self.files.update(series.files)
        self.series[kind] = (series.group, series.hashes)


def index_files(documents: Iterable[SearchDocument], feeds: Mapping[str, str]) -> dict[str, bytes]:
    """All files, the table among them."""
    ordered = in_search_order(documents)
    files = _Files()
    table = {
        "format": FORMAT,
        "documents": len(ordered),
        "years": _first_of_years(ordered),
    }
    table |= _add_terms(files, invert(ordered)) | _add_store(files, ordered)
    table["feeds"] = _feeds_of_filters(feeds, table)
    table["series"] = files.series
    return files.files | scripts() | {TABLE: json_bytes(table)}


def _add_terms(files: _Files, index: InvertedIndex) -> dict[str, Any]:
    shards = cut(index)
    files.add_compressed("terms", [deflated_parts(shard.parts) for shard in shards])
    long = [place for place, of_field in enumerate(FIELDS) if of_field.long]
    files.add_compressed("lengths", [_lengths(index.lengths[place]) for place in long])
    spelling = spelling_blocks(index.terms)
    files.add("forward", [block.content for block in spelling.forward])
    files.add("backward", [block.content for block in spelling.backward])
    fields = [
        [of_field.name, of_field.boost, sum(lengths), long.index(place) if of_field.long else -1]
        for place, (of_field, lengths) in enumerate(zip(FIELDS, index.lengths, strict=True))
    ]
    return {
        "fields": fields,
        "terms": front_coded(shard.first for shard in shards),
        "forward": front_coded(block.first for block in spelling.forward),
        "backward": front_coded(block.first for block in spelling.backward),
    }


def _lengths(lengths: Iterable[int]) -> bytes:
    """Two parts: the low bytes of all lengths, then all that is above them, packed."""
    known = list(lengths)
    return deflated_parts(
        (bytes(length & 0xFF for length in known), packed(length >> 8 for length in known))
    )


def _add_store(files: _Files, documents: Sequence[SearchDocument]) -> dict[str, Any]:
    topics = named(topic for document in documents for topic in document.topics)
    sources = named(source for document in documents for source in document.sources)
    weeks = sorted({week for document in documents for week in document.weeks})
    files.add("results", result_blocks(documents, list(topics)))
    files.add("texts", text_blocks(documents, list(topics)))
    columns: tuple[tuple[Iterable[str], Callable[[SearchDocument], Iterable[str]]], ...] = (
        (topics, lambda document: (slug for slug, _ in document.topics)),
        (sources, lambda document: (slug for slug, _ in document.sources)),
        (weeks, lambda document: document.weeks),
        (("yes",), lambda document: ("yes",) if document.code else ()),
    )
    files.add("weeks", [json_bytes(weeks)])
    files.add("facets", [facet_column(documents, *column) for column in columns])
    return {
        "topics": list(topics.items()),
        "sources": list(sources.items()),
        "results": RESULTS_IN_BLOCK,
        "texts": texts_in_block(len(documents)),
    }


def _first_of_years(documents: Sequence[SearchDocument]) -> list[list[Any]]:
    """Each year and the number of its first document; "" for documents without a date."""
    firsts: dict[str, int] = {}
    for number, document in enumerate(documents):
        firsts.setdefault((document.published or "")[:4], number)
    return [[year, number] for year, number in firsts.items()]


def _feeds_of_filters(feeds: Mapping[str, str], table: Mapping[str, Any]) -> dict[str, str]:
    """The feeds of everything, of topics and of collections, which are what can be filtered."""
    topics = [f"topics/{slug}/" for slug, _ in table["topics"]]
    sources = [f"collections/{slug}/" for slug, _ in table["sources"]]
    return {page: feeds[page] for page in ("", *topics, *sources) if page in feeds}
