"""Words that lost the space between them when a page became text, such as "languagemodels".

The texts of the site are the dictionary. A word is only divided if they leave no doubt: they have
the two words beside each other at least three times, and the glued word nowhere else. Everything
that is divided is reported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from broadsheet.base.errors import Problem, warning
from broadsheet.content.model import Corpus
from broadsheet.content.records import ListedRecord, ReadCollection, Reading, ReadIssue, Record

_FIELDS = ("title", "abstract", "text")
_LEAST = 3
# Short words are often two words by chance: "bean", "notable".
_SHORTEST, _SHORTEST_PART = 8, 2
# Formulas, addresses and names such as GPT-4 or OpenAI aren't prose.
_PROSE = re.compile(
    r"(?P<other>\$[^$\n]+\$|https?://\S+|\w*(?:\d|[-_@]\w)[\w@-]*)"
    r"|(?P<word>[^\W\d_]+)|(?P<end>[^\w ])"
)
_PLAIN = re.compile(r"[^\W\d_][^\W\d_A-Z]*")
# Words that are written as one and as two, and mean something else then.
_BOTH_WAYS = frozenset(
    (
        *("everyone", "everyday", "everything", "everybody", "everywhere", "something", "sometime"),
        *("sometimes", "somewhat", "somewhere", "anything", "anybody", "anywhere", "altogether"),
        *("throughout", "whatever", "whenever", "wherever", "whichever", "otherwise", "likewise"),
        *("therefore", "whereas", "meanwhile", "nowadays", "overtime", "ascertain", "indifferent"),
    )
)


@dataclass(frozen=True)
class _Counts:
    """How often the texts have a word in any case, and two words beside each other.

    Of the two words, the first letter is in lowercase, as sentences begin anywhere. All others keep
    their case, so "Huggingface" isn't "Hugging Face".
    """

    words: Counter[str]
    pairs: Counter[tuple[str, str]]

    def division(self, word: str) -> tuple[str, str] | None:
        """Returns the two words that a word certainly is, or None."""
        lower = word.lower()
        is_candidate = len(word) >= _SHORTEST and _PLAIN.fullmatch(word)
        if not is_candidate or self.words[lower] != 1 or lower in _BOTH_WAYS:
            return None
        places = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        found = [n for n in places if self.pairs[lower[:n], word[n:]] >= _LEAST]
        return (word[: found[0]], word[found[0] :]) if len(found) == 1 else None


def divided(
    readings: Sequence[Reading], corpus: Corpus, importers: Iterable[str]
) -> tuple[tuple[Reading, ...], tuple[Problem, ...]]:
    """Returns readings with glued words divided, and a warning about each.

    Args:
        readings: What is imported.
        corpus: The content so far.
        importers: The names of the importers whose texts can have glued words.
    """
    names = frozenset(importers)
    if not any(reading.importer in names for reading in readings):
        return tuple(readings), ()
    counts = _counted(_texts(readings, corpus))
    problems: list[Problem] = []
    after = tuple(
        _mended(reading, counts, problems) if reading.importer in names else reading
        for reading in readings
    )
    return after, tuple(problems)


def _texts(readings: Iterable[Reading], corpus: Corpus) -> Iterator[str]:
    for paper in corpus.papers.values():
        yield from filter(None, (paper.title, paper.tldr, paper.summary, paper.abstract))
    for issue in corpus.issues:
        yield from filter(None, (entry.text for entry in issue.entries()))
    for reading in readings:
        for record in reading.records:
            yield from filter(None, (getattr(record, name) for name in _FIELDS))


def _counted(texts: Iterable[str]) -> _Counts:
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts:
        before = ""
        for found in _PROSE.finditer(text):
            word = found["word"] or ""
            words[word.lower()] += 1
            pairs[before, word] += 1
            before = word[:1].lower() + word[1:]
    return _Counts(words, pairs)


def _mended(reading: Reading, counts: _Counts, problems: list[Problem]) -> Reading:
    after = {id(record): _mended_record(record, counts, problems) for record in reading.records}
    if all(after[id(record)] is record for record in reading.records):
        return reading
    return replace(
        reading,
        records=tuple(after[id(record)] for record in reading.records),
        issues=tuple(_with_records(issue, after) for issue in reading.issues),
        collection=_collection(reading.collection, after),
    )


def _with_records(issue: ReadIssue, after: Mapping[int, Record]) -> ReadIssue:
    return replace(
        issue,
        sections=tuple(
            replace(
                section,
                entries=tuple(
                    ListedRecord(after.get(id(entry.record), entry.record), entry.number)
                    for entry in section.entries
                ),
            )
            for section in issue.sections
        ),
    )


def _collection(
    collection: ReadCollection | None, after: Mapping[int, Record]
) -> ReadCollection | None:
    if collection is None:
        return None
    records = tuple(after.get(id(record), record) for record in collection.records)
    return replace(collection, records=records)


def _mended_record(record: Record, counts: _Counts, problems: list[Problem]) -> Record:
    given = {name: getattr(record, name) for name in _FIELDS}
    texts: dict[str, Any] = {}
    for name, text in given.items():
        for first, second in _divisions(text or "", counts):
            texts[name] = texts.get(name, text).replace(f"{first}{second}", f"{first} {second}", 1)
            message = f"divided '{first}{second}' into '{first} {second}'"
            advice = "no action needed, unless it's one word"
            problems.append(warning(record.source, record.line, name, message, advice))
    return replace(record, **texts) if texts else record


def _divisions(text: str, counts: _Counts) -> Iterator[tuple[str, str]]:
    for found in _PROSE.finditer(text):
        division = counts.division(found["word"]) if found["word"] else None
        if division:
            yield division
