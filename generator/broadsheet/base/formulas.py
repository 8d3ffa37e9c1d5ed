"""Formulas: LaTeX between dollar signs becomes MathML on pages and plain text elsewhere."""

from __future__ import annotations

import logging
import re
from functools import lru_cache

from latex2mathml import converter, exceptions
from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import LatexWalkerError

# No space just inside the dollar signs and no digit after the last one: "$5 and $10" isn't math.
FORMULA = re.compile(r"(?<![\\$\w])\$(?!\s|\$)((?:[^$\\\n]|\\.)+?)(?<!\s)\$(?![\d$])")

# The converters' errors have no common base class, and unusual input makes them raise built-ins.
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
# pylatexenc reports malformed formulas on standard error, without saying where they are.
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)

_UNWANTED = re.compile(r"<(?!/?m[a-z]+[\s>/])|\s(?:href|src|on\w+|style)=|\\")
# Far longer than any formula in an abstract; more text than this between dollar signs is prose.
_MAX_LENGTH = 2000


def to_mathml(source: str) -> str | None:
    """Returns a formula as a `math` element, or None if any part of it can't be converted.

    The result never has links, scripts, styles or leftover LaTeX commands.
    """
    if len(source) > _MAX_LENGTH:
        return None
    try:
        converted: str = converter.convert(source)
    except _ERRORS:
        return None
    return None if _UNWANTED.search(converted) else converted


def to_plain(text: str) -> str:
    r"""Returns a text with its formulas as plain characters: "$\textbf{S}^2$IP" is "S^2IP"."""
    # Looking for the sign first is faster, and few texts have one.
    return FORMULA.sub(lambda match: _plain(match[1]), text) if "$" in text else text


@lru_cache(maxsize=10_000)
def _plain(source: str) -> str:
    try:
        # With tolerant parsing, an incomplete fraction would become a literal "%s/%s".
        reader = LatexNodes2Text(math_mode="text")
        return str(reader.latex_to_text(source, tolerant_parsing=False))
    except _ERRORS:
        return source
