"""The one style sheet of all pages, and how a project sets its own colors in it."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from broadsheet.outputs.templates import templates_folder

THEME = templates_folder() / "theme"
ASSETS = THEME / "assets/broadsheet"
# Pages link to these by themselves, as only some need them; the first includes the others.
LINKED = {
    "handwritten",
    "broadsheet",
    "data",
    "data-controls",
    "map",
    "pictures",
    "print",
    "problems",
}


def _sheet(*folders: Path) -> str:
    loader = FileSystemLoader([*folders, THEME])
    return Environment(loader=loader).get_template("assets/broadsheet/broadsheet.css").render()


def test_the_sheet_of_every_page_holds_all_parts_that_nothing_else_links_to() -> None:
    whole = _sheet()
    parts = {path.stem: path.read_text("utf-8") for path in ASSETS.glob("*.css")}
    missing = {name for name, text in parts.items() if text.strip() not in whole}
    assert missing == LINKED
    assert whole.strip().startswith(parts["brand"].strip())


def test_the_sheet_has_the_brand_of_the_project_in_place_of_ours(tmp_path: Path) -> None:
    brand = tmp_path / "assets/broadsheet/brand.css"
    brand.parent.mkdir(parents=True)
    brand.write_text(":root { --bs-paper: papayawhip; }")
    found = _sheet(tmp_path)
    assert "papayawhip" in found
    assert "#fbfaf7" not in found
