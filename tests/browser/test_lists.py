"""Lists of papers can be filtered and sorted in place, even if they span several pages."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Browser, Page, expect

TOPIC = "topics/retrieval/"
# 64 papers on two pages, and 220 on five.
LONG_TOPIC = "topics/evaluation/"
COLLECTION = "collections/trending/"


def _total(tab: Page) -> int:
    return int(str(tab.locator(".bs-list").get_attribute("data-total")))


def test_a_list_is_filtered_and_the_address_remembers_it(tab: Page, address: str) -> None:
    tab.goto(f"{address}/{TOPIC}")
    papers = tab.locator(".bs-paper:visible")
    every = papers.count()
    tab.get_by_label("With code").check()
    some = papers.count()
    assert 0 < some < every
    assert papers.evaluate_all("all => all.every(paper => 'code' in paper.dataset)")
    expect(tab).to_have_url(re.compile(r"\?code=1$"))
    tab.reload()
    expect(papers).to_have_count(some)
    expect(tab.get_by_label("With code")).to_be_checked()


def test_a_list_is_sorted_by_title_and_back(tab: Page, address: str) -> None:
    tab.goto(f"{address}/{TOPIC}")
    titles = tab.locator(".bs-paper h2")
    listed = titles.all_inner_texts()
    tab.get_by_label("Order").select_option("By title")
    assert titles.all_inner_texts() == sorted(listed, key=lambda title: title.lower())
    tab.get_by_label("Order").select_option("As listed")
    assert titles.all_inner_texts() == listed


def test_read_papers_leave_the_list_of_unread_ones(tab: Page, address: str) -> None:
    tab.goto(f"{address}/{TOPIC}")
    papers = tab.locator(".bs-paper:visible")
    every = papers.count()
    papers.first.get_by_role("button", name="Read").click()
    tab.get_by_label("Unread").check()
    expect(papers).to_have_count(every - 1)


def test_a_summary_is_shown_without_leaving_the_list(tab: Page, address: str) -> None:
    tab.goto(f"{address}/{TOPIC}")
    first = tab.locator(".bs-paper").first
    first.get_by_role("button", name="Preview").click()
    expect(first.locator(".bs-preview p").first).to_be_visible()
    assert tab.url == f"{address}/{TOPIC}"
    first.get_by_role("button", name="Preview").click()
    expect(first.locator(".bs-preview")).to_be_hidden()


def test_a_filter_reaches_papers_of_all_pages_of_a_long_list(tab: Page, address: str) -> None:
    tab.goto(f"{address}/{LONG_TOPIC}")
    papers = tab.locator(".bs-paper")
    on_this_page = papers.count()
    with_code = tab.locator(".bs-paper[data-code]").count()
    every = _total(tab)
    assert every > on_this_page
    expect(tab.locator(".bs-filter__count")).to_have_text(f"{every} papers")
    tab.get_by_label("With code").check()
    expect(tab.locator(".bs-filter__count")).to_have_text(re.compile(rf"\d+ of {every} papers"))
    assert papers.count() > with_code
    assert papers.evaluate_all("all => all.every(paper => 'code' in paper.dataset)")
    expect(tab.locator(".bs-pager")).to_be_hidden()
    tab.get_by_label("With code").uncheck()
    expect(papers).to_have_count(on_this_page)
    expect(tab.locator(".bs-pager")).to_be_visible()


def test_papers_of_other_pages_are_like_those_of_this_one(tab: Page, address: str) -> None:
    tab.goto(f"{address}/{LONG_TOPIC}")
    here = set(tab.locator(".bs-paper").evaluate_all("all => all.map(p => p.dataset.paper)"))
    tab.get_by_label("Order").select_option("Oldest first")
    oldest = tab.locator(".bs-paper").first
    expect(oldest).not_to_have_attribute("data-paper", re.compile("|".join(map(re.escape, here))))
    oldest.get_by_role("button", name="Star").click()
    expect(oldest.get_by_role("button", name="Star")).to_have_attribute("aria-pressed", "true")
    oldest.get_by_role("button", name="Preview").click()
    expect(oldest.locator(".bs-preview p").first).to_be_visible()
    slug = oldest.get_attribute("data-paper")
    oldest.locator("h2 a").first.click()
    expect(tab).to_have_url(f"{address}/papers/{slug}/")


@pytest.mark.parametrize("start", [COLLECTION, f"{COLLECTION}page-3/"])
def test_an_address_with_a_filter_shows_the_same_on_a_reload(
    tab: Page, address: str, start: str
) -> None:
    tab.goto(f"{address}/{start}")
    tab.get_by_label("Topic").select_option("Multilinguality")
    tab.get_by_label("Year").select_option("2023")
    count = tab.locator(".bs-filter__count")
    expect(count).to_have_text(re.compile(r"^[1-9]\d* of 220 papers$"))
    slugs = "all => all.map(paper => paper.dataset.paper)"
    found = tab.locator(".bs-paper").evaluate_all(slugs)
    asked = tab.url.split("?")[1]
    assert "topic=" in asked
    tab.goto(f"{address}/{COLLECTION}?{asked}")
    expect(count).to_have_text(f"{len(found)} of 220 papers")
    assert tab.locator(".bs-paper").evaluate_all(slugs) == found


def test_a_whole_list_in_order_is_shown_a_piece_at_a_time(tab: Page, address: str) -> None:
    tab.goto(f"{address}/{COLLECTION}?sort=title")
    papers = tab.locator(".bs-paper")
    expect(papers).to_have_count(100)
    tab.get_by_role("button", name="Show 100 more").press("Enter")
    expect(papers).to_have_count(200)
    expect(papers.nth(100).locator("h2 a").first).to_be_focused()
    tab.get_by_role("button", name="Show 20 more").press("Enter")
    expect(papers).to_have_count(_total(tab))
    titles = [title.lower() for title in tab.locator(".bs-paper h2 a").all_inner_texts()]
    assert titles == tab.evaluate("all => all.slice().sort((a, b) => a.localeCompare(b))", titles)


def test_a_paper_keeps_the_focus_when_its_list_is_ordered_anew(tab: Page, address: str) -> None:
    tab.goto(f"{address}/{TOPIC}")
    order = tab.get_by_label("Order")
    order.focus()
    order.select_option("By title")
    expect(order).to_be_focused()


def test_without_a_connection_the_papers_that_are_here_are_filtered(
    chromium: Browser, address: str
) -> None:
    context = chromium.new_context(service_workers="block")
    tab = context.new_page()
    tab.goto(f"{address}/{LONG_TOPIC}")
    on_this_page = tab.locator(".bs-paper").count()
    count = tab.locator(".bs-filter__count")
    context.set_offline(True)
    tab.get_by_label("With code").check()
    expect(count).to_contain_text(f"of the {on_this_page} papers on this page")
    expect(count).to_contain_text("can’t be loaded")
    context.set_offline(False)
    tab.get_by_label("With code").uncheck()
    tab.get_by_label("With code").check()
    expect(count).to_contain_text(f"of {_total(tab)} papers")
    context.close()


def _keep(tab: Page, papers: dict[str, dict[str, str]]) -> None:
    kept = json.dumps({"format": "broadsheet-reading", "version": 1, "papers": papers})
    tab.evaluate("text => localStorage.setItem('broadsheet:' + __md_scope.pathname, text)", kept)


def test_all_saved_papers_are_searched_and_filtered_and_the_address_says_how(
    tab: Page, address: str
) -> None:
    tab.goto(f"{address}/{COLLECTION}?sort=title")
    tab.get_by_role("button", name="Show 100 more").click()
    slugs = tab.locator(".bs-paper").evaluate_all("all => all.map(paper => paper.dataset.paper)")
    _keep(tab, {slug: {"star": "2026-01-01"} for slug in slugs[:150]})
    tab.goto(f"{address}/saved/")
    count = tab.locator(".bs-filter__count")
    expect(count).to_have_text("150 papers")
    tab.get_by_label("Search your papers").fill("language")
    expect(count).to_have_text(re.compile(r"\d+ of 150 papers"))
    tab.get_by_label("Year").select_option("2023")
    said = count.inner_text()
    assert 0 < int(said.split()[0]) < 150
    tab.reload()
    expect(count).to_have_text(said)
    expect(tab.get_by_label("Search your papers")).to_have_value("language")


def test_papers_that_were_only_read_stand_apart_from_the_saved_ones(
    tab: Page, address: str
) -> None:
    tab.goto(f"{address}/saved/")
    papers = {"tuning-language-models-by-proxy": "read", "densing-law-of-llms": "star"}
    _keep(tab, {slug: {field: "2026-01-01"} for slug, field in papers.items()})
    tab.reload()
    expect(tab.locator(".bs-paper")).to_have_attribute("data-paper", "densing-law-of-llms")
    tab.get_by_label("Show").select_option("Read")
    expect(tab.locator(".bs-paper")).to_have_attribute(
        "data-paper", "tuning-language-models-by-proxy"
    )
    expect(tab).to_have_url(re.compile(r"\?mark=read$"))


def test_saved_papers_come_in_the_order_of_saving_and_all_counts_agree(
    tab: Page, address: str
) -> None:
    slugs = ("tuning-language-models-by-proxy", "densing-law-of-llms", "are-we-done-with-mmlu")
    for slug in slugs:
        tab.goto(f"{address}/papers/{slug}/")
        tab.get_by_role("button", name="Star").click()
    tab.get_by_role("button", name="Read").click()
    tab.goto(f"{address}/saved/")
    papers = tab.locator(".bs-paper")
    expect(papers).to_have_count(3)
    kept = papers.evaluate_all("all => all.map(paper => paper.dataset.paper)")
    assert kept == list(reversed(slugs))
    heading, count = tab.locator("h1 .bs-count"), tab.locator(".bs-filter__count")
    expect(heading).to_have_text("3")
    expect(count).to_have_text("3 papers")
    tab.get_by_label("Unread").check()
    expect(count).to_have_text("2 of 3 papers")
    papers.first.get_by_role("button", name="Star").click()
    expect(heading).to_have_text("2")
    tab.get_by_label("Show").select_option("Read")
    expect(count).to_have_text("0 of 1 paper. Remove a filter to see it.")
    tab.get_by_label("Unread").uncheck()
    expect(count).to_have_text("1 paper")


def test_authors_are_filtered_by_name_and_the_address_remembers_it(tab: Page, address: str) -> None:
    tab.goto(f"{address}/authors/")
    box = tab.get_by_role("searchbox", name="Filter by name")
    status = tab.locator(".bs-names-filter [role=status]")
    box.fill("li")
    names = tab.locator(".bs-months:not(.bs-names *) a")
    expect(names.first).to_be_visible()
    assert all(re.search(r"(^|[ -])Li", name) for name in names.all_inner_texts())
    expect(status).to_have_text(f"{names.count()} authors")
    expect(tab.locator(".bs-names")).to_be_hidden()
    assert tab.url.endswith("?q=li")
    box.fill("xyzzyx")
    expect(status).to_contain_text("No author")
    box.fill("")
    expect(tab.locator(".bs-names")).to_be_visible()


def test_letters_lead_to_the_authors_of_that_letter(tab: Page, address: str) -> None:
    tab.goto(f"{address}/authors/")
    tab.get_by_role("navigation", name="Letters").get_by_role("link", name="W", exact=True).click()
    heading = tab.get_by_role("heading", name="W", exact=True)
    expect(heading).to_be_in_viewport()
    families = tab.locator("section:has(#w) a").all_inner_texts()
    assert families
    assert all(name.split()[-1][0] == "W" for name in families)


def test_the_newest_papers_are_beside_the_months(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto(f"{address}/papers/")
    dates = tab.locator(".bs-list time").evaluate_all("all => all.map(e => e.dateTime)")
    assert len(dates) == 50
    assert dates == sorted(dates, reverse=True)
    rows = tab.locator(".bs-list > .bs-paper")
    heights = rows.evaluate_all("all => all.map(e => e.offsetHeight)")
    assert sum(heights) / len(heights) < 125, "about eight papers fit on a screen"
    papers, months = (tab.locator(name).bounding_box() for name in (".bs-list", ".bs-archive nav"))
    assert papers
    assert months
    assert papers["x"] + papers["width"] <= months["x"]
