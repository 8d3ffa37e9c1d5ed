"""What a built site offers programs, read from its files."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import lxml.html
from building import build_site

HOME = "https://toys.example/digest/"
IDS = re.compile(r"<id>([^<]+)</id>")


def _pages(site: Path) -> list[Path]:
    """Every page except redirects."""
    return [
        page
        for page in site.rglob("index.html")
        if b'http-equiv="refresh"' not in page.read_bytes()
    ]


def test_every_page_has_a_policy_also_one_that_only_redirects(built: Path) -> None:
    pages = list(built.rglob("*.html"))
    assert len(pages) > len(_pages(built))
    for page in pages:
        assert 'http-equiv="Content-Security-Policy" content="default-src ' in page.read_text()


def test_every_page_has_a_markdown_twin_and_says_where(built: Path) -> None:
    pages = _pages(built)
    assert len(pages) > 20
    for page in pages:
        twin = page.with_suffix(".md")
        assert twin.read_text("utf-8").startswith("# ")
        head = lxml.html.parse(page).find("head")
        links = head.xpath("link[@rel='alternate'][@type='text/markdown']/@href")
        assert links == [twin.name]


def test_no_source_map_of_material_is_published(built: Path) -> None:
    assert list(built.rglob("*.js"))
    assert not list(built.rglob("*.map"))


def test_a_page_written_by_hand_has_a_twin_too(built: Path) -> None:
    assert (built / "harbour-rules" / "index.md").read_text("utf-8") == (
        f"# Harbour rules\n\nWritten by hand. See the [home page]({HOME}index.md).\n"
    )


def test_the_head_of_a_page_written_by_hand_says_what_those_of_others_say(built: Path) -> None:
    head = lxml.html.parse(built / "harbour-rules" / "index.html").find("head")
    assert head.xpath("meta[@property='og:title']/@content") == ["Harbour rules"]
    assert head.xpath("meta[@property='og:url']/@content") == [f"{HOME}harbour-rules/"]
    assert head.xpath("link[@type='application/atom+xml']/@href") == [f"{HOME}feeds/all.xml"]
    documents = [json.loads(text) for text in head.xpath("script[contains(@type, 'ld')]/text()")]
    assert [document["@type"] for document in documents] == ["BreadcrumbList"]


def test_a_paper_costs_three_files(built: Path) -> None:
    slugs = [path.stem for path in (built / "api" / "v1" / "papers").glob("*.json")]
    assert slugs
    for slug in slugs:
        folder = built / "papers" / slug
        assert sorted(path.name for path in folder.iterdir()) == ["index.html", "index.md"]


def test_the_manifest_has_the_hash_and_size_of_every_file_for_programs(built: Path) -> None:
    manifest = json.loads((built / "api" / "v1" / "manifest.json").read_bytes())
    served = {
        path.relative_to(built).as_posix()
        for folder in ("api", "data")
        for path in (built / folder).rglob("*")
        if path.is_file() and path.stem != "index"
    }
    assert served - {"api/v1/manifest.json"} <= set(manifest["files"])
    assert {"data/papers.db", "data/papers.csv"} < set(manifest["files"])
    for path, file in manifest["files"].items():
        content = (built / path).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (
            file["sha256"],
            file["bytes"],
        )


def test_a_site_that_moves_keeps_the_ids_of_its_feeds(
    built: Path, toy_site: Path, with_fonts: Callable[[Path], Path]
) -> None:
    def ids(site: Path) -> dict[str, list[str]]:
        return {
            path.relative_to(site).as_posix(): IDS.findall(path.read_text("utf-8"))
            for path in site.rglob("*.xml")
            if path.name in ("feed.xml", "all.xml")
        }

    settings = toy_site / "mkdocs.yml"
    old = "https://toys.example/digest"
    text = settings.read_text("utf-8").replace(old, "https://elsewhere.example")
    settings.write_text(f"{text}    identity: {old}\n", "utf-8")
    build_site(with_fonts(toy_site))
    moved = ids(toy_site / "site")
    assert len(moved) == 5
    assert moved == ids(built)
    assert "elsewhere.example" in (toy_site / "site/feeds/all.xml").read_text("utf-8")
