"""Values that aren't in the form of the schema but have only one meaning."""

from __future__ import annotations

import re
from typing import Any

# What follows the day in an ISO 8601 time, such as "T10:30:00Z" or " 10:30".
_TIME = re.compile(r"[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?")
_DAY_LENGTH = len("2024-03-18")
# A day such as "2024/03/18", "2024.03.18" or "20240318".
_DAY = re.compile(r"(\d{4})([/.]?)(\d{2})\2(\d{2})")
# A host with a path, such as "github.com/example/code". A host alone could be any word.
_WITHOUT_SCHEME = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}/\S*", re.IGNORECASE)
_AND = re.compile(r"\s*,?\s+(?:and|&)\s+", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:jr|sr)\.?|ii|iii|iv", re.IGNORECASE)
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff々\uac00-\ud7a3・]+")
_INITIALS = re.compile(r"(?:\w\.[\s-]*)+")


def day_of(value: Any) -> Any:
    """Returns a date without its time, and with hyphens."""
    if isinstance(value, str) and (found := _DAY.fullmatch(value.strip())):
        return f"{found[1]}-{found[3]}-{found[4]}"
    if isinstance(value, str) and _TIME.fullmatch(value.strip()[_DAY_LENGTH:]):
        return value.strip()[:_DAY_LENGTH]
    return value


def with_scheme(value: Any) -> Any:
    """Returns an address with "https://" if it starts with the name of a host."""
    if isinstance(value, str) and _WITHOUT_SCHEME.fullmatch(value.strip()):
        return f"https://{value.strip()}"
    return value


def names_in(text: str) -> list[str] | None:
    """Returns the names in a text such as "Ada Example, Bob van der Sample and Cy Doe".

    Names can also be separated by semicolons, and be written like "Example, Ada" if they are
    separated by "and" or semicolons. Returns None if a comma could mean either.
    """
    if ";" in text:
        return [natural_name(name) for name in _stripped(text.split(";"))]
    parts = _stripped(_AND.split(text))
    if len(parts) > 1 and all(_is_inverted(part) for part in parts):
        return [natural_name(name) for name in parts]
    pieces = _stripped(piece for part in parts for piece in part.split(","))
    if len(pieces) == len(parts) or all(" " in piece for piece in pieces):
        return pieces
    if len(parts) == 1 and len(pieces) == 2 and " " not in pieces[0]:
        return [natural_name(name) for name in parts]
    pairs = list(zip(pieces[::2], pieces[1::2], strict=False))
    if len(pieces) % 2 == 0 and all(_INITIALS.fullmatch(given) for _, given in pairs):
        return [natural_name(f"{family}, {given}") for family, given in pairs]
    return None


def natural_name(name: str) -> str:
    """Returns "Ada Example" for "Example, Ada", as lists show names.

    A family name of several words keeps its comma, because only that tells where it begins. In
    Chinese, Japanese and Korean, the family name comes first.
    """
    family, comma, given = (part.strip() for part in name.partition(","))
    if _EAST_ASIAN.fullmatch(family) and _EAST_ASIAN.fullmatch(given):
        return f"{family} {given}"
    particles, last = family.split()[:-1], family.split()[-1:]
    is_simple = last and all(word.islower() for word in particles)
    return f"{given} {family}" if comma and given and "," not in given and is_simple else name


def full_name(family: str, given: str, suffix: str = "") -> str:
    """Returns a name with its parts in their usual order, where that doesn't blur them."""
    name = natural_name(f"{family}, {given}")
    if not suffix:
        return name
    if "," in name or not _SUFFIX.fullmatch(suffix):
        return f"{family}, {suffix}, {given}"
    return f"{name} {suffix}"


def _is_inverted(name: str) -> bool:
    """Whether a name is written like "Example, Ada", with a family name of a few words."""
    family, comma, given = name.partition(",")
    return bool(comma) and "," not in given and len(family.split()) <= 4 and bool(given.strip())


def _stripped(parts: Any) -> list[str]:
    return [part.strip(" ,") for part in parts if part.strip(" ,")]
