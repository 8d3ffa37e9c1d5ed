"""Measuring what a browser loads, and how long readers wait, in Chromium."""

from __future__ import annotations

import functools
import http.server
import os
import re
import shutil
import statistics
import threading
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from oracle import SendsParts
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


class _Handler(SendsParts, http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    latency = 0.0

    def do_GET(self) -> None:
        time.sleep(self.latency)
        super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Prints nothing."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Ignores closed connections: some readers leave before everything is loaded."""


@contextmanager
def served(folder: Path, latency: float = 0.0) -> Iterator[str]:
    """Serves a folder and yields its URL.

    If `latency`, in seconds, is longer than any computation, the order of requests shows which of
    them waited for others.
    """
    handler = type("Handler", (_Handler,), {"latency": latency})
    make = functools.partial(handler, directory=str(folder))
    with _Server(("127.0.0.1", 0), make) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)


@functools.cache
def sent_bytes(path: Path, part: str = "") -> int:
    """Returns the size of a file, compressed if that makes it smaller, as most hosts send it.

    That of a part, such as "bytes=0-63", is the number of its bytes.
    """
    if numbers := re.findall(r"\d+", part):
        return int(numbers[1]) - int(numbers[0]) + 1
    content = path.read_bytes()
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return min(len(content), len(packer.compress(content) + packer.flush()))


@dataclass
class Loaded:
    """The requests of a page: their paths and ranges of bytes, and when they started and ended."""

    spans: list[tuple[tuple[str, str], float, float]]

    def bytes(self, folder: Path) -> int:
        return sum(sent_bytes(folder / path, part) for (path, part), _, _ in self.spans)

    def asked_for(self, part: str) -> bool:
        """Whether a path that contains `part` was requested."""
        return any(part in path for (path, _), _, _ in self.spans)

    def depth(self) -> int:
        """Returns the largest number of requests that had to wait for each other."""
        depths: list[tuple[float, int]] = []
        for _, begin, end in sorted(self.spans, key=lambda span: span[1]):
            before = [depth for done, depth in depths if done <= begin]
            depths.append((end, 1 + max(before, default=0)))
        return max((depth for _, depth in depths), default=0)


def watch(context: BrowserContext) -> Loaded:
    """Records all requests of a context from now on, except for pages and drivers."""
    loaded = Loaded([])
    begun: dict[Request, float] = {}

    def begin(request: Request) -> None:
        begun[request] = time.monotonic()

    def end(request: Request) -> None:
        path = request.url.split("/", 3)[3].split("?")[0]
        if not path.endswith(("index.html", "driver.js", "/")):
            asked = path, request.headers.get("range", "")
            loaded.spans.append((asked, begun[request], time.monotonic()))

    context.on("request", begin)
    context.on("requestfinished", end)
    return loaded


@contextmanager
def new_reader(browser: Browser) -> Iterator[tuple[Page, Loaded]]:
    """Yields a new tab with an empty cache."""
    context = browser.new_context(service_workers="block")  # it loads what later visits need
    page = context.new_page()
    page.set_default_timeout(600_000)
    yield page, watch(context)
    context.close()


def cold_query(browser: Browser, base: str, text: str) -> Loaded:
    """Returns the requests of a first search."""
    with new_reader(browser) as (page, loaded):
        page.goto(f"{base}/index.html")
        page.evaluate("text => search_for(text)", text)
        return Loaded(list(loaded.spans))


def cold_page(browser: Browser, base: str, text: str) -> Loaded:
    """Returns the requests of a first visit to our page /search/ until it shows results."""
    with new_reader(browser) as (page, loaded):
        page.goto(f"{base}/search/index.html?q={quote(text)}")
        page.wait_for_function("document.querySelector('.bs-find__found h2')", polling=5)
        return Loaded(list(loaded.spans))


def further_query(browser: Browser, base: str, folder: Path, first: str, text: str) -> int:
    """Returns the bytes that a second search loads after a first one."""
    with new_reader(browser) as (page, loaded):
        page.goto(f"{base}/index.html")
        page.evaluate("text => search_for(text)", first)
        before = {asked for asked, _, _ in loaded.spans}
        page.evaluate("text => search_for(text)", text)
        page.wait_for_timeout(20)
        new = {asked for asked, _, _ in loaded.spans} - before
    return sum(sent_bytes(folder / path, part) for path, part in new)


_TIME = """async (text) => {
  const start = performance.now();
  const found = await search_for(text);
  return [performance.now() - start, found];
}"""


def timed(page: Page, texts: Sequence[str]) -> tuple[list[float], list[list[str]]]:
    """Returns the milliseconds and results of each query."""
    answers = [page.evaluate(_TIME, text) for text in texts]
    return [answer[0] for answer in answers], [answer[1] for answer in answers]


_KEYS = """() => {
  const input = document.querySelector("#bs-search-input");
  const list = document.querySelector("#bs-search-list");
  window.times = [];
  let since = 0;
  input.addEventListener("input", () => { since = performance.now(); }, true);
  new MutationObserver(() => {
    if (since) window.times.push(performance.now() - since);
    since = 0;
  }).observe(list, { childList: true });
}"""


def key_times(page: Page, texts: Sequence[str]) -> list[float]:
    """Returns the milliseconds from each key in the search box to its results.

    All texts are typed once before, so that their files are cached.
    """
    _type(page, texts)
    page.evaluate(_KEYS)
    _type(page, texts, waits=True)
    return [float(one) for one in page.evaluate("times")]


def _type(page: Page, texts: Sequence[str], waits: bool = False) -> None:
    page.focus("#bs-search-input")
    for text in texts:
        page.fill("#bs-search-input", "")
        for letter in text:
            before = page.evaluate("times.length") if waits else 0
            page.keyboard.type(letter)
            if waits and letter.strip():
                page.wait_for_function(f"times.length > {before}", polling=10, timeout=20_000)
            elif not waits:
                page.wait_for_timeout(30)
        page.wait_for_timeout(150)


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def reciprocal_rank(found: Sequence[str], wanted: str) -> float:
    return 1 / (found.index(wanted) + 1) if wanted in found else 0.0


def mean(values: Sequence[float]) -> float:
    return statistics.fmean(values) if values else 0.0
