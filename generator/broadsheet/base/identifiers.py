"""Identifiers: arXiv ids, DOIs, slugs, weeks, dates and keys for comparing titles.

Every function is pure and takes text as people write it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import date
from functools import lru_cache
from urllib.parse import quote

from broadsheet.base.slugs import slugified

# Most titles fit, URLs stay readable, and file names are legal on every system.
SLUG_LENGTH = 80

# Ids since April 2007 and ids before; https://info.arxiv.org/help/arxiv_identifier.html
_ARXIV = re.compile(
    r"(?:arxiv:\s*|(?:https?://)?(?:www\.|export\.)?"
    r"(?:arxiv\.org/(?:abs|pdf|html)|huggingface\.co/papers)/)?"
    r"(?P<id>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})"
    r"(?:v\d+)?(?:\.pdf)?",
    re.IGNORECASE | re.ASCII,
)
_DOI = re.compile(
    r"(?:doi:\s*|(?:https?://)?(?:dx\.)?doi\.org/)?(?P<id>10\.[0-9]{4,9}/\S+)", re.IGNORECASE
)
# What JavaScript's `encodeURI` leaves, without what begins a query or a fragment.
_PLAIN_IN_URLS = ";,/:@&=+$!~*'()%"
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
_PLAIN_WORDS = re.compile("[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")
# arXiv ids have five digits after the period since January 2015 (see the page above).
_FIVE_DIGITS_SINCE = 1501
_FOUR_DIGITS = re.compile(r"(\d{4})\.\d{4}", re.ASCII)
# Device names that Windows reserves, with any extension.
RESERVED_NAMES = frozenset(
    [
        "con",
        "prn",
        "aux",
        "nul",
        *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
    ]
)
# The index is the page of a folder.
_RESERVED = RESERVED_NAMES | {"index"}


_CATEGORY = re.compile(
    r"(?:astro-ph|cond-mat|cs|econ|eess|gr-qc|hep-(?:ex|lat|ph|th)|math|math-ph|nlin|nucl-(?:ex|th)|"
    r"physics|q-bio|q-fin|quant-ph|stat)\.[A-Za-z][A-Za-z-]+"
    # These have no parts, or had none in the past.
    r"|astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|q-bio|quant-ph"
)


def is_category(text: str) -> bool:
    """Whether a text is a category of arXiv, such as "cs.CL"."""
    return _CATEGORY.fullmatch(text) is not None


def parse_arxiv(text: str) -> str | None:
    """Returns the arXiv id in `text` without its version, or None if it isn't one.

    Args:
        text: An id such as "2403.01234v2", one with the prefix "arXiv:", or the URL of its page
            on arxiv.org or huggingface.co, also without "https://".
    """
    match = _ARXIV.fullmatch(text.strip())
    return match["id"].lower() if match else None


def has_lost_zero(arxiv: str) -> bool:
    """Whether an arXiv id seems to have lost its last zero because a program read it as a number.

    Such an id has four digits after the period, but ids from its month have five.
    """
    found = _FOUR_DIGITS.fullmatch(arxiv)
    # Ids of this form exist since 2007, so years compare by their last two digits.
    return found is not None and int(found[1]) >= _FIVE_DIGITS_SINCE


def parse_doi(text: str) -> str | None:
    """Returns the DOI in `text` in lowercase, or None if it isn't one.

    Args:
        text: A DOI such as "10.1000/example", one with the prefix "doi:", or a doi.org URL.
    """
    match = _DOI.fullmatch(text.strip())
    return match["id"].lower() if match else None


def arxiv_url(arxiv: str) -> str:
    """Returns the URL of a paper's abstract page on arXiv."""
    return f"https://arxiv.org/abs/{arxiv}"


def arxiv_pdf_url(arxiv: str) -> str:
    """Returns the URL of a paper's latest PDF on arXiv."""
    return f"https://arxiv.org/pdf/{arxiv}"


def doi_url(doi: str) -> str:
    """Returns the URL that leads to whatever a DOI names."""
    return f"https://doi.org/{doi_in_urls(doi)}"


def doi_in_urls(doi: str) -> str:
    """Returns a DOI as URLs have it, because it may have signs such as "#" and "<".

    What is encoded already stays, as many copy a DOI from a URL.
    """
    return _PERCENT.sub("%25", quote(doi, safe=_PLAIN_IN_URLS))


def parse_partial_date(text: str) -> str | None:
    """Returns `text` if it is an existing date like YYYY, YYYY-MM or YYYY-MM-DD, else None."""
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
    """Returns the ISO 8601 week of a day: "2025-W01" for 2024-12-30."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def parse_week(text: str) -> str | None:
    """Returns `text` if it is an existing week like "2024-W12", else None."""
    match = _WEEK.fullmatch(text)
    if not match:
        return None
    try:
        date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        return None
    return text


def fold(text: str) -> str:
    """Returns `text` without accents and case, for comparing: "navratil" for "Navrátil"."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def title_key(title: str) -> str:
    r"""Returns a key that different spellings of a title share: its letters and digits, folded.

    The key is empty if the title has neither. LaTeX commands don't count, so "$\textbf{S}^2$IP"
    and "S^2IP" have the same key.
    """
    plain = re.sub(r"\\[a-zA-Z]+", "", title)
    return "".join(c for c in fold(plain) if c.isalnum())


def words_of(title: str) -> str:
    """Returns the words of a title for a search, without LaTeX commands and punctuation."""
    return " ".join(re.findall(r"\w+", re.sub(r"\\[a-zA-Z]+", " ", title)))


def match_key(title: str) -> str:
    """Returns the key by which a title is recognized: that of its letters, or else its marks."""
    return title_key(title) or "".join(title.split())


@lru_cache(maxsize=100_000)
def slug_of(title: str, fallback: str = "paper") -> str:
    """Returns a slug for a title: lowercase ASCII, whole words, at most 80 characters.

    Args:
        title: The title as printed; LaTeX commands are ignored.
        fallback: Used for a title without any letter or digit that ASCII can spell.
    """
    if len(title) <= SLUG_LENGTH and _PLAIN_WORDS.fullmatch(title):
        slug = "-".join(title.lower().split())  # as slugified() does, which takes longer
    else:
        plain = re.sub(r"\\[a-zA-Z]+", "", title)
        slug = slugified(plain, SLUG_LENGTH)
        slug = slug or slugified(fallback) or "paper"
    return f"{slug}-paper" if slug in _RESERVED else slug


def is_slug(text: str) -> bool:
    """Whether `text` works as a file name and as part of a URL on every system."""
    return (
        len(text) <= SLUG_LENGTH
        and re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", text) is not None
        and text not in _RESERVED
    )


def free_slug(wanted: str, taken: Collection[str]) -> str:
    """Returns `wanted`, or if taken `wanted-2`, `wanted-3` and so on, at most 80 characters."""
    if wanted not in taken:
        return wanted
    number = 2
    while True:
        ending = f"-{number}"
        slug = wanted[: SLUG_LENGTH - len(ending)].rstrip("-") + ending
        if slug not in taken:
            return slug
        number += 1
