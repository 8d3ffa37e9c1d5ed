"""Everything in the index that is made from terms, kept for later builds."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from broadsheet.base.cache import Cache
from broadsheet.outputs.search.analysis import Analyzer
from broadsheet.outputs.search.document import SearchDocument, field_texts
from broadsheet.outputs.search.inverted import invert
from broadsheet.outputs.search.languages import SearchLanguage
from broadsheet.outputs.search.packing import content_hash
from broadsheet.outputs.search.patching import Texts, changed_documents, patched
from broadsheet.outputs.search.shards import Shard, Shards, cut
from broadsheet.outputs.search.spelling import Block, Spelling, spelling_blocks

# Documents or shards that are packed together.
_TOGETHER = 1000


@dataclass(frozen=True)
class TermIndex:
    """The terms of documents.

    Attributes:
        texts: The texts of each document, one for each field.
        lengths: For each field, the number of terms in each document.
        shards: The shards of terms.
        spelling: The terms by spelling.
    """

    texts: Texts
    lengths: Sequence[array[int]]
    shards: Shards
    spelling: Spelling


def term_index(
    documents: Iterable[SearchDocument], language: SearchLanguage, cache: Cache
) -> TermIndex:
    """Returns the terms of documents in search order, and keeps them for later builds."""
    texts = [field_texts(document) for document in documents]
    name = f"terms-{_language_hash(language)}"
    kept = _kept(cache, name)
    if kept and kept.texts == texts:
        return kept
    analyzer = Analyzer(language)
    made = (kept and _patched(kept, texts, analyzer)) or _made(texts, analyzer)
    cache.keep(name, _packed(made))
    return made


def _made(texts: Texts, analyzer: Analyzer) -> TermIndex:
    index = invert(texts, analyzer)
    return TermIndex(texts, index.lengths, cut(index), spelling_blocks(index.terms))


def _patched(kept: TermIndex, texts: Texts, analyzer: Analyzer) -> TermIndex | None:
    numbers = changed_documents(kept.texts, texts)
    if numbers is None:
        return None
    before = {number: kept.texts[number] for number in numbers if number < len(kept.texts)}
    changes = {number: (before.get(number, ()), texts[number]) for number in numbers}
    found = patched(kept.shards, kept.lengths, changes, analyzer)
    if found is None:
        return None
    shards, lengths = found
    is_same = shards.names == kept.shards.names
    spelling = kept.spelling if is_same else spelling_blocks(shards.names, kept.spelling)
    return TermIndex(texts, lengths, shards, spelling)


def _language_hash(language: SearchLanguage) -> str:
    """Returns a hash of what decides how a language's words become terms."""
    words = " ".join(sorted(language.stop_words))
    ways = (language.keeps_accents, language.has_bigrams, getattr(language.stem, "__name__", ""))
    return content_hash([words.encode(), language.script.encode(), repr(ways).encode()])


def _packed(index: TermIndex) -> Iterator[Any]:
    shards, spelling = index.shards, index.spelling
    yield (
        len(index.texts),
        [of_field.tobytes() for of_field in index.lengths],
        "\n".join(shards.names),
        shards.sizes.tobytes(),
        [
            [(block.first, block.terms, block.compressed) for block in blocks]
            for blocks in (spelling.forward, spelling.backward)
        ],
    )
    for start in range(0, len(index.texts), _TOGETHER):
        yield index.texts[start : start + _TOGETHER]
    for start in range(0, len(shards.shards), _TOGETHER):
        together = shards.shards[start : start + _TOGETHER]
        yield [(shard.count, shard.parts, shard.content) for shard in together]


def _kept(cache: Cache, name: str) -> TermIndex | None:
    values = cache.values(name)
    head = next(values, None)
    if head is None:
        return None
    count, lengths, names, sizes, spelling = head
    texts: list[Sequence[str]] = []
    while len(texts) < count:
        texts += next(values)
    shards = [Shard(*packed) for together in values for packed in together]
    return TermIndex(
        texts,
        [array("L", of_field) for of_field in lengths],
        Shards(names.split("\n") if names else [], array("L", sizes), shards),
        Spelling(*([Block(*block) for block in blocks] for blocks in spelling)),
    )
