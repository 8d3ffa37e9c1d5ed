"""Papers and topics may be called like what every object of JavaScript has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import served
from building import build_site
from folders import write_files
from playwright.sync_api import Browser, expect

CONFIG = """\
site_name: Boats
site_url: https://boats.example/
theme: {name: material, font: false}
plugins: [broadsheet]
"""
NAMES = ("constructor", "__proto__", "toString", "hasOwnProperty", "valueOf", "length")
PAGES = ("", "papers/", "topics/", "topics/constructor/", "map/", "trends/", "data/", "saved/")


@pytest.mark.slow
def test_names_of_what_objects_have_break_no_page_and_no_script(
    chromium: Browser, tmp_path: Path, with_fonts: Callable[[Path], Path]
) -> None:
    slugs = [name.strip("_").lower() for name in NAMES]
    files = {"mkdocs.yml": CONFIG, "docs/.gitkeep": "", "content/topics.yml": ""}
    files["content/collections/constructor.yml"] = "title: constructor\nentries:\n"
    for slug, name in zip(slugs, NAMES, strict=True):
        files["content/topics.yml"] += f"{slug}: {{name: {name}}}\n"
        files["content/collections/constructor.yml"] += f"  - {{paper: {slug}}}\n"
        topics = ", ".join(sorted({"constructor", slug}))
        text = f"title: {name}\nabstract: About {name}.\nauthors: [{name}]\ntopics: [{topics}]\n"
        files[f"content/papers/{slug}.yml"] = text
    site = write_files(tmp_path, files)
    build_site(with_fonts(site))
    with served(tmp_path / "site") as address:
        context = chromium.new_context(service_workers="block")
        tab = context.new_page()
        errors: list[str] = []
        tab.on("pageerror", lambda error: errors.append(str(error)))
        for slug in slugs:
            tab.goto(f"{address}/papers/{slug}/")
            tab.get_by_role("button", name="Star").click()
        for page in PAGES:
            tab.goto(f"{address}/{page}")
            tab.wait_for_load_state("networkidle")
        expect(tab.locator("[data-paper]")).to_have_count(len(slugs))
        for name in NAMES:
            tab.goto(f"{address}/search/?q={name}")
            found = tab.locator(".bs-find__results h2 a").filter(has_text=name)
            expect(found.first).to_be_visible()
        context.close()
    assert errors == []
