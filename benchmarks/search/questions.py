"""Queries for known papers: a paraphrase, author and year, or half of a title."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from broadsheet.outputs.search import SearchDocument
from broadsheet.outputs.search.analysis import fold
from broadsheet.outputs.search.languages import ENGLISH

KINDS = ("paraphrase", "author", "title")


@dataclass(frozen=True)
class Question:
    """What someone types, and the ref of the paper they mean."""

    kind: str
    text: str
    ref: str


def written_questions() -> list[Question]:
    """Returns questions about the bundled papers that people wrote."""
    lines = Path(__file__).with_name("questions.txt").read_text("utf-8").splitlines()
    return [Question(*line.split(" | ")) for line in lines if line and not line.startswith("#")]


def drawn_questions(
    documents: Sequence[SearchDocument], count: int, seed: int = 3
) -> list[Question]:
    """Returns `count` questions of each kind about generated papers."""
    chance = random.Random(seed)
    makers = {"paraphrase": _paraphrase, "author": _author_and_year, "title": _half_a_title}
    return [
        Question(kind, makers[kind](document, chance), document.ref)
        for kind in KINDS
        for document in chance.sample(list(documents), count)
    ]


def _content_words(text: str) -> list[str]:
    words = re.findall(r"[^\W_]+(?:[-.][^\W_]+)*", text)
    return [word for word in dict.fromkeys(words) if fold(word) not in ENGLISH.stop_words]


def _paraphrase(document: SearchDocument, chance: random.Random) -> str:
    """Returns five words of the abstract in another order and form, and perhaps one more."""
    words = _content_words(document.abstract)
    chosen = [
        _other_form(word.lower(), chance) for word in chance.sample(words, min(5, len(words)))
    ]
    if chance.random() < 0.5:
        chosen.append(chance.choice(("approach", "investigating", "problem", "novel", "using")))
    chance.shuffle(chosen)
    return " ".join(chosen)


def _other_form(word: str, chance: random.Random) -> str:
    if not word.isalpha() or len(word) < 5 or chance.random() < 0.6:
        return word
    return word[:-1] if word.endswith("s") else word + "s"


def _author_and_year(document: SearchDocument, chance: random.Random) -> str:
    """Returns a surname, often without its accents, the year and a word of the title."""
    surname = chance.choice(document.authors).split()[-1]
    if chance.random() < 0.5:
        surname = fold(surname)
    word = chance.choice(_content_words(document.title) or [""])
    return f"{surname} {(document.published or '')[:4]} {word.lower()}".strip()


def _half_a_title(document: SearchDocument, chance: random.Random) -> str:
    """Returns half of the title's words in order, sometimes without hyphens or with a typo."""
    words = _content_words(document.title)
    kept = sorted(chance.sample(range(len(words)), max(1, min(4, (len(words) + 1) // 2))))
    typed = [words[place].lower() for place in kept]
    if chance.random() < 0.3:
        typed = [word.replace("-", "") for word in typed]
    if chance.random() < 0.2 and len(typed[-1]) > 6:
        typed[-1] = typed[-1][:3] + typed[-1][4:]
    return " ".join(typed)
