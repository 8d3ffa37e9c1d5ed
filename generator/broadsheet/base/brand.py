"""The brand: the colors that cards, email and browsers share with the style sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import tinycss2
from tinycss2.ast import Declaration
from tinycss2.color4 import Color as CssColor
from tinycss2.color5 import parse_color

from broadsheet.base.errors import BroadsheetError, Problem

# The style sheet with the colors, by its path in the theme.
BRAND_FILE = "assets/broadsheet/brand.css"


@dataclass(frozen=True)
class Color:
    """A color in the light and the dark scheme, as "#rrggbb"."""

    light: str
    dark: str


@dataclass(frozen=True)
class Brand:
    """The colors of a site. `accent` is the custom property `--bs-accent`, and so on."""

    paper: Color
    raised: Color
    ink: Color
    soft: Color
    line: Color
    link: Color
    accent: Color


def read_brand(sheet: str, file: str) -> Brand:
    """Reads the colors that a style sheet sets on `:root`.

    Args:
        sheet: The text of a brand.css.
        file: Its path, for error messages.

    Raises:
        BroadsheetError: A color is missing, or can't be used in email and pictures.
    """
    declared = _root_declarations(sheet)
    names = [field.name for field in fields(Brand)]
    return Brand(**{name: _color(f"--bs-{name}", declared, file) for name in names})


def _root_declarations(sheet: str) -> Mapping[str, Declaration]:
    return {
        found.name: found
        for rule in tinycss2.parse_stylesheet(sheet)
        if rule.type == "qualified-rule" and ":root" in _selectors(rule.prelude)
        for found in tinycss2.parse_blocks_contents(rule.content)
        if found.type == "declaration"
    }


def _selectors(prelude: object) -> list[str]:
    return [selector.strip() for selector in tinycss2.serialize(prelude).split(",")]


def _color(name: str, declared: Mapping[str, Declaration], file: str) -> Color:
    if name not in declared:
        advice = f"add {name} to :root, such as {name}: light-dark(white, black)"
        raise BroadsheetError(Problem(file, 0, name, "is missing", advice))
    text = tinycss2.serialize(declared[name].value).strip()
    light, dark = hexadecimal(text, "light"), hexadecimal(text, "dark")
    if light is None or dark is None:
        message, advice = f"can't read the color {text!r}", "write it as #rrggbb"
        raise BroadsheetError(Problem(file, declared[name].source_line, name, message, advice))
    return Color(light, dark)


def hexadecimal(text: str, scheme: str) -> str | None:
    """Returns a CSS color as "#rrggbb", or None if it isn't a fixed color, such as `var()`."""
    color = parse_color(text, (scheme,))
    if not isinstance(color, CssColor):
        return None
    try:
        parts = color.to("srgb").coordinates
    except NotImplementedError:
        return None
    return "#" + "".join(f"{min(255, max(0, round(255 * (part or 0)))):02x}" for part in parts)
