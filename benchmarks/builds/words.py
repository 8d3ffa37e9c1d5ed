"""Texts whose words are as frequent as those of real abstracts.

Word frequencies follow Zipf's law in two parts, fitted to the texts of the bundled content and to
how vocabularies of abstracts grow: the word of rank r is said about 0.11/(r + 2) of the time, and
beyond rank 4,000 its frequency falls with the square of its rank. So 10,000 papers have about
50,000 different words, and rare words never run out.

A word is a number: its rank. The first ones are function words. The others differ by topic, and
each paper has a theme, a few words that it repeats and partly shares with an earlier paper.
"""

from __future__ import annotations

import math
import random
from functools import cache

Theme = tuple[int, ...]


def listed(text: str) -> list[str]:
    return text.split()


_FUNCTION_WORDS = listed(
    "the of and to a in we that for is with on as this by are which from our an it can be these "
    "not their also have has while how than but or such between more both its using each they "
    "when through into without across only over"
)
_FIELD_WORDS = listed(
    "model language models data large task training learning performance results method methods "
    "tasks text approach propose framework information knowledge evaluation generation benchmark "
    "existing work study paper show new use dataset reasoning human better quality based "
    "state-of-the-art experiments system network neural across different several multiple novel "
    "attention transformer inference context prompt token tokens accuracy question answer query "
    "retrieval document documents representation embedding layer layers parameter parameters "
    "memory cost efficient scaling policy reward feedback agent agents environment planning tool "
    "code image video speech visual domain domains analysis error errors user users search graph "
    "structure function problem problems solution space time series distribution sample samples "
    "step steps process feature features source target label labels fine-tuning pre-trained "
    "zero-shot few-shot in-context long-context open-source GPT-4 BERT LLM LLMs RAG 7B 70B"
)
_ONSETS = listed("b c d f g h j k l m n p r s t v w z br ch cl dr fl gr pl pr sh st tr")
_VOWELS = listed("a e i o u a e i o u ea ou")
_CODAS = ("", "", "", "", "n", "r", "l", "s", "t", "m")
_ENDINGS = ("", "", "", "s", "s", "ing", "ed", "ation", "ity", "al", "er", "ly")

# Where the two parts of Zipf's law meet, and how flat the law is for the most frequent words.
_COMMON = 4000
_FLAT = 2
_SHARE_OF_COMMON = 1 - 1 / (1 + math.log(_COMMON / _FLAT))
# Words below this rank are said alike in all topics.
_GENERAL = len(_FUNCTION_WORDS)
# The most frequent words of the field say too little to be a theme.
_TOO_FREQUENT = _GENERAL + 100
_THEME_WORDS, _SHARED_WORDS = 14, 6
_OF_THEME, _OF_TOPIC = 0.25, 0.35
_NUMBERS = 0.012
_FORMULAS = (
    r"$O(n \log n)$", r"$k$", r"$\alpha$", r"$10\times$", r"$\ell_2$", r"$n^2$", r"$\mathbb{R}^d$",
)  # fmt: skip


def draw(chance: random.Random) -> int:
    """Draws the rank of a word."""
    share = chance.random()
    if share < _SHARE_OF_COMMON:
        return int(_FLAT * (_COMMON / _FLAT) ** (share / _SHARE_OF_COMMON)) - _FLAT
    return int(_COMMON * (1 - _SHARE_OF_COMMON) / (1 - share)) - _FLAT


def of_topic(word: int, topic: int) -> int:
    """Returns the word that is as frequent in a topic as `word` is on average.

    Words change places with others of about the same frequency, so that each topic has its own
    frequent words and all topics together still follow Zipf's law.
    """
    if word < _GENERAL:
        return word
    place = word - _GENERAL
    width = max(16, 1 << place.bit_length() >> 1)
    start = 0 if width > place else width
    moved = ((place - start) * (2 * topic + 1) + 7 * topic) % width
    return _GENERAL + start + moved


def theme(chance: random.Random, topic: int, earlier: Theme | None) -> Theme:
    """Draws a paper's theme, the most frequent word first. It shares words with an earlier one."""
    shared = chance.sample(earlier, _SHARED_WORDS) if earlier else []
    words = dict.fromkeys(shared)
    while len(words) < _THEME_WORDS:
        word = draw(chance)
        if word >= _TOO_FREQUENT:
            words[of_topic(word, topic)] = None
    found = list(words)
    chance.shuffle(found)
    return tuple(found)


def title(chance: random.Random, topic: int, words: Theme) -> str:
    """Writes a title of 3 to 18 words about a theme. Half of them start with a name."""
    length = max(3, min(18, round(chance.gauss(8.5, 2.8))))
    said: list[str] = []
    while len(said) < length:
        word = _said(chance, topic, words)
        # Titles have fewer function words than texts, and don't repeat words.
        if word >= _GENERAL or chance.random() < 0.4:
            shown = spelled(word)
            said += [shown] if shown not in said else []
    capitalized = " ".join(word[:1].upper() + word[1:] for word in said)
    if chance.random() < 0.5:
        return f"{spelled(words[0]).capitalize()}: {capitalized}"
    return capitalized


def sentence(chance: random.Random, topic: int, words: Theme, length: int) -> str:
    """Writes one sentence of `length` words."""
    said = [spelled(_said(chance, topic, words)) for _ in range(length)]
    if length > 14 and chance.random() < 0.6:
        said[length // 2] += ","
    if chance.random() < length * _NUMBERS:
        said[-1] = f"{chance.randrange(10, 999) / 10}%"
    return f"{said[0][:1].upper()}{' '.join(said)[1:]}."


def abstract(chance: random.Random, topic: int, words: Theme) -> str:
    """Writes about 1,100 characters about a theme. Every tenth abstract has a formula."""
    left = max(50, min(300, int(chance.lognormvariate(5.02, 0.3))))
    sentences: list[str] = []
    while left > 0:
        length = min(left, chance.randrange(12, 29))
        sentences.append(sentence(chance, topic, words, length))
        left -= length
    if chance.random() < 0.1:
        last = sentences[-1].removesuffix(".")
        sentences[-1] = f"{last} {chance.choice(_FORMULAS)}."
    return " ".join(sentences)


def _said(chance: random.Random, topic: int, words: Theme) -> int:
    word = draw(chance)
    if word < _GENERAL:
        return word
    dice = chance.random()
    if dice < _OF_THEME:
        # The square makes the first words of the theme the most frequent ones.
        return words[int(len(words) * (dice / _OF_THEME) ** 2)]
    return of_topic(word, topic) if dice < _OF_THEME + _OF_TOPIC else word


@cache
def spelled(word: int) -> str:
    """Returns the spelling of a word. Neighboring ranks are often forms of one word."""
    if word < _GENERAL:
        return _FUNCTION_WORDS[word]
    place = word - _GENERAL
    if place < len(_FIELD_WORDS):
        return _FIELD_WORDS[place]
    chance = random.Random(place // 2)
    kind = chance.random()
    root = "".join(_syllable(chance) for _ in range(chance.choice((1, 2, 2, 2, 3))))
    if kind < 0.06:
        return f"{root[:5].upper()}{place % 2 or ''}"
    if kind < 0.1:
        return f"{root.capitalize()}-{chance.randrange(1, 90) + place % 2}B"
    return root + chance.sample(_ENDINGS, 2)[place % 2]


def _syllable(chance: random.Random) -> str:
    return chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS)
