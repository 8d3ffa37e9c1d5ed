"""Whitespace of finished pages that no reader sees.

The indents and empty lines of the theme's templates were a tenth of the page of a paper.
"""

from __future__ import annotations

import re

# What is in these elements stays as it is. Everywhere else, a line break is as good as an indent.
_INDENTS = re.compile(r"<(pre|textarea|script|style)\b.*?</\1>|\n\s+", re.DOTALL | re.IGNORECASE)


def without_indents(html: str) -> str:
    """Removes indents and empty lines.

    Parts of a page that begin and end with elements can be treated on their own: together, they
    are the same as the treated page.
    """
    return _INDENTS.sub(lambda found: found[0] if found[1] else "\n", html)
