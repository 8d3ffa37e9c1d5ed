"""Hand-written pages with what needs Material's script work under the policy, too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import served
from building import build_with
from folders import write_files
from playwright.sync_api import Browser, expect

from broadsheet.outputs.security import HEADERS

PAGE = """# Own

=== "One"

    First

=== "Two"

    Second

!!! note
    A note
"""


@pytest.mark.parametrize("engine", ["mkdocs", pytest.param("zensical", marks=pytest.mark.slow)])
def test_tabs_and_notes_work_under_the_policy(
    chromium: Browser, toy_site: Path, with_fonts: Callable[[Path], Path], engine: str
) -> None:
    settings = (toy_site / "mkdocs.yml").read_text("utf-8")
    extensions = "admonition, pymdownx.superfences, {pymdownx.tabbed: {alternate_style: true}}, "
    settings = settings.replace("markdown_extensions: [", f"markdown_extensions: [{extensions}")
    write_files(toy_site, {"mkdocs.yml": settings, "content/pages/own.md": PAGE})
    site = build_with(engine, with_fonts(toy_site), "site")
    with served(site, "/digest", HEADERS) as address:
        tab = chromium.new_context(service_workers="block").new_page()
        complaints: list[str] = []
        tab.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.goto(f"{address}/own/")
        tab.get_by_text("Two", exact=True).click()
        expect(tab.get_by_text("Second")).to_be_visible()
        expect(tab.get_by_text("First")).to_be_hidden()
        tab.wait_for_load_state("networkidle")
        tab.context.close()
    # Material looks for translations at the site's URL, which isn't served here.
    complaints = [text for text in complaints if "sitemap.xml" not in text and "404" not in text]
    assert complaints == []
