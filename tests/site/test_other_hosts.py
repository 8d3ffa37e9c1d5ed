"""Requests to other hosts are told, and only hosts that the owner allows get any."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from folders import write_files

from broadsheet.cli import main
from broadsheet.outputs.security import POLICY, policy_with
from broadsheet.site.other_hosts import requests_in

CONFIG = """\
site_name: Boats
site_url: https://boats.example/
theme: {name: material, font: false, logo: "https://logo.example/a.svg"}
plugins: [broadsheet]
extra_css:
  - https://css.example/a.css
extra_javascript:
  - path: https://js.example/a.js
    type: module
"""
PAGE = """\
# About

![A boat](https://pictures.example/boat.png)
`![no](https://code.example/boat.png)`

<iframe src="//video.example:8443/1"></iframe>
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("![a](https://a.example/x.png)", [("a.example", "img-src", 1)]),
        ("\n![a](<//a.example/x.png> 'b')", [("a.example", "img-src", 2)]),
        ("![a][B]\n\n[b]: https://a.example/x.png", [("a.example", "img-src", 1)]),
        ("![b]\n\n[b]: https://a.example/x.png", [("a.example", "img-src", 1)]),
        ('<script async src="https://a.example/x.js">', [("a.example", "script-src", 1)]),
        ('<link rel="stylesheet" href="https://a.example/">', [("a.example", "style-src", 1)]),
        ('<video poster="HTTPS://A.example/x">', [("a.example", "img-src", 1)]),
        ('<video src="https://A.Example/x">', [("a.example", "media-src", 1)]),
        (
            '<img srcset="a.png 1x, https://a.example/b.png 2x">',
            [("a.example", "img-src", 1)],
        ),
        ('<object data="https://u:p@a.example/x">', [("a.example", "object-src", 1)]),
        ("[a](https://a.example/)", []),
        ('<a href="https://a.example/">', []),
        ('<link rel="canonical" href="https://a.example/">', []),
        ('<img src="boat.png?from=https://a.example/">', []),
        ("```\n![a](https://a.example/x.png)\n<img src='https://a.example'>\n```", []),
        ("~~~ html\n<img src='https://a.example'>", []),
        ("[a]: https://a.example/x.png\n\nsee [a]", []),
    ],
)
def test_what_a_page_asks_other_hosts_for_is_found(
    text: str, found: list[tuple[str, str, int]]
) -> None:
    requests = requests_in(text, "a.md", is_markdown=True)
    assert [(one.host, one.directive, one.line) for one in requests] == found


def test_the_policy_allows_a_host_only_for_what_it_is_needed_for() -> None:
    assert policy_with({}) == POLICY
    policy = policy_with({"script-src": ["js.example"], "frame-src": ["a.example:1", "b.example"]})
    assert policy.split("; ")[0] == "default-src 'self'"
    assert "; script-src 'self' https://js.example" in policy
    assert "; frame-src https://a.example:1 https://b.example; " in policy
    assert "style-src" not in policy


@pytest.fixture
def project(
    tmp_path: Path, with_fonts: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> Path:
    files = {"mkdocs.yml": CONFIG, "docs/own.md": PAGE, "content/papers/a.yml": "title: A\n"}
    monkeypatch.chdir(with_fonts(write_files(tmp_path, files)))
    return tmp_path


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


WARNINGS = (
    ("docs/own.md:3: image:", "https://pictures.example/boat.png", "pictures.example"),
    ("docs/own.md:6: <iframe>:", "//video.example:8443/1", "video.example:8443"),
    ("mkdocs.yml:3: theme.logo:", "https://logo.example/a.svg", "logo.example"),
    ("mkdocs.yml:6: extra_css[0]:", "https://css.example/a.css", "css.example"),
    ("mkdocs.yml:8: extra_javascript[0]:", "https://js.example/a.js", "js.example"),
)


def test_requests_to_other_hosts_are_told_with_what_to_do(project: Path) -> None:
    for command in ("check", "build --strict"):
        told = _run(*command.split()).stderr
        for place, url, host in WARNINGS:
            assert (
                f"warning: {place} {url} is on another host, so readers' browsers don't load it "
                "(copy it to docs_dir; or, if that host may know who reads the site, add "
                f"{host} to extra.broadsheet.allow_hosts)\n"
            ) in told
        assert "code.example" not in told
    assert not (project / "site").exists()


def test_a_site_sends_a_policy_with_exactly_the_hosts_that_its_owner_allows(project: Path) -> None:
    hosts = [*(host for _, _, host in WARNINGS), "unused.example"]
    extra = f"extra: {{broadsheet: {{allow_hosts: {hosts}}}}}\n"
    write_files(project, {"mkdocs.yml": CONFIG + extra})
    result = _run("build", "--strict")
    assert result.exit_code == 0, result.output
    assert "is on another host" not in _run("check").stderr
    headers = (project / "site/_headers").read_text()
    page = (project / "site/own/index.html").read_text("utf-8")
    for text in (headers, page, (project / "site/papers/a/index.html").read_text("utf-8")):
        for directive in (
            "script-src 'self' https://js.example",
            "style-src 'self' https://css.example",
            "connect-src 'self' https://js.example",
            "img-src 'self' https://logo.example https://pictures.example",
            "frame-src https://video.example:8443; ",
        ):
            assert directive in text
        assert "unused.example" not in text


@pytest.mark.parametrize("host", ["https://a.example", "*", "a.example; script-src *", "'self'"])
def test_what_is_no_host_is_refused(project: Path, host: str) -> None:
    extra = f'extra: {{broadsheet: {{allow_hosts: ["{host}"]}}}}\n'
    write_files(project, {"mkdocs.yml": CONFIG + extra})
    result = _run("check")
    assert result.exit_code == 1
    assert "allow_hosts[0]: " in result.stderr
    assert "isn't a host" in result.stderr
