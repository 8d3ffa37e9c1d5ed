"""A finding about a summary: which words, what is wrong with them, and what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something in a paper's own text that a person should look at.

    Attributes:
        field: The field of the text, "tldr" or "summary".
        words: The words in question, as the text has them. "" means the whole text.
        message: What is wrong.
        advice: What to do about it.
    """

    field: str
    words: str
    message: str
    advice: str
