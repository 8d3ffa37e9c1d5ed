"""What strangers wrote is shown exactly as written, and can't do anything."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
import yaml
from hostile import HOSTILE
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selecting import examples
from shown import shown

from broadsheet.base import markup

# Where templates put a text, with the text around it and the elements it belongs in.
PLACES = {
    "paragraph": ("<p>{}</p>", "{}", ["p"]),
    "after words": ("<p>See: {}.</p>", "See: {}.", ["p"]),
    "title": ("<h1>{}</h1>", "{}", ["h1"]),
    "heading with a number": ('<h2 id="s-2">2. {}</h2>', "2. {}", ["h2"]),
    "linked heading": ('<h3><a href="a">{}</a></h3>', "{}", ["h3", "a"]),
    "list": ("<ul>\n<li>{}, line 3</li>\n</ul>", "{}, line 3", ["ul", "li"]),
    "cell": ("<table><tr><td>{}</td></tr></table>", "{}", ["table", "tr", "td"]),
}
# XML forbids most of these, and readers see none of them.
_LAST_CODES = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    f"\u202a-\u202e\u2066-\u2069{_LAST_CODES}]"
)


def _plain(text: str) -> str:
    """The part of a text that can be shown: no control characters, single spaces only."""
    return " ".join(CONTROLS.sub("", text).split())


def _check(place: str, text: str) -> None:
    source, expected, tags = PLACES[place]
    wanted = _plain(text)
    if not wanted:
        return
    found = shown(source.format(markup.text(text)))
    assert found.line == expected.format(wanted)
    assert found.balance == 0
    if tags is not None:
        assert found.tags == tags


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("place", PLACES)
def test_a_hostile_text_is_shown_as_it_is(place: str, text: str) -> None:
    _check(place, text)


_SIGNS = st.sampled_from("\\`*_{}[]()<>#+-.!|~^$&;:\"'=/? \n\t1a")
TEXTS = st.text(_SIGNS, max_size=30) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=40
)


@settings(max_examples=examples(300))
@given(st.sampled_from(sorted(PLACES)), TEXTS)
@example("linked heading", "</a><b>")
def test_any_text_is_shown_as_it_is(place: str, text: str) -> None:
    _check(place, text)


@settings(max_examples=examples(200))
@given(TEXTS)
def test_any_text_in_an_attribute_stays_in_it(text: str) -> None:
    found = shown(f'<p title="{markup.text(text)}" id="x">y</p>')
    assert found.elements == [("p", {"title": _plain(text), "id": "x"})]


@settings(max_examples=examples(200))
@given(TEXTS, TEXTS)
@example('a"\n---\n<script>', "{{ x }}\x80")
def test_front_matter_holds_any_text_and_nothing_breaks_out(title: str, other: str) -> None:
    front = str(markup.front_matter({"title": title, "description": other, "count": 3}))
    assert front.startswith("---\n")
    body = front.removeprefix("---\n")
    assert body.index("\n---\n") == len(body) - len("\n---\n")
    found = yaml.safe_load(body.removesuffix("---\n"))
    assert found.keys() == {"title", "description", "count"}
    # Themes print these unescaped, in elements and in attributes.
    assert not set(found["title"]) & set("<>\"'")
    assert shown(found["title"]).line == _plain(title)
    assert shown(found["description"]).line == _plain(other)


URLS = [
    "https://a.example/?a=1&b=2#c",
    "https://a.example/?a=1&copy=2&lt;=3",
    "https://a.example/x_(y)_z",
    "https://a.example/a_b_c*d*e",
    "https://a.example/~ada/`x`",
    "https://a.example/100%25",
    "https://ä.example/ü?ö",
    "http://a.example:8080/[x]",
    "mailto:ada@a.example",
    "../weeks/2024-W12.md#section-1",
]


@pytest.mark.parametrize("address", URLS)
def test_an_address_leads_where_it_says(address: str) -> None:
    (_, link) = shown(f'<a href="{markup.url(address)}">x</a>').elements[0]
    assert link.keys() == {"href"}
    assert _decoded(link["href"]) == _decoded(address)


def _decoded(address: str | None) -> str:
    return unquote(address or "")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "javascript&colon;alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example/",
        "\\\\evil.example/",
        "/\\evil.example/",
        "https:\\\\evil.example",
        "blob:https://a.example/x",
    ],
)
def test_an_address_that_is_none_to_follow_leads_nowhere(address: str) -> None:
    href = shown(f'<a href="{markup.url(address)}">x</a>').elements[0][1]["href"] or ""
    scheme = re.match(r"[\x00-\x20]*([a-z][a-z0-9+.-]*):", href, re.IGNORECASE)
    assert scheme is None or scheme[1].lower() in markup.SCHEMES
    assert not re.match(r"[\x00-\x20]*[/\\]{2}", href)


@settings(max_examples=examples(300))
@given(st.text(max_size=40) | TEXTS.map(lambda t: f"https://a.example/{t}"))
def test_any_address_is_one_link_that_is_safe(address: str) -> None:
    found = shown(f'<a href="{markup.url(address)}">x</a> y')
    assert found.tags == ["a"]
    assert found.line == "x y"
    (_, link) = found.elements[0]
    assert link.keys() == {"href"}
    assert markup.is_safe(link["href"] or "")


@settings(max_examples=examples(200))
@given(TEXTS)
@example("</code></pre><b>")
def test_no_text_ends_its_block_of_code(text: str) -> None:
    found = shown(f"{markup.code(text, 'bibtex')}\n<h1>after</h1>")
    assert found.tags == ["pre", "code", "h1"]
    assert found.line == f"{_plain(text)} after".strip()


def test_a_formula_becomes_mathml() -> None:
    found = shown(str(markup.inline("It costs $n^2$ & more")))
    assert {"math", "msup", "mi", "mn"} <= set(found.tags)
    assert found.elements[0][1]["alttext"] == "n^2"
    assert found.line == "It costs n2 & more"


@pytest.mark.parametrize("place", PLACES)
def test_a_formula_at_the_beginning_does_not_tear_its_line_apart(place: str) -> None:
    source, expected, tags = PLACES[place]
    found = shown(source.format(markup.inline("$n$ is *big* & $m$")))
    assert found.line == expected.format("n is *big* & m")
    assert found.balance == 0
    if tags is not None:
        assert [t for t in found.tags if t not in ("math", "mrow", "mi")] == tags


@pytest.mark.parametrize(
    "text", ["$5 and $10", "US$5 and US$6", "a $ b $ c", "$$", "\\$x\\$", "5$x$6"]
)
def test_money_is_no_formula(text: str) -> None:
    found = shown(str(markup.inline(text)))
    assert found.tags == []
    assert found.line == text


@pytest.mark.parametrize("source", ["\\unknown{x", "\\frac{1}", "^", "x" * 3000, "\\left("])
def test_a_formula_that_cannot_be_converted_is_shown_as_its_source(source: str) -> None:
    found = shown(str(markup.inline(f"a ${source}$ b")))
    assert "math" not in found.tags or found.balance == 0
    if "math" not in found.tags:
        assert found.line == f"a ${source}$ b"


_MATHML = """
span math mrow mi mn mo mtext mspace msup msub msubsup mfrac msqrt mroot mover munder munderover
mtable mtr mtd mlabeledtr mstyle mpadded mphantom mmultiscripts mprescripts none menclose merror
"""
MATHML = frozenset(_MATHML.split())
MATH_ATTRIBUTES = re.compile(r"(?!on)(?!href|src|style)[a-z]+")
FORMULAS = [
    "\\href{javascript:alert(1)}{x}",
    "\\url{javascript:alert(1)}",
    "\\text{<script>alert(1)</script>}",
    '\\text{" onclick="alert(1)}',
    "\\style{color:red}{x}",
    "\\class{x}{y}",
    "\\unicode{60}script\\unicode{62}",
    "<img src=x onerror=alert(1)>",
    "</math><script>alert(1)</script>",
    '\\color{red\\" onclick=\\"x}{y}',
    "\\begin{array}{c}<b>\\end{array}",
    "\\includegraphics{https://evil.example/x.png}",
    "a*b*c _d_ [e](javascript:alert(1)) `f`",
]


def _check_formula(shown_source: str) -> None:
    found = shown(shown_source)
    assert found.balance == 0
    assert set(found.tags) <= MATHML | {"p"}
    for _, attributes in found.elements:
        assert all(MATH_ATTRIBUTES.fullmatch(name) for name in attributes)


@pytest.mark.parametrize("source", FORMULAS)
def test_a_hostile_formula_does_nothing(source: str) -> None:
    _check_formula(f"a {markup.inline(f'${source}$')} b")


_TOKENS = r"""x ^ _ { } \frac \text{<b>} \mathbb{R} & < > 2 " ' \left ( ) \sqrt * ` [ ] \\ \% |"""


@settings(max_examples=examples(200))
@given(st.lists(st.sampled_from((*_TOKENS.split(), " ")), max_size=12).map("".join))
def test_any_formula_is_mathml_or_text(source: str) -> None:
    _check_formula(f"a {markup.inline(f'${source}$')} b")


RICH = frozenset({"p", "em", "strong", "code", "a", "ul", "li", "math"}) | MATHML


@pytest.mark.parametrize(
    "text, html",
    [
        ("*a* and **b**", "<p><em>a</em> and <strong>b</strong></p>"),
        ("_a_ and `b_c*`", "<p><em>a</em> and <code>b_c*</code></p>"),
        ("a snake_case_word", "<p>a snake_case_word</p>"),
        (
            "[x](https://a.example/?a=1&b=2)",
            '<p><a href="https://a.example/?a=1&amp;b=2">x</a></p>',
        ),
        (
            "One.\n\nTwo\nlines.\n\n- a\n- *b*",
            "<p>One.</p><p>Two lines.</p><ul><li>a</li><li><em>b</em></li></ul>",
        ),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("<b>x</b> &amp; ![i](https://a.example/i.png)", None),
        ("# No heading", "<p># No heading</p>"),
        ("$a_1$ and *b*", None),
    ],
)
def test_our_own_texts_may_have_emphasis_code_links_and_lists(text: str, html: str) -> None:
    found = str(markup.rich(text))
    if html is None:
        assert set(shown(found).tags) <= RICH
        return
    assert _tight(found) == _tight(html)


def _tight(html: str) -> str:
    found = shown(html)
    return repr((found.elements, "".join(found.text.split())))


@pytest.mark.parametrize("text", HOSTILE + FORMULAS)
def test_a_hostile_text_of_our_own_does_nothing(text: str) -> None:
    _check_rich(text)


@settings(max_examples=examples(300))
@given(TEXTS)
def test_any_text_of_our_own_has_only_what_is_allowed(text: str) -> None:
    _check_rich(text)


def _check_rich(text: str) -> None:
    for source in (markup.rich(text), markup.blocks(text)):
        found = shown(f"before\n\n{source}\n\nafter")
        assert found.balance == 0
        assert set(found.tags) <= RICH
        assert found.line.startswith("before")
        assert found.line.endswith("after")
        for tag, attributes in found.elements:
            if tag == "a":
                assert attributes.keys() == {"href"}
                assert markup.is_safe(attributes["href"] or "")
            else:
                assert all(MATH_ATTRIBUTES.fullmatch(name) for name in attributes)


@settings(max_examples=examples(200))
@given(st.lists(TEXTS.map(_plain).filter(lambda t: t and "$" not in t), min_size=1, max_size=4))
def test_paragraphs_and_items_are_kept(paragraphs: list[str]) -> None:
    kept = [p for p in paragraphs if not p.startswith("- ")]
    if not kept:
        return
    value = "\n\n".join([*kept, "- first\n- second"])
    found = shown(str(markup.blocks(value)))
    assert found.tags == ["p"] * len(kept) + ["ul", "li", "li"]
    assert found.text.split() == " ".join([*kept, "firstsecond"]).split()


@pytest.mark.parametrize(
    "text, expected",
    [("$n^2$ & **x**", "n² & **x**"), ("$\\textbf{S}^2$IP", "S²IP"), ("a\x00b\n c", "ab c")],
)
def test_plain_text_has_no_markup_of_formulas(text: str, expected: str) -> None:
    assert markup.plain(text) == expected


@given(TEXTS, TEXTS)
@example("half a character: \ud800", "\udfff")
def test_an_element_holds_any_text_and_nothing_breaks_out(name: str, value: str) -> None:
    found = shown(str(markup.element("p", name, markup.element("b", value), title=value)))
    assert [(tag, dict(attributes)) for tag, attributes in found.elements] == [
        ("p", {"title": _plain(value)}),
        ("b", {}),
    ]


def test_an_element_without_content_closes_itself() -> None:
    assert markup.element("path", class_="bs-dot", d="M0 0") == '<path class="bs-dot" d="M0 0"/>'
    assert markup.element("span", "", aria_hidden="true") == '<span aria-hidden="true"></span>'
    assert markup.element("b", 7, markup.NOTHING, "<") == "<b>7&lt;</b>"


def test_a_text_of_our_own_becomes_html_with_the_attributes_that_mail_needs() -> None:
    text = "*See* [it](https://a.example/?a=1&b=2) <b>\n- `x`\n- $n^2$"
    assert markup.rich_html(text) == (
        '<p><em>See</em> <a href="https://a.example/?a=1&amp;b=2">it</a> &lt;b&gt;</p>\n'
        "<ul>\n<li><code>x</code></li>\n<li>n²</li>\n</ul>"
    )
    styled = markup.rich_html("[it](https://a.example/)", {"a": {"style": 'font: "x"'}})
    assert styled == '<p><a href="https://a.example/" style="font: &quot;x&quot;">it</a></p>'


def test_plain_text_of_our_own_has_no_markup() -> None:
    assert markup.plain_rich("*a* [b](https://a.example/) `c` $d^2$") == "a b c d²"


@pytest.mark.parametrize("odd", ["\\frac{", "\\frac", "\\sqrt", "x^{", "\\begin{x}"])
def test_a_formula_that_is_none_stays_as_it_was_typed(
    odd: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert markup.plain(f"A ${odd}$ B") == f"A {odd} B"
    assert caplog.records == []  # a log message couldn't name the file
