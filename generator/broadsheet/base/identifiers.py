"""Names of things: arXiv ids, DOIs, slugs, weeks, dates and keys for comparing titles.

Every function is pure and takes text as people write it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import date
from functools import lru_cache

from slugify import slugify

SLUG_LENGTH = 80

# Identifiers since 2007-04 and before; https://info.arxiv.org/help/arxiv_identifier.html
_ARXIV = re.compile(
    r"(?:arxiv:\s*|https?://(?:www\.)?arxiv\.org/(?:abs|pdf|html)/)?"
    r"(?P<id>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})"
    r"(?:v\d+)?(?:\.pdf)?",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(?P<id>10\.\d{4,9}/\S+)", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
# Since January 2015 an arXiv id has five digits after the point.
_FIVE_DIGITS_SINCE = 1501
_FOUR_DIGITS = re.compile(r"(\d{4})\.\d{4}")
# Device names that Windows keeps for itself, with any extension, and the name that a folder's
# own page has.
_RESERVED = frozenset(
    [
        "index",
        "con",
        "prn",
        "aux",
        "nul",
        *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
    ]
)


def parse_arxiv(text: str) -> str | None:
    """The arXiv id in `text` (an id, "arXiv:…" or an address), without its version."""
    match = _ARXIV.fullmatch(text.strip())
    return match["id"].lower() if match else None


def has_lost_zero(arxiv: str) -> bool:
    """Whether an arXiv id seems to have lost its last zero, because a program read it as a number.

    Such an id has four digits after the point although its month has ids of five.
    """
    found = _FOUR_DIGITS.fullmatch(arxiv)
    # Two digits of the year: 91 to 99 and 00 to 06 had another form, so that order is time.
    return found is not None and int(found[1]) >= _FIVE_DIGITS_SINCE


def parse_doi(text: str) -> str | None:
    """The DOI in `text` ("10.…", "doi:10.…" or an address), in lower case as DOIs compare."""
    match = _DOI.fullmatch(text.strip())
    return match["id"].lower() if match else None


def arxiv_url(arxiv: str) -> str:
    """The page of an arXiv id, with abstract and versions."""
    return f"https://arxiv.org/abs/{arxiv}"


def arxiv_pdf_url(arxiv: str) -> str:
    """The newest PDF of an arXiv id."""
    return f"https://arxiv.org/pdf/{arxiv}"


def doi_url(doi: str) -> str:
    """The address at which a DOI resolves to its publisher's page."""
    return f"https://doi.org/{doi}"


def parse_partial_date(text: str) -> str | None:
    """`text` when it is a real date as YYYY, YYYY-MM or YYYY-MM-DD, else None."""
    match = _DATE.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return None
    return text


def week_of(day: date) -> str:
    """The ISO 8601 week of a day: 2024-12-30 is in "2025-W01"."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def parse_week(text: str) -> str | None:
    """`text` when it names a week that exists ("2024-W12"), else None."""
    match = _WEEK.fullmatch(text)
    if not match:
        return None
    try:
        date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        return None
    return text


def fold(text: str) -> str:
    """`text` without accents and case, for comparing names ("Navrátil" is "navratil")."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def title_key(title: str) -> str:
    """What two spellings of a title have in common: letters and digits, folded.

    Empty when the title has neither. LaTeX markup counts by its content only, so that
    "$\\textbf{S}^2$IP" and "S^2IP" are the same.
    """
    plain = re.sub(r"\\[a-zA-Z]+", "", title)
    return "".join(c for c in fold(plain) if c.isalnum())


@lru_cache(maxsize=100_000)
def slug_of(title: str, fallback: str = "paper") -> str:
    """An address part from a title: lower-case ASCII, at most 80 characters, whole words."""
    plain = re.sub(r"\\[a-zA-Z]+", "", title)
    slug = slugify(plain, max_length=SLUG_LENGTH, word_boundary=True, save_order=True)
    slug = slug or slugify(plain)[:SLUG_LENGTH] or slugify(fallback) or "paper"
    return f"{slug}-paper" if slug in _RESERVED else slug


def is_slug(text: str) -> bool:
    """Whether `text` can be a file name and an address on every system."""
    return (
        len(text) <= SLUG_LENGTH
        and re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", text) is not None
        and text not in _RESERVED
    )


def free_slug(wanted: str, taken: Collection[str]) -> str:
    """`wanted`, or `wanted-2`, `wanted-3`, … when it is taken; never longer than a slug may be."""
    if wanted not in taken:
        return wanted
    number = 2
    while True:
        ending = f"-{number}"
        slug = wanted[: SLUG_LENGTH - len(ending)].rstrip("-") + ending
        if slug not in taken:
            return slug
        number += 1
