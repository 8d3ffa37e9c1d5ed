"""Finished pages have no indents and no empty lines, except where they mean something."""

from __future__ import annotations

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
