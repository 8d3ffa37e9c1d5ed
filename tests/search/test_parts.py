"""The browser requests parts of files, and finds the same on hosts that send none or wrong ones."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from ranges import SendsParts
from samples import BY_HAND, mixed
from small_site import Quiet, served, write_site

QUERY = '"attention is what"'


class Host(Quiet, SendsParts):
    pass


class OnlyWholeFiles(Quiet):
    pass


class EmptyParts(Quiet, SendsParts):
    """Announces a part and sends none, as a proxy does that compresses files on its own."""

    def copyfile(self, source: Any, outputfile: Any) -> None:
        if not self.headers.get("Range"):
            super().copyfile(source, outputfile)

    def send_header(self, keyword: str, value: str) -> None:
        is_length = keyword == "Content-Length" and self.headers.get("Range")
        super().send_header(keyword, "0" if is_length else value)


class RefusesParts(Quiet):
    def do_GET(self) -> None:
        if self.headers.get("Range"):
            self.send_error(416)
        else:
            super().do_GET()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parts")
    write_site(folder, (*BY_HAND, *mixed(200)))
    return folder


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("host", [Host, OnlyWholeFiles, EmptyParts, RefusesParts])
def test_all_hosts_find_the_same(site: Path, tab: Page, host: type[Quiet]) -> None:
    with served(site, host) as address:
        tab.goto(f"{address}/search/?q={QUERY}")
        expect(tab.locator(".bs-find__found > ol h2")).to_contain_text(["Gentle"])
        tab.locator("#bs-find-input").fill("retreival gpt4")
        expect(tab.locator(".bs-find__found > ol h2").nth(9)).to_be_visible()


def test_only_parts_of_files_are_loaded(site: Path, tab: Page) -> None:
    parts: list[str] = []
    whole: list[str] = []
    kinds = ("/results/", "/texts/", "/terms/")
    tab.on(
        "request",
        lambda request: (
            (parts if "range" in request.headers else whole).append(request.url)
            if any(kind in request.url for kind in kinds)
            else None
        ),
    )
    with served(site, Host) as address:
        tab.goto(f"{address}/search/?q={QUERY}")
        expect(tab.locator(".bs-find__found > ol h2")).to_contain_text(["Gentle"])
    assert {kind for kind in kinds if any(kind in url for url in parts)} == set(kinds)
    assert whole == []
    assert len(parts) == len(set(parts))


def test_a_host_that_sends_whole_files_sends_each_once_from_then_on(site: Path, tab: Page) -> None:
    with served(site, OnlyWholeFiles) as address:
        tab.goto(f"{address}/search/?q=gentle")
        expect(tab.locator(".bs-find__found > ol h2").first).to_contain_text("Gentle")
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.locator("#bs-find-input").fill("year:2023")
        expect(tab.locator(".bs-find__found > ol h2").nth(9)).to_be_visible()
    assert not [url for url in asked if "?" in url]
    assert len(asked) == len(set(asked))
