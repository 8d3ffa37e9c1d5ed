"""A site whose every field is an attack, visited under the policy: nothing runs and all works."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from browsing import NOTE_VIOLATIONS, served, tab_in
from building import build_site
from folders import write_files
from hostile import HOSTILE, NAMES, hostile_files
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from broadsheet.outputs.security import HEADERS

ATTACK = "<img src=x onerror=alert(1)>"
SETTINGS = {
    "site_name": ATTACK,
    "site_url": "https://papers.example/",
    "docs_dir": "content/pages",
    "theme": {"name": "material", "font": False},
    "plugins": ["broadsheet"],
    "extra": {
        "broadsheet": {
            "byline": f"{ATTACK} {{{{ 7 * 7 }}}}",
            "digests": {"constructor": "<script>alert(1)</script>"},
            "newsletter": {
                "subscribe": 'https://a.example/"onmouseover=alert(1)',
                "footer": ATTACK,
            },
            "author_papers": 1,
            "card_papers": 0,
        }
    },
}
PAGES = (
    *("", "feeds/", "about/", "papers/", "map/", "trends/", "saved/", "archive/", "corrections/"),
    *("weeks/2025-W01/", "topics/constructor/", "collections/constructor/", "authors/"),
    *("papers/paper-0/", "papers/paper-1/", "papers/constructor/", "papers/valueof/", "data/"),
)


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    texts = [text.strip() for text in HOSTILE if text.isprintable()]
    write_files(folder, {**hostile_files(texts), "mkdocs.yml": json.dumps(SETTINGS)})
    (folder / "content/pages").mkdir()
    build_site(folder)
    with served(folder / "site", "", HEADERS) as found:
        yield found


@pytest.fixture
def tab(quiet_window: BrowserContext) -> Iterator[Page]:
    ran: list[str] = []

    def note(dialog: Dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    with tab_in(quiet_window) as page:
        page.on("dialog", note)
        page.on("pageerror", lambda error: ran.append(str(error)))
        page.on("request", lambda sent: ran.append(sent.url) if "evil" in sent.url else None)
        page.add_init_script(NOTE_VIOLATIONS)
        yield page
        assert page.evaluate("window.violations") == []
        assert ran == []


def _is_harmless(tab: Page) -> None:
    """No text became an element, a handler or an address that runs."""
    assert tab.evaluate("window.violations") == []
    selector = "img[src='x'], svg[onload], [onclick], [onerror], [onmouseover], [onload]"
    assert tab.locator(f"{selector}, [href^='javascript:' i], [src*='evil']").count() == 0


def test_no_page_runs_what_its_texts_say(tab: Page, hostile_site: str) -> None:
    for page in PAGES:
        answer = tab.goto(f"{hostile_site}/{page}")
        assert answer
        assert answer.ok, page
        tab.wait_for_load_state("networkidle")
        _is_harmless(tab)


def test_the_table_of_data_shows_attacks_as_texts(tab: Page, hostile_site: str) -> None:
    tab.goto(f"{hostile_site}/data/?q={quote(ATTACK)}&{quote(ATTACK)}=1&__proto__=2&constructor=3")
    rows = tab.locator(".bs-data tbody tr")
    expect(rows).to_have_count(1)
    expect(rows.locator("th")).to_have_text(ATTACK)
    rows.locator("td").first.click()
    expect(tab.locator(".bs-data__value")).to_contain_text(ATTACK)
    _is_harmless(tab)
    tab.get_by_role("button", name=f"Only {ATTACK}", exact=True).click()
    expect(tab.locator(".bs-chip")).to_contain_text(ATTACK)
    _is_harmless(tab)


@pytest.mark.parametrize("query", [ATTACK, *NAMES[:2]])
def test_a_search_for_an_attack_shows_it_as_text(tab: Page, hostile_site: str, query: str) -> None:
    tab.goto(f"{hostile_site}/search/?q={quote(query)}")
    expect(tab.locator(".bs-find__results h2 a").first).to_be_visible()
    _is_harmless(tab)
    tab.goto(f"{hostile_site}/search/?q={quote(query)}&topic={quote(ATTACK)}&__proto__=x")
    expect(tab.get_by_role("button", name=f"Remove filter: {ATTACK}")).to_be_visible()
    _is_harmless(tab)
    tab.goto(f"{hostile_site}/about/")
    tab.keyboard.press("/")
    tab.keyboard.type(query)
    expect(tab.locator("#bs-search-list [role=option]").first).to_be_visible()
    _is_harmless(tab)


@pytest.mark.parametrize("slug", ["constructor", "valueof", "paper-1"])
def test_a_paper_of_any_name_is_saved_and_listed(tab: Page, hostile_site: str, slug: str) -> None:
    tab.goto(f"{hostile_site}/papers/{slug}/")
    title = tab.locator("h1").first.inner_text()
    tab.get_by_role("button", name="Star").first.click()
    tab.goto(f"{hostile_site}/saved/")
    expect(tab.get_by_role("link", name=title.strip()).first).to_be_visible()
    _is_harmless(tab)
