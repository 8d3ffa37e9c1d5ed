"""The bundled site in a real browser, served from a path below the host's root."""

from __future__ import annotations

import re

import pytest
from bundled_site import KINDS, RAFT
from playwright.sync_api import Browser, Page, expect
from selecting import READ_MOST, mostly_slow


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("kind", mostly_slow(KINDS, READ_MOST))
def test_a_page_opens_quietly_and_fits(tab: Page, address: str, kind: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 844})
    tab.goto(f"{address}/{KINDS[kind]}")
    expect(tab.locator("h1")).to_have_count(1)
    expect(tab).to_have_title(re.compile(r"\S"))
    assert tab.locator("meta[name=description]").get_attribute("content")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("query", "paper"),
    [
        ("Shishir Patil", RAFT),
        ("navratil", "larimar-large-language-models-with-episodic-memory-control"),
        ("2403.10131", RAFT),
        ("2403.10131v2", RAFT),
        ("larimar", "larimar-large-language-models-with-episodic-memory-control"),
        ("V*Bench", None),
        ("GPT-4", None),
        ("LLaMA-3", None),
        ("70B", None),
    ],
)
def test_search_from_the_header_finds(
    tab: Page, address: str, query: str, paper: str | None
) -> None:
    tab.goto(f"{address}/about/")
    tab.keyboard.press("/")
    tab.keyboard.type(query)
    results = tab.locator("#bs-search-list [role=option]")
    expect(results.first).to_be_visible()
    if paper:
        # Results change while we type; those for the whole query have the paper first.
        expect(results.first).to_have_attribute("href", re.compile(paper))
        tab.keyboard.press("ArrowDown")
        tab.keyboard.press("Enter")
        tab.wait_for_url(f"{address}/papers/{paper}/**")


def test_a_search_that_finds_nothing_gives_advice(tab: Page, address: str) -> None:
    tab.goto(f"{address}/search/?q=zzyzxqwv")
    expect(tab.locator("#broadsheet-search")).to_contain_text("No", use_inner_text=True)


def test_without_javascript_every_page_can_be_reached(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/search/?q=retrieval")
    page.get_by_role("main").get_by_role("link", name="topic").click()
    page.get_by_role("main").get_by_role("link", name="Retrieval & Knowledge").click()
    page.get_by_role("main").locator(".bs-paper a").first.click()
    expect(page.locator(".bs-work h1")).to_be_visible()
    context.close()


def test_the_pencil_leads_to_the_content_file(tab: Page, address: str) -> None:
    tab.goto(f"{address}/papers/{RAFT}/")
    pencil = tab.locator("a[href*='/edit/main/']")
    assert str(pencil.first.get_attribute("href")).endswith(f"/edit/main/content/papers/{RAFT}.yml")
