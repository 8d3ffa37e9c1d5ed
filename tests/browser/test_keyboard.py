"""Everything on the site works with the keyboard alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bundled_site import KINDS, RAFT
from playwright.sync_api import Locator, Page, expect
from selecting import mostly_slow

TOPIC = "topics/retrieval/"
# The kinds of pages that differ in their controls.
OPERATED = ("home", "week", "topic", "paper", "saved", "feeds", "by hand", "search")
PAGES = {kind: KINDS[kind] for kind in OPERATED}
PAGES |= {"trends": "trends/", "map": "map/", "missing": "no/such/page/"}
# Numbers the focusable elements. For the focused one, returns its number and whether a keyboard
# user can see it: it has a focus ring and is inside the window.
NUMBERED = """() => {
  const all = Array.from(document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex="0"]'));
  const seen = (e) => e.checkVisibility({visibilityProperty: true}) && e.tabIndex >= 0;
  window.reachable = all.filter((e) => seen(e) && !e.disabled);
  return window.reachable.map((e, n) => `${n} ${e.tagName} ${e.textContent.trim().slice(0, 40)}`);
}"""
FOCUSED = """() => {
  const e = document.activeElement;
  if (e === document.body) return null;
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return {number: window.reachable.indexOf(e), ringed, inside};
}"""


def _tab_to(tab: Page, target: Locator) -> None:
    """Presses Tab until `target` has the focus."""
    for _ in range(400):
        tab.keyboard.press("Tab")
        if target.evaluate("e => e === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {target}")


@pytest.mark.parametrize("kind", mostly_slow(PAGES, ("home", "week", "search", "map")))
def test_tab_goes_through_all_there_is_and_shows_where_it_is(
    quiet_tab: Page, address: str, kind: str
) -> None:
    tab = quiet_tab
    tab.goto(f"{address}/{PAGES[kind]}")
    tab.wait_for_load_state("networkidle")
    tab.wait_for_function("!document.querySelector('[aria-busy]')")
    names = tab.evaluate(NUMBERED)
    if kind == "search":  # without a query, its box has the focus from the start
        tab.evaluate("document.activeElement.blur()")
    for number, name in enumerate(names):
        tab.keyboard.press("Tab")
        found = tab.evaluate(FOCUSED)
        assert found, f"the focus is lost before {name}"
        assert found["number"] == number, f"instead of {name} comes {names[found['number']]}"
        assert found["ringed"], f"no ring shows that {name} has the focus"
        assert found["inside"], f"{name} has the focus and is out of sight"


def test_papers_are_walked_marked_previewed_and_opened(tab: Page, address: str) -> None:
    tab.goto(f"{address}/{TOPIC}")
    papers = tab.locator(".bs-paper")
    link = papers.nth(1).locator("h2 a").first
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    expect(link).to_be_focused()
    tab.keyboard.press("s")
    expect(papers.nth(1).get_by_role("button", name="Star")).to_have_attribute(
        "aria-pressed", "true"
    )
    tab.keyboard.press("m")
    expect(papers.nth(1).get_by_role("button", name="Read")).to_have_attribute(
        "aria-pressed", "true"
    )
    tab.keyboard.press("p")
    expect(papers.nth(1).locator(".bs-preview p").first).to_be_visible()
    expect(link).to_be_focused()
    tab.keyboard.press("p")
    expect(papers.nth(1).locator(".bs-preview")).to_be_hidden()
    tab.keyboard.press("k")
    expect(papers.nth(0).locator("h2 a").first).to_be_focused()
    tab.keyboard.press("o")
    expect(tab).to_have_url(re.compile("/papers/"))


def test_help_opens_closes_and_gives_the_focus_back(tab: Page, address: str) -> None:
    tab.goto(f"{address}/{TOPIC}")
    tab.keyboard.press("j")
    tab.keyboard.press("?")
    dialog = tab.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    tab.keyboard.press("j")  # the list ignores keys while the dialog is open
    tab.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(tab.locator(".bs-paper h2 a").first).to_be_focused()
    tab.keyboard.press("?")
    _tab_to(tab, dialog.get_by_role("button", name="Close"))
    tab.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    button = tab.get_by_role("button", name="Keyboard shortcuts")
    button.focus()
    tab.keyboard.press("Enter")
    expect(dialog).to_be_visible()


@pytest.mark.parametrize(
    ("page", "keys"),
    [
        (TOPIC, ["j", "k", "o", "p", "s", "m", "/", "?", "Esc"]),
        (f"papers/{RAFT}/", ["o", "s", "m", "/", "?", "Esc"]),
        ("about/", ["/", "?", "Esc"]),
    ],
)
def test_help_names_only_keys_that_work_on_the_page(
    tab: Page, address: str, page: str, keys: list[str]
) -> None:
    tab.goto(f"{address}/{page}")
    tab.keyboard.press("?")
    expect(tab.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    assert tab.locator(".bs-help kbd").all_inner_texts() == keys


def test_letters_are_letters_where_one_writes(tab: Page, address: str) -> None:
    tab.goto(f"{address}/{TOPIC}")
    tab.keyboard.press("/")
    box = tab.get_by_role("combobox", name="Search papers")
    expect(box).to_be_focused()
    tab.keyboard.type("jskmo?")
    expect(box).to_have_value("jskmo?")
    assert tab.locator(".bs-is-starred").count() == 0


def test_a_list_is_filtered_and_ordered(tab: Page, address: str) -> None:
    tab.goto(f"{address}/{TOPIC}")
    papers = tab.locator(".bs-paper")
    every = papers.count()
    _tab_to(tab, tab.get_by_label("Topic"))
    tab.keyboard.press("ArrowDown")
    expect(tab).to_have_url(re.compile("topic="))
    assert papers.count() < every
    tab.keyboard.press("ArrowUp")
    expect(papers).to_have_count(every)
    _tab_to(tab, tab.get_by_label("With code"))
    tab.keyboard.press("Space")
    expect(tab).to_have_url(re.compile(r"\?code=1$"))
    _tab_to(tab, tab.get_by_label("Order"))
    tab.keyboard.press("End")
    expect(tab).to_have_url(re.compile("sort=title"))
    expect(tab.get_by_label("Order")).to_be_focused()


def test_on_a_narrow_screen_the_filters_are_opened_first(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(f"{address}/{TOPIC}")
    opener = tab.get_by_role("button", name="Filter and sort")
    _tab_to(tab, opener)
    tab.keyboard.press("Enter")
    expect(opener).to_have_attribute("aria-expanded", "true")
    tab.keyboard.press("Tab")
    expect(tab.get_by_label("Topic")).to_be_focused()


def test_a_note_is_written_and_kept(tab: Page, address: str) -> None:
    tab.goto(f"{address}/papers/{RAFT}/")
    _tab_to(tab, tab.get_by_role("button", name="Note"))
    tab.keyboard.press("Enter")
    expect(tab.get_by_label("Your note")).to_be_focused()
    tab.keyboard.type("jot this down")
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("status").filter(has_text="Note saved")).to_be_visible()
    tab.reload()
    expect(tab.get_by_label("Your note")).to_have_value("jot this down")


def test_citations_and_the_link_are_copied_and_downloaded(tab: Page, address: str) -> None:
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto(f"{address}/papers/{RAFT}/")
    _tab_to(tab, tab.locator("summary", has_text="Cite"))
    tab.keyboard.press("Enter")
    for name, begins in (("Copy link", "http"), ("Copy APA", "Zhang"), ("Copy citation", "@")):
        button = tab.get_by_role("button", name=name, exact=True)
        _tab_to(tab, button)
        tab.keyboard.press("Enter")
        expect(tab.get_by_role("status").filter(has_text=re.compile("[Cc]opied"))).to_be_visible()
        assert tab.evaluate("navigator.clipboard.readText()").startswith(begins)
        expect(button).to_be_focused()
    _tab_to(tab, tab.get_by_role("button", name="BibTeX", exact=True))
    with tab.expect_download() as download:
        tab.keyboard.press("Space")
    assert download.value.suggested_filename.endswith(".bib")


def test_saved_papers_are_searched_cited_taken_away_brought_back_and_forgotten(
    tab: Page, address: str, tmp_path: Path
) -> None:
    # Register this first: the browser must know before a dialog opens.
    tab.on("filechooser", lambda chooser: chooser.set_files(tmp_path / "reading.json"))
    tab.goto(f"{address}/papers/{RAFT}/")
    tab.keyboard.press("s")
    tab.goto(f"{address}/saved/")
    papers = tab.locator(".bs-paper")
    expect(papers).to_have_count(1)
    _tab_to(tab, tab.get_by_role("button", name="RIS"))
    with tab.expect_download() as references:
        tab.keyboard.press("Enter")
    assert references.value.suggested_filename == "starred.ris"
    _tab_to(tab, tab.get_by_role("button", name="Export"))
    with tab.expect_download() as marks:
        tab.keyboard.press("Enter")
    marks.value.save_as(tmp_path / "reading.json")
    tab.once("dialog", lambda dialog: dialog.accept())
    _tab_to(tab, tab.get_by_role("button", name="Clear all"))
    tab.keyboard.press("Enter")
    expect(papers).to_have_count(0)
    expect(tab.get_by_role("button", name="Clear all")).to_be_focused()
    tab.keyboard.press("Shift+Tab")
    expect(tab.get_by_role("button", name="Import")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(papers).to_have_count(1)
    _tab_to(tab, tab.get_by_label("Search your papers"))
    tab.keyboard.type("no such words")
    expect(papers).to_have_count(0)
    expect(tab.get_by_label("Search your papers")).to_be_focused()


def test_colors_are_switched(tab: Page, address: str) -> None:
    tab.goto(f"{address}/")
    button = tab.get_by_role("button", name="Colors: same as system")
    _tab_to(tab, button)
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("button", name="Colors: light")).to_be_focused()
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.documentElement.dataset.scheme") == "dark"


def test_search_is_asked_and_its_first_result_opened(tab: Page, address: str) -> None:
    tab.goto(f"{address}/weeks/")
    tab.keyboard.press("/")
    tab.keyboard.type("speculative decoding")
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile(r"/search/\?q=speculative\+decoding$"))
    results = tab.locator(".bs-find__results h2 a")
    expect(results.first).to_be_visible()
    tab.keyboard.press("/")
    expect(tab.locator("#bs-find-input")).to_be_focused()
    tab.keyboard.press("ArrowDown")
    expect(results.first).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile("/papers/"))


def test_the_map_is_moved_and_zoomed_and_left_for_a_paper(tab: Page, address: str) -> None:
    tab.goto(f"{address}/map/")
    heading = tab.locator("#bs-map-list")
    expect(heading).to_contain_text("in view")
    first = tab.locator(".bs-map-list a").first
    _tab_to(tab, tab.get_by_role("button", name="Zoom in"))
    for _ in range(4):
        tab.keyboard.press("+")
    expect(heading).not_to_contain_text("316")
    before = first.inner_text()
    for _ in range(4):
        tab.keyboard.press("ArrowRight")
    expect(first).not_to_have_text(before)
    tab.keyboard.press("0")
    expect(heading).to_contain_text("316")
    _tab_to(tab, first)
    expect(tab.locator(".bs-map__title")).to_have_text(first.inner_text())
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile("/papers/"))


def test_numbers_behind_a_picture_are_opened(tab: Page, address: str) -> None:
    tab.goto(f"{address}/trends/")
    summary = tab.locator("summary").first
    _tab_to(tab, summary)
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("table").first).to_be_visible()
    expect(summary).to_be_focused()
