"""The colors of `theme.palette`: Material's names for colors become colors of the brand.

`primary` becomes the color of the brand and `accent` that of links, darker or lighter where text
would be hard to read. Colors come from Material's own style sheet, so names mean the same here.
Both may be `custom`, which takes `--md-primary-fg-color` and `--md-accent-fg-color` from
`extra_css`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import tinycss2
from mkdocs.config.defaults import MkDocsConfig

from broadsheet.base.brand import BRAND_FILE, Brand, Color, hexadecimal
from broadsheet.base.contrast import readable
from broadsheet.outputs.templates import templates_folder

CUSTOM = "custom"
# Material doesn't say which colors these are, because they depend on the scheme.
PLAIN = ("black", "white")
_NAME = re.compile(r"\[data-md-color-(primary|accent)=[\"']?([\w-]+)[\"']?\]")
_OWN = re.compile(r":root( > \*)?|\[data-md-color-(primary|accent|scheme)=.*\]")


@dataclass(frozen=True)
class Choice:
    """What an owner has chosen in `theme.palette`.

    Attributes:
        primary: The names of the primary color in the light and the dark scheme, or "".
        accent: The names of the accent color.
        scheme: The scheme, if there's only one: "default" or "slate".
    """

    primary: tuple[str, str] = ("", "")
    accent: tuple[str, str] = ("", "")
    scheme: str = ""


def choice_of(palette: Any) -> Choice:
    """Reads the value of `theme.palette`: one palette, or one for each scheme."""
    entries = [palette] if isinstance(palette, dict) else palette
    found = [entry for entry in entries or () if isinstance(entry, dict)]
    if not found:
        return Choice()
    dark = next((entry for entry in found if entry.get("scheme") == "slate"), found[-1])
    light = next((entry for entry in found if entry.get("scheme") != "slate"), found[0])
    return Choice(
        (_name(light, "primary"), _name(dark, "primary")),
        (_name(light, "accent"), _name(dark, "accent")),
        str(found[0].get("scheme", "")) if len(found) == 1 else "",
    )


def _name(entry: Mapping[str, Any], key: str) -> str:
    return str(entry.get(key) or "").replace(" ", "-")


def own_brand(config: MkDocsConfig) -> Path | None:
    """Returns the project's own brand.css, which then decides all colors."""
    if not config.theme.custom_dir:
        return None
    file = Path(config.theme.custom_dir) / BRAND_FILE
    ours = templates_folder() / "theme" / BRAND_FILE
    return file if file.is_file() and file.resolve() != ours.resolve() else None


def is_colored(config: MkDocsConfig) -> bool:
    """Whether `theme.palette` changes colors."""
    choice = choice_of(config.theme.get("palette"))
    return own_brand(config) is None and any((*choice.primary, *choice.accent))


def with_palette(brand: Brand, config: MkDocsConfig) -> Brand:
    """Returns a brand with the colors of `theme.palette`, if any."""
    choice = choice_of(config.theme.get("palette"))
    primary = _color(choice.primary, "primary", brand, config)
    accent = _color(choice.accent, "accent", brand, config) or primary
    if primary is None and accent is None:
        return brand
    return replace(brand, accent=primary or brand.accent, link=accent or brand.link)


def _color(names: tuple[str, str], kind: str, brand: Brand, config: MkDocsConfig) -> Color | None:
    """Returns a color that is readable in both schemes, or None for an unknown name."""
    known = colors_of(config, kind)
    if all(name in PLAIN for name in names):
        return brand.ink
    light, dark = (known.get(name) for name in names)
    if light is None or dark is None:
        return None
    return Color(
        readable(light, (brand.paper.light, brand.raised.light)),
        readable(dark, (brand.paper.dark, brand.raised.dark)),
    )


def colors_of(config: MkDocsConfig, kind: str) -> Mapping[str, str]:
    """Returns the colors that a palette can name.

    Args:
        config: The configuration.
        kind: "primary" or "accent".
    """
    own = dict(_own_colors(config)).get(kind)
    return {
        **_colors_of_material(_sheet_of_material(config), kind),
        **({CUSTOM: own} if own else {}),
    }


def _sheet_of_material(config: MkDocsConfig) -> str:
    """Returns Material's style sheet of palettes."""
    for folder in config.theme.dirs:
        for name in ("palette.*.css", "classic/palette.*.css"):  # the latter in Zensical's theme
            for path in Path(folder, "assets/stylesheets").glob(name):
                return path.read_text("utf-8")
    return ""


@cache
def _colors_of_material(sheet: str, kind: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for selector, declared in _rules(sheet):
        name = _NAME.fullmatch(selector)
        color = hexadecimal(declared.get(f"--md-{kind}-fg-color", ""), "light")
        if name and name[1] == kind and color:
            found[name[2]] = color
    return found


def _own_colors(config: MkDocsConfig) -> Iterator[tuple[str, str]]:
    """Yields the colors that style sheets of the project set for `custom`."""
    for path in own_sheets(config):
        for selector, declared in _rules(path.read_text("utf-8", errors="replace")):
            for kind in ("primary", "accent") if _OWN.fullmatch(selector) else ():
                color = hexadecimal(declared.get(f"--md-{kind}-fg-color", ""), "light")
                if color:
                    yield kind, color


def own_sheets(config: MkDocsConfig) -> Iterator[Path]:
    """Yields the files of `extra_css` that exist."""
    for name in config.extra_css:
        path = Path(config.docs_dir) / str(name)
        if path.is_file():
            yield path


def _rules(sheet: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yields each rule of a style sheet by selector, with its declarations."""
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True):
        if rule.type != "qualified-rule":
            continue
        declared = {
            found.lower_name: tinycss2.serialize(found.value).strip()
            for found in tinycss2.parse_blocks_contents(rule.content)
            if found.type == "declaration"
        }
        for selector in tinycss2.serialize(rule.prelude).split(","):
            yield " ".join(selector.split()), declared
