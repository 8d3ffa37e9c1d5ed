"""The map of papers in a real browser: zoomed, pointed at, and its address says the view."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

# Places of papers and what is drawn, in pixels of the canvas.
CANVAS = ".bs-map canvas"


def test_the_map_is_zoomed_and_its_papers_are_links(tab: Page, address: str) -> None:
    tab.goto(f"{address}/map/")
    heading = tab.locator("#bs-map-list")
    expect(heading).to_contain_text("of 316 in view")
    for _ in range(5):
        tab.get_by_role("button", name="Zoom in").press("Enter")
    expect(heading).not_to_contain_text("316")
    link = tab.locator(".bs-map-list a").first
    link.focus()
    expect(tab.locator(".bs-map__title")).to_have_text(link.inner_text())
    link.press("Enter")
    expect(tab).to_have_url(re.compile("/papers/"))


def test_the_address_says_the_view_and_a_reload_shows_it_again(tab: Page, address: str) -> None:
    tab.goto(f"{address}/map/")
    tab.locator(CANVAS).focus()
    for key in ("+", "+", "+", "ArrowRight"):
        tab.keyboard.press(key)
    expect(tab).to_have_url(re.compile(r"\?x=\d+&y=\d+&zoom=4\.1$"))
    heading = tab.locator("#bs-map-list")
    expect(heading).not_to_contain_text("316")
    said = heading.inner_text()
    tab.reload()
    expect(heading).to_have_text(said)
    tab.get_by_role("button", name="Show all papers").click()
    expect(tab).to_have_url(f"{address}/map/")


def test_scrolling_moves_the_page_until_the_map_has_the_focus(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 1280, "height": 700})
    tab.goto(f"{address}/map/")
    canvas = tab.locator(CANVAS)
    canvas.hover()
    tab.mouse.wheel(0, 80)
    tab.locator(".bs-map__hint--shown").wait_for()
    tab.wait_for_function("scrollY > 0")
    assert "zoom" not in tab.url
    canvas.focus()
    tab.mouse.wheel(0, -200)
    expect(tab).to_have_url(re.compile("zoom="))
    tab.keyboard.press("Escape")
    expect(canvas).not_to_be_focused()


def test_the_card_of_a_paper_is_near_the_pointer(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto(f"{address}/map/")
    expect(tab.locator("#bs-map-list")).to_contain_text("in view")
    points = tab.evaluate("fetch('points.json').then(r => r.json())")
    box = tab.locator(CANVAS).bounding_box()
    assert box
    x, y, _, _, title, _ = points["points"][0]
    place = (box["width"] * x / points["width"], box["height"] * y / points["height"])
    tab.mouse.move(box["x"] + place[0], box["y"] + place[1])
    card = tab.locator(".bs-map__name")
    expect(card).to_be_visible()
    expect(card).to_contain_text(title)
    found = card.bounding_box()
    assert found
    assert abs(found["x"] - box["x"] - place[0]) < found["width"] + 40
    assert abs(found["y"] - box["y"] - place[1]) < found["height"] + 40
    assert box["x"] <= found["x"]
    assert found["x"] + found["width"] <= box["x"] + box["width"] + 1


@pytest.mark.parametrize(("width", "is_tall"), [(390, True), (1280, False)])
def test_the_map_is_taller_than_wide_on_a_phone(
    chromium: Browser, address: str, width: int, is_tall: bool
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 844})
    tab = context.new_page()
    tab.goto(f"{address}/map/")
    box = tab.locator(CANVAS).bounding_box()
    assert box
    assert (box["height"] >= box["width"]) == is_tall
    expect(tab.locator(".bs-legend li")).to_have_count(12)
    context.close()
