"""Summaries of the bundled papers made false on purpose, in the same way every time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from broadsheet.content.model import Paper

_NUMBER = re.compile(r"(?<![\w.^-])\d+(?:[.,]\d+)*")
_SPELLED = "three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
_WORD = re.compile(rf"\b(?:{'|'.join(_SPELLED)})\b")
_NAME = re.compile(r"(?<![\w-])(?:[A-Z]\w*[A-Z\d][\w+-]*\w|[A-Z][a-z]+-\d\w*)\b(?![-/])")
# Kinds of things that any text may mention are no names of models and datasets.
_KINDS = re.compile(
    r"(?:LLM|MLLM|VLM|LM|RNN|SVM|AI|NLP|RAG|GPU|CPU|API|QA|RL|SFT|PEFT|RLHF|US|UK|SQL|AGI|FLOP|JSON"
    r"|PDF|HTML|ICL|GitHub|AUC|SOTA|MCC)s?\b|.*-(?:like|based|style|family|derived)$|ID-"
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


class Falsified(NamedTuple):
    """A paper with a false text, and what was done to it."""

    kind: str
    paper: Paper
    what: str


def names_of(papers: Sequence[Paper]) -> list[str]:
    """The names of models and datasets in the bundled texts."""
    texts = [text for paper in papers for text in (paper.tldr, paper.summary) if text]
    found = {name for text in texts for name in _NAME.findall(text)}
    return sorted(name for name in found if not _KINDS.match(name))


def falsified(papers: Sequence[Paper]) -> Iterator[Falsified]:
    """Changes the first number and name of each text, and adds a sentence of the abstract."""
    pool = names_of(papers)
    for place, paper in enumerate(papers):
        source = f"{paper.title} {paper.abstract}"
        for field in ("tldr", "summary"):
            text = getattr(paper, field)
            for kind, start, old, new in _changes(text, source, pool, place):
                changed = text[:start] + new + text[start + len(old) :]
                yield Falsified(kind, _with(paper, field, changed), f"{old} -> {new}")
        copied = [s for s in _SENTENCE.split(paper.abstract or "") if len(s.split()) >= 8]
        if copied:
            sentence = copied[place % len(copied)]
            summary = f"{paper.summary} {sentence}"
            yield Falsified("copied sentence", _with(paper, "summary", summary), sentence)


def _with(paper: Paper, field: str, text: str) -> Paper:
    return paper.model_copy(update={field: text})


def _changes(
    text: str, source: str, pool: Sequence[str], place: int
) -> Iterator[tuple[str, int, str, str]]:
    number = _NUMBER.search(text)
    if number:
        yield "changed number", number.start(), number[0], _other_number(number[0], source)
    word = _WORD.search(text)
    if word:
        new = next(w for w in _other_words(word[0]) if not _says(source, w))
        yield "changed number", word.start(), word[0], new
    names = [name for name in _NAME.finditer(text) if not _KINDS.match(name[0])]
    if names:
        turned = [*pool[place % len(pool) :], *pool[: place % len(pool)]]
        new = next(name for name in turned if name.casefold() not in source.casefold())
        yield "swapped name", names[0].start(), names[0][0], new


def _other_number(number: str, source: str) -> str:
    """A number that differs in its first digit or, if the source has that one, its last."""
    first = [f"{(int(number[0]) + step - 1) % 9 + 1}{number[1:]}" for step in range(1, 9)]
    last = [f"{number[:-1]}{(int(number[-1]) + step) % 10}" for step in range(1, 10)]
    known = set(re.findall(r"\d+(?:[.,]\d+)*", source))
    return next(changed for changed in (*first, *last) if changed not in known)


def _other_words(word: str) -> list[str]:
    place = _SPELLED.index(word)
    return [*_SPELLED[place + 1 :], *_SPELLED[:place]]


def _says(source: str, word: str) -> bool:
    digits = str(_SPELLED.index(word) + 3)
    return bool(re.search(rf"\b(?:{word}|{digits})\b", source, re.IGNORECASE))
