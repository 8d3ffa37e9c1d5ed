"""What readers can save and do, in a real browser: marks, filters, keyboard, offline."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from browsing import served
from playwright.sync_api import Browser, Page, expect

RAFT = "raft-adapting-language-model-to-domain-specific-rag"
TOPIC = "topics/retrieval/"
# A browser that stores nothing, as when the reader blocks cookies.
BLOCKED = """
Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("no", "SecurityError"); }
});
"""


def _star(tab: Page, address: str) -> None:
    tab.goto(f"{address}/papers/{RAFT}/")
    tab.get_by_role("button", name="Star").click()


def test_a_star_lasts_and_shows_wherever_the_paper_is_listed(tab: Page, address: str) -> None:
    _star(tab, address)
    tab.reload()
    expect(tab.get_by_role("button", name="Star")).to_have_attribute("aria-pressed", "true")
    tab.goto(f"{address}/weeks/2024-W12/")
    listed = tab.locator(f"[data-paper='{RAFT}']").get_by_role("button", name="Star")
    expect(listed).to_have_attribute("aria-pressed", "true")


def test_a_paper_is_starred_and_previewed_where_it_is_found(tab: Page, address: str) -> None:
    tab.goto(f"{address}/search/?q=raft+rag")
    found = tab.locator(f".bs-find__found [data-paper='{RAFT}']")
    found.get_by_role("button", name="Preview").click()
    expect(found.locator(".bs-preview p").first).to_be_visible()
    found.get_by_role("button", name="Star").click()
    tab.goto(f"{address}/papers/{RAFT}/")
    expect(tab.get_by_role("button", name="Star")).to_have_attribute("aria-pressed", "true")
    tab.goto(f"{address}/search/?q=raft+rag")
    expect(found.get_by_role("button", name="Star")).to_have_attribute("aria-pressed", "true")


def test_saved_papers_are_listed_with_their_note_and_can_be_searched(
    tab: Page, address: str
) -> None:
    _star(tab, address)
    tab.get_by_role("button", name="Note").click()
    tab.get_by_label("Your note").fill("Read again with Ada")
    tab.get_by_label("Your note").blur()
    tab.goto(f"{address}/saved/")
    card = tab.locator(f"[data-paper='{RAFT}']")
    expect(card).to_contain_text("Tianjun Zhang")
    expect(card).to_contain_text("Read again with Ada")
    tab.get_by_label("Search your papers").fill("nothing like it")
    expect(card).to_be_hidden()
    tab.get_by_label("Search your papers").fill("with ada")
    expect(card).to_be_visible()


@pytest.mark.parametrize(
    ("form", "begins"), [("BibTeX", "@"), ("RIS", "TY  - "), ("CSL-JSON", "[")]
)
def test_starred_papers_are_given_as_references(
    tab: Page, address: str, form: str, begins: str
) -> None:
    _star(tab, address)
    tab.goto(f"{address}/saved/")
    with tab.expect_download() as download:
        tab.get_by_role("button", name=form).click()
    text = Path(download.value.path()).read_text("utf-8")
    assert text.startswith(begins)
    assert "RAFT" in text


def test_marks_go_out_as_a_file_and_come_back(tab: Page, address: str, tmp_path: Path) -> None:
    _star(tab, address)
    tab.goto(f"{address}/saved/")
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Export").click()
    file = tmp_path / "reading.json"
    download.value.save_as(file)
    tab.on("dialog", lambda dialog: dialog.accept())
    tab.get_by_role("button", name="Clear all").click()
    expect(tab.locator("#bs-saved")).to_contain_text("Nothing is saved yet")
    tab.locator("input[type=file]").set_input_files(file)
    expect(tab.locator(f"[data-paper='{RAFT}']")).to_be_visible()


@pytest.mark.parametrize(
    "content", ["not JSON", "[]", '{"format": "other", "papers": {}}', '{"papers": null}']
)
def test_a_file_that_is_not_ours_changes_nothing_and_says_so(
    tab: Page, address: str, tmp_path: Path, content: str
) -> None:
    _star(tab, address)
    tab.goto(f"{address}/saved/")
    expect(tab.locator(f"[data-paper='{RAFT}']")).to_be_visible()
    file = tmp_path / "other.json"
    file.write_text(content)
    tab.locator("input[type=file]").set_input_files(file)
    expect(tab.get_by_role("status").filter(has_text="file")).to_be_visible()
    expect(tab.locator(f"[data-paper='{RAFT}']")).to_be_visible()


def test_a_file_cannot_bring_markup_or_scripts(
    chromium: Browser, address: str, tmp_path: Path
) -> None:
    note = "<img src=x onerror=document.title='owned'>"
    papers = {"unknown-paper": {"star": "2026-01-01", "note": note, "title": note}, "../x": {}}
    file = tmp_path / "bad.json"
    file.write_text(json.dumps({"format": "broadsheet-reading", "version": 1, "papers": papers}))
    context = chromium.new_context()  # where the console may say that there's no such paper
    tab = context.new_page()
    tab.goto(f"{address}/saved/")
    tab.locator("input[type=file]").set_input_files(file)
    card = tab.locator("[data-paper='unknown-paper']")
    expect(card).to_contain_text(note)
    expect(card).to_contain_text("details of this paper can’t be loaded")
    assert tab.locator("#bs-saved img").count() == 0
    assert tab.title() != "owned"
    context.close()


def test_a_saved_paper_that_was_renamed_is_found_by_its_old_slug(
    chromium: Browser, address: str, tmp_path: Path
) -> None:
    context = chromium.new_context(service_workers="block")  # they would answer instead of us
    tab = context.new_page()
    file = tmp_path / "old.json"
    papers = {"old-slug": {"star": "2026-01-01"}}
    file.write_text(json.dumps({"format": "broadsheet-reading", "version": 1, "papers": papers}))
    tab.route("**/reading/moved.json", lambda route: route.fulfill(json={"old-slug": RAFT}))
    tab.goto(f"{address}/saved/")
    tab.locator("input[type=file]").set_input_files(file)
    expect(tab.locator(f"[data-paper='{RAFT}']")).to_contain_text("Tianjun Zhang")
    assert tab.locator("[data-paper='old-slug']").count() == 0
    context.close()


def test_colors_follow_the_reader_and_last(tab: Page, address: str) -> None:
    tab.emulate_media(color_scheme="light")
    tab.goto(f"{address}/")
    background = "getComputedStyle(document.body).backgroundColor"
    light = tab.evaluate(background)
    tab.get_by_role("button", name="Colors").click()
    tab.get_by_role("button", name="Colors").click()
    dark = tab.evaluate(background)
    assert dark != light
    tab.goto(f"{address}/about/")
    assert tab.evaluate(background) == dark


def test_nothing_is_new_on_a_first_visit(tab: Page, address: str) -> None:
    tab.goto(f"{address}/")
    tab.wait_for_load_state("networkidle")
    assert tab.locator(".bs-badge").count() == 0
    expect(tab.locator(".bs-new")).to_have_text("")


def test_marks_beyond_the_room_of_the_browser_are_not_said_to_be_imported(
    tab: Page, address: str, tmp_path: Path
) -> None:
    _star(tab, address)
    tab.goto(f"{address}/saved/")
    note = {"star": "2026-01-01", "note": "x" * 20_000}
    papers = {f"paper-{n}": note for n in range(400)}
    reading = {"format": "broadsheet-reading", "version": 1, "papers": papers}
    file = tmp_path / "marks.json"
    file.write_text(json.dumps(reading))
    tab.locator("input[type=file]").set_input_files(file)
    message = tab.get_by_text("Your browser’s storage for this site is full.")
    expect(message.first).to_be_attached()
    expect(tab.get_by_text("Imported 400 papers")).to_have_count(0)
    tab.reload()
    expect(tab.locator("[data-paper]")).to_have_count(1)


def test_with_storage_blocked_the_site_works_and_controls_say_so(tab: Page, address: str) -> None:
    tab.add_init_script(BLOCKED)
    tab.goto(f"{address}/papers/{RAFT}/")
    star = tab.get_by_role("button", name="Star")
    expect(star).to_have_attribute("aria-disabled", "true")
    star.click(force=True)
    expect(tab.get_by_role("status").filter(has_text="doesn’t let this site store")).to_be_visible()
    tab.goto(f"{address}/saved/")
    expect(tab.locator("#bs-saved")).to_contain_text("doesn’t let this site store")
    tab.goto(f"{address}/{TOPIC}")
    expect(tab.get_by_label("Unread")).to_be_disabled()
    tab.get_by_label("With code").check()
    assert tab.locator(".bs-paper:visible").count() > 0


def test_without_scripts_pages_are_whole_and_show_no_dead_control(
    chromium: Browser, address: str
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{address}/{TOPIC}")
    expect(tab.locator(".bs-paper").first).to_be_visible()
    expect(tab.get_by_role("button")).to_have_count(0)
    context.close()


def test_citation_and_link_are_copied(tab: Page, address: str) -> None:
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto(f"{address}/papers/{RAFT}/")
    tab.locator("summary", has_text="Cite").click()
    tab.get_by_role("button", name="Copy citation").first.click()
    expect(tab.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert "@" in tab.evaluate("navigator.clipboard.readText()")
    tab.get_by_role("button", name="Copy link").click()
    expect(tab.get_by_role("status").filter(has_text="Link copied")).to_be_visible()
    assert tab.evaluate("navigator.clipboard.readText()").endswith(f"/papers/{RAFT}/")


def test_the_site_can_be_installed(chromium: Browser, address: str) -> None:
    context = chromium.new_context()
    tab = context.new_page()
    tab.goto(f"{address}/")
    tab.evaluate("navigator.serviceWorker.ready")
    session = context.new_cdp_session(tab)
    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # Each test runs in a private window; nothing else may prevent installation.
    assert {error["errorId"] for error in errors} <= {"in-incognito"}
    manifest = session.send("Page.getAppManifest")
    assert manifest["url"] == f"{address}/manifest.webmanifest"
    assert not manifest["errors"]
    context.close()


def test_search_works_offline_once_it_was_used(chromium: Browser, address: str) -> None:
    context = chromium.new_context()
    tab = context.new_page()
    tab.goto(f"{address}/")
    tab.evaluate("navigator.serviceWorker.ready")
    # The service worker only sees a page from its second view on.
    tab.goto(f"{address}/search/?q=larimar")
    tab.evaluate("""async () => {
        const files = await (await fetch(new URL("reading/offline.json", __md_scope))).json();
        const kept = (file) => caches.match(new URL(file, __md_scope).href);
        const missing = async () => !(await Promise.all(files.map(kept))).every(Boolean);
        while (!files.length || await missing()) await new Promise((go) => setTimeout(go, 100));
    }""")
    context.set_offline(True)
    tab.goto(f"{address}/search/?q=unfamiliar+hallucinate")
    expect(tab.locator(".bs-find__results h2").first).to_contain_text("Hallucinate")
    context.close()


def test_parts_of_the_index_that_were_loaded_answer_the_same_query_offline(
    chromium: Browser, address: str
) -> None:
    context = chromium.new_context()
    # As for a large index, which isn't kept as a whole.
    context.route("**/reading/offline.json", lambda route: route.fulfill(json=[]))
    tab = context.new_page()
    tab.goto(f"{address}/")
    tab.evaluate("navigator.serviceWorker.ready")
    tab.goto(f"{address}/search/?q=hallucinate")
    results = tab.locator(".bs-find__results h2")
    expect(results.first).to_contain_text("Hallucination")
    found = results.all_inner_texts()
    tab.wait_for_load_state("networkidle")
    context.set_offline(True)
    tab.goto(f"{address}/search/?q=hallucinate")
    expect(results).to_have_text(found)
    context.close()


def test_pages_that_were_seen_work_offline_and_fresh_ones_win_online(
    chromium: Browser, bundled_site: Path, tmp_path: Path
) -> None:
    context = chromium.new_context()
    tab = context.new_page()
    # The same files, except for the one that changes.
    site = Path(shutil.copytree(bundled_site, tmp_path / "site", copy_function=os.link))
    page = site / "about/index.html"
    fresh = page.read_text("utf-8").replace("<h1", "<h1 data-fresh", 1)
    with served(site, "/some/digest") as address:
        tab.goto(f"{address}/")
        tab.evaluate("navigator.serviceWorker.ready")
        tab.goto(f"{address}/about/")
        page.unlink()
        page.write_text(fresh, "utf-8")
        tab.goto(f"{address}/about/")
        expect(tab.locator("h1[data-fresh]")).to_be_visible()
        context.set_offline(True)
        tab.goto(f"{address}/about/")
        expect(tab.locator("h1[data-fresh]")).to_be_visible()
        tab.goto(f"{address}/papers/{RAFT}/")
        expect(tab.locator("h1")).to_have_text("You’re offline")
    context.close()
