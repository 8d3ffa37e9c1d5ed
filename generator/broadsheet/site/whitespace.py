"""Whitespace of finished pages that no reader sees.

The indents and empty lines of the theme's templates were a tenth of the page of a paper.
"""

from __future__ import annotations

import re

# What is in these elements stays as it is. Everywhere else, a line break is as good as an indent.
_KEPT = re.compile(r"<(pre|textarea|script|style)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_INDENT = re.compile(r"\n\s+")


def without_indents(html: str) -> str:
    """Removes indents and empty lines.

    Parts of a page that begin and end with elements can be treated on their own: together, they
    are the same as the treated page.
    """
    parts: list[str] = []
    end = 0
    for kept in _KEPT.finditer(html):
        parts += [_INDENT.sub("\n", html[end : kept.start()]), kept[0]]
        end = kept.end()
    return "".join([*parts, _INDENT.sub("\n", html[end:])])
