"""What readers see: the box in the header and the page /search/, on a path below the root."""

import itertools
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from browsing import tab_in
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from samples import BY_HAND
from selecting import mostly_slow
from small_site import served, write_index, write_site

from broadsheet.outputs.search import SearchDocument

BELOW = "some/papers"
FEEDS = {"": "feeds/all.xml", "topics/retrieval/": "feeds/retrieval.xml"}
GENTLE, LOUD, QUIET = "Gentle Language", "Loud Models", "Quiet Retrieval"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("search")
    write_site(folder / BELOW, BY_HAND, FEEDS)
    with served(folder) as host:
        yield f"{host}/{BELOW}"


@contextmanager
def _quiet_tab_in(window: BrowserContext) -> Iterator[Page]:
    """Opens a tab that fails the test on console errors, except those about fonts."""
    complaints: list[str] = []
    with tab_in(window) as page:
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda m: (
                complaints.append(m.text)
                if m.type == "error" and "fonts/" not in m.location["url"]
                else None
            ),
        )
        yield page
        # Before it leaves: a page that is left complains about what it was loading.
        assert complaints == []


@pytest.fixture
def tab(window: BrowserContext) -> Iterator[Page]:
    with _quiet_tab_in(window) as page:
        yield page


@pytest.fixture(scope="module")
def reused_tab(chromium: Browser) -> Iterator[Page]:
    """One tab for many queries, each of which loads the page anew."""
    with chromium.new_context(service_workers="block") as window, _quiet_tab_in(window) as page:
        yield page


def titles(tab: Page) -> list[str]:
    return [title.split()[0] for title in tab.locator(".bs-find__found > ol h2").all_inner_texts()]


def ask(tab: Page, address: str, query: str) -> None:
    tab.goto(f"{address}/search/?q={quote(query)}")
    expect(tab.locator(".bs-find__status").first).to_have_text(re.compile(r"."))
    expect(tab.locator(".bs-find")).not_to_have_attribute("aria-busy", "true")


@pytest.mark.parametrize(
    "query, found",
    [
        ("gentle", {"Gentle"}),
        ("language models", {"Gentle", "Loud"}),
        ("GPT-4", {"Gentle", "Loud", "Quiet"}),
        ("gpt4", {"Gentle", "Loud", "Quiet"}),
        ("GPT 4", {"Gentle", "Loud", "Quiet"}),
        ("LLaMA-3-8B", {"Loud"}),
        ("llama 3", {"Loud"}),
        ("o1", {"Loud"}),
        ("C4", {"Loud"}),
        ("bm25", {"Loud"}),
        ("BM 25", {"Loud"}),
        ("v*bench", {"Quiet"}),
        ("VBench", {"Quiet"}),
        ("Navratil", {"Gentle"}),
        ("NAVRÁTIL", {"Gentle"}),
        ("muller", {"Quiet"}),
        ("2403.01234", {"Gentle"}),
        ("2403.01234v3", {"Gentle"}),
        ("https://arxiv.org/abs/2403.01234v1", {"Gentle"}),
        ("id:2306.04321", {"Loud"}),
        ("id:10.1000/example.1", {"Gentle"}),
        ("title:gpt4 -loud", {"Gentle", "Quiet"}),
        ("author:example", {"Loud", "Quiet"}),
        ("author:example topic:retrieval", {"Quiet"}),
        ('author:"Ada Example" topic:"Language Models"', {"Loud"}),
        ("topic:retrieval", {"Gentle", "Quiet"}),
        ("retrieval -gentle", {"Quiet"}),
        ("pretraining", {"Loud", "Quiet"}),
        ("pre-training", {"Loud", "Quiet"}),
        ("year:2023", {"Loud"}),
        ("year:2023..2024", {"Gentle", "Loud", "Quiet"}),
        ("year:..2023 models", {"Loud"}),
        ("-year:2023 models", {"Gentle"}),
        ("week:2024-W12", {"Gentle", "Quiet"}),
        ("week:2024-w20.. reading", {"Quiet"}),
        ("2024-W24", {"Quiet"}),
        ('"attention is what"', {"Gentle"}),
        ('"attention is all"', set()),
        ('title:"loud models"', {"Loud"}),
        ('models -"loud models"', {"Gentle"}),
        ('-"loud models"', {"Gentle", "Quiet", "arXiv:1984.00001"}),
        ('gpt4 -title:"loud models" -quiet', {"Gentle"}),
        ('year:2024 -"attention is what"', {"Quiet"}),
        ('"Navratil"', {"Gentle"}),
        ("atention", {"Gentle", "Quiet"}),
        ("retreival", {"Gentle", "Quiet"}),
        ("gentle loud", {"Gentle", "Loud"}),
        ("zzyzx", set()),
        ("zzyzx -loud", set()),
        ("1984.00001", {"arXiv:1984.00001"}),
    ],
)
def test_the_query_language_finds(
    reused_tab: Page, address: str, query: str, found: set[str]
) -> None:
    ask(reused_tab, address, query)
    assert set(titles(reused_tab)) == found


def test_some_of_the_words_are_said_to_be_some(tab: Page, address: str) -> None:
    ask(tab, address, "gentle loud")
    expect(tab.locator(".bs-find__status").first).to_contain_text("No paper has all of these words")


def test_papers_with_more_of_the_words_come_first_when_none_has_all(
    quiet_window: BrowserContext, tmp_path: Path
) -> None:
    # For lunr, a rare word in a short title outweighs two words in a long text.
    one = SearchDocument("one", "papers/one/", "Quokka")
    two = SearchDocument("two", "papers/two/", "Two", abstract="Alpha, beta and " + "more " * 99)
    others = [
        SearchDocument(f"o{n}", f"papers/o{n}/", f"Other {n}", abstract=word)
        for n, word in enumerate(["alpha", "beta"] * 9)
    ]
    write_site(tmp_path, [one, two, *others])
    with served(tmp_path) as host, _quiet_tab_in(quiet_window) as tab:
        ask(tab, host, "alpha beta quokka")
        assert tab.locator(".bs-find__found > ol h2").all_inner_texts()[:2] == ["Two", "Quokka"]


def test_a_misspelt_word_is_said_to_be_one(tab: Page, address: str) -> None:
    ask(tab, address, "atention")
    expect(tab.locator(".bs-find__status").first).to_contain_text("similar words")


@pytest.mark.parametrize(
    "query, said",
    [
        ('"to be or not"', "very common words"),
        ("year:soon gentle", "year:2023"),
    ],
)
def test_what_cannot_be_answered_is_said(tab: Page, address: str, query: str, said: str) -> None:
    ask(tab, address, query)
    expect(tab.locator(".bs-find__notices")).to_contain_text(said)


def test_titles_are_text_and_matches_are_marked(tab: Page, address: str) -> None:
    ask(tab, address, "quiet GPT-4 studies")
    expect(tab.locator(".bs-find__found h2").first).to_contain_text("<b>with</b>")
    marks = tab.locator(".bs-find__found li").first.locator("mark").all_inner_texts()
    assert {"Quiet", "study"} <= set(marks)


def test_facets_count_combine_and_stand_in_the_address(tab: Page, address: str) -> None:
    ask(tab, address, "models attention gpt4")
    tab.goto(f"{address}/search/?q=gpt4")
    retrieval = tab.get_by_label("Retrieval 2", exact=True)
    retrieval.check()
    expect(tab.locator(".bs-find__found > ol h2")).to_have_count(2)
    assert "topic=retrieval" in tab.url
    expect(tab.get_by_label("Has code 1")).to_be_visible()
    tab.get_by_label("Has code 1").check()
    expect(tab.locator(".bs-find__found > ol h2")).to_have_count(1)
    assert titles(tab) == ["Gentle"]
    # Another value of the same facet would add papers, so a facet doesn't narrow its own counts.
    expect(tab.get_by_label("Language Models 1")).to_be_visible()
    tab.go_back()
    expect(tab.locator(".bs-find__found > ol h2")).to_have_count(2)
    chip = tab.locator(".bs-find__chip")
    expect(chip).to_have_count(1)
    chip.click()
    expect(tab.locator(".bs-find__found > ol h2")).to_have_count(3)
    assert "topic=" not in tab.url


def test_an_address_with_facets_and_order_shows_them(tab: Page, address: str) -> None:
    tab.goto(f"{address}/search/?q=models&topic=models&year=2023&year=2024&sort=date")
    expect(tab.get_by_label("2023 1")).to_be_checked()
    expect(tab.locator("#bs-find-sort")).to_have_value("date")
    assert titles(tab) == ["Gentle", "Loud"]


def test_facets_alone_list_papers_newest_first(tab: Page, address: str) -> None:
    tab.goto(f"{address}/search/?source=trending")
    expect(tab.locator(".bs-find__found > ol h2")).to_have_count(2)
    assert titles(tab) == ["Quiet", "Loud"]


def test_a_feed_is_offered_where_one_exists(tab: Page, address: str) -> None:
    tab.goto(f"{address}/search/?topic=retrieval")
    expect(tab.locator(".bs-find__feed")).to_have_attribute(
        "href", f"{address}/feeds/retrieval.xml"
    )
    tab.goto(f"{address}/search/?topic=retrieval&q=quiet")
    expect(tab.locator(".bs-find__found > ol h2")).to_have_count(1)
    expect(tab.locator(".bs-find__feed")).to_be_hidden()


def test_the_link_to_a_search_is_copied(tab: Page, address: str) -> None:
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto(f"{address}/search/?q=gpt4&topic=retrieval")
    tab.get_by_role("button", name="Copy link").click()
    expect(tab.locator(".bs-find__copied")).to_have_text("Link copied.")
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert copied == f"{address}/search/?q=gpt4&topic=retrieval"


def test_the_keyboard_is_enough_in_the_header(tab: Page, address: str) -> None:
    tab.goto(f"{address}/")
    tab.keyboard.press("/")
    expect(tab.locator("#bs-search-input")).to_be_focused()
    tab.keyboard.type("quiet retr")
    expect(tab.locator("#bs-search-list [role=option]").first).to_contain_text(QUIET)
    expect(tab.locator(".bs-search__status")).to_contain_text("1 paper")
    tab.keyboard.press("ArrowDown")
    expect(tab.locator("#bs-search-input")).to_have_attribute(
        "aria-activedescendant", "bs-search-option-0"
    )
    tab.keyboard.press("Escape")
    expect(tab.locator("#bs-search-list")).to_be_hidden()
    tab.keyboard.press("ArrowDown")
    expect(tab.locator("#bs-search-list")).to_be_visible()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{address}/papers/quiet-retrieval/")


def test_enter_after_more_typing_searches_for_the_text_and_opens_no_former_choice(
    tab: Page, address: str
) -> None:
    tab.goto(f"{address}/")
    tab.locator("#bs-search-input").press_sequentially("quiet")
    expect(tab.locator("#bs-search-list [role=option]").first).to_contain_text(QUIET)
    tab.keyboard.press("ArrowDown")
    # Both keys in one task, so there can't be results for the longer text yet.
    tab.evaluate("""() => {
      const input = document.getElementById("bs-search-input");
      input.value = "quiet gpt4";
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
      const enter = { key: "Enter", bubbles: true, cancelable: true };
      if (input.dispatchEvent(new KeyboardEvent("keydown", enter))) input.form.requestSubmit();
    }""")
    tab.wait_for_url(f"{address}/search/?q=quiet+gpt4")


def test_a_choice_stays_when_later_results_have_it_too(tab: Page, address: str) -> None:
    tab.goto(f"{address}/")
    tab.locator("#bs-search-input").press_sequentially("quiet")
    expect(tab.locator("#bs-search-list [role=option]").first).to_contain_text(QUIET)
    # The arrow key comes after the last letter but before its results.
    tab.evaluate("""() => {
      const input = document.getElementById("bs-search-input");
      input.value = "quiet gpt4";
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
      input.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
    }""")
    last = tab.locator("#bs-search-list [role=option]").last
    expect(last).to_have_attribute("href", re.compile(r"quiet\+gpt4"))
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{address}/papers/quiet-retrieval/")


def test_enter_in_the_header_leads_to_all_results(tab: Page, address: str) -> None:
    tab.goto(f"{address}/papers/quiet-retrieval/")
    tab.locator("#bs-search-input").fill("gpt4")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{address}/search/?q=gpt4")
    expect(tab.locator(".bs-find__found > ol h2")).to_have_count(3)


def test_the_keyboard_is_enough_on_the_page(tab: Page, address: str) -> None:
    ask(tab, address, "gpt4")
    tab.locator("body").press("/")
    expect(tab.locator("#bs-find-input")).to_be_focused()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    expect(tab.locator(".bs-find__found h2 a").nth(1)).to_be_focused()
    tab.keyboard.press("Escape")
    expect(tab.locator("#bs-find-input")).to_be_focused()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{address}/papers/**")


def test_results_come_while_typing_and_the_address_follows(tab: Page, address: str) -> None:
    tab.goto(f"{address}/search/")
    expect(tab.locator("#bs-find-input")).to_be_focused()
    tab.keyboard.type("gentl")
    expect(tab.locator(".bs-find__found > ol h2")).to_have_count(1)
    assert tab.url == f"{address}/search/?q=gentl"


def test_without_scripts_the_box_leads_to_the_page(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/")
    page.locator("#bs-search-input").fill("gpt 4")
    page.locator("#bs-search-input").press("Enter")
    page.wait_for_url(f"{address}/search/?q=gpt+4")
    context.close()


def test_a_deployment_while_a_tab_is_open_goes_unnoticed(chromium: Browser, tmp_path: Path) -> None:
    write_site(tmp_path, BY_HAND)
    with served(tmp_path) as host:
        page = chromium.new_page()
        errors: list[Error] = []
        page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108 - Playwright
        page.goto(f"{host}/search/?q=gentle")
        expect(page.locator(".bs-find__found > ol h2")).to_have_count(1)
        shutil.rmtree(tmp_path / "search" / "index")
        newer = SearchDocument("z-new", "papers/z-new/", "A Newer Quokka", published="2025-01")
        write_index(tmp_path, [*BY_HAND[1:], newer])
        page.locator("#bs-find-input").fill("retrieval")
        expect(page.locator(".bs-find__found > ol h2").first).to_contain_text(QUIET)
        page.locator("#bs-find-input").fill("quokka")
        expect(page.locator(".bs-find__found > ol h2")).to_have_text(["A Newer Quokka"])
        assert errors == []
        page.close()


def test_an_index_that_is_gone_is_said_kindly_and_tried_again(
    chromium: Browser, tmp_path: Path
) -> None:
    write_site(tmp_path, BY_HAND)
    with served(tmp_path) as host:
        page = chromium.new_page()
        errors: list[Error] = []
        page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108 - Playwright
        page.goto(f"{host}/")
        (tmp_path / "search" / "index").rename(tmp_path / "away")
        page.locator("#bs-search-input").fill("gentle")
        expect(page.locator(".bs-search__status")).to_contain_text("can’t be loaded")
        (tmp_path / "away").rename(tmp_path / "search" / "index")
        page.locator("#bs-search-input").fill("gentl")
        expect(page.locator("#bs-search-list [role=option]").first).to_contain_text(GENTLE)
        assert errors == []
        page.close()


def test_a_corpus_without_papers_can_be_searched(
    quiet_window: BrowserContext, tmp_path: Path
) -> None:
    write_site(tmp_path, [])
    with served(tmp_path) as host, _quiet_tab_in(quiet_window) as tab:
        tab.goto(f"{host}/search/?q=anything")
        expect(tab.locator(".bs-find__status").first).to_have_text("No papers found.")


def test_nothing_is_wider_than_a_phone(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 390, "height": 800})
    tab.goto(f"{address}/search/?q=gpt4")
    expect(tab.locator(".bs-find__found > ol h2")).to_have_count(3)
    tab.locator(".bs-find__filters summary").click()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    tab.locator("#bs-search-input").fill("gpt4")
    expect(tab.locator("#bs-search-list")).to_be_visible()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(
    "look",
    mostly_slow(itertools.product((390, 1280), ("light", "dark")), [(390, "dark")]),
)
def test_axe_finds_nothing(
    chromium: Browser, address: str, look: tuple[int, Literal["light", "dark"]]
) -> None:
    width, scheme = look
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    page.goto(f"{address}/search/?q=gpt4&topic=retrieval")
    expect(page.locator(".bs-facet").first).to_be_attached()
    page.locator(".bs-find__tips summary").click()
    page.locator("#bs-search-input").fill("gpt4")
    expect(page.locator("#bs-search-list [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.add_script_tag(content=AXE_SCRIPT)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    report = page.evaluate(f"axe.run(document, {{runOnly: {tags}}})")
    found = [(one["id"], one["nodes"][0]["html"]) for one in report["violations"]]
    context.close()
    assert found == []
