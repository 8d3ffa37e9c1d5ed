"""Reads the files of an index back into the JSON of a whole lunr index, as a reference."""

# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False
# mypy: disallow-untyped-calls=False, check-untyped-defs=False

import json
import math
import zlib
from collections.abc import Mapping
from itertools import islice
from typing import Any

K1, B = 1.2, 0.75


def unpacked(content: bytes) -> list[int]:
    numbers, number, shift = [], 0, 0
    for byte in content:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            numbers.append(number)
            number = shift = 0
    return numbers


Postings = dict[int, tuple[int, int]]


class Files:
    """The files of an index by kind and number, as a browser would ask for them."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.table = json.loads(files["table.json"])

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
        group, hashes = self.table["series"][kind]
        return self.files[f"{kind}/{number}.{hashes[number // group]}.bin"]

    def count(self, kind: str) -> int:
        return sum(name.startswith(f"{kind}/") for name in self.files)


def risen(gaps: list[int]) -> list[int]:
    numbers, last = [], -1
    for gap in gaps:
        last += gap + 1
        numbers.append(last)
    return numbers


def shard_terms(parts: list[bytes], long: set[int]) -> list[tuple[str, int, dict[int, Postings]]]:
    """(term, rank, {field: {document: (frequency, length or 0)}}) of every term of a shard."""
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
    ranks, masks = take(count), take(count)
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
            rank,
            {
                f: dict(zip(d, zip(c, of_each, strict=True), strict=True))
                for f, d, c, of_each in zip(fs, ds, cs, ls, strict=True)
            },
        )
        for name, rank, fs, ds, cs, ls in zip(
            names, ranks, fields, documents, counts, lengths, strict=True
        )
    ]


def whole_from_shards(index: Files) -> dict[str, Any]:
    """What `lunr.index.Index.serialize` would give, computed from the files alone."""
    table = index.table
    names = [name for name, *_ in table["fields"]]
    long = {place for place, (*_, file) in enumerate(table["fields"]) if file >= 0}
    terms = [
        t
        for n in range(index.count("terms"))
        for t in shard_terms(index.read_parts("terms", n, 4), long)
    ]
    met = sorted(
        terms,
        key=lambda t: (min(d for of in t[2].values() for d in of), t[1]),
    )
    order = {term: place for place, (term, _, _) in enumerate(met)}
    inverted = [
        [
            term,
            {name: {str(d): {} for d in of.get(f, {})} for f, name in enumerate(names)}
            | {"_index": order[term]},
        ]
        for term, _, of in sorted(terms)
    ]
    vectors = _vectors(index, terms, order)
    refs = [(f, d) for d in range(table["documents"]) for f in range(len(names))]
    return {
        "version": "2.3.9",
        "fields": names,
        "fieldVectors": [[f"{names[f]}/{d}", _flat(vectors.get((f, d), {}))] for f, d in refs],
        "invertedIndex": inverted,
        "pipeline": [],
    }


def _flat(vector: dict[int, float]) -> list[float]:
    return [value for pair in sorted(vector.items()) for value in pair]


def _vectors(index: Files, terms: Any, order: dict[str, int]) -> dict[Any, dict[int, float]]:
    count = index.table["documents"]
    fields = index.table["fields"]
    lengths = [
        [low + 256 * above for low, above in zip(parts[0], unpacked(parts[1]), strict=True)]
        for parts in (index.read_parts("lengths", n, 2) for n in range(index.count("lengths")))
    ]
    vectors: dict[Any, dict[int, float]] = {}
    for term, _, of in terms:
        said = sum(len(documents) for documents in of.values())
        idf = math.log(1 + abs((count - said + 0.5) / (said + 0.5)))
        for f, documents in of.items():
            _, boost, total, file = fields[f]
            for d, (tf, own) in documents.items():
                length = own if file < 0 else lengths[file][d]
                norm = 1 - B + B * (length / (total / count))
                weight = idf * ((K1 + 1) * tf) / (K1 * norm + tf) * boost
                vectors.setdefault((f, d), {})[order[term]] = round(weight, 3)
    return vectors
