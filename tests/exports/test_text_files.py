from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from made import made_of
from markdown_it import MarkdownIt
from toy import EDITION, PAPERS, SITE

from broadsheet.base.addresses import twin_url
from broadsheet.base.errors import BroadsheetError
from broadsheet.content.model import Place
from broadsheet.content.settings import Settings
from broadsheet.outputs.datasets.selection import FORMATS, Selection, export, selected
from broadsheet.outputs.sitemap import page_days, sitemap_files

# The file of each issue, paper, topic and collection doesn't matter here.
PLACES: defaultdict[tuple[str, str], Place] = defaultdict(lambda: Place("content.yml"))
TWINS = made_of(replace(EDITION, settings=Settings(papers_per_page=2), places=PLACES)).twins
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_the_twin_of_a_long_list_leads_to_the_twin_of_its_next_page() -> None:
    first = TWINS["topics/boats/"]
    assert first.startswith("# Boats & Rafts\n\nWhat floats on water.\n\n- [")
    assert first.endswith(f"\n\n[Next page]({SITE.url}topics/boats/page-2/index.md)\n")
    second = TWINS["topics/boats/page-2/"]
    assert second.startswith("# Boats & Rafts, page 2\n\n- [")
    assert "What floats" not in second
    last = TWINS[max(name for name in TWINS if name.startswith("topics/boats/page"))]
    assert "Next page" not in last


@pytest.mark.parametrize("path", TWINS)
def test_a_rendered_twin_holds_no_html_of_strangers_and_only_web_links(path: str) -> None:
    tokens = MarkdownIt().parse(TWINS[path])
    inner = [child for token in tokens for child in token.children or []]
    assert not [token for token in (*tokens, *inner) if token.type.startswith("html")]
    links = [str(child.attrs["href"]) for child in inner if child.type == "link_open"]
    assert all(link.startswith("https://") for link in links)


def test_the_twin_of_a_week_has_its_sections_numbers_and_texts() -> None:
    text = TWINS["weeks/2024-W12/"]
    assert text.startswith("# Toy papers of 18 to 24 March 2024\n\n2024-03-18 to 2024-03-24\n")
    assert "## Boats & Rafts\n\n### 1.1 [RAFT: Boats" in text
    assert "\n- of logs\n- of hope\n" in text


def test_llms_txt_leads_to_twins_that_exist() -> None:
    tokens = MarkdownIt().parse(TWINS[""])
    assert tokens[0].tag == "h1"
    links = [
        str(child.attrs["href"]).removeprefix(SITE.url)
        for token in tokens
        for child in token.children or []
        if child.type == "link_open"
    ]
    twins = [link for link in links if link.endswith(".md")]
    assert len(twins) == 6
    assert set(twins) <= set(map(twin_url, TWINS))


def test_the_site_map_dates_pages_by_their_content() -> None:
    days = page_days(EDITION)
    files = sitemap_files([*days, "about/", "papers/no-authors-no-date/"], days, SITE)
    assert files["robots.txt"].decode().endswith(f"Sitemap: {SITE.url}sitemap.xml\n")
    found = {
        place.findtext(f"{NAMESPACE}loc"): place.findtext(f"{NAMESPACE}lastmod")
        for place in ET.fromstring(files["sitemap.xml"])
    }
    assert found[f"{SITE.url}papers/raft-boats-that-float/"] == "2024-06-01"
    assert found[f"{SITE.url}weeks/2024-W18/"] == "2024-05-05"
    assert found[f"{SITE.url}papers/no-authors-no-date/"] is None
    assert found[f"{SITE.url}about/"] is None
    assert found[f"{SITE.url}"] == "2024-06-01"


def test_a_large_site_map_is_an_index_of_parts() -> None:
    pages = [f"papers/{n}/" for n in range(7)]
    days = {"papers/3/": date(2024, 1, 2), "papers/0/": date(2023, 1, 1)}
    files = sitemap_files(pages, days, SITE, limit=3)
    index = ET.fromstring(files["sitemap.xml"])
    names = [place.findtext(f"{NAMESPACE}loc", "").removeprefix(SITE.url) for place in index]
    assert names == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    places = [p for name in names for p in ET.fromstring(files[name]).iter(f"{NAMESPACE}loc")]
    assert [place.text for place in places] == [f"{SITE.url}{page}" for page in pages]
    assert [place.findtext(f"{NAMESPACE}lastmod") for place in index] == [
        "2023-01-01",
        "2024-01-02",
        None,
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_exports_a_part(form: str) -> None:
    whole = export(form, EDITION)
    part = export(form, EDITION, Selection(week="2024-W18"))
    assert 0 < len(part) <= len(whole)


def test_a_part_has_the_same_keys_as_the_whole() -> None:
    part = export("bibtex", EDITION, Selection(week="2024-W18")).decode()
    assert "{zhang-etal-2024-raft-2405-00001," in part
    assert part.count("\n@") + 1 == 2


def test_selections_narrow_each_other() -> None:
    chosen = selected(EDITION, Selection(topic="rivers", collection="floating"))
    assert list(chosen.papers) == [PAPERS[0].slug]
    assert [len(issue.entries()) for issue in chosen.issues] == [1]
    assert [len(collection.entries) for collection in chosen.collections] == [1]


@pytest.mark.parametrize(
    ("form", "selection", "message"),
    [
        ("bibtx", Selection(), "there is no format 'bibtx' (did you mean 'bibtex'?)"),
        ("csv", Selection(topic="boat"), "there is no topic 'boat' (did you mean 'boats'?)"),
        (
            "csv",
            Selection(week="2024-W1"),
            "there is no week '2024-W1' (did you mean '2024-W18'?)",
        ),
        (
            "csv",
            Selection(collection="x"),
            "there is no collection 'x' (expected one of: floating)",
        ),
    ],
)
def test_what_is_unknown_is_refused_with_the_nearest(
    form: str, selection: Selection, message: str
) -> None:
    with pytest.raises(BroadsheetError) as caught:
        export(form, EDITION, selection)
    assert str(caught.value) == f"export: {message}"
