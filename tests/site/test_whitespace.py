"""Finished pages have no indents, no empty lines, and nothing for scripts that they don't load."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from broadsheet.site.whitespace import without_indents


def test_indents_and_empty_lines_of_templates_go() -> None:
    assert without_indents("<ul>\n\n    <li>a b</li>\n  \n</ul>\n") == "<ul>\n<li>a b</li>\n</ul>\n"


@pytest.mark.parametrize("name", ["pre", "textarea", "script", "style", "PRE"])
def test_text_stays_as_it_is_where_its_whitespace_means_something(name: str) -> None:
    kept = f"<{name} class='x'>\n\n  a\n    b\n</{name}>"
    assert without_indents(f"<p>\n  {kept}\n  </p>") == f"<p>\n{kept}\n</p>"


def test_parts_of_a_page_can_be_treated_on_their_own() -> None:
    frame, content = "<body>\n\n  @\n  </body>", "<h1>\n a</h1>\n<pre>\n\n  b</pre>\n\n <p>c</p>"
    whole = without_indents(frame.replace("@", content))
    assert without_indents(frame).replace("@", without_indents(content)) == whole


def test_a_generated_page_is_compact_and_loads_one_module(built: Path) -> None:
    page = (built / "papers/rivers-remember/index.html").read_text("utf-8")
    assert not re.search(r"\n\s", re.sub(r"<pre>.*?</pre>", "<pre>", page, flags=re.DOTALL).strip())
    for unneeded in ("md-toggle", "md-overlay", "md-dialog", "data-md-component"):
        assert unneeded not in page
    assert page.count('<script type="module"') == 1
    assert page.count("og:description") == page.count('name="description"') == 1
