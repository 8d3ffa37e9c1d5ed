"""Escaping for Markdown that other programs read."""

from __future__ import annotations

import re

from broadsheet.base.characters import without_harmful

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~$&])")


def escaped(text: str) -> str:
    """Returns a text as one line of Markdown, in which no character has a meaning."""
    return _SPECIAL.sub(r"\\\1", " ".join(without_harmful(text).split()))
