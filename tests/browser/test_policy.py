"""A strict Content-Security-Policy: no inline scripts or styles, nothing from other hosts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import served
from bundled_site import KINDS
from playwright.sync_api import Browser, expect

BELOW = "/some/digest"
# The kinds of pages that differ in their scripts.
PAGES = {kind: KINDS[kind] for kind in ("home", "topic", "paper", "saved", "by hand", "search")}
PAGES |= {"trends": "trends/", "map": "map/", "missing": "no/such/page/"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
)
NOTE_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
});
"""


@pytest.fixture(scope="module")
def guarded(bundled_site: Path) -> Iterator[str]:
    with served(bundled_site, BELOW, {"Content-Security-Policy": POLICY}) as found:
        yield found


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_and_its_search_keep_to_a_strict_policy(
    chromium: Browser, guarded: str, kind: str
) -> None:
    # One page is enough for the service worker, which keeps fetching after the page closes.
    context = chromium.new_context(service_workers="allow" if kind == "home" else "block")
    tab = context.new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.add_init_script(NOTE_VIOLATIONS)
    tab.goto(f"{guarded}/{PAGES[kind]}")
    tab.wait_for_load_state("networkidle")
    if kind == "search":
        expect(tab.locator(".bs-find__results h2 a").first).to_be_visible()
    else:
        tab.keyboard.press("/")
        tab.keyboard.type("attention")
        expect(tab.locator("#bs-search-list [role=option]").first).to_be_visible()
    assert tab.evaluate("window.violations") == []
    assert not errors
    context.close()


def test_the_policy_of_these_tests_is_enforced(chromium: Browser, guarded: str) -> None:
    context = chromium.new_context()
    tab = context.new_page()
    tab.add_init_script(NOTE_VIOLATIONS)
    tab.goto(f"{guarded}/about/")
    tab.evaluate("document.body.setAttribute('style', 'color: red')")
    script = "document.head.append(Object.assign(document.createElement('script'), {text: 'x'}))"
    tab.evaluate(script)
    found = tab.evaluate("window.violations")
    assert any(re.match("script-src", line) for line in found), found
    context.close()
