"""Numbers in a text, whichever way they are written: 1,000 and 1k, three and 3, half and 50%."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product

_ONES = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen",
)
_TENS = re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety")
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_LETTERS = {"k": 1e3, "K": 1e3, "M": 1e6, "b": 1e9, "B": 1e9, "bn": 1e9, "T": 1e12}
_WORDS = {
    **{word: float(value) for value, word in enumerate(_ONES)},
    **{word: 10.0 * value for value, word in enumerate(_TENS, 2)},
}

# Words that say a number in another way, with all numbers that an abstract may print for it:
# "half the cost" is 50%, a factor of 2, or half.
_PARTS = {
    r"half|halves|halved|halving": (0.5, 50, 2),
    r"(?:a|one)[ -]third(?=\s(?:of|fewer|less|more|lower|higher|the)\b)|one-third": (1 / 3, 33, 3),
    r"two[ -]thirds": (2 / 3, 67, 66, 1.5),
    r"(?:a|one)[ -]quarter|one-fourth": (0.25, 25, 4),
    r"three[ -]quarters|three[ -]fourths": (0.75, 75),
    r"(?:a|one)[ -]fifth(?=\sof\b)": (0.2, 20, 5),
    r"(?:a|one)[ -]tenth(?=\sof\b)": (0.1, 10, 90),
    r"twice|twofold|doubl(?:es|ed|ing)": (2, 100, 200, 0.5, 50),
    r"tripl(?:ed|ing)|threefold": (3, 200, 300),
    r"fourfold|quadrupl(?:es|ed|ing)": (4, 300, 400),
    r"fivefold": (5, 400, 500),
    r"tenfold": (10, 900, 1000),
    r"dozens?": (12,),
}
_SPELLED = "|".join(_TENS + sorted(_ONES, key=len, reverse=True))
_SCALED = "|".join(_SCALES)
_NUMBER = re.compile(
    rf"""
    (?P<part>\b(?:{"|".join(_PARTS)})\b)
    | (?P<power>\b10\^\{{?(?P<exponent>[-\u2212]?\d+)\}}?)
    | (?P<digits>(?<![\w.^_])\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|(?<![\w^_])(?<!\d\.)\.?\d+(?:\.\d+)*)
      (?P<letter>(?:[kKMbBT]|bn)(?![A-Za-z\d])|\+?[ \s-]?(?:{_SCALED})s?\b)?
      (?P<percent>\s?%|[\s-]?(?:per\s?cent|percent|percentage|pp)\b)?
    | (?P<word>\b(?:{_SPELLED})(?:-(?:{"|".join(_ONES[1:10])}))?\b)
      (?P<scale>(?:[ \s-](?:{_SCALED})s?\b)*)
      (?P<spelled>[\s-](?:per\s?cent|percent)\b)?
    | (?P<bare>\ba\s(?:{_SCALED})\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PART_VALUES = {re.compile(pattern, re.IGNORECASE): values for pattern, values in _PARTS.items()}
# "7 to 65 billion" and "7-65B" give the first number the scale of the second.
_RANGE = re.compile(r"\s?(?:-|–|—|to|and|or|,)\s?", re.IGNORECASE)
# A name before a digit: the digits of "GPT-4" and "T5" are part of it.
_NAME_BEFORE = re.compile(r"[A-Za-z][\w.]*[-_]$")
_SIZE = re.compile(r"\d+(?:\.\d+)?[BMT]\b")
_ROUNDING = re.compile(
    r"\b(?:about|almost|approximately|around|close to|more than|nearly|over|roughly|some|up to"
    r"|less than|under|at least|well over|above|below)\s*$",
    re.IGNORECASE,
)
# How far a number may be from the one it rounds, after "about" and the like.
_NEAR = 0.06


@dataclass(frozen=True)
class Number:
    """A number in a text.

    Attributes:
        words: The number as written, with its unit.
        start: Where it starts in the text.
        values: What it may mean. One of them is enough for two numbers to be the same.
        is_digits: Whether it's written in digits.
        is_rounded: Whether words such as "about" come before it.
        decimals: How many digits it has after the decimal point.
        is_percent: Whether it's a percentage.
    """

    words: str
    start: int
    values: tuple[float, ...]
    is_digits: bool = True
    is_rounded: bool = False
    decimals: int = 0
    is_percent: bool = False


def numbers_in(text: str) -> Iterator[Number]:
    """Yields the numbers of a text, except those that are part of a name such as GPT-4."""
    text = _without_latex(text)
    found = [match for match in _NUMBER.finditer(text) if not _in_name(text, match)]
    scales = [_scale(match) for match in found]
    for place, match in enumerate(found):
        number = _number(text, match)
        following = found[place + 1 : place + 2]
        if scales[place] == 1 and following and scales[place + 1] != 1:
            between = text[match.end() : following[0].start()]
            if _RANGE.fullmatch(between):
                more = tuple(value * scales[place + 1] for value in number.values)
                number = replace(number, values=(*number.values, *more))
        yield number


def _without_latex(text: str) -> str:
    """Returns a text whose formulas read like text. Places may move."""
    text = re.sub(r"\\times\b", "×", text)
    return re.sub(r"[\\$*`]|\{,\}", "", text)


def _in_name(text: str, match: re.Match[str]) -> bool:
    if match["digits"] is None or _SIZE.match(text, match.start()):
        return False
    before = _NAME_BEFORE.search(text[max(0, match.start() - 30) : match.start()])
    return before is not None and any(c.isupper() for c in before[0])


def _scale(match: re.Match[str]) -> float:
    words = (match["letter"] or match["scale"] or "").strip(" -+\u2009\u202f\xa0\t\n")
    if words in _LETTERS:
        return _LETTERS[words]
    return math.prod(
        _SCALES[word.lower().rstrip("s")] for word in re.split(r"[\s-]+", words) if word
    )


def _number(text: str, match: re.Match[str]) -> Number:
    words, start = match[0].strip(), match.start()
    if match["part"]:
        values = next(
            v for pattern, v in _PART_VALUES.items() if pattern.match(text, match.start())
        )
        return Number(words, start, tuple(map(float, values)), is_digits=False)
    if match["power"]:
        return Number(words, start, (10.0 ** int(match["exponent"].replace("\u2212", "-")),))
    if match["bare"]:
        return Number(words, start, (_SCALES[words.split()[1].lower()],), is_digits=False)
    rounded = _is_round(text, match)
    if match["word"]:
        tens, _, ones = match["word"].lower().partition("-")
        value = (_WORDS[tens] + _WORDS.get(ones, 0)) * _scale(match)
        return Number(words, start, (value,), is_digits=False, is_rounded=rounded)
    percent = bool(match["percent"])
    plain = match["digits"].replace(",", "")
    # 1.2.3 is a version, which is no number. Its text still has to be the same.
    value = float(plain) if plain.count(".") < 2 else float(plain.replace(".", ""))
    decimals = len(plain.partition(".")[2])
    return Number(words, start, (value * _scale(match),), True, rounded, decimals, percent)


class KnownNumbers:
    """The numbers that a text may say, because its sources do."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._known = tuple(number for text in texts for number in numbers_in(text))

    def has(self, number: Number) -> bool:
        """Whether the sources have the number, perhaps with more digits."""
        return any(_agree(number, known) for known in self._known)


def _agree(said: Number, known: Number) -> bool:
    factors = {1.0, 100.0 if known.is_percent else 1.0, 0.01 if said.is_percent else 1.0}
    pairs = product(said.values, known.values, factors)
    return any(_is_near(value, other / factor, said) for value, other, factor in pairs)


def _is_near(value: float, known: float, said: Number) -> bool:
    """Whether two numbers are the same, or the first rounds the second."""
    if math.isclose(value, known, rel_tol=1e-6):
        return True
    if said.is_digits and said.decimals < 2 and value >= 1 and round(known) != known:
        return math.isclose(round(known, said.decimals), value)
    return said.is_rounded and math.isclose(value, known, rel_tol=_NEAR)


def _is_round(text: str, match: re.Match[str]) -> bool:
    """Whether a number stands for others near it, as in "about 70" and "over 3 million"."""
    if not _ROUNDING.search(text[: match.start()]):
        return False
    digits = (match["digits"] or "").replace(",", "")
    scaled = bool(match["letter"] or match["scale"])
    return (digits.endswith("0") and "." not in digits) or (len(digits) < 2 and scaled)
