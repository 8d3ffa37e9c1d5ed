"""The documentation builds, and whatever it names is there."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from documented import Written, examples
from pictures import ASSETS, PICTURES

CHECKOUT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documentation as a site, built without a warning."""
    folder = tmp_path_factory.mktemp("docs")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    where = ["--config-file", str(CHECKOUT / "docs.yml"), "--site-dir", str(folder)]
    done = subprocess.run([*command, *where], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    return folder


def test_every_page_is_built_and_no_link_is_dead(built: Path) -> None:
    pages = {path.relative_to(CHECKOUT / "docs") for path in (CHECKOUT / "docs").rglob("*.md")}
    made = {path.relative_to(built) for path in built.rglob("*.html")}
    missing = {
        page
        for page in pages
        if page.name != "index.md" and page.with_suffix("") / "index.html" not in made
    }
    assert missing == set()


LOADED = re.compile(r'<(?:script|img|link rel="stylesheet")[^>]+(?:src|href)="?(https?:[^">]+)')


def test_the_documentation_can_be_searched_and_asks_no_other_host(built: Path) -> None:
    pages = [path.read_text("utf-8") for path in built.rglob("*.html")]
    assert len(pages) > 30
    assert [found for page in pages for found in LOADED.findall(page)] == []
    index = json.loads((built / "search" / "search_index.json").read_text("utf-8"))
    assert any(row["location"].startswith("tutorial/") for row in index["docs"])


def test_every_picture_is_taken_by_the_command_shown_and_described() -> None:
    texts = [CHECKOUT / "README.md", *(CHECKOUT / "docs").rglob("*.md")]
    shown = [
        (path.parent / target).resolve()
        for path in texts
        for target in re.findall(r"\]\(([^)]+\.png)\)", path.read_text("utf-8"))
    ]
    undescribed = [path for path in texts if "![](" in path.read_text("utf-8")]
    taken = {ASSETS / name for name in PICTURES}
    assert (set(ASSETS.iterdir()), set(shown), undescribed) == (taken, taken, [])


PAGES_WITH_EXAMPLES = [
    path
    for path in sorted((CHECKOUT / "docs").rglob("*.md"))
    if "```console" in path.read_text("utf-8")
]


@pytest.fixture
def shell(tmp_path: Path) -> Callable[[str], str]:
    """Runs commands one after another, as in a terminal. Pushes go to a repository beside it."""
    home, work = tmp_path / "home", tmp_path / "work"
    home.mkdir()
    work.mkdir()
    remote = tmp_path / "remote" / "my-digest.git"
    subprocess.run(["git", "init", "-q", "--bare", str(remote)], check=True)
    (home / ".gitconfig").write_text(
        "[user]\n\tname = You\n\temail = you@example.org\n"
        f'[url "{remote.parent.as_uri()}/"]\n\tinsteadOf = https://github.com/you/\n'
    )
    own = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "HOME": str(home), "PATH": own}
    environment |= {"GIT_CONFIG_GLOBAL": str(home / ".gitconfig"), "COLUMNS": "1000"}
    where = work

    def run(line: str) -> str:
        nonlocal where
        script = f"cd {shlex.quote(str(where))}\n{line}\npwd > {shlex.quote(str(home / 'where'))}"
        done = subprocess.run(
            ["bash", "-c", script],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        where = Path((home / "where").read_text().strip())
        return done.stdout

    return run


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES_WITH_EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_do_what_the_page_says(page: Path, shell: Callable[[str], str]) -> None:
    found = list(examples(page.read_text("utf-8")))
    assert found
    for example in found:
        if isinstance(example, Written):
            path = Path(shell("pwd").strip(), example.path)
            before = path.read_text("utf-8") if example.added else ""
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(before + example.text, "utf-8")
        else:
            said = shell(example.line)
            assert example.prints(said), f"$ {example.line}\n{said}"
