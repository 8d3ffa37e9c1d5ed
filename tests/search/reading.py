"""Reads the files of an index, so that tests can compare it with a whole lunr index."""

import json
import math
import zlib
from collections.abc import Mapping
from itertools import islice
from typing import Any

from broadsheet.outputs.search.document import FIELDS
from broadsheet.outputs.search.table import SearchTable

K1, B = 1.2, 0.75


def unpacked(content: bytes) -> list[int]:
    numbers: list[int] = []
    number = shift = 0
    for byte in content:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            numbers.append(number)
            number = shift = 0
    return numbers


Postings = dict[int, tuple[int, int]]


class Files:
    """The files of an index by kind and number, as a browser requests them."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.table: SearchTable = json.loads(files["table.json"])

    def read(self, kind: str, number: int) -> bytes:
        return zlib.decompress(self._compressed(kind, number), -15)

    def read_parts(self, kind: str, number: int, count: int) -> list[bytes]:
        rest, parts = self._compressed(kind, number), []
        start = 0
        for _ in range(count - 1):
            while rest[start] > 0x7F:
                start += 1
            start += 1
        for size in unpacked(rest[:start]):
            parts.append(rest[start : start + size])
            start += size
        return [zlib.decompress(part, -15) for part in (*parts, rest[start:])]

    def _compressed(self, kind: str, number: int) -> bytes:
        in_file = self.table["series"][kind][0]
        if not in_file:
            return self._file(kind, number)
        sizes, unit = self._sizes(kind), self.table["unit"]
        file = number // in_file
        start = sum(sizes[file * in_file : number]) * unit
        block = self._file(kind, file)[start : start + sizes[number] * unit]
        packed_length = next(n for n, byte in enumerate(block) if byte < 0x80) + 1
        (length,) = unpacked(block[:packed_length])
        return block[packed_length:][:length]

    def _file(self, kind: str, number: int) -> bytes:
        _, group, hashes = self.table["series"][kind]
        return self.files[f"{kind}/{number}.{hashes[number // group]}.bin"]

    def _sizes(self, kind: str) -> list[int]:
        sizes = self.table["sizes"][kind]
        if isinstance(sizes, str):
            return [ord(size) - ord("0") for size in sizes]
        return unpacked(self.read("sizes", sizes))

    def count(self, kind: str) -> int:
        """Returns the number of blocks of a kind, or of files without blocks."""
        if kind in self.table["sizes"]:
            return len(self._sizes(kind))
        return sum(name.startswith(f"{kind}/") for name in self.files)


def risen(gaps: list[int]) -> list[int]:
    numbers, last = [], -1
    for gap in gaps:
        last += gap + 1
        numbers.append(last)
    return numbers


def shard_terms(parts: list[bytes], long: set[int]) -> list[tuple[str, dict[int, Postings]]]:
    """Yields (term, {field: {document: (frequency, length or 0)}}) for every term of a shard."""
    content, documents_part, counts_part, lengths_part = parts
    place = 0

    def take(count: int) -> list[int]:
        nonlocal place
        start = place
        for _ in range(count):
            while content[place] > 0x7F:
                place += 1
            place += 1
        return unpacked(content[start:place])

    (count,) = take(1)
    shared = take(count)
    (length,) = take(1)
    rests = content[place : place + length].decode().split("\n")
    place += length
    names, last = [], ""
    for units, rest in zip(shared, rests, strict=bool(count)):
        last = last.encode("utf-16-le")[: 2 * units].decode("utf-16-le") + rest
        names.append(last)
    masks = take(count)
    fields = [[f for f in range(8) if mask >> f & 1] for mask in masks]
    sizes = [take(len(of_term)) for of_term in fields]
    assert place == len(content)
    gaps, less_one = iter(unpacked(documents_part)), iter(unpacked(counts_part))
    shorter = iter(unpacked(lengths_part))
    documents = [[risen(list(islice(gaps, size))) for size in of_term] for of_term in sizes]
    counts = [[[n + 1 for n in islice(less_one, size)] for size in of_term] for of_term in sizes]
    assert not list(gaps)
    assert not list(less_one)
    lengths = [
        [
            [0] * size if f in long else [n + 1 for n in islice(shorter, size)]
            for f, size in zip(fs, of_term, strict=True)
        ]
        for fs, of_term in zip(fields, sizes, strict=True)
    ]
    assert not list(shorter)
    return [
        (
            name,
            {
                f: dict(zip(d, zip(c, of_each, strict=True), strict=True))
                for f, d, c, of_each in zip(fs, ds, cs, ls, strict=True)
            },
        )
        for name, fs, ds, cs, ls in zip(names, fields, documents, counts, lengths, strict=True)
    ]


Weights = dict[tuple[str, str, int], float]


def weights(index: Files) -> Weights:
    """Returns the weight of each term in each field of each document, from the files alone."""
    fields = index.table["fields"]
    long = {place for place, field in enumerate(fields) if field["lengths"] >= 0}
    lengths = [_lengths(index, number) for number in range(index.count("lengths"))]
    count = index.table["documents"]
    found: Weights = {}
    for shard in range(index.count("terms")):
        for term, of in shard_terms(index.read_parts("terms", shard, 4), long):
            said = sum(map(len, of.values()))
            idf = math.log(1 + abs((count - said + 0.5) / (said + 0.5)))
            for place, documents in of.items():
                field = fields[place]
                for number, (frequency, own) in documents.items():
                    length = lengths[field["lengths"]][number] if place in long else own
                    norm = K1 * (1 - B + B * length / (field["total"] / count))
                    weight = idf * (K1 + 1) * frequency / (norm + frequency) * field["boost"]
                    found[term, FIELDS[place].name, number] = weight
    return found


def _lengths(index: Files, number: int) -> list[int]:
    low, above = index.read_parts("lengths", number, 2)
    return [byte + 256 * more for byte, more in zip(low, unpacked(above), strict=True)]


def lunr_weights(serialized: dict[str, Any]) -> Weights:
    """Returns the same from the output of `lunr.index.Index.serialize`."""
    terms = {entry["_index"]: term for term, entry in serialized["invertedIndex"]}
    found: Weights = {}
    for ref, vector in serialized["fieldVectors"]:
        name, _, number = ref.rpartition("/")
        for place, weight in zip(vector[::2], vector[1::2], strict=True):
            found[terms[place], name, int(number)] = weight
    return found
