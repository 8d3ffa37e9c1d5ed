"""The table on the page of data: searched, filtered, sorted, copied, and the address says how."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def rows(bundled_site: Path) -> list[dict[str, str]]:
    with (bundled_site / "data/papers.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _titles(tab: Page) -> list[str]:
    return tab.locator(".bs-data tbody th").all_inner_texts()


def test_a_frequent_value_leads_to_its_papers_and_the_address_says_so(
    tab: Page, address: str, rows: list[dict[str, str]]
) -> None:
    tab.goto(f"{address}/data/")
    value = tab.locator("[data-of='venue'] .bs-frequent a").first
    venue = value.get_attribute("data-value") or ""
    expected = {row["title"] for row in rows if row["venue"] == venue}
    value.click()
    status = tab.locator(".bs-data__status")
    expect(status).to_have_text(f"{len(expected)} of {len(rows)} papers")
    assert set(_titles(tab)) == expected
    tab.reload()
    expect(status).to_have_text(f"{len(expected)} of {len(rows)} papers")
    tab.get_by_role("button", name="Remove the filter").click()
    expect(status).to_have_text(f"{len(rows)} papers")
    assert "?" not in tab.url


def test_missing_values_can_be_found(tab: Page, address: str, rows: list[dict[str, str]]) -> None:
    tab.goto(f"{address}/data/")
    without = sum(not row["venue"] for row in rows)
    tab.locator("[data-of='venue'] p a").click()
    expect(tab.locator(".bs-data__status")).to_have_text(f"{without} of {len(rows)} papers")


def test_a_column_sorts_and_says_so_to_screen_readers(
    tab: Page, address: str, rows: list[dict[str, str]]
) -> None:
    tab.goto(f"{address}/data/")
    head = tab.locator("th[data-column='published']")
    expect(head).to_have_attribute("aria-sort", "descending")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    oldest = min(row["published"] for row in rows if row["published"])
    expect(tab.locator(".bs-data tbody tr").first).to_contain_text(oldest)
    tab.go_back()
    expect(head).to_have_attribute("aria-sort", "descending")


def test_words_are_searched_and_pages_are_turned(
    tab: Page, address: str, rows: list[dict[str, str]]
) -> None:
    tab.goto(f"{address}/data/")
    first = _titles(tab)
    tab.get_by_role("button", name="Next page").click()
    expect(tab.locator(".bs-data__pages")).to_contain_text(f"Rows 101 to 200 of {len(rows)}")
    assert not set(first) & set(_titles(tab))
    assert tab.get_by_role("button", name="Next page").evaluate("e => e === document.activeElement")
    tab.get_by_role("searchbox", name="Search the table").fill("retrieval")
    found = [row for row in rows if "retrieval" in " ".join(row.values()).lower()]
    expect(tab.locator(".bs-data__status")).to_have_text(f"{len(found)} of {len(rows)} papers")
    assert "page=" not in tab.url
    tab.get_by_role("searchbox", name="Search the table").fill("xyzzyx")
    expect(tab.locator(".bs-data__status")).to_contain_text("Remove a filter")


def test_the_first_rows_are_the_same_before_and_after_the_table_is_loaded(
    tab: Page, address: str
) -> None:
    tab.goto(f"{address}/data/")
    body = tab.locator(".bs-data tbody")
    before = body.locator("tr").all_inner_texts()
    tab.get_by_role("button", name="Next page").click()
    expect(tab.locator(".bs-data__pages")).to_contain_text("Rows 101")
    tab.get_by_role("button", name="Previous page").click()
    expect(tab.locator(".bs-data__pages")).to_contain_text("Rows 1 to 100")
    assert body.locator("tr").all_inner_texts() == before


def test_cells_are_reached_by_arrow_keys_and_copied_whole(
    tab: Page, address: str, rows: list[dict[str, str]]
) -> None:
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto(f"{address}/data/")
    newest = max(rows, key=lambda row: (row["published"], [-ord(c) for c in row["slug"]]))
    tab.locator(".bs-data tbody tr").first.locator("td").nth(1).click()
    tab.keyboard.press("ArrowLeft")
    tab.get_by_role("button", name="Copy", exact=True).first.click()
    expect(tab.get_by_role("status").get_by_text("Copied")).to_be_visible()
    assert tab.evaluate("navigator.clipboard.readText()") == newest["authors"]
    tab.locator(".bs-data tbody tr").first.locator("td").nth(1).click()
    tab.keyboard.press("Control+c")
    tab.wait_for_function(
        "date => navigator.clipboard.readText().then(text => text === date)",
        arg=newest["published"],
    )
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{address}/papers/{newest['slug']}/")


def test_the_tab_key_stops_once_in_the_rows(tab: Page, address: str) -> None:
    tab.goto(f"{address}/data/")
    expect(tab.locator(".bs-data table")).to_have_attribute("role", "grid")
    stops = tab.locator(".bs-data tbody :is(a, td):not([tabindex='-1'])[tabindex]")
    expect(stops).to_have_count(1)
    stops.focus()
    tab.keyboard.press("Control+End")
    last = tab.locator(".bs-data tbody tr").last.locator("td").last
    expect(last).to_be_focused()
    expect(stops).to_have_count(1)


def test_without_a_connection_the_newest_papers_stay_and_it_says_so(
    chromium: Browser, address: str
) -> None:
    context = chromium.new_context(service_workers="block")
    tab = context.new_page()
    tab.route("**/data/papers*.csv", lambda route: route.abort())
    tab.goto(f"{address}/data/")
    before = _titles(tab)
    tab.locator("th[data-column='title']").get_by_role("button").click()
    expect(tab.locator(".bs-data__status")).to_contain_text("can’t be loaded")
    assert _titles(tab) == before
    context.close()


def test_without_scripts_the_table_has_statistics_and_no_dead_control(
    chromium: Browser, address: str
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{address}/data/")
    assert len(_titles(tab)) == 100
    expect(tab.locator(".bs-data thead")).to_contain_text("missing")
    expect(tab.locator(".bs-data :is(button, input, thead a[href])")).to_have_count(0)
    context.close()
