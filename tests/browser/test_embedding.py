"""Another site shows papers as the documentation says."""

from __future__ import annotations

import re
from pathlib import Path

from building import build_site
from playwright.sync_api import Browser, Route, expect

from broadsheet.outputs.security import headers_file

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "embed.md"
DIGEST = "https://toys.example/digest/"
CROSS_ORIGIN = {"Access-Control-Allow-Origin": "*"}


def test_the_guides_example_lists_the_papers_of_the_latest_week(
    chromium: Browser, toy_site: Path
) -> None:
    build_site(toy_site)
    (example,) = re.findall(r"```html\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    own = example.replace("https://example.org/digest/", DIGEST)

    def answer(route: Route) -> None:
        path = toy_site / "site" / route.request.url.removeprefix(DIGEST)
        route.fulfill(path=path, headers=CROSS_ORIGIN)

    tab = chromium.new_page()
    tab.route(f"{DIGEST}**", answer)
    tab.route(
        "https://other.example/", lambda route: route.fulfill(body=own, content_type="text/html")
    )
    tab.goto("https://other.example/")
    links = tab.locator("#papers a")
    expect(links.first).to_be_visible()
    addresses = [str(link.get_attribute("href")) for link in links.all()]
    pages = [
        toy_site / "site" / address.removeprefix(DIGEST) / "index.html" for address in addresses
    ]
    assert len(pages) > 1
    assert [page for page in pages if not page.exists()] == []


def test_hosts_are_told_that_other_sites_may_read_data_but_not_pages() -> None:
    (text,) = headers_file().values()
    blocks = {block.splitlines()[0]: block for block in re.split(r"\n(?=/)", text.decode())}
    allowed = [path for path, block in blocks.items() if "Access-Control-Allow-Origin: *" in block]
    assert allowed == ["/api/*", "/data/*", "/feeds/*"]
