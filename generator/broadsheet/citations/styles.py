"""References as text in APA (7th edition) and IEEE style, for preprints and published papers.

Both follow the guides of the styles for preprints, conference papers and journal articles. Tests
compare them with a CSL processor, which covers all kinds of works but takes milliseconds per
reference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from broadsheet.base.identifiers import doi_url
from broadsheet.citations.csl import Csl

# If there are more authors, APA lists the first 19 and the last, IEEE only the first.
_APA_AUTHORS = 20
_APA_FIRST = 19
_IEEE_AUTHORS = 6
_MONTHS = (
    ("January", "Jan."),
    ("February", "Feb."),
    ("March", "Mar."),
    ("April", "Apr."),
    ("May", "May"),
    ("June", "Jun."),
    ("July", "Jul."),
    ("August", "Aug."),
    ("September", "Sep."),
    ("October", "Oct."),
    ("November", "Nov."),
    ("December", "Dec."),
)
_NICKNAME = re.compile(r"\s*\([^)]*\)")
# A word of a given name, or a part of one after a hyphen.
_WORD = re.compile(r"[^\s.\-\u2010\u2011]+")


def apa(reference: Csl) -> str:
    """Returns a reference in APA style."""
    title = _ended(" ".join(reference["title"].split()))
    number = reference.get("number")
    if number:
        title = f"{title.removesuffix('.')} ({number})."
    authors = _apa_authors(reference.get("author", []))
    date = f"({_apa_date(reference)})."
    head = (_ended(authors), date, title) if authors else (title, date)
    return " ".join([*head, *_apa_place(reference), _address(reference)])


def _apa_place(reference: Csl) -> Iterator[str]:
    """Yields where a work was published."""
    name = reference.get("container-title") or reference.get("publisher")
    if name:
        volume = reference.get("volume", "")
        issue = f"({reference['issue']})" if "issue" in reference else ""
        parts = (name, f"{volume}{issue}", reference.get("page", "").replace("-", "–"))
        yield _ended(", ".join(part for part in parts if part))


def _apa_date(reference: Csl) -> str:
    parts = _date(reference)
    if not parts:
        return "n.d."
    if reference["type"] != "paper-conference" or len(parts) == 1:
        return str(parts[0])
    return f"{parts[0]}, {' '.join([_MONTHS[parts[1] - 1][0], *map(str, parts[2:])])}"


def _apa_authors(authors: Sequence[Mapping[str, str]]) -> str:
    if len(authors) > _APA_AUTHORS:
        first = [_apa_name(author) for author in authors[:_APA_FIRST]]
        return ", ".join([*first, f"… {_apa_name(authors[-1])}"])
    names = [_apa_name(author) for author in authors]
    if len(names) > 1:
        return f"{', '.join(names[:-1])}, & {names[-1]}"
    return "".join(names)


def _apa_name(author: Mapping[str, str]) -> str:
    if whole := _whole(author):
        return whole
    parts = (_family(author), _initials(author.get("given", "")), author.get("suffix", ""))
    return ", ".join(filter(None, parts))


def ieee(reference: Csl) -> str:
    """Returns a reference in IEEE style, without its number in a list."""
    title = " ".join(reference["title"].split())
    journal = reference["type"] == "article-journal"
    parts = list(_ieee_place(reference))
    online = f"doi: {reference['DOI']}." if "DOI" in reference else ""
    online = online or f"[Online]. Available: {_address(reference)}"
    end = title[-1:] in "?!"
    title = f"“{title}{'' if end or not parts else ','}”{'' if end or parts else '.'}"
    place = ", ".join(parts) + ("," if journal else ".") if parts else ""
    authors = _ieee_authors(reference.get("author", []))
    return " ".join(part for part in (authors, title, place, online) if part)


def _ieee_place(reference: Csl) -> Iterator[str]:
    """Yields where and when a work was published."""
    date, name = _date(reference), reference.get("container-title")
    if name:
        yield f"in {name}" if reference["type"] == "paper-conference" else name
    for field, label in (("volume", "vol."), ("issue", "no.")):
        if field in reference:
            yield f"{label} {reference[field]}"
    if page := reference.get("page", "").replace("-", "–"):
        yield f"{'pp.' if '–' in page else 'p.'} {page}"
    if date:
        month = f"{_MONTHS[date[1] - 1][1]} " if len(date) > 1 else ""
        # Only preprints are cited with the day.
        day = f"{date[2]:02d}, " if len(date) > 2 and reference["type"] == "article" else ""
        yield f"{month}{day}{date[0]}"
    if "number" in reference:
        yield reference["number"]


def _ieee_authors(authors: Sequence[Mapping[str, str]]) -> str:
    if len(authors) > _IEEE_AUTHORS:
        return f"{_ieee_name(authors[0])} et al.,"
    names = [_ieee_name(author) for author in authors]
    if len(names) > 2:
        return f"{', '.join(names[:-1])}, and {names[-1]},"
    return f"{' and '.join(names)}," if names else ""


def _ieee_name(author: Mapping[str, str]) -> str:
    if whole := _whole(author):
        return whole
    parts = (_initials(author.get("given", "")), _family(author), author.get("suffix", ""))
    return " ".join(filter(None, parts))


def _whole(author: Mapping[str, str]) -> str:
    """Returns a name that isn't shortened: that of a group, or one in a script without case."""
    if "literal" in author:
        return author["literal"]
    given = author.get("given", "")
    if given and given.lower() == given.upper():
        return f"{author['family']}{given}"
    return ""


def _family(author: Mapping[str, str]) -> str:
    return f"{author.get('non-dropping-particle', '')} {author['family']}".strip()


@lru_cache(maxsize=20_000)
def _initials(given: str) -> str:
    """Returns the initials of given names: "J. Z." for "J. Zico", "W.-T." for "Wen-tau".

    A nickname in parentheses is left out.
    """
    names = _NICKNAME.sub("", given).replace(".", ". ").split()
    initials = ["-".join([f"{part[0].upper()}." for part in _WORD.findall(name)]) for name in names]
    return " ".join(filter(None, initials))


def _address(reference: Csl) -> str:
    return doi_url(reference["DOI"]) if "DOI" in reference else str(reference["URL"])


def _date(reference: Csl) -> Sequence[int]:
    parts: Sequence[int] = reference.get("issued", {}).get("date-parts", [[]])[0]
    return parts


def _ended(text: str) -> str:
    """Adds a period to a text, unless it already ends with punctuation."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


# The function for each style, by the name that pages show.
STYLES: Mapping[str, Callable[[Csl], str]] = {"APA": apa, "IEEE": ieee}
# Styles whose lists are numbered in order of citation; others are sorted by name.
NUMBERED = frozenset(["IEEE"])
