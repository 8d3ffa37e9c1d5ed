"""Takes the pictures in docs/assets of the bundled site: `make pictures`.

A picture is one or more views of pages, side by side. Clocks are fixed and nothing has been visited
before, so pictures change only if pages do.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import chromium
from browsing import served
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

CHECKOUT = Path(__file__).parents[1]
ASSETS = CHECKOUT / "docs" / "assets"
TODAY = datetime(2026, 1, 1, tzinfo=UTC)
# Enough for type, charts and a dark page; halves the bytes.
COLORS = 128
# Between views, and around them, in pixels.
GAP = 16
BACKGROUND = (136, 136, 136)


def _nothing(_: Page) -> None:
    """Leaves the page as it is."""


@dataclass(frozen=True)
class View:
    """Part of a page: its address, size in pixels, scheme, how far it's scrolled, what is done."""

    address: str
    width: int = 1280
    height: int = 900
    scheme: Literal["light", "dark"] = "light"
    scrolled: int = 0
    act: Callable[[Page], None] = _nothing


def _star(page: Page) -> None:
    page.get_by_role("button", name="Star").first.click()


def _phone(
    address: str,
    scheme: Literal["light", "dark"] = "light",
    scrolled: int = 0,
    act: Callable[[Page], None] = _nothing,
) -> View:
    return View(address, 390, 800, scheme, scrolled, act)


_PAPER = "papers/raft-adapting-language-model-to-domain-specific-rag/"
PICTURES: Mapping[str, tuple[View, ...]] = MappingProxyType(
    {
        "home.png": (View(""),),
        "week.png": (View("weeks/2024-W24/", scrolled=520),),
        "paper-dark.png": (View(_PAPER, height=800, scheme="dark"),),
        "map-dark.png": (View("map/", scheme="dark"),),
        "data.png": (View("data/"),),
        "phones.png": (
            _phone("weeks/2024-W24/", scrolled=1000),
            _phone("topics/evaluation/", "dark"),
            _phone(_PAPER, act=_star),
            _phone("search/?q=speculative+decoding", "dark"),
        ),
    }
)


def _shot(browser: Browser, base: str, view: View) -> Image.Image:
    context = browser.new_context(
        viewport={"width": view.width, "height": view.height},
        color_scheme=view.scheme,
        reduced_motion="reduce",
    )
    context.clock.set_fixed_time(TODAY)
    page = context.new_page()
    page.goto(f"{base}/{view.address}", wait_until="networkidle")
    view.act(page)
    page.evaluate("y => window.scrollTo(0, y)", view.scrolled)
    page.evaluate("() => document.fonts.ready.then(() => true)")
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide")))
    context.close()
    return picture.convert("RGB")


def _side_by_side(shots: list[Image.Image]) -> Image.Image:
    if len(shots) == 1:
        return shots[0]
    width = GAP + sum(shot.width + GAP for shot in shots)
    height = 2 * GAP + max(shot.height for shot in shots)
    whole = Image.new("RGB", (width, height), BACKGROUND)
    left = GAP
    for shot in shots:
        whole.paste(shot, (left, GAP))
        left += shot.width + GAP
    return whole


def take(site: Path, folder: Path) -> None:
    """Writes all pictures of a built site into a folder."""
    with served(site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=chromium.ARGUMENTS
        )
        for name, views in PICTURES.items():
            whole = _side_by_side([_shot(browser, base, view) for view in views])
            few = whole.quantize(COLORS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
            few.save(folder / name, optimize=True)
        browser.close()


def main() -> None:
    """Builds the bundled site and takes the pictures."""
    with tempfile.TemporaryDirectory() as temporary:
        site = Path(temporary, "site")
        command = [sys.executable, "-m", "broadsheet", "build", "--quiet", "--site-dir", str(site)]
        subprocess.run(command, cwd=CHECKOUT, check=True)
        take(site, ASSETS)


if __name__ == "__main__":
    main()
