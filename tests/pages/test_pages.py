"""The Markdown of a small corpus: a golden file per kind of page, and rules for all pages.

After an intended change, run ``BROADSHEET_WRITE_GOLDEN=1 pytest tests/pages`` and review the diff.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from folders import expect
from shown import shown
from toy import BRAND

from broadsheet.base.addresses import Site
from broadsheet.content.check import load_and_check
from broadsheet.content.load import Loaded
from broadsheet.content.settings import Settings
from broadsheet.edition import make_edition
from broadsheet.outputs.pages.parts import parts
from broadsheet.outputs.pages.render import renderer
from broadsheet.outputs.templates import templates_folder
from broadsheet.site.generate import Generated, generate

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
    "home_leads_with_the_newest_week": "index.md",
    "weeks_are_listed_newest_first_by_iso_year": "weeks/index.md",
    "a_week_has_its_sections_and_printed_texts": "weeks/2024-W52.md",
    "a_week_across_the_year_belongs_to_its_iso_year": "weeks/2025-W01.md",
    "topics_are_listed_by_name": "topics/index.md",
    "a_topic_has_its_papers_newest_first": "topics/boats.md",
    "papers_are_listed_by_year_and_month": "papers/index.md",
    "a_month_has_its_papers": "archive/2024-12.md",
    "papers_without_a_date_have_a_page_of_their_own": "archive/undated.md",
    "papers_of_which_only_the_year_is_known_have_a_page": "archive/2023.md",
    "a_paper_with_everything": "papers/floating-rafts-of-logs.md",
    "a_paper_with_marks_in_its_title_and_names": "papers/ropes-and-knots.md",
    "a_paper_with_a_title_and_a_year_only": "papers/the-weight-of-water.md",
    "a_paper_without_authors_and_date": "papers/an-anchor-without-a-date.md",
    "a_paper_of_a_bulk_file": "papers/sails-of-paper.md",
    "collections_are_listed": "collections/index.md",
    "a_collection_keeps_the_order_of_its_source": "collections/harbour.md",
    "a_long_list_goes_on_on_a_second_page": "collections/harbour/page-2.md",
    "search_has_a_way_without_javascript": "search.md",
    "about_says_what_is_covered": "about.md",
}


@pytest.fixture(scope="module")
def made(toy_content: Loaded) -> Generated:
    render = renderer(templates_folder())
    return generate(make_edition(toy_content.corpus, CONFIG, SITE), render, lambda _: None)


@pytest.fixture(scope="module")
def docs(made: Generated) -> dict[str, str]:
    return {name: content.decode() for name, content in made.docs.items()}


def _body(source: str) -> str:
    return source.split("---\n", 2)[2]


def _front(source: str) -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load(source.split("---\n", 2)[1])
    return found


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was_agreed(docs: dict[str, str], name: str) -> None:
    expect(GOLDEN / f"{name}.md", docs[PAGES[name]])


def test_every_golden_file_belongs_to_a_page() -> None:
    assert {path.stem for path in GOLDEN.glob("*.md")} == set(PAGES)


def test_every_link_leads_to_a_page_and_a_place_that_exist(
    made: Generated, docs: dict[str, str]
) -> None:
    ids = {name: _ids(_body(source)) for name, source in docs.items()}
    for name, source in docs.items():
        for tag, attributes in shown(_body(source)).elements:
            address = attributes.get("href") if tag == "a" else None
            if address and ":" not in address and ".md" in address + "#":
                _check_link(name, address, ids, made.beside)


def _check_link(
    name: str, address: str, ids: dict[str, set[str]], beside: Mapping[str, bytes]
) -> None:
    path, _, place = address.partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
    if path and (not path.endswith(".md") or target in beside):
        return  # a finished file, not a page
    assert target in ids, f"{name}: {address}"
    assert not place or place in ids[target], f"{name}: {address}"


def _ids(body: str) -> set[str]:
    return {value for _, attributes in shown(body).elements if (value := attributes.get("id"))}


def test_the_data_page_leads_to_every_file_of_all_papers(
    made: Generated, docs: dict[str, str]
) -> None:
    found = [
        attributes.get("href", "") for _, attributes in shown(_body(docs["data/index.md"])).elements
    ]
    linked = {posixpath.normpath(f"data/{address}") for address in found if address}
    assert {path for path in made.beside if path.startswith("data/papers")} <= linked
    assert linked - set(docs) <= set(made.beside)


def test_a_list_has_its_citations_unless_it_is_an_authors(
    made: Generated, docs: dict[str, str]
) -> None:
    for page, cited in (("weeks/2024-W52", True), ("authors/ada-example", False)):
        for file in ("papers.bib", "papers.apa.txt"):
            assert (f"{page}/{file}" in made.beside) == (file in docs[f"{page}.md"]) == cited


def test_no_markup_of_ours_is_shown(docs: dict[str, str]) -> None:
    for name, source in docs.items():
        line = shown(_body(source)).line
        assert not re.search(r"\{ ?[.#:](?!.*onclick)", line), name
        assert "](" not in line, name
        assert " None" not in line, name


def test_no_id_stands_twice_on_a_page(docs: dict[str, str]) -> None:
    for name, source in docs.items():
        found = [a["id"] for _, a in shown(_body(source)).elements if a.get("id")]
        assert len(found) == len(set(found)), name


def test_every_page_has_one_title_and_no_heading_skips_a_level(docs: dict[str, str]) -> None:
    for name, source in docs.items():
        levels = [int(t[1]) for t in shown(_body(source)).tags if re.fullmatch(r"h[1-6]", t)]
        assert levels.count(1) == 1, name
        assert levels[0] == 1, name
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), name


def test_every_page_has_a_title_of_its_own_and_a_description_that_fits(
    docs: dict[str, str],
) -> None:
    titles = [_front(source)["title"] for source in docs.values()]
    assert len(titles) == len(set(titles))
    for name, source in docs.items():
        assert 10 <= len(_front(source)["description"]) <= 200, name


def test_a_paper_says_which_file_it_comes_from(docs: dict[str, str]) -> None:
    assert _front(docs["papers/rivers-remember.md"])["content"] == "papers/rivers-remember.yml"
    assert _front(docs["papers/sails-of-paper.md"])["content"] == "papers/bulk.jsonl"
    assert _front(docs["weeks/2025-W01.md"])["content"] == "digests/toy-papers/2025-W01.yml"


def test_a_paper_takes_its_topics_from_the_heading_when_it_names_none(docs: dict[str, str]) -> None:
    assert "Boats & Rafts" in shown(_body(docs["papers/an-anchor-without-a-date.md"])).line


def test_texts_of_the_corpus_are_shown_as_they_are(docs: dict[str, str]) -> None:
    line = shown(_body(docs["papers/ropes-and-knots.md"])).line
    assert 'Ropes & <b>Knots</b>: *Claims* of "Hold" [1] {: onclick=x }' in line
    assert "O'Neil <Junior>" in line
    assert "_Under Score_" in line


@pytest.mark.parametrize(
    "count, sizes", [(0, [0]), (1, [1]), (3, [3]), (4, [3, 1]), (6, [3, 3]), (7, [3, 3, 1])]
)
def test_a_list_is_cut_into_pages(count: int, sizes: list[int]) -> None:
    found = parts(list(range(count)), 3, "topics/x/")
    assert [len(shown_) for _, shown_ in found] == sizes
    assert [number for _, part in found for number in part] == list(range(count))
    first, last = found[0][0], found[-1][0]
    assert (first.previous, last.next) == (None, None)
    addresses = [part.address(part.number) for part, _ in found]
    assert addresses[:2] == ["topics/x/", "topics/x/page-2/"][: len(addresses)]
    assert [part.next for part, _ in found[:-1]] == addresses[1:]
    assert [part.previous for part, _ in found[1:]] == addresses[:-1]


def test_every_paper_of_a_long_list_is_on_one_of_its_pages(docs: dict[str, str]) -> None:
    pages = [source for name, source in docs.items() if name.startswith("collections/harbour")]
    assert len(pages) == 2
    found = re.findall(r'data-paper="([^"]+)"', "".join(pages))
    assert found == [
        "the-weight-of-water",
        "floating-rafts-of-logs",
        "sails-of-paper",
        "ropes-and-knots",
    ]


def test_adding_a_paper_changes_no_address(docs: dict[str, str], toy_site: Path) -> None:
    (toy_site / "content/papers/aaa.yml").write_text("title: Ropes and Knots Again\n")
    corpus = load_and_check(toy_site / "content", "content").corpus
    edition = make_edition(corpus, CONFIG, SITE)
    made = generate(edition, renderer(templates_folder()), lambda _: None)
    assert docs.keys() - made.docs.keys() == set()
    assert made.docs.keys() - docs.keys() == {"papers/aaa.md"}


def test_the_same_content_gives_the_same_pages(docs: dict[str, str], toy_content: Loaded) -> None:
    render = renderer(templates_folder())
    edition = make_edition(toy_content.corpus, CONFIG, SITE)
    again = generate(edition, render, lambda _: None).docs
    assert {name: content.decode() for name, content in again.items()} == docs
    assert list(again) == list(docs)
