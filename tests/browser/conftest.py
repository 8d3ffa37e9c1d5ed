from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import served
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
BELOW = "/some/digest"


@pytest.fixture(scope="session")
def bundled_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled content, built to be served from a path below the host's root."""
    folder = tmp_path_factory.mktemp("bundled") / "site"
    environment = {**os.environ, "SITE_URL": f"https://papers.example{BELOW}/"}
    command = [sys.executable, "-m", "broadsheet", "build", "--strict", "--site-dir", str(folder)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return folder


@pytest.fixture(scope="session")
def address(bundled_site: Path) -> Iterator[str]:
    with served(bundled_site, BELOW) as found:
        yield found


@pytest.fixture
def tab(chromium: Browser, address: str) -> Iterator[Page]:
    """A tab that fails the test on any console error and on any request to another host."""
    context = chromium.new_context()
    page = context.new_page()
    complaints: list[str] = []
    foreign: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    own = (address, "blob:")
    page.on("request", lambda r: None if r.url.startswith(own) else foreign.append(r.url))
    yield page
    context.close()
    assert not foreign, f"requests to others: {foreign}"
    assert not complaints, f"the browser complains: {complaints}"
