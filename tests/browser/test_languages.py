"""A German and a Chinese site speak their language, in pages and in what scripts add to them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from browsing import served, tab_in
from bs4 import BeautifulSoup
from building import build_site
from playwright.sync_api import BrowserContext, Page, expect
from selecting import READ_MOST, mostly_slow

TESTS = Path(__file__).parents[1]
SITES = ("german", "chinese")
PAGES = {
    "german": {
        "home": "",
        "week": "weeks/2024-W52/",
        "paper": "papers/schwimmende-floesse/",
        "topic": "topics/boote/",
        "long list": "collections/hafen/",
        "saved": "saved/",
        "map": "map/",
        "search": "search/?q=floß",
        "missing": "keine/solche/seite/",
    },
    "chinese": {
        "home": "",
        "week": "weeks/2024-W52/",
        "paper": "papers/mufa-yuanmu/",
        "topic": "topics/chuan/",
        "long list": "collections/gangkou/",
        "saved": "saved/",
        "map": "map/",
        "search": "search/?q=木筏",
        "missing": "no/such/page/",
    },
}
# Names and formats, which have no translation, and the one English title in the content.
NAMES = """
    arXiv DOI PDF JSON Lines CSV Parquet SQLite DuckDB pandas BibTeX RIS CSL APA IEEE Atom Feed
    OPML Schema Markdown llms txt Broadsheet Newsreader Production Type
    JavaScript Paper Sails KB Esc Ctrl ID Semantic Scholar Hugging Face alphaXiv OpenReview
"""
# What is code, data, a citation or a file's name, and what only machines read.
LEFT_OUT = (
    "script, style, svg style, pre, code, kbd, .bs-reference, .bs-brand, .bs-find__tips dt, "
    "[translate=no]"
)
ATTRIBUTES = ("aria-label", "alt", "placeholder", "title")


@pytest.fixture(scope="module")
def sites(
    tmp_path_factory: pytest.TempPathFactory, with_fonts: Callable[[Path], Path]
) -> dict[str, Path]:
    """Both sites, built strictly, by language."""
    built: dict[str, Path] = {}
    for name in SITES:
        folder = tmp_path_factory.mktemp("languages") / name
        shutil.copytree(TESTS / f"{name}_site", folder)
        assert build_site(with_fonts(folder), strict=True).problems == ()
        built[name] = folder / "site"
    return built


@pytest.fixture(scope="module")
def addresses(sites: dict[str, Path]) -> Iterator[dict[str, str]]:
    with ExitStack() as stack:
        yield {name: stack.enter_context(served(site)) for name, site in sites.items()}


@pytest.fixture
def tab(window: BrowserContext) -> Iterator[Page]:
    """A tab as wide as a phone. The test fails if the browser complains."""
    complaints: list[str] = []
    with tab_in(window) as page:
        page.set_viewport_size({"width": 390, "height": 800})
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        # Before it leaves: a page that is left complains about what it was loading.
        assert not complaints


def latin_words(html: str) -> set[str]:
    """The words in Latin letters that a page shows or reads out."""
    page = BeautifulSoup(html, "html.parser")
    for element in page.select(LEFT_OUT):
        element.decompose()
    said = [page.get_text("\n")]
    said += [str(element[name]) for name in ATTRIBUTES for element in page.select(f"[{name}]")]
    said += [str(element["content"]) for element in page.select("meta[name=description]")]
    # Coins are for reference managers; addresses and identifiers have no language.
    texts = (text for text in said if not text.startswith("ctx_ver"))
    plain = re.sub(
        r"https?:\S+|[\w.-]+/[\w./-]+|\d{4}-W\d\d|Material for MkDocs", " ", "\n".join(texts)
    )
    return set(re.findall(r"[A-Za-z]{2,}", plain)) - {*NAMES.split()}


def test_no_page_of_a_chinese_site_has_english_words_of_ours(sites: dict[str, Path]) -> None:
    pages = sorted(sites["chinese"].rglob("*.html"))
    assert len(pages) > 30
    found = {page.relative_to(sites["chinese"]): latin_words(page.read_text()) for page in pages}
    assert {str(page): words for page, words in found.items() if words} == {}


@pytest.mark.parametrize("kind", mostly_slow(PAGES["chinese"], READ_MOST))
def test_no_script_adds_english_words_of_ours_to_a_chinese_page(
    tab: Page, addresses: dict[str, str], kind: str
) -> None:
    tab.goto(f"{addresses['chinese']}/{PAGES['chinese'][kind]}")
    tab.wait_for_load_state("networkidle")
    tab.keyboard.press("?")
    expect(tab.get_by_role("heading", name="键盘快捷键")).to_be_visible()
    # The search tips name fields as readers have to type them.
    fields = {"title", "author", "topic", "id"} if kind == "search" else set()
    assert latin_words(tab.content()) == fields


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("kind", mostly_slow(PAGES["german"], ("home", "paper")))
def test_no_page_is_wider_than_a_phone(
    tab: Page, addresses: dict[str, str], site: str, kind: str
) -> None:
    tab.goto(f"{addresses[site]}/{PAGES[site][kind]}")
    tab.wait_for_load_state("networkidle")
    assert tab.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize(
    ("site", "tag", "days", "star"),
    [
        ("german", "de", "30. Dezember 2024 bis 5. Januar 2025 · 3 Artikel", "Stern"),
        ("chinese", "zh", "2024年12月30日至2025年1月5日 · 3 篇论文", "星标"),
    ],
)
def test_a_page_names_its_language_and_its_scripts_follow(
    tab: Page, addresses: dict[str, str], site: str, tag: str, days: str, star: str
) -> None:
    tab.goto(addresses[site])
    assert tab.locator("html").get_attribute("lang") == tag
    expect(tab.locator(".bs-kicker").first).to_contain_text(days)
    expect(tab.get_by_role("button", name=re.compile(star)).first).to_be_visible()


@pytest.mark.parametrize(
    ("site", "query", "title"),
    [
        ("german", "Flösse", "Schwimmende Flöße: Wie viele Baumstämme trägt ein Seil?"),
        ("german", "Brücke", "Brücken im Nebel"),
        ("chinese", "木筏", "浮动的木筏：一根绳子能系住多少根原木？"),
        ("chinese", "河流", "河流的记忆"),
    ],
)
def test_search_finds_papers_in_the_language_of_the_site(
    tab: Page, addresses: dict[str, str], site: str, query: str, title: str
) -> None:
    tab.goto(f"{addresses[site]}/search/?q={query}")
    expect(tab.locator(".bs-find__results h2").filter(has_text=title)).to_be_visible()
