"""A project that replaces brand.css sees its colors on pages, cards, mail and browser chrome."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from building import build_site
from folders import write_files
from PIL import Image

from broadsheet.base.brand import BRAND_FILE
from broadsheet.base.errors import BroadsheetError
from broadsheet.outputs.newsletter import newsletter_of
from broadsheet.outputs.newsletter.mail import html_of
from broadsheet.outputs.templates import templates_folder
from broadsheet.site.loading import edition_of, load_project, site_of
from broadsheet.site.mkdocs_config import load_mkdocs
from broadsheet.site.project import find_project
from broadsheet.site.theme import watched

PAPER, PAPER_DARK, INK, ACCENT = "#fff4e0", "#102030", "#301020", "#205060"


@pytest.fixture
def rebranded(toy_site: Path) -> Path:
    sheet = (templates_folder() / "theme" / BRAND_FILE).read_text("utf-8")
    for name, value in (
        ("paper", f"light-dark({PAPER}, {PAPER_DARK})"),
        ("ink", INK),
        ("accent", ACCENT),
    ):
        sheet, count = re.subn(rf"(?m)(^  --bs-{name}:)[^;]+;", rf"\1 {value};", sheet)
        assert count == 1
    config = (toy_site / "mkdocs.yml").read_text("utf-8")
    write_files(
        toy_site,
        {
            f"own/{BRAND_FILE}": sheet,
            "mkdocs.yml": config.replace("font: false,", "font: false, custom_dir: own,"),
        },
    )
    return toy_site


def test_the_colors_of_a_project_are_everywhere(rebranded: Path) -> None:
    build_site(rebranded)
    site = rebranded / "site"
    page = (site / "index.html").read_text("utf-8")
    found = re.findall(r'<meta name="theme-color" content="([^"]+)" media="[^"]*(light|dark)', page)
    assert found == [(PAPER, "light"), (PAPER_DARK, "dark")]
    manifest = json.loads((site / "manifest.webmanifest").read_text("utf-8"))
    assert (manifest["theme_color"], manifest["background_color"]) == (ACCENT, PAPER)
    with Image.open(io.BytesIO((site / "cards/site.png").read_bytes())) as card:
        colors = {color for _, color in card.convert("RGB").getcolors() or ()}
    assert {tuple(bytes.fromhex(color[1:])) for color in (PAPER, INK)} <= colors
    assert PAPER in (site / "assets/broadsheet/broadsheet.css").read_text("utf-8")


def test_a_served_site_follows_changes_of_the_projects_theme(rebranded: Path) -> None:
    project = find_project(rebranded / "mkdocs.yml", needs_config=True)
    assert rebranded / "own" in watched(project, load_mkdocs(project, None))


def test_mail_has_the_colors_of_the_project(rebranded: Path) -> None:
    project = find_project(rebranded / "mkdocs.yml", needs_config=True)
    site = site_of(project, load_mkdocs(project, None))
    edition = edition_of(project, load_project(project), site)
    html = html_of(newsletter_of(edition.issues[0], edition))
    assert {PAPER, PAPER_DARK, INK} <= set(re.findall("#[0-9a-f]{6}", html))


def test_a_brand_that_cannot_be_read_stops_the_build_with_its_line(
    rebranded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(rebranded)
    write_files(rebranded, {f"own/{BRAND_FILE}": ":root {\n  --bs-paper: var(--mine);\n}\n"})
    with pytest.raises(BroadsheetError) as caught:
        build_site(rebranded)
    assert f"own/{BRAND_FILE}:2: --bs-paper: can't read the color" in str(caught.value)
