"""Hooks of other packages take part in a build, and nothing is built that they'd have changed."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from building import build_site
from click.testing import CliRunner
from folders import tree, write_files
from toy import SITE

from broadsheet.base import extensions as found_in
from broadsheet.cli import main
from broadsheet.content.load import Loaded
from broadsheet.content.settings import Settings
from broadsheet.edition import make_edition
from broadsheet.site.hooks import Hook

# A package with a hook, whose functions a test adds.
MODULE = """
from dataclasses import replace
from pathlib import Path
from broadsheet.content.model import Collection, Entry, Paper
from broadsheet.site.hooks import Hook

{code}

HOOK = Hook("tide", "a hook of a test", **{{
    name: function for name, function in globals().items() if name in
    ("on_corpus", "on_edition", "on_site", "state")
}})
"""
RENAMED = """
def on_corpus(corpus):
    paper = corpus.papers["rivers-remember"].model_copy(update={{"title": "{title}"}})
    return replace(corpus, papers={{**corpus.papers, paper.slug: paper}})
"""

LINKING = """
def on_corpus(corpus):
    entry = Entry(paper="rivers-remember", commentary="See [[x]].")
    found = Collection(slug="a", title="A", entries=(entry,))
    return replace(corpus, collections=(*corpus.collections, found))
"""

Install = Callable[[str], Path]


@pytest.fixture
def install(toy_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Installs the package with some code, as another process would find it, and names its hook."""
    packages = tmp_path / "packages"
    settings = (toy_site / "mkdocs.yml").read_text("utf-8")
    write_files(toy_site, {"mkdocs.yml": f"{settings}    hooks: [tide]\n"})
    point = EntryPoint("tide", "tidal:HOOK", "broadsheet.hooks")
    points = lambda *, group: (point,) if group == point.group else ()
    monkeypatch.setattr(found_in, "entry_points", points)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.syspath_prepend(str(packages))
    monkeypatch.chdir(toy_site)

    def forget() -> None:
        sys.modules.pop("tidal", None)
        found_in.extensions.cache_clear()

    def install(code: str) -> Path:
        write_files(packages, {"tidal.py": MODULE.format(code=code)})
        forget()
        return packages / "tidal.py"

    yield install
    forget()


def _page(site: Path, address: str = "papers/rivers-remember") -> str:
    return (site / "site" / address / "index.html").read_text("utf-8")


def _run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, [*arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    assert result.exit_code == code, result.output
    return result.output


def test_a_change_of_a_hook_is_built_though_no_file_of_the_project_has_changed(
    install: Install, toy_site: Path, with_fonts: Callable[[Path], Path]
) -> None:
    with_fonts(toy_site)
    state = "STATE = Path('tide.txt')\ndef state():\n    return STATE.read_text()\n"
    adding = "def on_edition(edition):\n    return {'tide.txt': STATE.read_bytes()}\n"
    write_files(toy_site, {"tide.txt": "high"})
    for title in ("Rivers Rise", "Rivers Fall"):
        install(RENAMED.format(title=title) + state + adding)
        build_site(toy_site)
        assert title in _page(toy_site)
    papers = json.loads((toy_site / "site/api/v1/papers/rivers-remember.json").read_text())
    assert papers["title"] == "Rivers Fall"
    write_files(toy_site, {"tide.txt": "low"})
    build_site(toy_site)
    assert (toy_site / "site/tide.txt").read_text() == "low"
    kept = tree(toy_site / "site")
    build_site(toy_site, site_dir=toy_site / "again")
    assert tree(toy_site / "again") == kept


def test_exports_have_what_hooks_make_and_content_stays(install: Install, toy_site: Path) -> None:
    before = tree(toy_site / "content")
    install(RENAMED.format(title="Rivers Rise"))
    assert "Rivers Rise" in _run("export", "csv")
    assert tree(toy_site / "content") == before


def test_a_hook_that_refuses_a_site_leaves_the_old_one(
    install: Install, toy_site: Path, with_fonts: Callable[[Path], Path]
) -> None:
    with_fonts(toy_site)
    seen = "def on_site(folder):\n    assert (folder / 'papers/old-rafts/index.html').exists()\n"
    install(seen)
    build_site(toy_site)
    before = tree(toy_site / "site")
    path = install(f"{seen}    raise ValueError('the tide is low')\n")
    write_files(toy_site, {"content/papers/rivers-remember.yml": "title: Rivers Forget\n"})
    line = path.read_text().splitlines().index("    raise ValueError('the tide is low')") + 1
    assert _run("build", code=1) == (
        "error: tidal: tide: broadsheet.hooks: on_site failed: ValueError: the tide is low "
        f"({path}:{line}) (tell the authors of tidal, or uninstall it)\n"
    )
    assert tree(toy_site / "site") == before
    install(seen)
    build_site(toy_site)
    assert "Rivers Forget" in _page(toy_site)


def _adding(paper: str) -> str:
    """A hook that adds a paper."""
    papers = f"{{**corpus.papers, 'a': {paper}}}"
    return f"def on_corpus(corpus):\n    return replace(corpus, papers={papers})\n"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("raise ImportError('no tide')", "couldn't be loaded: no tide"),
        ("def on_corpus(corpus):\n    return {}['x']\n", "on_corpus failed: KeyError: 'x' ("),
        ("def on_corpus(corpus):\n    pass\n", "on_corpus returned NoneType, not Corpus"),
        (
            _adding("Paper(slug='a', title='A', topics=('tides',))"),
            "on_corpus: content/paper a: topics[0]: there is no topic 'tides' in topics.yml",
        ),
        (
            _adding("Paper(slug='a').model_copy(update={'published': 'soon'})"),
            "on_corpus: paper a: published: ",
        ),
        (
            _adding("Paper(slug='b')"),
            "on_corpus returned a paper under another name",
        ),
        (
            "def on_corpus(corpus):\n    return replace(corpus, collections=(Paper(slug='a'),))\n",
            "on_corpus returned Paper in place of Collection",
        ),
        (
            LINKING,
            "on_corpus: content/collection a: entries[0].commentary: there is no paper 'x' to link",
        ),
        (
            "def on_corpus(corpus):\n    return replace(corpus, papers={})\n",
            "there is no paper ",
        ),
        ("def state():\n    raise RuntimeError('ebb')\n", "state failed: RuntimeError: ebb"),
    ],
)
def test_content_that_a_hook_spoils_is_refused_and_the_package_named(
    code: str, message: str, install: Install, toy_site: Path
) -> None:
    install(code)
    command = "build" if "state" in code else "export"
    said = _run(*([command] if command == "build" else [command, "csv"]), code=1)
    assert said.startswith("error: tidal: tide: broadsheet.hooks: "), said
    assert message in said, said
    assert not (toy_site / "site").exists()


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ("{'../a.txt': b''}", "'../a.txt' isn't a path inside of the site"),
        ("{'/a.txt': b''}", "'/a.txt' isn't a path inside of the site"),
        ("{'a/con.txt': b''}", "'con.txt' is a name that Windows reserves"),
        ("{'a.txt': 'text'}", "a.txt: the content must be bytes"),
        ("{'feeds/all.xml': b''}", "the site already has feeds/all.xml"),
        ("{'papers/rivers-remember/index.html': b''}", "the site already has papers/rivers"),
        ("{'harbour-rules/index.html': b''}", "the site already has harbour-rules/index.html"),
    ],
)
def test_files_that_a_site_can_not_have_are_refused(
    files: str,
    message: str,
    install: Install,
    toy_site: Path,
    with_fonts: Callable[[Path], Path],
) -> None:
    with_fonts(toy_site)
    install(f"def on_edition(edition):\n    return {files}\n")
    said = _run("build", code=1)
    assert said.startswith("error: tidal: tide: broadsheet.hooks: on_edition: "), said
    assert message in said, said
    assert not (toy_site / "site").exists()


def test_a_hook_that_no_package_has_is_named_with_its_line(
    install: Install, toy_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(found_in, "entry_points", lambda *, group: ())
    text = (toy_site / "mkdocs.yml").read_text("utf-8")
    line = text.splitlines().index("    hooks: [tide]") + 1
    assert _run("export", "csv", code=1) == (
        f"error: mkdocs.yml:{line}: extra.broadsheet.hooks: no installed package has the hook "
        "'tide' (install the package that has it)\n"
    )


def test_a_package_that_no_site_names_changes_nothing(install: Install, toy_site: Path) -> None:
    install("raise ImportError('no tide')")
    settings = (toy_site / "mkdocs.yml").read_text("utf-8")
    write_files(toy_site, {"mkdocs.yml": settings.replace("    hooks: [tide]\n", "")})
    assert "Rivers Remember" in _run("export", "csv")


def test_the_hook_of_the_guide_does_what_it_says(
    toy_content: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = Path(__file__).parents[2] / "docs" / "how-to" / "hooks.md"
    code = re.findall(r"```python\n(.*?)```", guide.read_text("utf-8"), re.DOTALL)[0]
    found: dict[str, object] = {}
    exec(code, found)
    hook = found["HOOK"]
    assert isinstance(hook, Hook)
    corpus = hook.on_corpus(toy_content.corpus)
    paper = corpus.papers["rivers-remember"]
    assert paper.extra["Words"] == str(len((paper.abstract or "").split()))
    edition = make_edition(corpus, Settings(), SITE)
    assert b"Rivers Remember" in hook.on_edition(edition)["titles.txt"]
