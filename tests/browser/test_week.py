"""A week, as a reader skims it, reads it, and comes back to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

WEEK = "weeks/2024-W12/"
PAPERS = 14
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def phone(chromium: Browser, address: str) -> Iterator[Page]:
    context = chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/{WEEK}")
    yield page
    context.close()


def test_a_phone_skims_a_week_in_five_screens(phone: Page) -> None:
    expect(phone.locator(".bs-entry")).to_have_count(PAPERS)
    expect(phone.locator(".bs-entry .bs-text").first).to_be_hidden()
    height = phone.locator(".bs-column").evaluate("e => e.getBoundingClientRect().height")
    assert height <= 5 * PHONE["height"]


def test_a_paper_is_opened_and_closed_where_it_is(phone: Page) -> None:
    entry = phone.locator(".bs-entry").nth(2)
    more = entry.get_by_role("button", name="More")
    more.click()
    expect(entry.locator(".bs-text")).to_be_visible()
    less = entry.get_by_role("button", name="Less")
    expect(less).to_have_attribute("aria-expanded", "true")
    expect(phone.locator(".bs-entry .bs-text").first).to_be_hidden()
    less.click()
    expect(entry.locator(".bs-text")).to_be_hidden()


def test_the_choice_to_read_is_remembered(phone: Page, address: str) -> None:
    phone.get_by_role("button", name="Read", exact=True).first.click()
    expect(phone.locator(".bs-entry .bs-text").last).to_be_visible()
    phone.goto(f"{address}/weeks/2024-W35/")
    expect(phone.locator(".bs-entry .bs-text").first).to_be_visible()
    expect(phone.locator("[data-reading=read]:is(button)")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_a_wide_window_shows_everything_first(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto(f"{address}/{WEEK}")
    expect(tab.locator(".bs-entry .bs-text").last).to_be_visible()
    expect(tab.locator(".bs-more").first).to_be_hidden()


def test_lines_have_about_seventy_characters(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto(f"{address}/{WEEK}")
    words = tab.locator(".bs-entry .bs-tldr").all_inner_texts()
    lines = tab.locator(".bs-entry .bs-tldr").evaluate_all(
        """found => found.map((one) =>
            one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight))"""
    )
    longest = max(len(text) / lines_of for text, lines_of in zip(words, lines, strict=True))
    assert 60 <= longest <= 74


def test_papers_stand_below_each_other_in_their_order(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto(f"{address}/{WEEK}")
    places = tab.locator(".bs-entry").evaluate_all("e => e.map(x => x.getBoundingClientRect().top)")
    assert places == sorted(places)
    assert len(set(places)) == PAPERS


def test_the_outline_stays_in_view_and_says_where_the_reader_is(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto(f"{address}/{WEEK}")
    outline = tab.get_by_role("navigation", name="Contents")
    last = outline.get_by_role("link").last
    last.click()
    expect(last).to_be_in_viewport()
    third = outline.get_by_role("link").nth(2)
    third.click()
    expect(third).to_have_attribute("aria-current", "true")
    expect(outline.locator("[aria-current]")).to_have_count(1)


def test_the_outline_counts_what_was_read(tab: Page, address: str) -> None:
    tab.goto(f"{address}/{WEEK}")
    expect(tab.locator(".bs-progress")).to_contain_text(f"0 of {PAPERS} papers read")
    tab.locator(".bs-entry").first.get_by_role("button", name="Read").click()
    expect(tab.locator(".bs-progress")).to_contain_text(f"1 of {PAPERS} papers read")


def test_without_javascript_and_in_print_everything_is_open(
    chromium: Browser, address: str
) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/{WEEK}")
    expect(page.locator(".bs-entry .bs-text").first).to_be_visible()
    expect(page.locator(".bs-reading").first).to_be_hidden()
    expect(page.locator(".bs-more").first).to_be_hidden()
    context.close()


def test_print_has_the_texts_that_are_folded_on_a_phone(phone: Page) -> None:
    phone.emulate_media(media="print")
    expect(phone.locator(".bs-entry .bs-text").first).to_be_visible()
    expect(phone.locator(".bs-more").first).to_be_hidden()


def test_a_paper_leads_to_its_neighbors_in_the_week_and_back_to_its_place(
    tab: Page, address: str
) -> None:
    tab.goto(f"{address}/{WEEK}")
    titles = tab.locator(".bs-entry h3 a").all_inner_texts()
    tab.locator(".bs-entry h3 a").nth(1).click()
    around = tab.get_by_role("navigation", name="LLM Papers · 2024-W12")
    expect(around).to_contain_text(titles[0])
    around.get_by_role("link", name=titles[2]).click()
    expect(tab.locator("h1")).to_have_text(titles[2])
    around.get_by_role("link", name="3 of 14").click()
    expect(tab.locator(".bs-entry").nth(2)).to_be_in_viewport()
