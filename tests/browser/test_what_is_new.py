"""The banner and the badges agree: both go by the day since which the site knows a paper."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from browsing import served
from building import build_site
from bundled_site import KINDS
from playwright.sync_api import Browser, Page, expect

LISTED = re.compile(
    r'<article class="bs-paper"(?: data-added="(?P<added>[^"]*)")?[^>]*>\s*<h\d[^>]*>'
    r'(?:<span.*?</span> )?<a href="[^"]*/papers/(?P<paper>[^"/]+)/">'
)
WORK = re.compile(
    r'<article class="bs-work" data-paper="(?P<paper>[^"]*)"(?: data-added="(?P<added>[^"]*)")?'
)
LISTS = ("home", "week", "topic", "month", "collection", "weeks", "topics")
LONG_AGO = 1_600_000_000_000


def _added(site: Path) -> dict[str, str]:
    """When each paper was added, as all pages of the site say."""
    pages = [path.read_text("utf-8") for path in sorted(site.rglob("*.html"))]
    found = {
        (paper["paper"], paper["added"] or "")
        for page in pages
        for kind in (LISTED, WORK)
        for paper in kind.finditer(page)
    }
    assert len(dict(found)) == len(found), "two pages say different days"
    return dict(found)


def _newest(site: Path) -> str:
    return str(json.loads((site / "reading/edition.json").read_text())["edition"])


def _last_seen(tab: Page, scope: str, day: str) -> None:
    """Makes each page that the tab opens the first since a visit that saw `day`."""
    visit = json.dumps(json.dumps({"seen": day, "before": "", "at": LONG_AGO}))
    tab.add_init_script(f"localStorage.setItem('broadsheet:{scope}:visit', {visit});")


def _badged(tab: Page, address: str) -> set[str]:
    """The papers with a badge on a page."""
    tab.goto(address)
    badged = tab.locator("[data-paper]:has(.bs-badge)")
    return set(badged.evaluate_all("all => all.map((paper) => paper.dataset.paper)"))


def _listed(tab: Page) -> set[str]:
    listed = tab.locator(".bs-paper[data-paper]")
    return set(listed.evaluate_all("all => all.map((paper) => paper.dataset.paper)"))


def test_a_reader_of_the_edition_before_sees_as_many_badges_as_the_banner_says(
    tab: Page, address: str, bundled_site: Path
) -> None:
    added = _added(bundled_site)
    day_before = (date.fromisoformat(_newest(bundled_site)) - timedelta(days=1)).isoformat()
    new = {paper for paper, day in added.items() if day > day_before}
    assert new
    _last_seen(tab, "/some/digest/", day_before)
    for kind in LISTS:
        badged = _badged(tab, f"{address}/{KINDS[kind]}")
        assert badged == _listed(tab) & new, kind
    tab.goto(f"{address}/")
    expect(tab.locator(".bs-new")).to_have_text(
        f"{len(new)} new papers since your last visit on 13 September 2020"
    )
    for page in ("topics/", "weeks/"):
        tab.goto(f"{address}/{page}")
        expect(tab.locator(".bs-badge")).to_have_count(tab.locator("[data-added]").count())


def test_a_reader_of_the_newest_edition_sees_no_badge_and_that_nothing_is_new(
    tab: Page, address: str, bundled_site: Path
) -> None:
    _last_seen(tab, "/some/digest/", _newest(bundled_site))
    for kind in LISTS:
        assert not _badged(tab, f"{address}/{KINDS[kind]}")
        expect(tab.locator(".bs-badge")).to_have_count(0)
    tab.goto(f"{address}/")
    expect(tab.locator(".bs-new")).to_have_text(
        "Nothing new since your last visit on 13 September 2020"
    )


@pytest.fixture
def toys(
    toy_site: Path, with_fonts: Callable[[Path], Path], tmp_path: Path
) -> Iterator[tuple[Path, str]]:
    """The toy site, whose papers were added on several days, and its address."""
    site = tmp_path / "built"
    build_site(with_fonts(toy_site), site_dir=site)
    with served(site) as address:
        yield site, address


def test_every_edition_that_a_reader_may_have_seen_leaves_its_own_papers_new(
    chromium: Browser, toys: tuple[Path, str]
) -> None:
    site, address = toys
    added = _added(site)
    days = sorted({day for day in added.values() if day})
    assert len(days) > 1
    months = sorted(path.parent.relative_to(site) for path in site.glob("archive/*/index.html"))
    for day in days:
        new = {paper for paper, its_day in added.items() if its_day > day}
        tab = chromium.new_context(service_workers="block").new_page()
        _last_seen(tab, "/", day)
        pages = [f"{address}/{month}/" for month in months]
        assert set().union(*(_badged(tab, page) for page in pages)) == new
        tab.goto(f"{address}/")
        said = f"{len(new)} new paper" if new else "Nothing new"
        expect(tab.locator(".bs-new")).to_contain_text(said)
        tab.context.close()
