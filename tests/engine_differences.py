"""What is known to differ between sites that engines build from the same project.

`site/test_engines.py` fails if anything else differs, or if one of these no longer does. The table
in docs/explanation/engines.md is made from them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reference.tables import table

from broadsheet.site.engine import ENGINES


@dataclass(frozen=True)
class Difference:
    """What one or more engines do in another way than MkDocs with Material.

    Attributes:
        engines: The names of the engines.
        what: What differs, for readers of the documentation.
        pages: What it looks like in HTML, if it's something in pages.
        files: The paths of files that only one of two sites has, or whose content differs.
        test: The test that shows it, unless it's seen in a built site.
    """

    engines: tuple[str, ...]
    what: str
    pages: re.Pattern[str] | None = None
    files: re.Pattern[str] | None = None
    test: str = ""


DIFFERENCES = (
    Difference(
        ("properdocs",),
        '`<meta name="generator">` in pages names the engine.',
        pages=re.compile(r'<meta name="generator" content="[^"]*">'),
    ),
)


def differences_of(engine: str) -> list[Difference]:
    """The known differences of an engine."""
    return [difference for difference in DIFFERENCES if engine in difference.engines]


def without_known(html: str, engine: str) -> str:
    """A page without what is known to differ."""
    for difference in differences_of(engine):
        html = difference.pages.sub("", html) if difference.pages else html
    return html


def list_of_differences() -> str:
    """The table in the documentation."""
    rows = [
        (", ".join(ENGINES[name].title for name in difference.engines), difference.what)
        for difference in DIFFERENCES
    ]
    return table(("with", "what differs"), rows)
