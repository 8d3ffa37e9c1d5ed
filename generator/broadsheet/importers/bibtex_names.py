"""Names of authors in BibTeX and BibLaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, islice

from broadsheet.content.fields import LINE_LENGTH, MOST_AUTHORS
from broadsheet.importers.forgiving import full_name
from broadsheet.importers.latex_text import latex_text

# BibLaTeX's other way to write a name: "family=Berg, given=Ada, prefix=van, useprefix=true".
_LABELED = re.compile(r"(family|given|prefix|suffix)\s*=\s*(.*)", re.IGNORECASE | re.DOTALL)
_UNUSED = re.compile(r"(?:use\w+|\w+-i)\s*=.*", re.IGNORECASE | re.DOTALL)
# Whatever is longer has too many names, or a name that is too long.
_LONGEST = MOST_AUTHORS * LINE_LENGTH


def names_of(authors: str) -> Iterator[str]:
    """Yields the names in a field, as "Ada Example" where that is clear.

    Of more than papers can have, only the first ones, so there are too many either way.
    """
    names = _split(_unwrapped(" ".join(authors[:_LONGEST].split())), " and ")
    for name in islice(names, MOST_AUTHORS + 2):  # "and others" is no name
        if name.strip():
            yield _name(name.strip())


def _unwrapped(authors: str) -> str:
    """Removes braces around all names.

    The name of a group is in braces, too, and can have an "and", but no comma on both sides of it.
    """
    if not authors.startswith("{"):
        return authors
    names = list(_split(authors[1:-1], " and "))
    is_list = len(names) > 1 and all("," in name for name in names)
    return authors[1:-1] if is_list and _is_braced(authors) else authors


def _name(name: str) -> str:
    if _is_braced(name):
        return latex_text(name)
    parts = [latex_text(part) for part in _split(name, ",")]
    labeled = [_LABELED.fullmatch(part) for part in parts if not _UNUSED.fullmatch(part)]
    if labeled and all(labeled):
        return _labeled_name({found[1].casefold(): found[2] for found in labeled if found})
    if len(parts) == 2:
        return full_name(parts[0], parts[1])
    return full_name(parts[0], parts[2], parts[1]) if len(parts) == 3 else ", ".join(parts)


def _labeled_name(parts: dict[str, str]) -> str:
    family = f"{parts.get('prefix', '')} {parts.get('family', '')}".strip()
    given = parts.get("given", "")
    return (
        full_name(family, given, parts.get("suffix", "")) if family and given else family or given
    )


def _split(text: str, separator: str) -> Iterator[str]:
    """Yields the parts of a text between separators outside of braces, in either case."""
    start, depth = 0, 0
    for found in re.finditer(f"[{{}}]|{separator}", text, re.IGNORECASE):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0 and found[0] != "}":
            yield text[start : found.start()]
            start = found.end()
    yield text[start:]


def _is_braced(text: str) -> bool:
    """Whether a text starts with a brace whose partner ends it."""
    depths = list(accumulate({"{": 1, "}": -1}.get(sign, 0) for sign in text))
    return text[:1] == "{" and 0 in depths and depths.index(0) == len(text) - 1
