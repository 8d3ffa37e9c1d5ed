"""How a summary is written: its length, praise, openings without content, and results."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from broadsheet.content.texts.numbers import numbers_in

# The fewest and most words of each text. Lists show the one-line summary in about two lines, which
# hold 35 words. The longer one is read before the abstract and is no use if it's as long.
LENGTHS: Mapping[str, tuple[int, int]] = {"tldr": (5, 35), "summary": (25, 150)}

_PRAISE = re.compile(
    r"\b(?:amazing|astonishing|breakthrough|cutting-edge|delves?|exciting|game-chang\w+"
    r"|ground-?breaking|impressive(?:ly)?|incredibl[ey]|novel|paradigm shift|paves? the way"
    r"|pioneering|powerful|promising|remarkabl[ey]|revolutioni[sz]\w+|revolutionary"
    r"|sheds? (?:new )?light|unlocks?|unparalleled|unprecedented|leverag(?:e|es|ed|ing)"
    r"|state-of-the-art(?= (?:method|model|technique|approach|solution)))\b",
    re.IGNORECASE,
)
_DOES = (
    r"(?:present|propose|introduce|describe|explore|investigate|stud(?:y|ie)|address|discusse?"
    r"|examine|provide|offer|develop|demonstrate|show|argue|survey|review|report|aim)s?\b"
)
_OPENING = re.compile(
    rf"\b(?:this|our) (?:paper|work|article|study|report|research|manuscript|thesis) {_DOES}"
    rf"|^the (?:paper|work|article|study|report) {_DOES}"
    rf"|\bin this (?:paper|work|article|study|report)\b|\bwe (?:also |then |further )?{_DOES}",
    re.IGNORECASE,
)
# A measured result in an abstract: a percentage or factor, in a sentence that says what changed.
_MEASURED = re.compile(r"\d\s?\\?%|\d\s?\$?(?:x\b|×|\\times|[ -]times\b|-?fold\b)|\bper\s?cent\b")
_CHANGED = re.compile(
    r"\b(?:outperform|surpass|exceed|improv|reduc|increas|speed-?up|faster|accelerat|achiev|attain"
    r"|reach|boost|decreas|gain)\w*",
    re.IGNORECASE,
)
# Words that tell a result without a number.
_RESULT = re.compile(
    r"\b(?:beat|better|best|cheap|clos(?:e|er|es)\b|compar(?:able|e)|compete|competitive|cost|cut"
    r"|doubl|drop|enough|exceed|fail|fall|fast(?:er|est)|fewer|find|found|gain|grow|halv|halve|help|higher"
    r"|improv|increas|larger|lag|lead|less\b|lift|limit|lower|match|more\b|near|only\b|outdo"
    r"|outperform|outscore|overtak|poor|predict|rais|reach|recover|reduc|reveal|rival|sav|score"
    r"|show|shrink|slow(?:er|s)|smaller|solv|speed|struggl|suffic|surpass|trail|weak|without|worse|yield"
    r"|as \w+ as|brittle|prove|cannot|harm|hurt|unequal|suffers?|identif|discover|distill)\w*",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_CHINESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def length_in_words(text: str) -> int:
    """Returns how many words a text has. Two Chinese or Japanese characters count as one."""
    signs = len(_CHINESE.findall(text))
    return len(_CHINESE.sub(" ", text).split()) + signs // 2 if signs else len(text.split())


def praise_in(text: str) -> Iterator[str]:
    """Yields the words of a text that praise instead of telling."""
    yield from (match[0] for match in _PRAISE.finditer(text))


def openings_in(text: str) -> Iterator[str]:
    """Yields phrases such as "this paper presents", which say nothing about the paper."""
    yield from (match[0] for match in _OPENING.finditer(text))


def reports_result(abstract: str) -> bool:
    """Whether an abstract tells a measured result."""
    return any(
        _MEASURED.search(sentence) and _CHANGED.search(sentence)
        for sentence in _SENTENCES.split(abstract)
    )


def tells_result(text: str) -> bool:
    """Whether a summary tells any result, with or without a number."""
    return bool(_RESULT.search(text)) or any(
        number.is_digits or number.values not in {(1.0,), (2.0,)} for number in numbers_in(text)
    )
