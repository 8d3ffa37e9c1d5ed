"""Formulas in texts: LaTeX between dollars becomes MathML, or plain words for lists and indexes."""

from __future__ import annotations

import html
import logging
import re

from latex2mathml import converter, exceptions
from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import LatexWalkerError

# $x$: no space inside the dollars, no digit behind the last one, so "$5 and $10" is no formula.
FORMULA = re.compile(r"(?<![\\$\w])\$(?!\s|\$)((?:[^$\\\n]|\\.)+?)(?<!\s)\$(?![\d$])")

# The converter's errors have no common ancestor, and odd input makes it stumble in plain ones.
_ERRORS: tuple[type[Exception], ...] = (
    LatexWalkerError,
    *(e for e in vars(exceptions).values() if isinstance(e, type) and issubclass(e, Exception)),
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    RuntimeError,
    StopIteration,
    TypeError,
    ValueError,
)
# It complains of odd formulas on standard error, without saying where they stand.
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)

_UNWANTED = re.compile(r"<(?!/?m[a-z]+[\s>/])|\s(?:href|src|on\w+|style)=|\\")
_LONGEST = 2000


def to_mathml(source: str) -> str | None:
    """A formula as a `math` element, or None when it cannot be converted whole.

    An element with links, scripts or commands that the converter left as they were is refused.
    """
    if len(source) > _LONGEST:
        return None
    try:
        converted: str = converter.convert(source)
    except _ERRORS:
        return None
    if _UNWANTED.search(converted):
        return None
    label = html.escape(source, quote=True)
    return converted.replace("<math ", f'<math alttext="{label}" ', 1)


def to_plain(text: str) -> str:
    """A text with its formulas as plain characters: "$\\textbf{S}^2$IP" is "S^2IP"."""
    return FORMULA.sub(lambda match: _plain(match[1]), text)


def _plain(source: str) -> str:
    try:
        # Where it is tolerant of half a fraction, it leaves "%s/%s" in the text.
        reader = LatexNodes2Text(math_mode="text")
        return str(reader.latex_to_text(source, tolerant_parsing=False))
    except _ERRORS:
        return source
