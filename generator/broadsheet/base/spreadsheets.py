"""Cells that spreadsheets would run as formulas: escaping them, and reading them back."""

from __future__ import annotations

import re

# The last ones are as wide as Chinese characters.
_STARTS = "=+\\-@\t\r\uff1d\uff0b\uff0d\uff20"
# A text with apostrophes before one of these gets one more, so that it's read back unchanged.
_FORMULA = re.compile(f"'*[{_STARTS}]")
_ESCAPED = re.compile(f"'+[{_STARTS}]")


def escaped_cell(text: str) -> str:
    """Returns a text with an apostrophe before it if spreadsheets would run it as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def plain_cell(text: str) -> str:
    """Returns a text without the apostrophe that `escaped_cell` put before it."""
    return text[1:] if _ESCAPED.match(text) else text
