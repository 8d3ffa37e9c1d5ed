"""Generated corpora of any size, for measuring search.

Words come from a process in which new words become more and more rare, and old ones are repeated in
proportion to their frequency. So the vocabulary grows with the power 0.62 of the text (Heaps' law),
and frequencies follow Zipf's law, as in abstracts. Half of the words of a paper come from all
papers, some from its topic and some from itself, so that papers differ as real ones do. A third of
the words are function words. The same size and seed give the same documents.
"""

from __future__ import annotations

import random
from array import array
from collections.abc import Iterator
from datetime import date, timedelta

from broadsheet.base.identifiers import week_of
from broadsheet.outputs.search import SearchDocument


def listed(words: str) -> list[str]:
    return words.split()


_FUNCTION_WORDS = listed(
    "the of and to a in we that for is with on as this by are which from our an it can be these "
    "not their also have has while how than but"
)
_HEAD = listed(
    "model language large models learning data training performance task tasks method methods "
    "results propose training reasoning generation text neural network networks benchmark "
    "evaluation knowledge information approach framework retrieval attention transformer "
    "inference alignment preference instruction tuning fine-tuning pre-trained dataset datasets "
    "image visual multimodal code agents agent planning tool memory context long-context window "
    "token tokens decoding sampling scaling compute efficient accuracy quantization pruning "
    "sparse expert experts mixture speech audio video diffusion reward policy feedback human "
    "safety bias robust adversarial prompt prompting few-shot zero-shot in-context "
    "chain-of-thought hallucination factual question answering summarization translation "
    "multilingual embedding representation graph clustering optimization gradient GPT-4 GPT-3.5 "
    "LLaMA-2 LLaMA-3-8B Mistral-7B BERT T5 CLIP o1 C4 BM25 7B 13B 70B MMLU GSM8K"
)
_ONSETS = listed("b c d f g h j k l m n p r s t v w z br ch cl cr dr fl gr pl pr sh sl st th tr")
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "io", "ou"]
_CODAS = ["", "", "", "n", "r", "l", "s", "t", "m", "nd", "st", "ck"]
_ENDINGS = ["", "", "", "s", "ing", "ed", "ation", "ity", "al", "ic", "er", "ive", "able"]
_FIRST_NAMES = listed(
    "Ada Boris Chloé Daniel Élise Farid Grace Hana Iván Jürgen Kavya Li Mei Noor Olga Petr "
    "Quentin Rosa Søren Tomáš Uma Viktor Wei Xin Yuki Zoë"
)
TOPICS = tuple(
    (f"topic-{number:02d}", name)
    for number, name in enumerate(
        (
            *("Retrieval", "Reasoning", "Agents", "Alignment", "Efficiency", "Evaluation"),
            *("Multimodal Models", "Pre-training", "Fine-tuning", "Quantization", "Safety"),
            *("Code", "Speech", "Vision", "Long Context", "Translation", "Summarization"),
            *("Data", "Interpretability", "Prompting"),
        )
    )
)
_SOURCES = (("weekly", "The Weekly"), ("trending", "Trending papers"), ("catalogue", "Catalogue"))


class _Words:
    """Words as numbers, drawn from earlier ones. `text` spells them."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._spelled = list(_HEAD)
        # Common words are in the history from the start.
        self.said = array("L", (n for n in range(len(_HEAD)) for _ in range(1 + int(20 / (n + 2)))))

    def draw(self, histories: list[tuple[float, array[int]]]) -> int:
        if self._chance.random() < 2.6 * len(self.said) ** -0.38:
            self._spelled.append(_coined(self._chance))
            return len(self._spelled) - 1
        dice = self._chance.random()
        for share, history in histories:
            if dice < share and history:
                return history[int(self._chance.random() * len(history))]
            dice -= share
        return self.said[int(self._chance.random() * len(self.said))]

    def text(self, number: int) -> str:
        return self._spelled[number]


def _coined(chance: random.Random) -> str:
    kind = chance.random()
    syllables = "".join(
        chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS)
        for _ in range(chance.choice((1, 2, 2, 2, 3)))
    )
    if kind < 0.08:
        return syllables.upper()[:6]
    if kind < 0.12:
        return f"{syllables.capitalize()}-{chance.randrange(1, 90)}B"
    if kind < 0.15:
        return str(chance.randrange(1000) / 10)
    return syllables + chance.choice(_ENDINGS)


def surnames(chance: random.Random, count: int) -> list[str]:
    """Returns names of people, some with accents, and a few of them common."""
    plain = [_coined_name(chance) for _ in range(count)]
    return [name.replace("a", "á", 1) if n % 9 == 0 else name for n, name in enumerate(plain)]


def _coined_name(chance: random.Random) -> str:
    parts = [chance.choice(_ONSETS) + chance.choice("aeiou") for _ in range(2)]
    return (
        "".join(parts) + chance.choice(["n", "r", "ski", "son", "mann", "va", "l"])
    ).capitalize()


def generated(size: int, seed: int = 1) -> Iterator[SearchDocument]:
    """Yields `size` documents with title, authors, topics, weeks, date, arXiv id and texts."""
    chance = random.Random(seed)
    words = _Words(chance)
    of_topic: list[array[int]] = [array("L") for _ in TOPICS]
    names = surnames(chance, 200 + size // 4)
    first = date(2014, 1, 6)
    for number in range(size):
        topics = chance.sample(range(len(TOPICS)), chance.choice((1, 1, 2, 2, 3)))
        own: array[int] = array("L")
        history = of_topic[topics[0]]
        title = _numbers(words, chance, history, own, chance.randrange(5, 13), functions=0.22)
        abstract = _numbers(words, chance, history, own, _length(chance), functions=0.36)
        words.said.extend(own)
        history.extend(own)
        # More papers every year, as on arXiv.
        day = first + timedelta(days=int(3900 * ((number + 1) / size) ** 0.6))
        yield _document(number, day, topics, chance, names, title, abstract)


def _length(chance: random.Random) -> int:
    return max(40, min(320, int(chance.lognormvariate(5.15, 0.35))))


def _numbers(  # noqa: PLR0917
    words: _Words,
    chance: random.Random,
    history: array[int],
    own: array[int],
    length: int,
    functions: float,
) -> list[str]:
    spelled: list[str] = []
    for _ in range(length):
        if chance.random() < functions:
            spelled.append(chance.choice(_FUNCTION_WORDS))
            continue
        number = words.draw([(0.15, own), (0.30, history)])
        own.append(number)
        spelled.append(words.text(number))
    return spelled


def _sentences(words: list[str], chance: random.Random) -> str:
    sentences: list[str] = []
    start = 0
    while start < len(words):
        end = start + chance.randrange(12, 26)
        sentence = " ".join(words[start:end])
        sentences.append(sentence[:1].upper() + sentence[1:] + ".")
        start = end
    return " ".join(sentences)


def _document(  # noqa: PLR0917
    number: int,
    day: date,
    topics: list[int],
    chance: random.Random,
    names: list[str],
    title: list[str],
    abstract: list[str],
) -> SearchDocument:
    authors = tuple(
        f"{chance.choice(_FIRST_NAMES)} {names[int(len(names) * chance.random() ** 2)]}"
        for _ in range(chance.choice((1, 2, 3, 3, 4, 4, 5, 6, 8)))
    )
    shown = " ".join(title)
    cut = chance.randrange(14, 22)
    slug = f"paper-{number:06d}"
    return SearchDocument(
        ref=slug,
        url=f"papers/{slug}/",
        title=shown[:1].upper() + shown[1:],
        authors=authors,
        topics=tuple(TOPICS[topic] for topic in topics),
        weeks=(week_of(day),) if chance.random() < 0.3 else (),
        published=day.isoformat(),
        ids=(f"{day:%y%m}.{number % 100_000:05d}",),
        code=chance.random() < 0.4,
        sources=(_SOURCES[int(chance.random() * 3)],),
        tldr=_sentences(abstract[:cut], chance),
        abstract=_sentences(abstract[cut:], chance),
    )
