"""Parsing the names of people and groups for citations.

A printed name doesn't tell which of its words are the family name. The rules here cover what
custom makes certain; otherwise the last word is the family name. Sources that know better write
"Family, Given".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words before a family name. In lowercase they aren't part of it ("van der Berg").
_PARTICLES = _words(
    "af al auf da dal dalla de del della den der des di do dos du el het la las le lo los op 't "
    "ten ter van vande vanden vander vom von zu zum zur"
)
# Those that start a family name if capitalized ("Le Bras"). Others may be given names.
_CAPITALIZED = _words("al da de del della den der di dos du el la le ter van von")
_SUFFIXES = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"])
# Kinship words that follow a family name in Portuguese and aren't family names themselves.
_KINSHIP = frozenset(["júnior", "junior", "filho", "neto", "sobrinho"])
_GROUPS = _words(
    "collaboration community consortium foundation group initiative institute lab laboratory labs "
    "network organization project team university workshop"
)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff々]+")
_HANGUL = re.compile(r"[\uac00-\ud7a3]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff々\uac00-\ud7a3・]+")
_DOUBLE_FAMILIES = _words(
    "欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 司徒 东方 東方 皇甫 尉迟 尉遲 公孙 公孫 令狐 慕容 "
    "南宫 南宮 夏侯 남궁 황보 제갈 선우 독고 사공 서문"
)


@dataclass(frozen=True)
class Name:
    """The parts of a name.

    Attributes:
        family: The family name, including a capitalized particle ("Le Bras", "Da Costa").
        given: The given names.
        particle: The lowercase words before the family name ("van der").
        suffix: "Jr.", "III" and the like.
        literal: The whole name of a group, a person with one name, or one that can't be parsed.
            All other parts are empty then.
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def last(self) -> str:
        """The family name with its particle, or the literal name."""
        return self.literal or f"{self.particle} {self.family}".strip()


@lru_cache(maxsize=20_000)
def parse_name(printed: str) -> Name:
    """Parses a name such as "Ada van der Berg", "Berg, Ada" or "Berg, Jr., Ada"."""
    words = printed.replace("\N{IDEOGRAPHIC SPACE}", " ").split()
    text = " ".join(words)
    if _is_group(words):
        return Name(literal=text)
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if "," in text and parts:
        return _with_commas(parts, text)
    if all(_CJK.fullmatch(word) for word in words):
        return _east_asian(words)
    return _western(words)


def _is_group(words: list[str]) -> bool:
    """Whether a name is that of a group, which has no given name."""
    last = words[-1].strip(".,").casefold() if words else ""
    return last in _GROUPS or "AI" in words or "@" in words


def _with_commas(parts: list[str], text: str) -> Name:
    if len(parts) == 1:
        return parse_name(parts[0])
    suffixes = [part for part in parts[1:] if part.casefold() in _SUFFIXES]
    others = [part for part in parts[1:] if part.casefold() not in _SUFFIXES]
    if not others:  # "Ada Berg, Jr."
        plain = _western(parts[0].split())
        return Name(plain.family, plain.given, plain.particle, suffixes[0], plain.literal)
    if len(others) > 1:
        return Name(literal=text)
    particle, family = _without_particle(parts[0].split())
    return Name(family, others[0], particle, suffixes[0] if suffixes else "")


def _east_asian(words: list[str]) -> Name:
    """Parses a name with the family name first. Without a space, kana names stay literal."""
    if len(words) == 2:
        return Name(family=words[0], given=words[1])
    name = "".join(words)
    one_script = _HAN.fullmatch(name) or _HANGUL.fullmatch(name)
    if len(words) > 1 or not one_script or not 2 <= len(name) <= 4:
        return Name(literal=" ".join(words))
    length = 2 if name[:2] in _DOUBLE_FAMILIES and len(name) > 2 else 1
    return Name(family=name[:length], given=name[length:])


def _western(words: list[str]) -> Name:
    suffix = ""
    if len(words) > 2 and words[-1].casefold() in _SUFFIXES:
        words, suffix = words[:-1], words[-1]
    if len(words) < 2:
        return Name(literal=" ".join(words))
    start = _family_start(words)
    particle, family = _without_particle(words[start:])
    return Name(family, " ".join(words[:start]), particle, suffix)


def _family_start(words: list[str]) -> int:
    """Returns the position of the first word that isn't a given name, which is at least 1."""
    start = len(words) - 1
    if words[start].casefold() in _KINSHIP and start > 1:
        start -= 1
    while start > 1 and _leads_family(words[start - 1]):
        start -= 1
    # A single article is in the middle of a French family name: "Dupré la Tour".
    alone = words[start] in ("la", "le") and start == len(words) - 2
    return start - 1 if alone and start > 1 else start


def _leads_family(word: str) -> bool:
    return word in _PARTICLES or (word.istitle() and word.casefold() in _CAPITALIZED)


def _without_particle(words: list[str]) -> tuple[str, str]:
    """Splits off the lowercase particle at the start."""
    count = 0
    while count < len(words) - 1 and words[count] in _PARTICLES:
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])
