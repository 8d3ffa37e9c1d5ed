"""The pages of a small corpus: a golden file per kind of page, and rules for all pages.

After an intended change, run ``BROADSHEET_WRITE_GOLDEN=1 pytest tests/pages`` and review the diff.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from folders import expect
from made import Made, made_of
from shown import shown
from toy import BRAND

from broadsheet.base.addresses import Site
from broadsheet.content.check import load_and_check
from broadsheet.content.load import Loaded
from broadsheet.content.settings import Settings
from broadsheet.edition import make_edition
from broadsheet.outputs.pages.parts import parts

GOLDEN = Path(__file__).parent / "golden"
SITE = Site(
    "https://toys.example/digest/",
    "Toy Papers",
    "Invented papers about boats, for tests.",
    brand=BRAND,
)
CONFIG = Settings(digest="toy-papers", digests={"toy-papers": "Toy Papers"}, papers_per_page=3)

# Golden files, named for what they show, and their pages.
PAGES = {
    "home_leads_with_the_newest_week": "",
    "weeks_are_listed_newest_first_by_iso_year": "weeks/",
    "a_week_has_its_sections_and_printed_texts": "weeks/2024-W52/",
    "a_week_across_the_year_belongs_to_its_iso_year": "weeks/2025-W01/",
    "topics_are_listed_by_name": "topics/",
    "a_topic_has_its_papers_newest_first": "topics/boats/",
    "papers_are_listed_by_year_and_month": "papers/",
    "a_month_has_its_papers": "archive/2024-12/",
    "papers_without_a_date_have_a_page_of_their_own": "archive/undated/",
    "papers_of_which_only_the_year_is_known_have_a_page": "archive/2023/",
    "a_paper_with_everything": "papers/floating-rafts-of-logs/",
    "a_paper_with_marks_in_its_title_and_names": "papers/ropes-and-knots/",
    "a_paper_with_a_title_and_a_year_only": "papers/the-weight-of-water/",
    "a_paper_without_authors_and_date": "papers/an-anchor-without-a-date/",
    "a_paper_of_a_bulk_file": "papers/sails-of-paper/",
    "collections_are_listed": "collections/",
    "a_collection_keeps_the_order_of_its_source": "collections/harbour/",
    "a_long_list_goes_on_on_a_second_page": "collections/harbour/page-2/",
    "search_has_a_way_without_javascript": "search/",
    "about_says_what_is_covered": "about/",
}


@pytest.fixture(scope="module")
def made(toy_content: Loaded) -> Made:
    return made_of(make_edition(toy_content.corpus, CONFIG, SITE))


@pytest.fixture(scope="module")
def pages(made: Made) -> Mapping[str, str]:
    return made.html


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was_agreed(pages: Mapping[str, str], name: str) -> None:
    expect(GOLDEN / f"{name}.html", pages[PAGES[name]])


def test_every_golden_file_belongs_to_a_page() -> None:
    assert {path.stem for path in GOLDEN.glob("*.html")} == set(PAGES)


def test_the_home_page_of_a_site_without_issues_lists_the_latest_papers(
    toy_content: Loaded,
) -> None:
    corpus = replace(toy_content.corpus, issues=())
    home = made_of(make_edition(corpus, CONFIG, SITE)).html[""]
    links = [attributes.get("href") or "" for _, attributes in shown(home).elements]
    listed = [link.split("/")[1] for link in links if link.startswith("papers/") and link[7:]]
    assert "Latest papers" in home
    assert list(dict.fromkeys(listed)) == [
        *("ropes-and-knots", "sails-of-paper", "floating-rafts-of-logs", "rivers-remember"),
        *("the-weight-of-water", "an-anchor-without-a-date"),
    ]
    assert "week" not in home.partition("In numbers")[2].partition("</section>")[0]


def test_every_link_leads_to_a_page_and_a_place_that_exist(
    made: Made, pages: Mapping[str, str]
) -> None:
    ids = {name: _ids(html) for name, html in pages.items()}
    for name, html in pages.items():
        for tag, attributes in shown(html).elements:
            address = attributes.get("href") if tag == "a" else None
            if address and ":" not in address:
                _check_link(name, address, ids, made.files)


def _check_link(
    name: str, address: str, ids: dict[str, set[str]], files: Mapping[str, bytes]
) -> None:
    parts = urlsplit(urljoin(f"{SITE.url}{name}", address))
    target = unquote(parts.path.removeprefix(urlsplit(SITE.url).path))
    assert target in ids or target in files, f"{name}: {address}"
    assert not parts.fragment or parts.fragment in ids[target], f"{name}: {address}"


def _ids(html: str) -> set[str]:
    return {value for _, attributes in shown(html).elements if (value := attributes.get("id"))}


def test_the_data_page_leads_to_every_file_of_all_papers(
    made: Made, pages: Mapping[str, str]
) -> None:
    found = [attributes.get("href") or "" for _, attributes in shown(pages["data/"]).elements]
    linked = {urljoin("data/", address) for address in found if address}
    assert {path for path in made.files if path.startswith("data/papers")} <= linked


def test_a_list_has_its_citations_unless_it_is_an_authors(
    made: Made, pages: Mapping[str, str]
) -> None:
    for page, cited in (("weeks/2024-W52", True), ("authors/ada-example", False)):
        for file in ("papers.bib", "papers.ris"):
            assert (f"{page}/{file}" in made.files) == (file in pages[f"{page}/"]) == cited


def test_no_markup_of_ours_is_shown(pages: Mapping[str, str]) -> None:
    for name, html in pages.items():
        line = shown(html).line
        assert not re.search(r"\{ ?[.#:](?!.*onclick)", line), name
        assert "](" not in line, name
        assert " None" not in line, name


def test_no_id_stands_twice_on_a_page(pages: Mapping[str, str]) -> None:
    for name, html in pages.items():
        found = [a["id"] for _, a in shown(html).elements if a.get("id")]
        assert len(found) == len(set(found)), name


def test_every_page_has_one_title_and_no_heading_skips_a_level(pages: Mapping[str, str]) -> None:
    for name, html in pages.items():
        levels = [int(t[1]) for t in shown(html).tags if re.fullmatch(r"h[1-6]", t)]
        assert levels.count(1) == 1, name
        assert levels[0] == 1, name
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), name


def test_every_page_has_a_title_of_its_own_and_a_description_that_fits(
    made: Made,
) -> None:
    found = made.pages.values()
    assert len({page.title for page in found}) == len(found)
    for page in found:
        assert 10 <= len(page.description) <= 200, page.address


def test_a_paper_says_which_file_it_comes_from(made: Made) -> None:
    assert made.pages["papers/rivers-remember.md"].edit == "papers/rivers-remember.yml"
    assert made.pages["papers/sails-of-paper.md"].edit == "papers/bulk.jsonl"
    assert made.pages["weeks/2025-W01.md"].edit == "digests/toy-papers/2025-W01.yml"


def test_a_paper_takes_its_topics_from_the_heading_when_it_names_none(
    pages: Mapping[str, str],
) -> None:
    assert "Boats & Rafts" in shown(pages["papers/an-anchor-without-a-date/"]).line


def test_texts_of_the_corpus_are_shown_as_they_are(pages: Mapping[str, str]) -> None:
    line = shown(pages["papers/ropes-and-knots/"]).line
    assert 'Ropes & <b>Knots</b>: *Claims* of "Hold" [1] {: onclick=x }' in line
    assert "O'Neil <Junior>" in line
    assert "_Under Score_" in line


@pytest.mark.parametrize(
    "count, sizes", [(0, [0]), (1, [1]), (3, [3]), (4, [3, 1]), (6, [3, 3]), (7, [3, 3, 1])]
)
def test_a_list_is_cut_into_pages(count: int, sizes: list[int]) -> None:
    found = parts(count, 3, "topics/x/")
    assert [len(part.of(range(count))) for part in found] == sizes
    assert [number for part in found for number in part.of(range(count))] == list(range(count))
    assert (found[0].previous, found[-1].next) == (None, None)
    addresses = [part.here for part in found]
    assert addresses[:2] == ["topics/x/", "topics/x/page-2/"][: len(addresses)]
    assert [part.next for part in found[:-1]] == addresses[1:]
    assert [part.previous for part in found[1:]] == addresses[:-1]


def test_every_paper_of_a_long_list_is_on_one_of_its_pages(pages: Mapping[str, str]) -> None:
    harbour = [html for name, html in pages.items() if name.startswith("collections/harbour")]
    assert len(harbour) == 2
    found = re.findall(r'<h2>.*<a href="[^"]*/papers/([^"]+)/"', "".join(harbour))
    assert found == [
        "the-weight-of-water",
        "floating-rafts-of-logs",
        "sails-of-paper",
        "ropes-and-knots",
    ]


def test_adding_a_paper_changes_no_address(pages: Mapping[str, str], toy_site: Path) -> None:
    (toy_site / "content/papers/aaa.yml").write_text("title: Ropes and Knots Again\n")
    corpus = load_and_check(toy_site / "content", "content").corpus
    edition = make_edition(corpus, CONFIG, SITE)
    addresses = made_of(edition).html.keys()
    assert pages.keys() - addresses == set()
    assert addresses - pages.keys() == {"papers/aaa/"}


def test_the_same_content_gives_the_same_pages(
    made: Made, pages: Mapping[str, str], toy_content: Loaded
) -> None:
    again = made_of(make_edition(toy_content.corpus, CONFIG, SITE))
    assert again.files == made.files
    assert list(again.html.items()) == list(pages.items())
