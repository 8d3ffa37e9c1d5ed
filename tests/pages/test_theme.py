"""The one style sheet of all pages, and how a project sets its own colors in it."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from broadsheet.outputs.templates import templates_folder

THEME = templates_folder() / "theme"
SHEETS = ("brand", "page", "papers", "reading", "search")


def _sheet(*folders: Path) -> str:
    loader = FileSystemLoader([*folders, THEME])
    return Environment(loader=loader).get_template("assets/broadsheet/broadsheet.css").render()


def test_the_sheet_of_every_page_holds_all_its_parts_in_order() -> None:
    parts = [(THEME / f"assets/broadsheet/{name}.css").read_text("utf-8") for name in SHEETS]
    places = [_sheet().find(part.strip()) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_the_sheet_has_the_brand_of_the_project_in_place_of_ours(tmp_path: Path) -> None:
    brand = tmp_path / "assets/broadsheet/brand.css"
    brand.parent.mkdir(parents=True)
    brand.write_text(":root { --bs-paper: papayawhip; }")
    found = _sheet(tmp_path)
    assert "papayawhip" in found
    assert "#fbfaf7" not in found
