"""Reads the files of an index, each part when something needs it."""

from __future__ import annotations

import json
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, islice, pairwise
from typing import Any, NamedTuple

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.outputs.search import terms as packed_terms
from broadsheet.outputs.search.analysis import Analyzer
from broadsheet.outputs.search.languages import language_of_script
from broadsheet.outputs.search.packing import packed, packed_number, unpacked
from broadsheet.outputs.search.table import FORMAT, SearchResult, SearchTable, SearchTexts
from broadsheet.outputs.task import ReadFile

FOLDER = "search/index/"
TABLE = "table.json"
# If more shards than this may have a beginning, it's too short to be worth reading them.
_MOST_SHARDS_OF_PREFIX = 4
_SHARD_PARTS = 4
_FIRST_SIZE = ord("0")


class Postings(NamedTuple):
    """Where a term occurs in a field.

    Attributes:
        counts: How often it occurs, by document.
        lengths: How long the field is, by document. Empty for long fields.
    """

    counts: Mapping[int, int]
    lengths: Mapping[int, int]


class Term(NamedTuple):
    """A term with its postings by field, and the number of documents, summed over the fields."""

    name: str
    of: Mapping[int, Postings]
    documents: int


class SearchIndex:
    """An index. Files are read again when they're needed again, except the table and its terms."""

    def __init__(self, read: ReadFile) -> None:
        """Opens an index.

        Args:
            read: Returns the files of a site.

        Raises:
            BroadsheetError: There's no index that this version can read.
        """
        self._read = read
        self.table = _table(self._file(TABLE))
        self._shards: dict[int, Mapping[str, Term]] = {}

    @cached_property
    def analyzer(self) -> Analyzer:
        """Turns words into the terms of this index."""
        analysis = self.table["analysis"]
        return Analyzer(
            language_of_script(
                analysis["stemmer"],
                frozenset(analysis["stops"].split()),
                keeps_accents=analysis["accents"],
                has_bigrams=analysis["bigrams"],
            )
        )

    def terms(self, names: Sequence[str]) -> dict[str, Term]:
        """Returns the terms of the index among some names."""
        found = {name: self._shard(self._range("terms", name)[0]).get(name) for name in names}
        return {name: term for name, term in found.items() if term}

    def is_narrow(self, prefix: str) -> bool:
        """Returns whether few enough shards may have terms that start like this."""
        return len(self._range("terms", prefix, is_start=True)) <= _MOST_SHARDS_OF_PREFIX

    def starting_with(self, prefix: str) -> list[Term]:
        """Returns the terms that start like this."""
        shards = map(self._shard, self._range("terms", prefix, is_start=True))
        return [term for s in shards for term in s.values() if term.name.startswith(prefix)]

    def spelled(self, kind: str, start: str) -> list[str]:
        """Returns the terms of the blocks that may start like this, "forward" or "backward"."""
        blocks = (_inflated(self._block(kind, n)) for n in self._range(kind, start, is_start=True))
        return [name for block in blocks for name in front_decoded(block.decode())]

    def lengths(self, field: int) -> Sequence[int]:
        """Returns the length of a long field in each document."""
        low, high = _in_parts(self._whole("lengths", self.table["fields"][field]["lengths"]), 2)
        return [less + 256 * more for less, more in zip(low, unpacked(high), strict=True)]

    def results(self, numbers: Sequence[int]) -> list[SearchResult]:
        """Returns what lists show of documents."""
        return [SearchResult(*row) for row in self._rows("results", numbers)]

    def texts(self, numbers: Sequence[int]) -> list[SearchTexts]:
        """Returns the texts of documents."""
        return [SearchTexts(*row) for row in self._rows("texts", numbers)]

    def weeks(self) -> Iterator[tuple[str, Sequence[int]]]:
        """Yields each week and the documents that it lists."""
        names: list[str] = json.loads(_inflated(self._whole("weeks", 0)))
        column = self._whole("facets", list(self.table["facets"]).index("weeks"))
        numbers = unpacked(_inflated(column))
        for name, count in zip(names, numbers, strict=False):
            yield name, list(rising(islice(numbers, count)))

    def _rows(self, kind: str, numbers: Sequence[int]) -> Iterator[Sequence[Any]]:
        size = self.table["together"]
        for number in numbers:
            yield json.loads(_inflated(self._block(kind, number // size)))[number % size]

    @cached_property
    def _starts(self) -> Mapping[str, Sequence[bytes]]:
        ranges = {
            "terms": self.table["terms"],
            "forward": self.table["forward"],
            "backward": self.table["backward"],
        }
        return {kind: [*map(_key, front_decoded(coded))] for kind, coded in ranges.items()}

    def _range(self, kind: str, text: str, *, is_start: bool = False) -> range:
        """Returns the shards or blocks that may have a text, or all that start with it."""
        starts = self._starts[kind]
        first = max(0, bisect_right(starts, _key(text)) - 1)
        last = max(0, bisect_right(starts, _key(f"{text}\uffff")) - 1) if is_start else first
        return range(first, last + 1)

    def _shard(self, number: int) -> Mapping[str, Term]:
        if number not in self._shards:
            head, *columns = _in_parts(self._block("terms", number), _SHARD_PARTS)
            documents, frequencies, lengths = columns
            parts = (head, documents, frequencies, lengths)
            found = map(self._term, packed_terms.terms_of(parts))
            self._shards[number] = {term.name: term for term in found}
        return self._shards[number]

    def _term(self, term: packed_terms.Term) -> Term:
        lengths = unpacked(term.lengths)
        of = {}
        for place, counts in packed_terms.postings_of(term).items():
            is_short = self.table["fields"][place]["lengths"] < 0
            known = [less + 1 for less in islice(lengths, len(counts))] if is_short else []
            of[place] = Postings(counts, dict(zip(counts, known, strict=False)))
        return Term(term.name, of, sum(term.counts))

    def _whole(self, kind: str, number: int) -> bytes:
        return self._file(self._path(kind, number))

    def _block(self, kind: str, number: int) -> bytes:
        in_file = self.table["series"][kind][0]
        file = number // in_file
        sizes, unit = self._sizes[kind], self.table["unit"]
        start = sum(sizes[file * in_file : number]) * unit
        block = self._whole(kind, file)[start : start + sizes[number] * unit]
        length = next(unpacked(block))
        start = len(packed_number(length))
        return block[start : start + length]

    @cached_property
    def _sizes(self) -> Mapping[str, Sequence[int]]:
        return {
            kind: [ord(one) - _FIRST_SIZE for one in sizes]
            if isinstance(sizes, str)
            else list(unpacked(_inflated(self._whole("sizes", sizes))))
            for kind, sizes in self.table["sizes"].items()
        }

    def _path(self, kind: str, file: int) -> str:
        _, group, hashes = self.table["series"][kind]
        return f"{kind}/{file}.{hashes[file // group]}.bin"

    def _file(self, path: str) -> bytes:
        found = self._read(FOLDER + path)
        if found is None:
            raise _refusal(path, "is missing, so the site can't be searched")
        return found


def front_decoded(coded: str) -> Iterator[str]:
    """Yields texts that `packing.front_coded` has encoded."""
    last = ""
    for line in coded.split("\n"):
        last = last[: int(line[0], 36)] + line[1:] if line else ""
        yield last


def rising(gaps: Iterator[int]) -> Iterator[int]:
    """Yields increasing numbers from the gaps between them."""
    return islice(accumulate(gaps, lambda last, gap: last + gap + 1, initial=-1), 1, None)


def _table(content: bytes) -> SearchTable:
    table: SearchTable = json.loads(content)
    if table.get("format") != FORMAT:
        raise _refusal(TABLE, "is of another version of Broadsheet")
    return table


def _refusal(path: str, message: str) -> BroadsheetError:
    return BroadsheetError(Problem(FOLDER + path, 0, "", message, "build the site again"))


def _inflated(content: bytes) -> bytes:
    return zlib.decompress(content, -zlib.MAX_WBITS)


def _in_parts(content: bytes, count: int) -> list[bytes]:
    """Returns parts that `packing.in_parts` has joined."""
    sizes = list(islice(unpacked(content), count - 1))
    places = [*accumulate(sizes, initial=len(packed(sizes))), len(content)]
    return [_inflated(content[start:end]) for start, end in pairwise(places)]


def _key(text: str) -> bytes:
    """Sorts texts as scripts do."""
    return text.encode("utf-16-be", "surrogatepass")
