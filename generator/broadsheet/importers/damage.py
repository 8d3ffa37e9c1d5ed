"""Finding damage in a text that can't be repaired with certainty.

Nothing here changes a text. Only a person who looks at the paper can tell what is missing.
"""

from __future__ import annotations

import re

from broadsheet.importers.lines import quoted

# Enough to find a damaged place; some texts have dozens.
_MAX_SHOWN = 4
_MAX_WORD_LENGTH = 30
_ADDRESS = re.compile(r"https?://\S+|\$[^$\n]+\$")

# A function word is followed by a space. If a capital follows, markup between them was lost.
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
# Most texts have no damage, which quick patterns tell: they are in every text with such damage,
# start with a rare character, and look back from there.
_MAYBE_LOST_NUMBER = re.compile(r"[MBK] (?<=[a-z]..)|[(\d](?:\)|[fmslhb][eoamli])")
_MAYBE_GLUED_WORDS = re.compile(
    r"[A-Z](?:(?<=\ba.)|(?<=\b(?:an|as|of|on|to|in|is).)|(?<=\b(?:and|our|the|for).)"
    r"|(?<=\b(?:than|that|with).)|(?<=\b(?:named|train|using).)|(?<=\b(?:called|namely|termed).)"
    r"|(?<=\b(?:present|propose).)|(?<=\b(?:presents|proposes).)|(?<=\bintroduce.)"
    r"|(?<=\bintroducing.))|[,;](?=[A-Za-z])|[.:](?=[A-Z])"
)
_MAYBE_GLUED_ENDS = re.compile(r"[gsd](?:of|for|from|with)\b")
_MAYBE_GLUED_STARTS = re.compile(r"of[a-z]+-\d|such[a-z]{3}|either[a-z]{3}")
_CITATION_KEY = re.compile(r"\b[a-z]{3,}(?:19|20)\d\d[a-z]+\d*\b")
_LOST_MACRO = re.compile(r"\\[A-Za-z]+")
_LOST_CHARACTER = re.compile("�")
_GLUED_ADDRESS = re.compile(
    r"https?://\S{0,200}[a-z]\.[A-Z][a-z]+(?=\s\d)|https?://\S{0,200}[a-z]and(?=\s(?:our|the|a)\b)"
)
_BROKEN_ADDRESS = re.compile(r"https?://github\.com/[\w-]+/ \w+")
_OPEN_QUOTE = re.compile(r"``[^`\n]{0,20}|\S{0,20}[^\d\s']''(?!')")


def find_damage(text: str) -> tuple[str, ...]:
    """Returns a message for each kind of damage in `text`, with the words in question."""
    prose = _ADDRESS.sub(" ", text)
    found = (
        ("a number seems to be missing", _lost_numbers(prose)),
        ("a space seems to be missing", _glued_words(prose)),
        ("a citation is only a BibTeX key", _CITATION_KEY.findall(prose)),
        ("a LaTeX command is left over", _LOST_MACRO.findall(prose)),
        ("a character was lost", _LOST_CHARACTER.findall(text)),
        ("a space seems to be missing after a URL", _GLUED_ADDRESS.findall(text)),
        ("a URL seems to be broken by a space", _BROKEN_ADDRESS.findall(text)),
        ("a quotation mark has no counterpart", _open_quotes(prose)),
    )
    return tuple(f"{what}: {_listed(parts)}" for what, parts in found if parts)


def _lost_numbers(prose: str) -> list[str]:
    is_possible = (
        "fromto" in prose or "betweenand" in prose or _MAYBE_LOST_NUMBER.search(prose) is not None
    )
    return _LOST_NUMBER.findall(prose) if is_possible else []


def _glued_words(prose: str) -> list[str]:
    quick = (_MAYBE_GLUED_WORDS, _MAYBE_GLUED_ENDS, _MAYBE_GLUED_STARTS)
    if not any(pattern.search(prose) for pattern in quick):
        return []
    return _GLUED_WORDS.findall(_CITATION_KEY.sub(" ", prose))


def _open_quotes(prose: str) -> list[str]:
    return _OPEN_QUOTE.findall(prose) if "``" in prose or "''" in prose else []


def _listed(words: list[str]) -> str:
    distinct = list(dict.fromkeys(words))
    shown = ", ".join(quoted(word, _MAX_WORD_LENGTH) for word in distinct[:_MAX_SHOWN])
    more = len(distinct) - _MAX_SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
