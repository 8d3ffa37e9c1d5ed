"""Telling the author's promotions of books and the like from texts about papers.

Texts about papers say "we". Promotions say "I" and "you". Only certain cases count, because a
mistake would cut off part of a paper's text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from broadsheet.importers.lines import SourceLine

_WARES = (
    r"(?:e-?books?|books?|newsletters?|courses?|channels?|blogs?|mentoring|portfolio|podcasts?)"
)
_OFFERS = (
    re.compile(rf"\bmy (?:[\w-]+ ){{0,3}}{_WARES}\b", re.IGNORECASE),
    re.compile(rf"\bI (?:[\w-]+ ){{0,3}}(?:offer|published|wrote|launched)\b.*\b{_WARES}\b"),
    re.compile(r"(?i)^(?:subscribe|sign up|join)\b.*\b(?:newsletter|channel|mailing list)\b"),
)
_INVITATION = re.compile(r"(?:are|do|would|want|looking|interested|if)\b[^?]*\?", re.IGNORECASE)
_READER = re.compile(r"\byou\b", re.IGNORECASE)
# Nothing but a URL of a link shortener, perhaps with a label.
_SHORT_LINK_LINE = re.compile(
    r"(?:[^:]{1,60}:\s*)?https?://"
    r"(?:lnkd\.in|bit\.ly|t\.co|tinyurl\.com|goo\.gl|buff\.ly|ow\.ly|cutt\.ly|rb\.gy|linktr\.ee)/\S+"
)


def is_promotion(text: str) -> bool:
    """Whether a line certainly promotes the author's own products or services."""
    return any(offer.search(text) for offer in _OFFERS)


def without_promotion(
    lines: Sequence[SourceLine],
) -> tuple[Sequence[SourceLine], Sequence[SourceLine]]:
    """Splits lines into the text and a promotion at its end.

    A promotion starts with a line that certainly is one, or with a question to the reader that
    only shortened links follow. It continues to the end.
    """
    for position, line in enumerate(lines):
        invites = _invites(line.text) and _only_short_links(lines[position + 1 :])
        if invites or is_promotion(line.text):
            return lines[:position], lines[position:]
    return lines, ()


def _invites(text: str) -> bool:
    question = _INVITATION.match(text)
    return bool(question and _READER.search(question[0]))


def _only_short_links(lines: Sequence[SourceLine]) -> bool:
    return bool(lines) and all(_SHORT_LINK_LINE.fullmatch(line.text) for line in lines)
