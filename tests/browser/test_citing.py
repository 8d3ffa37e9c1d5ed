"""A paper's page offers its citation in every format, to copy or download."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rispy
from playwright.sync_api import Page, expect
from pybtex.database import parse_string

PAPER = "papers/raft-adapting-language-model-to-domain-specific-rag/"


def _open(tab: Page, address: str) -> None:
    """Opens the citations of a paper."""
    tab.goto(f"{address}/{PAPER}")
    tab.locator("summary", has_text="Cite").click()


def _downloaded(tab: Page, address: str, form: str) -> tuple[str, str]:
    _open(tab, address)
    with tab.expect_download() as download:
        tab.get_by_role("button", name=form, exact=True).click()
    text = Path(download.value.path()).read_text("utf-8")
    return download.value.suggested_filename, text


def test_a_citation_is_downloaded_as_bibtex(tab: Page, address: str) -> None:
    name, text = _downloaded(tab, address, "BibTeX")
    assert name == "zhang-etal-2024-raft.bib"
    assert list(parse_string(text, "bibtex").entries) == ["zhang-etal-2024-raft"]


def test_a_citation_is_downloaded_as_ris(tab: Page, address: str) -> None:
    name, text = _downloaded(tab, address, "RIS")
    assert name == "zhang-etal-2024-raft.ris"
    assert len(rispy.loads(text)[0]["authors"]) == 7


def test_a_citation_is_downloaded_as_csl_json(tab: Page, address: str) -> None:
    name, text = _downloaded(tab, address, "CSL-JSON")
    assert name == "zhang-etal-2024-raft.csl.json"
    assert [reference["id"] for reference in json.loads(text)] == ["zhang-etal-2024-raft"]


@pytest.mark.parametrize(("style", "begins"), [("APA", "Zhang, T., "), ("IEEE", "T. Zhang et al.")])
def test_a_reference_is_copied_in_each_style(
    tab: Page, address: str, style: str, begins: str
) -> None:
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    _open(tab, address)
    tab.get_by_role("button", name=f"Copy {style}").click()
    expect(tab.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert tab.evaluate("navigator.clipboard.readText()").startswith(begins)


@pytest.mark.parametrize("page", ["weeks/2024-W12/", "topics/retrieval/", "collections/trending/"])
def test_the_citations_of_a_list_are_copied_and_downloaded(
    tab: Page, address: str, page: str
) -> None:
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto(f"{address}/{page}")
    tab.get_by_role("button", name="Copy BibTeX").click()
    expect(tab.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = parse_string(tab.evaluate("navigator.clipboard.readText()"), "bibtex")
    with tab.expect_download() as download:
        tab.get_by_role("link", name="RIS", exact=True).click()
    read = rispy.loads(Path(download.value.path()).read_text("utf-8"))
    assert [entry["id"] for entry in read] == list(copied.entries)


def test_without_an_answer_the_reader_is_told(tab: Page, address: str) -> None:
    _open(tab, address)
    tab.locator(".bs-downloads a").evaluate("link => { link.href = location.href; }")
    tab.get_by_role("button", name="RIS", exact=True).click()
    expect(tab.get_by_role("status").filter(has_text="can’t be loaded")).to_be_visible()


def test_buttons_that_come_move_nothing(tab: Page, address: str) -> None:
    tab.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => list.getEntries().forEach((entry) =>"
        " { if (!entry.hadRecentInput) window.moved += entry.value; }))"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    _open(tab, address)
    expect(tab.get_by_role("button", name="RIS", exact=True)).to_be_visible()
    assert tab.evaluate("window.moved") == 0


def test_the_json_of_a_paper_is_downloaded(tab: Page, address: str) -> None:
    _open(tab, address)
    with tab.expect_download() as download:
        tab.get_by_role("link", name="JSON", exact=True).click()
    assert download.value.suggested_filename.endswith(".json")


def test_an_address_that_names_the_citations_opens_them(tab: Page, address: str) -> None:
    tab.goto(f"{address}/{PAPER}#cite")
    expect(tab.locator(".bs-reference").first).to_be_visible()
