"""All engines build the same site, except for what is known to differ."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest
from browsing import served
from building import build_with, run_build
from engine_differences import differences_of, list_of_differences, without_known
from folders import expect, tree, write_files
from playwright.sync_api import Browser

from broadsheet.site.engine import ENGINES, MKDOCS, VARIABLE

ROOT = Path(__file__).parents[2]
TOY_SITE = ROOT / "tests" / "toy_site"
OTHERS = [name for name in ENGINES if name != MKDOCS.name]
_MARK = "<!-- differences -->"

# A page with most of what the extensions of the toy site can do.
HANDBOOK = """\
---
description: How boats & rafts are "measured".
---
# Measuring *boats*, rafts & more

See [all papers](papers/index.md), [one of them](papers/floating-rafts-of-logs.md#abstract), the
[harbour rules](harbour-rules.md) and [this table](#a-table). ![A boat](boat.svg){ width=20 }

## A table

| boat | length |
| --- | ---: |
| raft | 3 |

```python
print("ahoy")
```

<div markdown="1">
- *Inside* of HTML
</div>
"""
FILES = {
    "content/pages/handbook.md": HANDBOOK,
    "content/pages/boats/index.md": "---\ntitle: Boats & co.\n---\nSee [how](../handbook.md).",
    "content/pages/as-html.md": '<a href="harbour-rules.md">as HTML</a>, [a folder](papers/)',
    "content/pages/pictured.md": "# A ![sail & more](boat.svg) of `<code>`\n\nText.",
    "content/pages/boat.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
}


def project_in(folder: Path, with_fonts: Callable[[Path], Path]) -> Path:
    project = Path(shutil.copytree(TOY_SITE, folder / "toys"))
    return with_fonts(write_files(project, FILES))


@dataclass(frozen=True)
class Sites:
    """The site of an engine, and that of MkDocs from the same project."""

    engine: str
    site: Path
    other: Path

    def pages(self) -> dict[str, tuple[str, str]]:
        """The pages of both sites by path, with all differences."""
        return {
            path.relative_to(self.other).as_posix(): (
                (self.site / path.relative_to(self.other)).read_text("utf-8"),
                path.read_text("utf-8"),
            )
            for path in self.other.rglob("*.html")
        }

    def files(self) -> set[str]:
        """The files that only one site has, or that are different in both. Pages aren't."""
        here, there = tree(self.site), tree(self.other)
        found = {path for path in {*here, *there} if here.get(path) != there.get(path)}
        return {path for path in found if not path.endswith(".html")}


@pytest.fixture(scope="module")
def of_mkdocs(tmp_path_factory: pytest.TempPathFactory, with_fonts: Callable[[Path], Path]) -> Path:
    project = project_in(tmp_path_factory.mktemp("mkdocs"), with_fonts)
    return build_with(MKDOCS.name, project, "site")


@pytest.fixture(scope="module", params=OTHERS)
def sites(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    of_mkdocs: Path,
    with_fonts: Callable[[Path], Path],
) -> Sites:
    """A small site, built from scratch with each engine."""
    project = project_in(tmp_path_factory.mktemp(request.param), with_fonts)
    return Sites(request.param, build_with(request.param, project, "site"), of_mkdocs)


def assert_same(sites: Sites) -> None:
    """Two sites are the same except for what is known to differ."""
    here, there = (
        {path for path in tree(site) if path.endswith(".html")}
        for site in (sites.site, sites.other)
    )
    assert here == there
    different = [
        path
        for path, (html, other) in sites.pages().items()
        if without_known(html, sites.engine) != without_known(other, sites.engine)
    ]
    assert different == []
    known = [difference.files for difference in differences_of(sites.engine) if difference.files]
    assert {path for path in sites.files() if not any(p.fullmatch(path) for p in known)} == set()


def test_engines_build_the_same_site(sites: Sites) -> None:
    assert_same(sites)


def test_each_known_difference_is_seen(sites: Sites) -> None:
    """The documentation lists none that is gone."""
    pages, files = sites.pages().values(), sites.files()
    for difference in differences_of(sites.engine):
        seen = [
            *(
                1
                for html, other in pages
                if shown(difference.pages, html) != shown(difference.pages, other)
            ),
            *(path for path in files if difference.files and difference.files.fullmatch(path)),
        ]
        assert seen or difference.test in globals(), difference.what


def shown(pattern: re.Pattern[str] | None, html: str) -> list[str]:
    return [match[0] for match in pattern.finditer(html)] if pattern else []


@pytest.mark.slow
def test_a_site_is_the_same_after_a_change_of_engine(
    sites: Sites, tmp_path: Path, with_fonts: Callable[[Path], Path]
) -> None:
    project = project_in(tmp_path, with_fonts)
    build_with(MKDOCS.name, project, "site")
    assert tree(build_with(sites.engine, project, "site")) == tree(sites.site)
    assert tree(build_with(MKDOCS.name, project, "site")) == tree(sites.other)


ADVICE = "relative links start from the file that they are in; correct the path"

# The place and size of everything in a page.
LAYOUT = """[...document.querySelectorAll("header *, main *")].map((element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return [element.tagName, element.className, x, y, width, height].join(" ");
})"""


@pytest.mark.slow
def test_pages_have_the_same_layout(sites: Sites, chromium: Browser) -> None:
    found = []
    for site in (sites.site, sites.other):
        context = chromium.new_context(service_workers="block")
        tab = context.new_page()
        with served(site, "/digest") as address:
            for name in (
                "",
                "weeks/2024-W52/",
                "papers/floating-rafts-of-logs/",
                "data/",
                "boats/",
            ):
                answer = tab.goto(f"{address}/{name}", wait_until="networkidle")
                assert answer is not None
                assert answer.ok, name
                found.append((name, tab.evaluate(LAYOUT)))
        context.close()
    middle = len(found) // 2
    assert all(len(boxes) > 20 for _, boxes in found)
    assert found[:middle] == found[middle:]


@pytest.mark.slow
@pytest.mark.parametrize("engine", OTHERS)
def test_engines_build_the_same_bundled_site(engine: str, bundled: Path) -> None:
    build_with(engine, bundled, engine, SITE_URL="https://papers.example/some/digest/")
    assert_same(Sites(engine, bundled / engine, bundled / MKDOCS.name))


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory, with_fonts: Callable[[Path], Path]) -> Path:
    """A copy of the bundled project, with its site from MkDocs."""
    project = tmp_path_factory.mktemp("bundled")
    for name in ("content", "site_templates"):
        shutil.copytree(ROOT / name, project / name)
    shutil.copy2(ROOT / "mkdocs.yml", project)
    build_with(
        MKDOCS.name,
        with_fonts(project),
        MKDOCS.name,
        SITE_URL="https://papers.example/some/digest/",
    )
    return project


@pytest.mark.slow
def test_dead_links_are_found_with_zensical(
    tmp_path: Path, with_fonts: Callable[[Path], Path]
) -> None:
    project = project_in(tmp_path, with_fonts)
    text = """\
---
title: Dead links
---
[No page](nowhere.md), [a paper](papers/floating-rafts-of-logs.md#nothing) and

[no part](handbook.md#nothing), ![no picture](nowhere.png).

[elsewhere](https://example.org/x), [a feed](feeds/all.xml), [a file](weeks/2024-W52/papers.bib),
[a folder](feeds/), [no folder](feed/), [Markdown](papers/index.html), [outside](../other-site/)
"""
    write_files(project, {"content/pages/dead.md": text})
    settings = project / "mkdocs.yml"
    validated = "links: {unrecognized_links: ignore, anchors: warn}"
    settings.write_text(re.sub("links: {.*}", validated, settings.read_text("utf-8")), "utf-8")
    build_with("zensical", project_in(tmp_path / "good", with_fonts), "site")
    done = run_build(project, "--engine", "zensical")
    dead = "warning: content/pages/dead.md"
    assert done.stderr.splitlines() == [
        f"{dead}:4: Zensical: page does not exist",
        f"{dead}:4: Zensical: anchor does not exist",
        f"{dead}:6: Zensical: anchor does not exist",
        f"{dead}: links to nowhere.png, which isn't in the site ({ADVICE})",
        f"{dead}: links to feed/index.html, which isn't in the site ({ADVICE})",
    ]
    assert done.returncode == 0
    assert run_build(project, "--engine", "zensical", "--strict").returncode == 1


@pytest.mark.slow
def test_what_zensical_cannot_convert_is_an_error_in_one_line(
    tmp_path: Path, with_fonts: Callable[[Path], Path]
) -> None:
    project = project_in(tmp_path, with_fonts)
    build_with("zensical", project, "site")
    before = tree(project / "site")
    settings = project / "mkdocs.yml"
    snippets = "markdown_extensions: [{pymdownx.snippets: {check_paths: true}}, "
    text = settings.read_text("utf-8").replace("markdown_extensions: [", snippets)
    write_files(project, {"mkdocs.yml": text, "content/pages/part.md": '--8<-- "nowhere.md"'})
    done = run_build(project, "--engine", "zensical")
    said = "SnippetMissingError: Snippet at path 'nowhere.md' could not be found"
    assert (done.returncode, done.stderr) == (1, f"error: mkdocs.yml: Zensical: {said}\n")
    assert tree(project / "site") == before


SETTINGS = """
hooks: [hooks.py]
markdown_extensions:
  - attr_list
  - admonition
  - pymdownx.snippets: {base_path: [parts]}
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
  - toc: {permalink: true}
"""
HOOKS = """
def on_page_markdown(markdown, page, **_):
    return markdown.replace("@captain@", "*Ada*")

def on_page_content(html, **_):
    return html.replace("harbor", "harbour")
"""
OWN_PAGES = {
    "content/pages/über uns.md": "# Über *uns*\n\n[Rules](harbour-rules.md), harbor, @captain@.",
    "content/pages/port/README.md": '[Us](../über%20uns.md)\n\n--8<-- "part.md"',
    "content/pages/tabs.md": """\
---
title: Tabs & icons
template: main.html
---
!!! note
    :material-ship-wheel: and :smile:

=== "One"
    Boats

=== "Two"
    Rafts
""",
    "parts/part.md": "A part of a **page**.",
    "hooks.py": HOOKS,
}


@pytest.mark.slow
def test_extensions_hooks_and_unusual_names_work_with_each_engine(
    tmp_path: Path, with_fonts: Callable[[Path], Path]
) -> None:
    found: dict[str, str] = {}
    for engine in ENGINES:
        project = write_files(project_in(tmp_path / engine, with_fonts), OWN_PAGES)
        settings = project / "mkdocs.yml"
        kept = re.sub(r"markdown_extensions: .*\n", "", settings.read_text("utf-8"))
        settings.write_text(kept + SETTINGS, "utf-8")
        site = build_with(engine, project, "site")
        for name in ("über uns", "port", "tabs"):
            html = (site / name / "index.html").read_text("utf-8")
            assert "@captain@" not in html
            assert "harbor" not in html
            of_mkdocs = found.setdefault(name, html)
            assert unquote(without_known(html, engine)) == unquote(without_known(of_mkdocs, engine))
    assert "A part of a <strong>page</strong>" in found["port"]
    assert 'class="tabbed-set' in found["tabs"]
    assert "<svg" in found["tabs"]
    assert "<em>Ada</em>" in found["über uns"]


@pytest.mark.slow
def test_properdocs_finds_the_plugin_itself(
    tmp_path: Path, with_fonts: Callable[[Path], Path]
) -> None:
    project = project_in(tmp_path, with_fonts)
    command = [sys.executable, "-m", "properdocs", "build", "--quiet", "-d", "own"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert tree(project / "own") == tree(build_with("properdocs", project, "site"))


@pytest.mark.parametrize("engine", OTHERS)
def test_an_engine_that_is_not_installed_names_its_extra(toy_site: Path, engine: str) -> None:
    code = f"""
import sys, importlib.machinery as machinery
found = machinery.PathFinder.find_spec
missing = {ENGINES[engine].packages!r}
machinery.PathFinder.find_spec = lambda name, *a: None if name in missing else found(name, *a)
sys.argv[1:] = ["build", "--engine", {engine!r}]
from broadsheet.cli import main
main()
"""
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=toy_site, capture_output=True, text=True, check=False)
    advice = f"run `pip install 'broadsheet[{engine}]'`"
    message = f"error: --engine: {engine}: {ENGINES[engine].title} isn't installed ({advice})\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", message)
    assert not (toy_site / "site").exists()


@pytest.mark.slow
def test_plain_mkdocs_ignores_the_engine_of_broadsheet(
    tmp_path: Path, of_mkdocs: Path, with_fonts: Callable[[Path], Path]
) -> None:
    project = project_in(tmp_path, with_fonts)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-d", "own"]
    environment = {**os.environ, VARIABLE: "properdocs"}
    subprocess.run(command, cwd=project, env=environment, capture_output=True, check=True)
    assert tree(project / "own") == tree(of_mkdocs)


def test_the_documentation_lists_all_differences() -> None:
    page = ROOT / "docs/explanation/engines.md"
    before, _, after = page.read_text("utf-8").split(_MARK)
    expect(page, f"{before}{_MARK}\n\n{list_of_differences()}\n{_MARK}{after}")
