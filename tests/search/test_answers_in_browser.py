"""What answers a reader gets from the box and the page of search, over the bundled papers."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from browsing import tab_in
from playwright.sync_api import BrowserContext, Page, expect
from samples import bundled
from small_site import served, write_site

from broadsheet.base.cache import Cache
from broadsheet.outputs.search import SearchDocument
from broadsheet.outputs.search.abbreviations import words_beside
from broadsheet.outputs.search.document import body_text

# Types a query into the header's box and the page's field, and returns what both say was found.
COUNTS = """async (queries) => {
  const box = document.getElementById("bs-search-input");
  const field = document.getElementById("bs-find-input");
  const frame = () => new Promise((go) => requestAnimationFrame(go));
  const until = async (done) => { while (!done()) await frame(); };
  const type = (input, value) => {
    input.focus();
    input.value = value;
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  };
  const found = [];
  for (const query of queries) {
    type(box, query);
    const last = () => document.querySelector("#bs-search-list [role=option]:last-child");
    const asked = () => new URL(last()?.href ?? location.href).searchParams.get("q");
    await until(() => !last()?.closest("[hidden]") && asked() === query);
    const inBox = document.querySelector(".bs-search__status").textContent;
    type(field, query);
    await until(() => document.querySelector(".bs-find").getAttribute("aria-busy") !== "true");
    await until(() => new URLSearchParams(location.search).get("q") === query);
    await until(() => document.querySelector(".bs-find").getAttribute("aria-busy") !== "true");
    const onPage = [...document.querySelectorAll(".bs-find__notices p, p.bs-find__status")];
    const visible = onPage.filter((one) => one.checkVisibility());
    found.push([inBox, visible.map((one) => one.textContent)]);
  }
  return found;
}"""


def _documents() -> list[SearchDocument]:
    documents = bundled()
    texts = [f"{document.title}\n{body_text(document)}" for document in documents]
    also = words_beside(texts, Cache())
    found = [replace(d, also=words) for d, words in zip(documents, also, strict=True)]
    # Two people, none of whom is the one that readers may ask for.
    for number, names in enumerate((("Joshua Lake", "Ada Bengio"), ("Tianjun Zhangli",))):
        found.append(
            SearchDocument(f"boats-{number}", f"papers/boats-{number}/", "Boats", authors=names)
        )
    return found


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("answers")
    write_site(folder, _documents())
    with served(folder) as host:
        yield host


@pytest.fixture
def tab(window: BrowserContext) -> Iterator[Page]:
    with tab_in(window) as page:
        yield page


def _ask(tab: Page, address: str, query: str) -> list[str]:
    tab.goto(f"{address}/search/?q={quote(query)}")
    expect(tab.locator(".bs-find__status").first).to_have_text(re.compile(r"."))
    expect(tab.locator(".bs-find")).not_to_have_attribute("aria-busy", "true")
    return tab.locator(".bs-find__found > ol h2").all_inner_texts()


def _queries(count: int) -> list[str]:
    """Returns queries of words as readers type them: whole, begun, of several kinds."""
    chance = random.Random(14)
    papers = [document for document in _documents() if document.tldr and document.authors]
    queries: list[str] = ["math", "retrieval augmented generation", "qqqq", "gpt-4"]
    while len(queries) < count:
        paper = chance.choice(papers)
        words = [word for word in re.findall(r"[\w-]+", paper.title) if len(word) > 3]
        if len(words) < 2:
            continue
        first, second = chance.sample(words, 2)
        queries += [
            first,
            first[: chance.randrange(3, len(first) + 1)],
            f"{first} {second}",
            f"{first.lower()} {second[:4]}",
            f"{paper.authors[0].split()[-1]} {first}",
            f'"{words[0]}"',
            f"{first} -{second}",
        ]
    return queries[:count]


@pytest.mark.parametrize("count", [15, pytest.param(200, marks=pytest.mark.slow)])
def test_the_box_and_the_page_agree_on_what_they_count(tab: Page, address: str, count: int) -> None:
    tab.goto(f"{address}/search/?q=boats")
    expect(tab.locator(".bs-find__found > ol h2").first).to_be_visible()
    queries = list(dict.fromkeys(_queries(count + 30)))[:count]
    assert len(queries) == count
    found: list[Any] = tab.evaluate(COUNTS, queries)
    disagree = [
        (query, box, page)
        for query, (box, page) in zip(queries, found, strict=True)
        if not any(line and line in box for line in page)
    ]
    assert disagree == []


def test_an_abbreviation_and_its_meaning_find_the_same_papers(tab: Page, address: str) -> None:
    titles = _ask(tab, address, "retrieval augmented generation")[:10]
    assert any(title.startswith("RAFT") for title in titles)
    assert any(title.startswith("CRAG") for title in titles)
    # Its text has "chain of thought" only.
    assert any(title.startswith("Rephrase and Respond") for title in _ask(tab, address, "CoT"))


def test_nobody_is_taken_for_someone_with_a_similar_name(tab: Page, address: str) -> None:
    _ask(tab, address, "Yoshua Bengio")
    expect(tab.locator(".bs-find__status").first).to_contain_text("No paper has all of these words")


def test_a_misspelled_name_of_one_person_is_understood_and_said_so(tab: Page, address: str) -> None:
    assert _ask(tab, address, "Tianjn Zhangli") == ["Boats"]
    expect(tab.locator(".bs-find__status").first).to_contain_text("similar words")


def test_titles_with_the_words_as_typed_come_first(tmp_path: Path, tab: Page) -> None:
    titles = ["Personalized Agent Designs", "A Design of Agents for Personalization Matters"]
    documents = [
        SearchDocument(f"p{n}", f"papers/p{n}/", title, abstract="Personalized agents. " * n)
        for n, title in enumerate([*titles, *["Agents"] * 5])
    ]
    write_site(tmp_path, documents)
    with served(tmp_path) as host:
        assert _ask(tab, host, "personalization design agents")[0] == titles[1]
        assert _ask(tab, host, "personalized agent designs")[0] == titles[0]


def test_results_lead_to_arxiv(tab: Page, address: str) -> None:
    _ask(tab, address, "2403.10131")
    links = tab.locator(".bs-find__found .bs-paper").first.locator(".bs-links a")
    addresses = [link.get_attribute("href") for link in links.all()]
    assert "https://arxiv.org/abs/2403.10131" in addresses
    assert "https://arxiv.org/pdf/2403.10131" in addresses


def test_a_search_that_finds_nothing_offers_a_wider_one_and_topics(tab: Page, address: str) -> None:
    assert _ask(tab, address, '"agents of rivers"') == []
    offers = tab.locator(".bs-find__nothing")
    expect(offers.get_by_role("link", name="agents of rivers")).to_be_visible()
    expect(offers.locator(".bs-topic").first).to_be_visible()
    offers.get_by_role("link", name="agents of rivers").click()
    expect(tab.locator(".bs-find__found > ol h2").first).to_be_visible()
