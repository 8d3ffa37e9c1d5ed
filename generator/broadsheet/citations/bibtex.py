"""BibTeX made from CSL-JSON, in UTF-8 as biber and today's reference managers read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from broadsheet.base.formulas import FORMULA
from broadsheet.citations.csl import Csl

_TYPES = {"article": "misc", "article-journal": "article", "paper-conference": "inproceedings"}
_VENUE_FIELD = {"article-journal": "journal", "paper-conference": "booktitle"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "@": "{@}",  # some programs start a new entry at "@word{", even inside a field
    }
)
# BibTeX and biber count all braces of a field, also those after a backslash. So a brace without its
# partner gets a command, which looks the same in print.
_SINGLE_BRACES = {ord("{"): r"\textbraceleft{}", ord("}"): r"\textbraceright{}"}
_SINGLE_ESCAPES = _ESCAPES | _SINGLE_BRACES
_MATH_BRACE = re.compile(r"\\([{}\\])")
_MATH_BRACES = {"{": r"\lbrace{}", "}": r"\rbrace{}", "\\": r"\\"}
_SPECIAL = re.compile(r"[\\{}&%$#_^~@]")
_CORE = re.compile(r"(\W*)(.*?)(\W*)", re.DOTALL)
_IN_URLS = str.maketrans({character: f"%{ord(character):02X}" for character in "{}\\"})
_SPACE, _HYPHEN = re.compile(r"(\s+)"), re.compile(r"[-/]")
_AND = re.compile(r"\band\b", re.IGNORECASE)


def bibtex_of(reference: Csl, title: str | None = None) -> str:
    """Returns a BibTeX entry with arXiv's eprint fields.

    Args:
        reference: The reference as CSL-JSON.
        title: The title with `$math$`, which CSL-JSON doesn't have but LaTeX understands.
    """
    named = {**reference, "title": title or reference["title"]}
    fields = {name: value for name, value in _fields(named).items() if value}
    body = "".join(f"  {name} = {value},\n" for name, value in fields.items())
    return f"@{_TYPES[reference['type']]}{{{reference['id']},\n{body}}}\n"


def _fields(reference: Csl) -> dict[str, str | None]:
    date = reference.get("issued", {}).get("date-parts", [[]])[0]
    number = reference.get("number") or reference.get("archive_location") or ""
    arxiv = number.removeprefix("arXiv:") if number.startswith("arXiv:") else None
    venue = _VENUE_FIELD.get(reference["type"], "howpublished")
    authors = " and ".join(_name(author) for author in reference.get("author", []))
    return {
        "title": _braced(protected(reference["title"])),
        "author": _braced(authors),
        # For works without an author: BibTeX sorts and labels them by this field.
        "key": None if authors else _braced(escaped(_called(reference["title"]))),
        venue: _braced(escaped(reference.get("container-title", ""))),
        "volume": _braced(reference.get("volume")),
        "number": _braced(reference.get("issue")),
        "pages": _braced(reference.get("page", "").replace("–", "-").replace("-", "--")),
        "year": str(date[0]) if date else None,
        "month": _MONTHS[date[1] - 1] if len(date) > 1 else None,
        "eprint": _braced(arxiv),
        "archiveprefix": "{arXiv}" if arxiv else None,
        "doi": _braced(_verbatim(reference.get("DOI"))),
        "url": _braced(_verbatim(reference.get("URL"))),
        "note": _braced(escaped(reference.get("note", ""))),
    }


def _called(title: str) -> str:
    """Returns the first words of a title, by which style guides cite works without an author."""
    return " ".join(re.split(r"[:?!] ", title)[0].split()[:4])


def _braced(text: str | None) -> str | None:
    return f"{{{text}}}" if text else None


def _verbatim(text: str | None) -> str | None:
    """Percent-encodes braces and backslashes in a URL, which would end the field."""
    return text and text.translate(_IN_URLS)


def escaped(text: str) -> str:
    """Escapes a text for LaTeX, except for `$math$` with balanced braces."""
    if "$" not in text:
        return _plain(text)
    return "".join([part if is_math else _plain(part) for is_math, part in _parts(text)])


def protected(title: str) -> str:
    """Returns a title in LaTeX with braces around names, for styles that lowercase titles.

    Names are words with a capital after their first letter, with a digit and a capital, or of one
    capital letter. Math is treated like a name.
    """
    if "$" not in title:
        return "".join(map(_protected_word, _SPACE.split(title)))
    return "".join(
        [
            f"{{{part}}}" if is_math else "".join(map(_protected_word, _SPACE.split(part)))
            for is_math, part in _parts(title)
        ]
    )


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """Splits a text into formulas, with their dollar signs, and what is between them."""
    end = 0
    for match in FORMULA.finditer(text):
        if _is_math(match[1]):
            yield False, text[end : match.start()]
            yield True, _without_single_braces(match[0])
            end = match.end()
    yield False, text[end:]


@lru_cache(maxsize=100_000)  # titles share most of their words
def _protected_word(word: str) -> str:
    """Puts a word in braces if it's a name. Punctuation around it stays outside."""
    if word.islower() or (word.isalpha() and word[1:].islower()):
        return _plain(word)  # as are most words
    if not any(map(_is_name, _HYPHEN.split(word))):
        return _plain(word)
    match = _CORE.fullmatch(word)
    before, core, after = match.groups() if match else ("", word, "")
    return f"{_plain(before)}{{{_plain(core)}}}{_plain(after)}"


def _is_name(word: str) -> bool:
    letters = [character for character in word if character.isalnum()]
    if len(letters) == 1:
        return letters[0].isupper() and letters[0] not in "AI"
    later_capital = any(character.isupper() for character in letters[1:])
    with_digit = any(c.isdigit() for c in letters) and any(c.isupper() for c in letters)
    return later_capital or with_digit


def _is_math(text: str) -> bool:
    """Whether TeX finds a partner for each brace, and the dollar sign at the end."""
    return _balanced(re.sub(r"\\.", "", text)) and not text.endswith("\\")


def _without_single_braces(formula: str) -> str:
    """Replaces braces that are printed, unless each has a partner for BibTeX, too."""
    if _balanced(formula):
        return formula
    return _MATH_BRACE.sub(lambda match: _MATH_BRACES[match[1]], formula)


def _balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0


def _plain(part: str) -> str:
    if not _SPECIAL.search(part):
        return part  # as are most
    return part.translate(_ESCAPES if _balanced(part) else _SINGLE_ESCAPES)


def _name(author: Mapping[str, str]) -> str:
    """Returns a name as BibTeX parses it: "van der Berg, Jr., Ada", or a group in braces."""
    if "literal" in author:
        return f"{{{escaped(author['literal'])}}}"
    family = escaped(author["family"])
    # BibTeX reads lowercase words as a particle, and " and " as the start of the next author.
    if [word for word in author["family"].split() if word[:1].islower() or _AND.match(word)]:
        family = f"{{{family}}}"
    last = f"{author.get('non-dropping-particle', '')} {family}".strip()
    given = escaped(author.get("given", ""))
    # It takes hyphens and ties for spaces, so without braces there would be no name.
    if _AND.search(given) or not given.strip("-~"):
        given = _braced(given) or ""
    return ", ".join(filter(None, (last, author.get("suffix"), given)))
