"""Shared by browser tests: a server for a folder, and the system's Chromium."""

from __future__ import annotations

import functools
import http.server
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

import chromium
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright
from ranges import SendsParts
from waiting import PATIENCE

NOTE_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
});
"""

# A tab goes to only one or two other pages by itself.
_TRIES = 5


class _Handler(SendsParts):
    """Serves a folder under a path below the root."""

    below = ""
    headers_to_add: ClassVar[Mapping[str, str]] = {}

    def end_headers(self) -> None:
        for name, value in self.headers_to_add.items():
            self.send_header(name, value)
        super().end_headers()

    def translate_path(self, path: str) -> str:
        clean = path.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0]
        if not clean.startswith(self.below + "/"):
            return super().translate_path("/is-not-there")
        return super().translate_path(path[len(self.below) :])

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != http.HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Logs nothing."""


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves a page drops its requests; anything else is a mistake of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(
    folder: Path, below: str = "", headers: Mapping[str, str] = MappingProxyType({})
) -> Iterator[str]:
    """Serves `folder` under the path `below`, with `headers` in every response.

    Yields the address, without a slash at its end.
    """
    handler = type("Handler", (_Handler,), {"below": below, "headers_to_add": headers})
    with _Server(("127.0.0.1", 0), functools.partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{below}"
        server.shutdown()


@contextmanager
def browser() -> Iterator[Browser]:
    """Starts Chromium. Fails the tests, rather than skip them, if it's missing."""
    expect.set_options(timeout=PATIENCE * 1000)
    path = chromium.find()
    assert path, "no Chromium: run `python tests/chromium.py`"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)


@contextmanager
def tab_in(window: BrowserContext) -> Iterator[Page]:
    """Opens a tab, and closes it before whatever it asks is closed.

    Chromium may lose a tab that is closed while it goes to another page, and never say that it's
    closed. So the tab goes to an empty page first, which ends whatever is under way.
    """
    with window.new_page() as tab:
        try:
            yield tab
        finally:
            _leave(tab)


def _leave(tab: Page) -> None:
    """Goes to an empty page, again if the tab was about to go elsewhere."""
    for _ in range(_TRIES):
        with suppress(Error):
            if not tab.is_closed():
                tab.goto("about:blank")
            return
