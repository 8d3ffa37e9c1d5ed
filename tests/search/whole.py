"""One whole lunr index, made by lunr.py.

Tests and benchmarks measure the shards against it. Documents are identified by their numbers,
because JavaScript reorders keys that look like numbers.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from lunr.builder import Builder
from lunr.index import Index
from lunr.stemmer import stemmer
from lunr.stop_word_filter import stop_word_filter
from lunr.trimmer import trimmer

from broadsheet.outputs.search.analysis import Analyzer, american
from broadsheet.outputs.search.document import FIELDS, SearchDocument, field_texts, in_search_order

# lunr rounds weights to three decimals, so a weight may be off by this much.
ROUNDING = 0.0005 + 1e-9
_ENGLISH = Analyzer()


def compounds(token: Any, place: int, tokens: list[Any]) -> list[Any]:
    """A pipeline function for lunr.py that splits compounds and folds accents and spellings."""
    raw = str(token)
    joined = _ENGLISH.number_joined(str(tokens[place - 1]), raw) if place else None
    words = map(american, ((joined,) if joined else ()) + _ENGLISH.words(raw))
    return [token.clone(lambda _text, _metadata, word=word: word) for word in words]


def whole_builder() -> Builder:
    """Returns a builder of lunr.py with our fields and our pipeline."""
    builder = Builder()
    setattr(compounds, "label", "compounds")  # noqa: B010 - functions have no such attribute
    builder.pipeline.registered_functions["compounds"] = compounds
    builder.pipeline.add(compounds, trimmer, stop_word_filter, stemmer)
    builder.ref("number")
    for place, field in enumerate(FIELDS):
        builder.field(field.name, boost=field.boost, extractor=_words_of_field(place))
    return builder


def _words_of_field(place: int) -> Callable[[dict[str, Any]], list[str]]:
    return lambda document: document["texts"][place].split()


def whole_index(documents: Iterable[SearchDocument]) -> Index:
    """Returns all documents in one index. lunr.js can load what `Index.serialize` returns."""
    builder = whole_builder()
    for number, document in enumerate(in_search_order(documents)):
        builder.add({"number": str(number), "texts": field_texts(document)})
    return builder.build()


def lunr_script() -> bytes:
    """Returns the lunr.js that comes with MkDocs."""
    found = importlib.util.find_spec("mkdocs")  # finds it without importing it
    assert found is not None
    assert found.origin is not None
    folder = Path(found.origin).parent / "contrib" / "search" / "templates" / "search"
    return (folder / "lunr.js").read_bytes()
