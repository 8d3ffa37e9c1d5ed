"""`theme.palette` chooses the colors of the brand, and they stay readable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from folders import write_files
from mkdocs.config.defaults import MkDocsConfig

from broadsheet.base.brand import BRAND_FILE, Brand
from broadsheet.base.contrast import contrast
from broadsheet.outputs.templates import templates_folder
from broadsheet.site.mkdocs_config import load_mkdocs
from broadsheet.site.palette import Choice, choice_of, colors_of
from broadsheet.site.project import find_project
from broadsheet.site.theme import brand_of

TWO_SCHEMES = [
    {"scheme": "default", "primary": "deep purple", "accent": "lime", "toggle": {}},
    {"scheme": "slate", "primary": "red", "accent": "amber", "toggle": {}},
]


def config_of(site: Path, palette: Any, **others: Any) -> MkDocsConfig:
    config = load_mkdocs(find_project(site / "mkdocs.yml"), None)
    config.theme["palette"] = palette
    for name, value in others.items():
        config[name] = value
    return config


def unchanged(site: Path) -> Brand:
    return brand_of(config_of(site, None))


@pytest.mark.parametrize(
    ("palette", "choice"),
    [
        (None, Choice()),
        ([], Choice()),
        ({"primary": "indigo"}, Choice(("indigo", "indigo"), ("", ""), "")),
        ({"scheme": "slate", "accent": "red"}, Choice(("", ""), ("red", "red"), "slate")),
        (TWO_SCHEMES, Choice(("deep-purple", "red"), ("lime", "amber"), "")),
        (TWO_SCHEMES[::-1], Choice(("deep-purple", "red"), ("lime", "amber"), "")),
    ],
)
def test_a_palette_is_read_in_all_forms(palette: Any, choice: Choice) -> None:
    assert choice_of(palette) == choice


def test_every_color_of_material_is_readable_in_both_schemes(toy_site: Path) -> None:
    config = config_of(toy_site, None)
    names = colors_of(config, "primary")
    assert {"indigo", "yellow", "blue-grey", "deep-orange"} <= set(names)
    assert len(names) >= 19
    for name in (*names, "black", "white"):
        config.theme["palette"] = {"primary": name}
        brand = brand_of(config)
        assert brand.link == brand.accent
        for background in (brand.paper, brand.raised):
            assert contrast(brand.accent.light, background.light) >= 4.5, name
            assert contrast(brand.accent.dark, background.dark) >= 4.5, name


def test_the_primary_color_is_that_of_the_brand_and_the_accent_that_of_links(
    toy_site: Path,
) -> None:
    brand, before = brand_of(config_of(toy_site, TWO_SCHEMES)), unchanged(toy_site)
    config = config_of(toy_site, None)
    assert brand.accent.light == colors_of(config, "primary")["deep-purple"]
    assert brand.accent.dark == colors_of(config, "primary")["red"]
    assert brand.link.dark == colors_of(config, "accent")["amber"]
    assert (brand.paper, brand.ink) == (before.paper, before.ink)
    only_links = brand_of(config_of(toy_site, {"accent": "indigo"}))
    assert only_links.accent == before.accent
    assert only_links.link != before.link


@pytest.mark.parametrize("palette", [None, {"scheme": "slate"}, {"primary": "nocolor"}])
def test_without_a_known_color_the_brand_stays(toy_site: Path, palette: Any) -> None:
    assert brand_of(config_of(toy_site, palette)) == unchanged(toy_site)


@pytest.mark.parametrize("selector", [":root", ":root  >  *", '[data-md-color-primary="custom"]'])
def test_a_custom_color_is_in_the_style_sheet_of_the_project(toy_site: Path, selector: str) -> None:
    sheet = (
        f"{selector} {{ --md-primary-fg-color: #006400; --md-accent-fg-color: hsl(0 100% 25%) }}"
    )
    write_files(toy_site, {"content/pages/own.css": sheet})
    palette = {"primary": "custom", "accent": "custom"}
    brand = brand_of(config_of(toy_site, palette, extra_css=["own.css"]))
    assert (brand.accent.light, brand.link.light) == ("#006400", "#800000")


def test_a_brand_of_the_project_wins(toy_site: Path) -> None:
    sheet = (templates_folder() / "theme" / BRAND_FILE).read_text("utf-8")
    write_files(toy_site, {f"own/{BRAND_FILE}": sheet})
    before = unchanged(toy_site)
    file = toy_site / "mkdocs.yml"
    file.write_text(file.read_text().replace("font: false,", "font: false, custom_dir: own,"))
    assert brand_of(config_of(toy_site, {"primary": "indigo"})) == before
