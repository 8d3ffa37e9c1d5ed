"""LaTeX as plain text, except formulas between dollar signs."""

from __future__ import annotations

import re
from functools import cache

from pylatexenc import latexwalker
from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)
from pylatexenc.macrospec import LatexContextDb

from broadsheet.content.fields import TEXT_LENGTH
from broadsheet.importers.repairs import visible

_BARE_PERCENT = re.compile(r"(?<!\\)%")
# What LaTeX prints otherwise than it is written. Most values have nothing of it.
_LATEX = re.compile(r"[\\{}$%~^_#&]|--|``|''|[?!]`")
# Signs that pylatexenc leaves out or replaces by accents.
_SIGNS = {
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciicircum": "^",
    "textasciitilde": "~",
    "textquotesingle": "'",
    "textasciigrave": "`",
}
_URL = re.compile(r"\\(?:url|href)\s*\{([^{}]*)\}")
_ESCAPED_IN_URL = re.compile(r"\{?\\([%&#_~$])\}?(?:\{\})?")


def latex_text(value: str) -> str:
    """Returns a value on one line without LaTeX. One too long or deep to be true stays as it is."""
    if not _LATEX.search(value) or len(value) > TEXT_LENGTH:
        return _on_one_line(value)
    try:
        text = _converter().latex_to_text(_BARE_PERCENT.sub(r"\\%", value), latex_context=_syntax())
    except RecursionError:  # pylatexenc calls itself for each brace or environment in another
        text = value
    return _on_one_line(text)


def latex_url(value: str) -> str:
    r"""Returns the address in a value, which can be in `\url{…}` or have escapes."""
    found = _URL.search(value)
    return _ESCAPED_IN_URL.sub(r"\1", found[1] if found else value).strip(" {}\n\t<>")


def _on_one_line(text: str) -> str:
    return visible(" ".join(text.split()))


@cache
def _converter() -> LatexNodes2Text:
    signs = get_default_latex_context_db()
    macros = [MacroTextSpec(name, sign) for name, sign in _SIGNS.items()]
    signs.add_context_category("signs", macros=macros, prepend=True)
    return LatexNodes2Text(latex_context=signs, math_mode="verbatim")


@cache
def _syntax() -> LatexContextDb:
    """Which macros take arguments. By itself, pylatexenc lists them again for each value."""
    return latexwalker.get_default_latex_context_db()
