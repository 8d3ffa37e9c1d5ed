"""On a phone, everything that can be tapped is large enough, and the menu keeps to one row."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from selecting import mostly_slow

PHONE = {"width": 390, "height": 844}
# In CSS pixels; WCAG 2.2, 2.5.8 and 2.5.5.
LEAST, COMFORTABLE = 24, 44
PAGES = (
    *("", "weeks/", "weeks/2024-W35/", "topics/", "topics/retrieval/", "papers/"),
    *("papers/raft-adapting-language-model-to-domain-specific-rag/", "archive/2024-11/"),
    *("collections/", "collections/trending/", "authors/", "trends/", "map/", "saved/"),
    *("about/", "feeds/", "data/", "search/?q=retrieval"),
)
# What is too small. Links in running text are as large as their text.
SMALL = """(least) => [...document.querySelectorAll(
  "a[href], button, summary, select, input:not([type=hidden]), label:has(input)"
)].filter((found) => {
  const box = found.getBoundingClientRect();
  const style = getComputedStyle(found);
  if (!found.checkVisibility({ visibilityProperty: true }) || !box.width) return false;
  if (found.closest("svg, [aria-hidden=true]") || found.matches(".bs-skip, .headerlink")) {
    return false;
  }
  if (style.clipPath !== "none" || found.closest("label") !== null && found.matches("input")) {
    return false;
  }
  const around = found.parentElement?.closest("p, dd, li, td, th, h1, h2, h3, h4, figcaption");
  const isInText = style.display === "inline" && around
    && around.textContent.trim() !== found.textContent.trim();
  return !isInText && (box.width < least - 0.5 || box.height < least - 0.5);
}).map((found) => {
  const { width, height } = found.getBoundingClientRect();
  return `${found.parentElement?.className}: ${found.outerHTML.slice(0, 80)} ${width}×${height}`;
})"""


@pytest.fixture
def phone(tab: Page) -> Page:
    tab.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    return tab


@pytest.mark.parametrize("page", mostly_slow(PAGES, ("", "weeks/2024-W35/", "data/", "map/")))
def test_whatever_can_be_tapped_is_large_enough(phone: Page, address: str, page: str) -> None:
    phone.goto(f"{address}/{page}")
    phone.wait_for_load_state("networkidle")
    small = phone.evaluate(SMALL, LEAST)
    assert not small, "\n".join(small[:20])


def test_the_main_things_to_tap_are_comfortable(phone: Page, address: str) -> None:
    phone.goto(f"{address}/")
    main = phone.locator(".bs-nav :is(a, button), .bs-button, .bs-scheme, .bs-brand")
    visible = [found for found in main.all() if found.is_visible()]
    boxes = [found.bounding_box() for found in visible]
    assert len(boxes) >= 6
    assert [box for box in boxes if box and min(box["width"], box["height"]) < LEAST] == []
    assert [box for box in boxes if box and box["height"] < COMFORTABLE - 4] == []


def test_the_menu_has_one_row_and_more_opens_the_rest(phone: Page, address: str) -> None:
    phone.goto(f"{address}/")
    menu = phone.locator(".bs-nav").first
    expect(menu.get_by_role("link", name="Saved")).to_be_visible()
    expect(menu.get_by_role("link", name="Trends")).to_be_hidden()
    box = menu.bounding_box()
    assert box
    assert box["height"] < 60
    more = menu.get_by_role("button", name="More")
    more.click()
    expect(more).to_have_attribute("aria-expanded", "true")
    menu.get_by_role("link", name="Trends").click()
    expect(phone).to_have_url(f"{address}/trends/")


def test_without_javascript_the_whole_menu_is_there(phone: Page, address: str) -> None:
    browser = phone.context.browser
    assert browser
    context = browser.new_context(java_script_enabled=False, viewport=phone.viewport_size)
    page = context.new_page()
    page.goto(f"{address}/")
    expect(page.locator(".bs-nav").first.get_by_role("link", name="Data")).to_be_visible()
    expect(page.get_by_role("button", name="More")).to_be_hidden()
    context.close()
