from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import served, tab_in
from building import made_once, run_build
from playwright.sync_api import BrowserContext, Page

ROOT = Path(__file__).parents[2]
BELOW = "/some/digest"


@pytest.fixture(scope="session")
def bundled_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled content, built to be served from a path below the host's root."""

    def build(folder: Path) -> None:
        url = f"https://papers.example{BELOW}/"
        done = run_build(ROOT, "--strict", "--site-dir", str(folder), SITE_URL=url)
        assert (done.returncode, done.stderr) == (0, "")

    return made_once(tmp_path_factory, "bundled-site", build)


@pytest.fixture(scope="session")
def address(bundled_site: Path) -> Iterator[str]:
    with served(bundled_site, BELOW) as found:
        yield found


@pytest.fixture
def tab(quiet_window: BrowserContext, address: str) -> Iterator[Page]:
    """A tab that fails the test on any console error and on any request to another host."""
    complaints: list[str] = []
    foreign: list[str] = []
    own = (address, "blob:")
    with tab_in(quiet_window) as page:
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda r: None if r.url.startswith(own) else foreign.append(r.url))
        yield page
        # Before it leaves: a page that is left complains about what it was loading.
        assert not foreign, f"requests to others: {foreign}"
        assert not complaints, f"the browser complains: {complaints}"


@pytest.fixture
def quiet_tab(quiet_window: BrowserContext) -> Iterator[Page]:
    """A tab without a service worker."""
    with tab_in(quiet_window) as page:
        yield page
