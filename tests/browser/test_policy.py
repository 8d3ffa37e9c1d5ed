"""A strict Content-Security-Policy: no inline scripts or styles, nothing from other hosts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import NOTE_VIOLATIONS, served, tab_in
from bundled_site import KINDS
from playwright.sync_api import Browser, BrowserContext, Page, expect
from selecting import mostly_slow

from broadsheet.outputs.security import HEADERS, POLICY

BELOW = "/some/digest"
# The kinds of pages that differ in their scripts.
PAGES = {kind: KINDS[kind] for kind in ("home", "topic", "paper", "saved", "by hand", "search")}
PAGES |= {"trends": "trends/", "map": "map/", "missing": "no/such/page/"}


@pytest.fixture(scope="module")
def guarded(bundled_site: Path) -> Iterator[str]:
    with served(bundled_site, BELOW, HEADERS) as found:
        yield found


@pytest.fixture(scope="module")
def without_headers(bundled_site: Path) -> Iterator[str]:
    """A host that sends no headers, such as GitHub Pages."""
    with served(bundled_site, BELOW) as found:
        yield found


@pytest.mark.parametrize("kind", mostly_slow(PAGES, ("home", "paper", "search", "map")))
def test_a_page_and_its_search_keep_to_a_strict_policy(
    window: BrowserContext, quiet_window: BrowserContext, guarded: str, kind: str
) -> None:
    errors: list[str] = []
    # One page is enough for the service worker, which keeps fetching after the page closes.
    with tab_in(window if kind == "home" else quiet_window) as tab:
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


ATTACKS = {
    "an inline script": "document.head.append(Object.assign(make('script'), {text: use('x')}))",
    "an inline style": "document.body.setAttribute('style', 'color: red')",
    "a style element": "document.head.append(Object.assign(make('style'), {textContent: 'a{}'}))",
    "a handler": "document.body.setAttribute('onclick', 'ran()'); document.body.click()",
    "markup from text": "document.body.innerHTML = '<b>x</b>'",
    "a document from text": "new DOMParser().parseFromString('<b>x</b>', 'text/html')",
    "code from text": "setTimeout('ran()', 0)",
    # Code of the tests may use eval, but not what it leaves to be run later.
    "eval": "setTimeout(() => eval('ran()'), 0)",
    "a script of another host": "document.head.append(Object.assign(make('script'), "
    "{src: use('https://evil.example/x.js')}))",
    "a picture inside of a page": "new Image().src = 'data:image/png;base64,AAAA'",
    "a picture of another host": "new Image().src = 'https://evil.example/x.png'",
    "a request to another host": "fetch('https://evil.example/').catch(() => 0)",
    "a frame": "document.body.append(Object.assign(make('iframe'), {src: 'https://evil.example/'}))",
    "a base": "document.head.prepend(Object.assign(make('base'), {href: 'https://evil.example/'}))",
    "a worker from text": "new Worker(URL.createObjectURL(new Blob(['x'])))",
    "another policy": "trustedTypes.createPolicy('evil', {createHTML: (x) => x})",
}


@pytest.mark.parametrize(
    "host", ["without_headers", pytest.param("guarded", marks=pytest.mark.slow)]
)
def test_no_attack_gets_past_the_policy(
    quiet_tab: Page, host: str, request: pytest.FixtureRequest
) -> None:
    left: list[str] = []
    sent: list[str] = []
    tab = quiet_tab
    tab.on("requestfinished", lambda sent_request: sent.append(sent_request.url))
    tab.add_init_script(NOTE_VIOLATIONS)
    for name, attack in ATTACKS.items():
        tab.goto(f"{request.getfixturevalue(host)}/about/")
        refused = tab.evaluate(f"""() => {{
            const make = (name) => document.createElement(name);
            const use = (text) => text;
            window.ran = () => {{ window.hasRun = true; }};
            try {{ {attack} }} catch {{ return true; }}
            return false;
        }}""")
        if not refused:
            tab.wait_for_function("window.violations.length || window.hasRun")
            refused = bool(tab.evaluate("window.violations.length"))
        if not refused or tab.evaluate("window.hasRun") or any("evil" in url for url in sent):
            left.append(name)
    assert left == []


def test_a_page_can_not_be_put_into_a_frame(chromium: Browser, guarded: str) -> None:
    context = chromium.new_context(service_workers="block")
    tab = context.new_page()
    errors: list[str] = []
    tab.on("console", lambda message: errors.append(message.text))
    tab.set_content(f'<iframe src="{guarded}/about/"></iframe>')
    tab.wait_for_load_state("networkidle")
    assert any("frame-ancestors" in error for error in errors), errors
    context.close()


def test_every_page_carries_the_policy_and_the_site_has_a_file_of_headers(
    bundled_site: Path,
) -> None:
    element = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    pages = [bundled_site / path.partition("?")[0] / "index.html" for path in KINDS.values()]
    for page in [*pages, bundled_site / "404.html", bundled_site / "503.html"]:
        head = page.read_text("utf-8").partition("</head>")[0]
        assert head.index(element) < head.index("<script")
        assert head.index("charset") < 1024
    headers = (bundled_site / "_headers").read_text("utf-8")
    assert headers.startswith("/*\n  Content-Security-Policy: default-src 'self'; ")
    assert all(f"  {name}: {value}\n" in headers for name, value in HEADERS.items())


def test_the_policy_allows_nothing_inline_and_no_other_host() -> None:
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert "*" not in POLICY
