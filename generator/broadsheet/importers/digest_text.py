"""What people say about a paper in a list, without its links."""

from __future__ import annotations

import re

from broadsheet.importers.page import PICTURE, Run, plain

SEPARATORS = "-\u2010\u2011\u2012\u2013\u2014\u2015:|,;.!/\u00b7\u2022\u3001\uff0c\uff1a"
LEADING = re.compile(rf"^[\s{re.escape(SEPARATORS)}]+")
# What separates links from each other and from a text.
_BESIDE = " ,;|/&·•[](){}【】"
_LABEL_END = re.compile(
    r"\b(?:papers?|code|project|arxiv|pdf|github|links?|url|website|demo|video|dataset|data|doi|"
    r"source)\s{0,3}[:：]$",
    re.IGNORECASE,
)
# In texts with single spaces.
_BULLET = re.compile(r"\s*[•‣▪◦●○]\s")
_EMPTY_BRACKETS = re.compile(r"\( ?(?:[,;|/&] ?)*\)|\[ ?(?:[,;|/&] ?)*\]|\{ ?\}|【 ?】")
_LOOSE = re.compile(r" [|·•](?= ?[|·•,])| (?=[,.;:](?: |$))")
_MOST_NESTED = 4


def clean_text(text: str) -> str:
    """Returns a text without what is left of links that were taken out of it.

    Lines with bullets below others become list items, which start with "- ".
    """
    first, *others = text.split("\n")
    lines = [("", _clean_line(first))]
    lines += [("- " if _BULLET.match(line) else "", _clean_line(line)) for line in others]
    return "\n\n".join(mark + line for mark, line in lines if line)


def _clean_line(line: str) -> str:
    parts = [plain([Run(part)]) for part in line.split(PICTURE)]
    kept = [_before_link(part) for part in parts[:-1]] + parts[-1:]
    kept = kept[:1] + [part.lstrip(_BESIDE).removeprefix(".").lstrip() for part in kept[1:]]
    line = " ".join(filter(None, kept))
    for _ in range(_MOST_NESTED):
        line = _EMPTY_BRACKETS.sub("", line)
    line = LEADING.sub("", plain([Run(_LOOSE.sub("", _BULLET.sub(" ", line)))])).rstrip(" |·•")
    return line if re.search(r"\w", line) else ""


def _before_link(text: str) -> str:
    """Returns the text before a link without what leads to the link."""
    text = text.rstrip(_BESIDE)
    return _LABEL_END.sub("", text).rstrip(_BESIDE) if text[-1:] in ":：" else text
