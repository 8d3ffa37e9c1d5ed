"""Formulas: LaTeX between dollar signs becomes MathML on pages and plain text elsewhere."""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from itertools import islice

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
_TAG = re.compile(r"<(/?)[a-z]+[^<>]*?(/?)>")
_NESTING = re.compile(r"\\(?:begin|left)(?![a-z])|\\(?:end|right)(?![a-z])|\\.|[{}]", re.DOTALL)
_OPENING = ("{", "\\begin", "\\left")
_CLOSING = ("}", "\\end", "\\right")
# Browsers take seconds for formulas that nest hundreds deep, and for thousands in one text.
MOST_NESTED = 30
MOST_FORMULAS = 200
# An element of LaTeX becomes up to three of MathML.
_MOST_ELEMENTS = 100
# Far longer than any formula in an abstract; more text than this between dollar signs is prose.
_MAX_LENGTH = 2000

_SCRIPT = re.compile(r"(?<!\\)(?P<sign>[\^_])(?:\{(?P<group>[^{}\\]+)\}|(?P<one>[^\s{}\\]))")
_SUPERSCRIPTS = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_SUBSCRIPTS = str.maketrans("0123456789+-=()aeioux", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢₒᵤₓ")


def to_mathml(source: str) -> str | None:
    """Returns a formula as a `math` element, or None if any part of it can't be converted.

    The result never has links, scripts, styles or leftover LaTeX commands.
    """
    if len(source) > _MAX_LENGTH or nesting_of(source) > MOST_NESTED:
        return None
    try:
        converted: str = converter.convert(source)
    except _ERRORS:
        return None
    is_unwanted = _UNWANTED.search(converted) or _depth_of(converted) > _MOST_ELEMENTS
    return None if is_unwanted else converted


def nesting_of(source: str) -> int:
    """Returns how deep the braces, fences and environments of a formula nest."""
    depth = most = 0
    for sign in _NESTING.findall(source):
        depth += (sign in _OPENING) - (sign in _CLOSING)
        most = max(most, depth)
    return most


def _depth_of(mathml: str) -> int:
    depth = most = 0
    for is_end, is_empty in _TAG.findall(mathml):
        depth += -1 if is_end else not is_empty
        most = max(most, depth)
    return most


def has_too_many(text: str) -> bool:
    """Whether a text has so many formulas that all of them are shown as text."""
    if text.count("$") <= 2 * MOST_FORMULAS:
        return False
    return sum(1 for _ in islice(FORMULA.finditer(text), MOST_FORMULAS + 1)) > MOST_FORMULAS


def to_plain(text: str) -> str:
    r"""Returns a text with its formulas as plain characters: "$\textbf{S}^2$IP" is "S²IP"."""
    # Looking for the sign first is faster, and few texts have one.
    if "$" not in text or has_too_many(text):
        return text
    return FORMULA.sub(lambda match: _plain(match[1]), text)


def _in_unicode(match: re.Match[str]) -> str:
    """Returns a superscript or subscript as characters of Unicode, if it has all of them."""
    table = _SUPERSCRIPTS if match["sign"] == "^" else _SUBSCRIPTS
    script = match["group"] or match["one"]
    return script.translate(table) if all(ord(char) in table for char in script) else match[0]


@lru_cache(maxsize=10_000)
def _plain(source: str) -> str:
    try:
        # With tolerant parsing, an incomplete fraction would become a literal "%s/%s".
        reader = LatexNodes2Text(math_mode="text")
        small = _SCRIPT.sub(_in_unicode, source)
        return str(reader.latex_to_text(small, tolerant_parsing=False))
    except _ERRORS:
        return source
