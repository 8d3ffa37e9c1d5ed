"""Every page is accessible, stable while it loads, small, and printable."""

from __future__ import annotations

import gzip
import itertools
from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from bundled_site import KINDS, RAFT
from playwright.sync_api import Browser, Page, Response, expect
from selecting import READ_MOST, mostly_slow

PAGES = {**KINDS, "trends": "trends/", "map": "map/", "missing": "no/such/page/"}
OURS = [kind for kind in PAGES if kind != "by hand"]
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FIRST_VISIT = 150_000
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (!entry.hadRecentInput) window.shifted += entry.value;
})).observe({type: "layout-shift", buffered: true});
"""


Scheme = Literal["light", "dark"]


# Axe takes seconds for each page, so that only CI tries all of them in all ways.
LOOKS = [*itertools.product(("light", "dark"), (1280, 390))]


@pytest.mark.parametrize("kind", mostly_slow(PAGES, ("week", "search")))
@pytest.mark.parametrize("look", mostly_slow(LOOKS, [("light", 1280)]))
def test_axe_finds_nothing_on_any_kind_of_page(
    quiet_tab: Page, address: str, kind: str, look: tuple[Scheme, int]
) -> None:
    scheme, width = look
    quiet_tab.emulate_media(color_scheme=scheme)
    quiet_tab.set_viewport_size({"width": width, "height": 844})
    quiet_tab.goto(f"{address}/{PAGES[kind]}")
    quiet_tab.wait_for_load_state("networkidle")
    options = {"runOnly": {"type": "tag", "values": LEVELS}}
    found = Axe().run(quiet_tab, options=options)
    assert not found.violations_count, f"{kind}: {found.generate_report()}"


def _suggestions(tab: Page, address: str) -> None:
    tab.goto(f"{address}/{PAGES['home']}")
    tab.get_by_role("combobox").press_sequentially("retrieval")
    expect(tab.locator("#bs-search-list [role=option]").first).to_be_visible()


def _filters_and_preview(tab: Page, address: str) -> None:
    tab.goto(f"{address}/{PAGES['topic']}?code=1")
    opener = tab.get_by_role("button", name="Filter and sort")
    if opener.is_visible():
        opener.click()
    tab.get_by_role("button", name="Preview").first.click()
    expect(tab.locator(".bs-preview p").first).to_be_visible()
    tab.get_by_role("button", name="Read").first.click()


def _help(tab: Page, address: str) -> None:
    tab.goto(f"{address}/{PAGES['about']}")
    tab.keyboard.press("?")
    expect(tab.get_by_role("dialog")).to_be_visible()


def _saved_with_a_note(tab: Page, address: str) -> None:
    tab.goto(f"{address}/{PAGES['paper']}")
    tab.get_by_role("button", name="Star").click()
    tab.get_by_role("button", name="Note").click()
    tab.get_by_label("Your note").fill("Read again")
    tab.get_by_label("Your note").blur()
    tab.goto(f"{address}/saved/")
    expect(tab.locator(".bs-paper")).to_have_count(1)


def _numbers_of_a_picture(tab: Page, address: str) -> None:
    tab.goto(f"{address}/trends/")
    tab.locator("summary").first.click()


OPENED = (_suggestions, _filters_and_preview, _help, _saved_with_a_note, _numbers_of_a_picture)


@pytest.mark.parametrize("opened", mostly_slow(OPENED, (_filters_and_preview, _help)))
@pytest.mark.parametrize("look", mostly_slow(LOOKS, [("dark", 390)]))
def test_axe_finds_nothing_in_what_readers_open(
    quiet_tab: Page,
    address: str,
    opened: Callable[[Page, str], None],
    look: tuple[Scheme, int],
) -> None:
    scheme, width = look
    quiet_tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    quiet_tab.set_viewport_size({"width": width, "height": 844})
    opened(quiet_tab, address)
    options = {"runOnly": {"type": "tag", "values": LEVELS}}
    found = Axe().run(quiet_tab, options=options)
    assert not found.violations_count, found.generate_report()


@pytest.mark.parametrize(
    "kind", mostly_slow((*READ_MOST, "topic", "map", "trends", "saved"), ("week", "search"))
)
def test_nothing_moves_while_a_page_loads(chromium: Browser, address: str, kind: str) -> None:
    for width in (1280, 390):
        context = chromium.new_context(  # of its own, to load slowly
            viewport={"width": width, "height": 844}, service_workers="block"
        )
        tab = context.new_page()
        tab.add_init_script(SHIFTS)
        tab.goto(f"{address}/{PAGES[kind]}")
        tab.wait_for_load_state("networkidle")
        assert tab.evaluate("window.shifted") < 0.01, f"at {width} pixels"
        context.close()


def test_a_first_visit_of_a_paper_page_is_light(chromium: Browser, address: str) -> None:
    answers: list[Response] = []
    context = chromium.new_context(service_workers="block")
    tab = context.new_page()
    tab.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - it sets marks
    tab.goto(f"{address}/papers/{RAFT}/")
    tab.wait_for_load_state("networkidle")
    packed = {answer.url: _on_the_wire(answer) for answer in answers}
    assert sum(packed.values()) <= FIRST_VISIT, sorted(packed.items(), key=lambda kept: kept[1])
    context.close()


def _on_the_wire(answer: Response) -> int:
    body = answer.body()
    return min(len(body), len(gzip.compress(body, 9)))


def test_high_contrast_is_stronger_and_motion_stops_where_it_is_asked(
    quiet_tab: Page, address: str
) -> None:
    quiet_tab.goto(f"{address}/")
    color = "getComputedStyle(document.body).color"
    usual = quiet_tab.evaluate(color)
    quiet_tab.emulate_media(contrast="more", reduced_motion="reduce")
    assert usual != quiet_tab.evaluate(color) == "rgb(0, 0, 0)"
    slow = "e => e.filter(x => parseFloat(getComputedStyle(x).transitionDuration) > 0).length"
    assert quiet_tab.locator("*").evaluate_all(slow) == 0


@pytest.mark.parametrize("kind", ["week", "paper"])
def test_print_has_the_words_and_none_of_the_controls(
    quiet_tab: Page, address: str, kind: str
) -> None:
    quiet_tab.goto(f"{address}/{PAGES[kind]}")
    quiet_tab.emulate_media(media="print")
    expect(quiet_tab.locator("h1")).to_be_visible()
    for control in (".bs-header", ".bs-tools >> nth=0", ".bs-edit"):
        expect(quiet_tab.locator(control)).to_be_hidden()


@pytest.mark.parametrize("width", mostly_slow((320, 390, 768, 1024, 1280, 1920), [320]))
def test_no_page_is_wider_than_its_window(quiet_tab: Page, address: str, width: int) -> None:
    quiet_tab.set_viewport_size({"width": width, "height": 844})
    for kind, path in PAGES.items():
        quiet_tab.goto(f"{address}/{path}")
        assert quiet_tab.evaluate("document.documentElement.scrollWidth") <= width, kind


@pytest.mark.parametrize(
    "kind", mostly_slow((kind for kind in PAGES if kind != "by hand"), ("paper", "search"))
)
def test_a_page_carries_no_script_or_style_of_ours_inside(
    quiet_tab: Page, address: str, kind: str
) -> None:
    quiet_tab.goto(f"{address}/{PAGES[kind]}")
    html = quiet_tab.content()
    scripts = quiet_tab.locator("script:not([src]):not([type='application/ld+json'])")
    assert scripts.count() == 0
    assert "<style" not in html
