"""Names of people and groups, taken apart for citations.

A printed name has no marks that say which word is what, so the rules here decide only what
custom makes certain, and leave the last word as the family name otherwise. A source that
knows better writes "Family, Given" and is believed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that stand before a family name; in lower case they are not part of it ("van der Berg").
_PARTICLES = _words(
    "af al auf da dal dalla de del della den der des di do dos du el het la las le lo los op 't "
    "ten ter van vande vanden vander vom von zu zum zur"
)
# Those that begin a family name when they are capitalised ("Le Bras"); others may be given names.
_CAPITALISED = _words("al da de del della den der di dos du el la le ter van von")
_SUFFIXES = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"])
# Kinship words that end a family name in Portuguese and do not replace it.
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
    """A name's parts. `literal` alone is set for a group, a mononym or what cannot be parted.

    `particle` is in lower case as printed ("van der"); one that is capitalised ("Le Bras",
    "Da Costa") belongs to `family`, as its bearers write it.
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def last(self) -> str:
        """What stands first in "Last, First": the family name with its particle."""
        return self.literal or f"{self.particle} {self.family}".strip()

    @property
    def inverted(self) -> str:
        """ "van der Berg, Ada, Jr.", or the literal name."""
        return ", ".join(part for part in (self.last, self.given, self.suffix) if part)


@lru_cache(maxsize=100_000)
def parse_name(printed: str) -> Name:
    """The parts of a name as printed: "Ada van der Berg", "Berg, Ada", "Berg, Jr., Ada"."""
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
    """Whether this is a group, which has no given name and is never inverted."""
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
    """The family name comes first. A name with kana and no space cannot be parted for certain."""
    if len(words) == 2:
        return Name(family=words[0], given=words[1])
    name = "".join(words)
    parted = _HAN.fullmatch(name) or _HANGUL.fullmatch(name)
    if len(words) > 1 or not parted or not 2 <= len(name) <= 4:
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
    """The place of the first word that is not a given name; at least one is."""
    start = len(words) - 1
    if words[start].casefold() in _KINSHIP and start > 1:
        start -= 1
    while start > 1 and _leads_family(words[start - 1]):
        start -= 1
    # An article alone follows the head of a French family name: "Dupré la Tour".
    alone = words[start] in ("la", "le") and start == len(words) - 2
    return start - 1 if alone and start > 1 else start


def _leads_family(word: str) -> bool:
    return word in _PARTICLES or (word.istitle() and word.casefold() in _CAPITALISED)


def _without_particle(words: list[str]) -> tuple[str, str]:
    """The particle in lower case at the beginning, and the rest."""
    count = 0
    while count < len(words) - 1 and words[count] in _PARTICLES:
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])
