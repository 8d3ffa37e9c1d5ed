"""A page of a served site shows what is wrong with the content, in the colors of the site."""

from __future__ import annotations

import json
from pathlib import Path

from browsing import served
from building import build_site
from folders import write_files
from playwright.sync_api import Browser, expect
from toy import BRAND

from broadsheet.site.serve import PROBLEMS


def test_problems_are_shown_above_the_last_good_page(toy_site: Path, chromium: Browser) -> None:
    build_site(toy_site, show_problems=True)
    problem = "content/papers/a.yml:1: titel: unknown key <b>'titel'</b>"
    write_files(toy_site / "site", {PROBLEMS: json.dumps({"problems": [problem]})})
    with served(toy_site / "site", "/digest") as address, chromium.new_page() as page:
        page.goto(f"{address}/papers/rivers-remember/")
        alert = page.get_by_role("alert")
        expect(alert.get_by_role("listitem")).to_have_text(problem)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        color = alert.evaluate("element => getComputedStyle(element).backgroundColor")
        red, green, blue = bytes.fromhex(BRAND.accent.light.removeprefix("#"))
        assert color == f"rgb({red}, {green}, {blue})"


def test_a_site_without_problems_shows_none(toy_site: Path, chromium: Browser) -> None:
    build_site(toy_site, show_problems=True)
    write_files(toy_site / "site", {PROBLEMS: json.dumps({"problems": []})})
    with served(toy_site / "site", "/digest") as address, chromium.new_page() as page:
        with page.expect_response(f"**/{PROBLEMS}"):
            page.goto(f"{address}/")
        expect(page.get_by_role("alert")).to_have_count(0)
