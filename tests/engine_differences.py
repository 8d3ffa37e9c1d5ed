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
        ("properdocs", "zensical"),
        '`<meta name="generator">` in pages names the engine.',
        pages=re.compile(r'<meta name="generator" content="[^"]*">'),
    ),
    Difference(
        ("zensical",),
        "The footer says “Made with Broadsheet and Zensical”.",
        pages=re.compile(r"Made with Broadsheet and <a [^>]+>[^<]+</a>\."),
    ),
    Difference(
        ("zensical",),
        "The theme’s own styles and scripts have other names, versions and settings, and the style "
        "sheet of the site has a rule for them. There are no files of lunr.js, which no page uses.",
        pages=re.compile(
            r"assets/(?:stylesheets|javascripts)/[\w./]+\.min\.(?:css|js)"
            r'|<script id="__config".*?</script>',
            re.DOTALL,
        ),
        files=re.compile(
            r"assets/(?:(?:stylesheets|javascripts|pictures)/.+|broadsheet/broadsheet\.css)"
        ),
    ),
    Difference(
        ("zensical",),
        "Hand-written pages have one link that skips to the content, but no second one that skips "
        "to their first heading.",
        pages=re.compile(r'<a href="#[^"]*" class="md-skip">[^<]*</a>\n'),
    ),
    Difference(
        ("zensical",),
        "Code in hand-written pages is highlighted even without an extension that does that.",
        pages=re.compile(
            r'<div class="highlight"><pre>.*?</pre></div>|<pre><code.*?</code></pre>', re.DOTALL
        ),
    ),
    Difference(
        ("zensical",),
        "In hand-written pages, all relative links start from the file, also those in HTML and to "
        "folders, such as `../feeds/`. With MkDocs, these start from the address of the page. A "
        "build warns of links that lead nowhere.",
        pages=re.compile(r'<a href="[^"]*">(?:as HTML|a folder)</a>'),
        files=re.compile(r"as-html/index\.md"),
    ),
    Difference(
        ("zensical",),
        "Links to pages with letters outside ASCII in their names have these letters as they are. "
        "Browsers ask for the same address.",
        test="test_extensions_hooks_and_unusual_names_work_with_each_engine",
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
