"""A site's colors come from one style sheet, wherever a color is needed."""

from __future__ import annotations

import pytest

from broadsheet.base.brand import Color, read_brand
from broadsheet.base.errors import BroadsheetError

NAMES = ("paper", "raised", "ink", "soft", "line", "link", "accent")


def sheet(**colors: str) -> str:
    given = dict.fromkeys(NAMES, "black") | colors
    return (
        ":root {\n" + "".join(f"  --bs-{name}: {text};\n" for name, text in given.items()) + "}\n"
    )


@pytest.mark.parametrize(
    ("text", "light", "dark"),
    [
        ("light-dark(#fbfaf7, #17191c)", "#fbfaf7", "#17191c"),
        ("light-dark(papayawhip, rgb(0 0 255 / 50%))", "#ffefd5", "#0000ff"),
        ("#ABC", "#aabbcc", "#aabbcc"),
        ("  hsl(120 100% 50%) /* green */", "#00ff00", "#00ff00"),
        ("rgb(none 300 -5)", "#00ff00", "#00ff00"),
    ],
)
def test_a_color_is_read_for_both_schemes(text: str, light: str, dark: str) -> None:
    assert read_brand(sheet(paper=text), "brand.css").paper == Color(light, dark)


@pytest.mark.parametrize("text", ["var(--red)", "oklch(0.6 0.2 20)", "currentcolor", "redd", ""])
def test_a_color_that_pictures_cannot_have_is_named_with_its_line(text: str) -> None:
    with pytest.raises(BroadsheetError) as caught:
        read_brand(sheet(raised=text), "brand.css")
    assert str(caught.value) == (
        f"brand.css:3: --bs-raised: can't read the color {text!r} (write it as #rrggbb)"
    )


def test_a_color_that_is_missing_is_named() -> None:
    with pytest.raises(BroadsheetError, match=r"brand\.css: --bs-link: is missing \(add --bs-link"):
        read_brand(sheet().replace("--bs-link", "--my-link"), "brand.css")


def test_the_last_rule_for_the_root_counts_and_rules_for_some_readers_do_not() -> None:
    more = (
        "html, :root { --bs-ink: white }\n"
        "body { --bs-ink: red }\n"
        "@media (prefers-contrast: more) { :root { --bs-ink: blue } }\n"
    )
    assert read_brand(sheet() + more, "brand.css").ink == Color("#ffffff", "#ffffff")
