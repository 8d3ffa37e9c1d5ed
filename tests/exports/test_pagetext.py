from __future__ import annotations

import pytest
from markdown_it import MarkdownIt
from toy import SITE

from broadsheet.outputs.twins.from_html import page_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h1>Boats</h1><p>They <em>float</em>.</p>", "# Boats\n\nThey *float*.\n"),
        ("<p>No heading of its own.</p>", "# Title \\<b\\>\n\nNo heading of its own.\n"),
        (
            "<h1>B</h1><table><tr><th>Year</th></tr><tr><td>2024</td></tr></table>",
            "# B\n\n| Year |\n| --- |\n| 2024 |\n",
        ),
        (
            '<h1>B</h1><p><math alttext="x^2"><mi>x</mi></math> &lt;b&gt; 1. *</p>',
            "# B\n\n$x^2$ \\<b\\> 1\\. \\*\n",
        ),
        (
            "<h1>B</h1><svg><title>Three boats</title><text>3</text></svg><p>Said.</p>",
            "# B\n\nThree boats\n\nSaid.\n",
        ),
        (
            "<h1>B</h1><form><input>Ask</form><button>Go</button><script>x()</script><p>Said.</p>",
            "# B\n\nSaid.\n",
        ),
        (
            "<h1>B</h1><details><summary>More</summary><p>Said.</p></details>",
            "# B\n\nMore\n\nSaid.\n",
        ),
        ("<h1>B</h1><pre><code>a\n\n\n   b\n</code></pre>", "# B\n\n```\na\n\n\n   b\n```\n"),
    ],
)
def test_a_page_without_a_twin_of_its_own_has_one_from_its_html(html: str, text: str) -> None:
    assert page_text("Title <b>", html, "about/", SITE) == text


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("../papers/x/", f"{SITE.url}papers/x/index.md"),
        ("../", f"{SITE.url}index.md"),
        ("../search/?q=boats", f"{SITE.url}search/?q=boats"),
        ("../papers/x/#cite", f"{SITE.url}papers/x/#cite"),
        ("feed.xml", f"{SITE.url}about/feed.xml"),
        ("https://arxiv.org/abs/", "https://arxiv.org/abs/"),
        ("mailto:ada@example.org", "mailto:ada@example.org"),
    ],
)
def test_links_of_a_twin_are_whole_and_lead_to_twins(target: str, shown: str) -> None:
    html = f'<h1>B</h1><p><a href="{target}">there</a></p>'
    assert page_text("B", html, "about/", SITE) == f"# B\n\n[there]({shown})\n"


def test_text_of_a_page_stays_text_when_its_twin_is_rendered() -> None:
    words = "[a](b) <script>x</script> *b* # c `d` &amp; | e"
    html = f"<h1>B</h1><p>{words.replace('&', '&amp;').replace('<', '&lt;')}</p>"
    tokens = MarkdownIt().parse(page_text("B", html, "about/", SITE))
    inner = [child for token in tokens for child in token.children or []]
    assert {token.type for token in (*tokens, *inner)} <= {
        "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text",
        "text_special",
    }  # fmt: skip
    assert "".join(t.content for t in inner) == f"B{words}"
