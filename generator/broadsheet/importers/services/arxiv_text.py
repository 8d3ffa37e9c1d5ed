"""Texts as arXiv has them: with LaTeX, broken lines, and remarks of the authors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pylatexenc.latex2text import LatexNodes2Text

from broadsheet.base.text import shortened
from broadsheet.importers.services.plain import line

# Lines of abstracts are broken, and the first line of a new paragraph is indented.
_PARAGRAPH = re.compile(r"\n\s*\n|\n[ \t]{2,}")
_LETTER = (
    r"\\(?:[`'^\"~=.](?:\s*\{\\?[A-Za-z]+\}|\s*\\[ij](?![A-Za-z])|\s*[A-Za-z])"
    r"|[uvHtcdbkr](?:\s*\{\\?[A-Za-z]{1,2}\}|\s+[A-Za-z](?![A-Za-z]))"
    r"|(?:ss|ae|AE|oe|OE|aa|AA|o|O|l|L)(?![A-Za-z])(?:\{\}|\s)?)"
)
_ACCENT = re.compile(rf"(?P<kept>(?<!\\)\$[^$]*\$)|\{{(?P<braced>{_LETTER})\}}|(?P<bare>{_LETTER})")
_VERSION = re.compile(r"v(\d{1,4})$", re.ASCII)
_WITHDRAWN = re.compile(
    r"(?:this|the)?\s*(?:paper|article|submission|manuscript|version|work|preprint)?\s*"
    r"(?:(?:has been|is|was|have been)\s+)?(?:temporarily\s+)?(?:withdrawn|retracted)\b",
    re.IGNORECASE,
)
_AFFILIATIONS = re.compile(r"\([^()]*\)")
_MONTH_IN_ID = re.compile(r"(\d{2})(\d{2})\.\d{4,5}|[a-z.-]+/(\d{2})(\d{2})\d{3}", re.ASCII)
# arXiv has papers since 1991, so ids with larger numbers are from the 20th century.
_FIRST_YEAR = 91
_TO_TEXT = LatexNodes2Text(math_mode="verbatim")


def latex_line(text: str | None) -> str:
    r"""Returns a text on one line, with letters such as "\'e" as Unicode. Formulas stay."""
    joined = text or ""
    return line(_ACCENT.sub(_letter, joined) if "\\" in joined else joined)


def _letter(found: re.Match[str]) -> str:
    if found["kept"]:
        return found["kept"]
    return str(_TO_TEXT.latex_to_text(found["braced"] or found["bare"])).strip()


def abstract_of(text: str) -> str | None:
    """Returns the paragraphs of an abstract."""
    paragraphs = map(latex_line, _PARAGRAPH.split(text.strip()))
    return "\n\n".join(filter(None, paragraphs)) or None


def version_of(identifier: str) -> int | None:
    """Returns the number of the version at the end of an arXiv id or its address."""
    found = _VERSION.search(identifier.strip())
    return int(found[1]) if found else None


def withdrawn_in(*texts: str | None) -> str | None:
    """Returns the text that starts by saying that a paper is withdrawn, if any."""
    said = (text for text in texts if text and _WITHDRAWN.match(text))
    found = next(said, None)
    return shortened(found) if found else None


def people_in(text: str) -> str:
    """Returns a text with names without the affiliations in parentheses."""
    # They have numbers, and a list of affiliations by number that has more of them.
    return latex_line(_AFFILIATIONS.sub(" ", _AFFILIATIONS.sub(" ", text)))


def month_of(arxiv: str) -> str | None:
    """Returns the month in an arXiv id."""
    found = _MONTH_IN_ID.fullmatch(arxiv)
    year, month = next(_pairs(found), ("", "")) if found else ("", "")
    if not year:
        return None
    century = 19 if int(year) >= _FIRST_YEAR else 20
    return f"{century}{year}-{month}" if 1 <= int(month) <= 12 else None


def _pairs(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    for year, month in ((found[1], found[2]), (found[3], found[4])):
        if year:
            yield year, month
