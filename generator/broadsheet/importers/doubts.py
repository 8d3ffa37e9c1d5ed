"""What is damaged in a text and cannot be repaired with certainty.

A doubt is a short phrase for a warning. Nothing here changes a text: what was lost is not
known, and a person who has the paper at hand can put it right.
"""

from __future__ import annotations

import re

from broadsheet.importers.lines import shortened

_SHOWN = 4
_ADDRESS = re.compile(r"https?://\S+|\$[^$\n]+\$")

# Function words are followed by a space; a capital straight after one means that markup was lost.
_BEFORE_A_NAME = (
    "a|an|and|as|called|introduce|introducing|named|namely|of|on|our|present|presents|propose|"
    "proposes|termed|than|that|the|to|train|using|with|in|is|for"
)
_LOST_NUMBER = re.compile(
    r"\b(?:fromto|betweenand)\b|\b(?:than|of|to|with|by|over|from)[MBK] \w+|(?<!\S)\(\)"
    r"|\b\d+(?:fewer|less|more|faster|slower|smaller|larger|lower|higher|better)\b"
)
_GLUED_WORDS = re.compile(
    rf"\b(?:{_BEFORE_A_NAME})(?![MBK] )[A-Z][\w-]*"
    r"|(?<!\{)\b\w+(?<=[a-z]{2})[,;][A-Za-z]{2}\w*|\b\w+(?<=[a-z]{3})\.[A-Z][\w-]+"
    r"|\b[a-z]{3,}:[A-Z][a-z]+|\b\w{3,}(?:es|ed|ing)(?:of|for|from|with)\b"
    r"|\b(?:either|such)(?!like\b)[a-z]{3,}\w*|\b(?:is|as)for\b|\bof[a-z]+-\d[\w-]*"
)
_CITATION_KEY = re.compile(r"\b[a-z]{3,}(?:19|20)\d\d[a-z]+\d*\b")
_LOST_MACRO = re.compile(r"\\[A-Za-z]+")
_LOST_CHARACTER = re.compile("�")
_GLUED_ADDRESS = re.compile(
    r"https?://\S{0,200}[a-z]\.[A-Z][a-z]+(?=\s\d)|https?://\S{0,200}[a-z]and(?=\s(?:our|the|a)\b)"
)
_BROKEN_ADDRESS = re.compile(r"https?://github\.com/[\w-]+/ \w+")
_OPEN_QUOTE = re.compile(r"``[^`\n]{0,20}|\S{0,20}[^\d\s']''(?!')")


def doubts(text: str) -> tuple[str, ...]:
    """Phrases that say what seems to be lost or damaged in `text`, with the words in question."""
    prose = _ADDRESS.sub(" ", text)
    words = _CITATION_KEY.sub(" ", prose)
    found = (
        ("a number was lost", _LOST_NUMBER.findall(prose)),
        ("words are glued together", _GLUED_WORDS.findall(words)),
        ("a citation is only its key", _CITATION_KEY.findall(prose)),
        ("a LaTeX macro has no meaning here", _LOST_MACRO.findall(prose)),
        ("a character was lost", _LOST_CHARACTER.findall(text)),
        ("a word is glued to an address", _GLUED_ADDRESS.findall(text)),
        ("an address is broken by a space", _BROKEN_ADDRESS.findall(text)),
        ("a quotation has one end only", _OPEN_QUOTE.findall(prose)),
    )
    return tuple(f"{what}: {_listed(parts)}" for what, parts in found if parts)


def _listed(words: list[str]) -> str:
    distinct = list(dict.fromkeys(words))
    shown = ", ".join(repr(shortened(word, 30)) for word in distinct[:_SHOWN])
    more = len(distinct) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
