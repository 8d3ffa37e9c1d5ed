"""Making the terms of an index from those of an earlier one, after few changes."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from broadsheet.outputs.search.analysis import Analyzer
from broadsheet.outputs.search.document import FIELDS
from broadsheet.outputs.search.inverted import InvertedIndex, array_of, counted
from broadsheet.outputs.search.shards import Shard, Shards, places_to_cut, shard_of
from broadsheet.outputs.search.terms import Term, packed_term, postings_of, terms_of

Texts = Sequence[Sequence[str]]
# How often a term occurs now, by term, field and document; 0 if it's gone.
_Edits = Mapping[str, Mapping[int, Mapping[int, int]]]

# With more changes, making everything anew takes less time.
_MOST_CHANGED = 20
_MOST_SHARE = 1 / 50


def changed_documents(before: Texts, after: Texts) -> list[int] | None:
    """Returns the numbers of changed or new documents, or None if there are too many."""
    if len(after) < len(before):
        return None
    changed = [n for n, (old, new) in enumerate(zip(before, after, strict=False)) if old != new]
    changed += range(len(before), len(after))
    return changed if len(changed) <= max(_MOST_CHANGED, len(after) * _MOST_SHARE) else None


def patched(
    shards: Shards,
    lengths: Sequence[array[int]],
    changes: Mapping[int, tuple[Sequence[str], Sequence[str]]],
    analyzer: Analyzer,
) -> tuple[Shards, tuple[array[int], ...]] | None:
    """Returns the shards and lengths after changes, the same as if they were made anew.

    Args:
        shards: The shards before.
        lengths: For each field, the number of terms in each document before.
        changes: The texts of changed documents, before and after. New ones have no texts before.
        analyzer: The analyzer.

    Returns:
        None if that's impossible: there are no terms, or scripts sort some in another order than
        Python.
    """
    if not shards.names:
        return None
    new_lengths = tuple(array("L", of_field) for of_field in lengths)
    edits = _edits(changes, new_lengths, analyzer)
    if max("".join((*shards.names, *edits)), default="") > "\uffff":
        return None
    known = _Known(shards)
    count = len(new_lengths[0])
    edited = {name: _edited(name, known, edits[name], new_lengths) for name in sorted(edits)}
    names, sizes = _with_edits(shards, edited)
    if not names:
        return None
    made = list(_cut_again(known, names, places_to_cut(sizes, count), edited))
    return Shards(names, sizes, made), new_lengths


class _Known:
    """The terms of shards, which are unpacked when they're asked for."""

    def __init__(self, shards: Shards) -> None:
        self.names = shards.names
        self.shards = shards.shards
        self.starts = [start for start, _ in shards.ranges()]
        self.unpacked: dict[int, list[Term]] = {}
        self.by_range = {
            (self.names[start], self.names[end - 1], end - start): shard
            for (start, end), shard in zip(shards.ranges(), shards.shards, strict=True)
            if end > start
        }

    def term(self, name: str) -> Term | None:
        place = bisect_left(self.names, name)
        if place == len(self.names) or self.names[place] != name:
            return None
        number = bisect_right(self.starts, place) - 1
        if number not in self.unpacked:
            self.unpacked[number] = terms_of(self.shards[number].parts)
        return self.unpacked[number][place - self.starts[number]]


def _edits(
    changes: Mapping[int, tuple[Sequence[str], Sequence[str]]],
    lengths: Sequence[array[int]],
    analyzer: Analyzer,
) -> _Edits:
    """Returns edits, and changes lengths."""
    edits: dict[str, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for number, (before, after) in sorted(changes.items()):
        for place, text in enumerate(after):
            old = analyzer.terms(before[place]) if before else []
            new = analyzer.terms(text)
            for name, count in _differences(old, new, FIELDS[place].long):
                edits[name][place][number] = count
            lengths[place][number : number + 1] = array("L", (len(new),))
    return edits


def _differences(
    old: Sequence[str], new: Sequence[str], is_long: bool
) -> Iterator[tuple[str, int]]:
    """Yields terms whose posting changes, with their new counts.

    In short fields, postings have the length of the field.
    """
    before, after = dict(counted(old)), dict(counted(new))
    has_other_lengths = not is_long and len(old) != len(new)
    for name in {**before, **after}:
        count = after.get(name, 0)
        if has_other_lengths or before.get(name, 0) != count:
            yield name, count


def _edited(
    name: str,
    known: _Known,
    edits: Mapping[int, Mapping[int, int]],
    lengths: tuple[array[int], ...],
) -> Term | None:
    """Returns a term after edits, or None if no document has it any more."""
    term = known.term(name)
    postings = postings_of(term) if term else {}
    for place, of_field in edits.items():
        counts = {**postings.get(place, {}), **of_field}
        postings[place] = {number: count for number, count in counts.items() if count}
    if not any(postings.values()):
        return None
    arrays = tuple({name: array_of(postings.get(place, {}))} for place in range(len(FIELDS)))
    index = InvertedIndex(len(lengths[0]), arrays, lengths)
    return packed_term(index, name)


def _with_edits(shards: Shards, edited: Mapping[str, Term | None]) -> tuple[list[str], array[int]]:
    """Returns the names and sizes of all terms after edits."""
    names, sizes = list(shards.names), array("L", shards.sizes)
    for name, term in edited.items():
        place = bisect_left(names, name)
        is_known = place < len(names) and names[place] == name
        names[place : place + is_known] = [name] if term else []
        sizes[place : place + is_known] = array("L", [term.size] if term else [])
    return names, sizes


def _cut_again(
    known: _Known, names: Sequence[str], ends: Sequence[int], edited: Mapping[str, Term | None]
) -> Iterator[Shard]:
    """Yields all shards: those before, if their terms didn't change, and new ones."""
    changed = sorted(edited)
    for start, end in pairwise((0, *ends)):
        first, last = names[start], names[end - 1]
        is_same = bisect_left(changed, first) == bisect_right(changed, last)
        shard = known.by_range.get((first, last, end - start)) if is_same else None
        if shard is None:
            terms = (edited.get(name) or known.term(name) for name in names[start:end])
            shard = shard_of([term for term in terms if term])
        yield shard
