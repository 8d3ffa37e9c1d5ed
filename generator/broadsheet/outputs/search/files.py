"""The files of the index, and a table that tells which of them to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from broadsheet.base.cache import Cache
from broadsheet.outputs.search.blocks import (
    FileSeries,
    block_series,
    file_series,
    sizes_text,
    unit_of_blocks,
)
from broadsheet.outputs.search.document import FIELDS, SearchDocument, in_search_order
from broadsheet.outputs.search.languages import ENGLISH, SearchLanguage, script_name
from broadsheet.outputs.search.packing import (
    deflated,
    deflated_column,
    front_coded,
    in_parts,
    packed,
)
from broadsheet.outputs.search.store import facet_column, in_block, json_bytes, named, stored_blocks
from broadsheet.outputs.search.table import FORMAT, SearchAnalysis, SearchedField, SearchTable
from broadsheet.outputs.search.term_index import TermIndex, term_index

TABLE = "table.json"
_LONG_FIELDS = [place for place, of_field in enumerate(FIELDS) if of_field.long]


@dataclass
class _Files:
    """The files, and for each kind of file how to find them and their blocks."""

    unit: int
    files: dict[str, bytes] = field(default_factory=dict)
    series: dict[str, FileSeries] = field(default_factory=dict)

    def add(self, kind: str, contents: Iterable[bytes]) -> None:
        """Adds files with compressed contents, which readers load as a whole."""
        self._add(kind, file_series(kind, list(contents)))

    def add_blocks(self, kind: str, blocks: Iterable[bytes]) -> None:
        """Adds compressed blocks, of which readers load some."""
        self._add(kind, block_series(kind, list(blocks), self.unit))

    def _add(self, kind: str, series: FileSeries) -> None:
        self.files.update(series.files)
        self.series[kind] = series


class _Starts(NamedTuple):
    """Where shards of terms and blocks of spellings start, front-coded."""

    terms: str
    forward: str
    backward: str


def index_files(
    documents: Iterable[SearchDocument],
    feeds: Mapping[str, str],
    language: SearchLanguage,
    cache: Cache,
) -> dict[str, bytes]:
    """Returns all files of the index by path, including the table."""
    ordered = in_search_order(documents)
    index = term_index(ordered, language, cache)
    topics = named(topic for document in ordered for topic in document.topics)
    sources = named(source for document in ordered for source in document.sources)
    files = _Files(unit_of_blocks(len(ordered)))
    starts = _add_terms(files, index)
    _add_store(files, ordered, list(topics), cache)
    facets = _add_facets(files, ordered, topics, sources)
    sizes = _add_sizes(files)
    table: SearchTable = {
        "format": FORMAT,
        "documents": len(ordered),
        "years": _first_of_years(ordered),
        "analysis": _analysis(files, language),
        "fields": _fields(index),
        "terms": starts.terms,
        "forward": starts.forward,
        "backward": starts.backward,
        "topics": list(topics.items()),
        "sources": list(sources.items()),
        "facets": facets,
        "together": in_block(len(ordered)),
        "feeds": _feeds_of_filters(feeds, topics, sources),
        "series": {kind: (it.in_file, it.group, it.hashes) for kind, it in files.series.items()},
        "unit": files.unit,
        "sizes": sizes,
    }
    return files.files | {TABLE: json_bytes(table)}


def _add_terms(files: _Files, index: TermIndex) -> _Starts:
    files.add_blocks("terms", [shard.content for shard in index.shards.shards])
    files.add("lengths", [_lengths(index.lengths[place]) for place in _LONG_FIELDS])
    spelling = index.spelling
    files.add_blocks("forward", [block.compressed for block in spelling.forward])
    files.add_blocks("backward", [block.compressed for block in spelling.backward])
    return _Starts(
        front_coded(index.shards.firsts()),
        front_coded(block.first for block in spelling.forward),
        front_coded(block.first for block in spelling.backward),
    )


def _lengths(lengths: Iterable[int]) -> bytes:
    """Returns lengths in two parts: the low bytes of all of them, then the rest, packed."""
    known = list(lengths)
    low, above = bytes(length & 0xFF for length in known), [length >> 8 for length in known]
    return in_parts((deflated_column(low), deflated_column(packed(above))))


def _fields(index: TermIndex) -> list[SearchedField]:
    return [
        {
            "asked": of_field.asked,
            "boost": of_field.boost,
            "total": sum(lengths),
            "lengths": _LONG_FIELDS.index(place) if of_field.long else -1,
        }
        for place, (of_field, lengths) in enumerate(zip(FIELDS, index.lengths, strict=True))
    ]


def _analysis(files: _Files, language: SearchLanguage) -> SearchAnalysis:
    stemmer = "english" if language.stem == ENGLISH.stem else ""
    if language.script:
        stemmer = script_name(language.script)
        files.files[stemmer] = language.script.encode()
    return {
        "stops": " ".join(sorted(language.stop_words)),
        "stemmer": stemmer,
        "accents": language.keeps_accents,
        "bigrams": language.has_bigrams,
    }


def _add_store(
    files: _Files, documents: Sequence[SearchDocument], topics: Sequence[str], cache: Cache
) -> None:
    blocks = stored_blocks(documents, topics, cache)
    files.add_blocks("results", [block.results for block in blocks])
    files.add_blocks("texts", [block.texts for block in blocks])


def _add_sizes(files: _Files) -> dict[str, str | int]:
    """Returns the sizes of blocks by kind, or the numbers of files if there are many sizes."""
    many = [kind for kind in ("results", "texts") if kind in files.series]
    files.add("sizes", [deflated_column(packed(files.series[kind].sizes)) for kind in many])
    few = {kind: series for kind, series in files.series.items() if series.in_file}
    return {
        kind: many.index(kind) if kind in many else sizes_text(series.sizes)
        for kind, series in few.items()
    }


def _add_facets(
    files: _Files,
    documents: Sequence[SearchDocument],
    topics: Iterable[str],
    sources: Iterable[str],
) -> list[str]:
    """Adds a file for each facet and returns their names in order."""
    weeks = sorted({week for document in documents for week in document.weeks})
    columns: dict[str, tuple[Iterable[str], Callable[[SearchDocument], Iterable[str]]]] = {
        "topics": (topics, lambda document: (slug for slug, _ in document.topics)),
        "sources": (sources, lambda document: (slug for slug, _ in document.sources)),
        "weeks": (weeks, lambda document: document.weeks),
        "code": (("yes",), lambda document: ("yes",) if document.code else ()),
    }
    files.add("weeks", [deflated(json_bytes(weeks))])
    packed_columns = [facet_column(documents, *column) for column in columns.values()]
    files.add("facets", map(deflated, packed_columns))
    return list(columns)


def _first_of_years(documents: Sequence[SearchDocument]) -> list[tuple[str, int]]:
    """Returns each year ("" if unknown) and the number of its first document."""
    firsts: dict[str, int] = {}
    for number, document in enumerate(documents):
        firsts.setdefault((document.published or "")[:4], number)
    return list(firsts.items())


def _feeds_of_filters(
    feeds: Mapping[str, str], topics: Iterable[str], sources: Iterable[str]
) -> dict[str, str]:
    """Returns the feeds of the site, topics and collections, which readers can filter by."""
    pages = [f"topics/{slug}/" for slug in topics] + [f"collections/{slug}/" for slug in sources]
    return {page: feeds[page] for page in ("", *pages) if page in feeds}
