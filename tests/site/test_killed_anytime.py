"""Commands that are killed at any time: the site is the old one or the new one, as is the content.

Each example is a command that is killed after a random part of the time that it needs.
"""

from __future__ import annotations

import fcntl
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from folders import tree, write_files
from killing import killed_after
from waiting import until

from broadsheet.cli import main, migrating
from broadsheet.content.migrate import Migration, migrated
from broadsheet.site.lock import content_lock

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="needs fork"),
]

CONFIG = """\
site_name: Boats
site_url: https://boats.example/
theme: {name: material, font: false}
plugins: [broadsheet]
"""
ISSUE = "week: 2024-W12\nstart: 2024-03-18\nend: 2024-03-24\ntitle: Boats\nsections:\n"
ENTRIES = ", ".join(f"{{paper: p-{n}}}" for n in range(60))
ISSUE += f"  - {{heading: Boats, entries: [{ENTRIES}]}}\n"
PAPER = "title: Paper {n}\nabstract: It is about {n}.\ntopics: [boats]\n"
FILES = {
    "mkdocs.yml": CONFIG,
    "docs/.gitkeep": "",
    "content/topics.yml": "boats: {name: Boats}\n",
    "content/digests/weekly/2024-W12.yml": ISSUE,
    **{f"content/papers/p-{n}.yml": PAPER.format(n=n) for n in range(60)},
    "new.jsonl": "".join(
        f'{{"title": "Paper {n}", "tldr": "New {n}.", "topics": ["Rafts"]}}\n' for n in range(90)
    ),
}
MORE = {"content/papers/p-7.yml": "title: Paper 7, corrected\nabstract: It is about 7.\n"}


@pytest.fixture
def project(
    tmp_path: Path, with_fonts: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A small project, in which nothing has been built yet."""
    monkeypatch.chdir(with_fonts(write_files(tmp_path / "project", FILES)))
    return Path.cwd()


def _run(*arguments: str) -> float:
    """Runs a command. Returns how many seconds it took."""
    start = time.monotonic()
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == 0, result.output
    return time.monotonic() - start


def _moments(kills: int, seconds: float) -> Iterator[float]:
    """Yields random times to kill a command at, which are the same in each run of the test."""
    chance = random.Random(kills)
    return (chance.random() * seconds for _ in range(kills))


def _is_in_use(folder: Path) -> bool:
    """Whether a process that was killed is still ending."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(opened)
    return False


def _reset(project: Path, kept: Path) -> None:
    shutil.rmtree(project)
    shutil.copytree(kept, project, symlinks=True, copy_function=shutil.copy2)


@pytest.mark.parametrize("from_scratch", [True, False])
def test_a_build_that_is_killed_at_any_time_leaves_one_whole_site(
    project: Path, tmp_path: Path, from_scratch: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    _run("build")
    _run("build")
    old = tree(project / "site")
    kept = tmp_path / "kept"
    shutil.copytree(project, kept, copy_function=shutil.copy2)

    def changed() -> None:
        _reset(project, kept)
        monkeypatch.chdir(project)
        write_files(project, MORE)
        if from_scratch:
            shutil.rmtree(".broadsheet/cache/sites", ignore_errors=True)
            shutil.rmtree(".broadsheet/spare", ignore_errors=True)

    changed()
    seconds = _run("build")
    new = tree(project / "site")
    assert new != old
    found = []
    for moment in _moments(12, seconds):
        changed()
        killed_after(moment, ["build"])
        until(lambda: not any(map(_is_in_use, project.glob(".site.building-*"))))
        found.append(tree(project / "site"))
        assert found[-1] in (old, new)
        _run("build")
        assert tree(project / "site") == new
        assert not [path.name for path in project.iterdir() if path.name.startswith(".site")]
    assert old in found


@pytest.mark.parametrize(
    "command", ["import new.jsonl", "merge p-1 p-2", "rename p-1 p-100", "migrate"]
)
def test_content_is_whole_after_a_command_was_killed_at_any_time(
    project: Path, tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = "Gives papers a venue."
    venues = Migration(2, about, "papers/*.yml", lambda text, _: f"{text}venue: V\n")
    monkeypatch.setattr(
        migrating, "migrated", lambda folder, shown: migrated(folder, shown, (venues,), 2)
    )
    kept = tmp_path / "kept"
    shutil.copytree(project, kept)
    before = tree(project / "content")
    for _ in range(2):  # the first run is slower
        _reset(project, kept)
        monkeypatch.chdir(project)
        seconds = _run(*command.split())
    after = tree(project / "content")
    killed = 0
    for moment in _moments(15, seconds):
        _reset(project, kept)
        monkeypatch.chdir(project)
        killed += killed_after(moment, command.split())
        assert not list(Path("content").rglob("*.part"))
        with content_lock(Path("content"), lambda _: None):
            pass
        assert tree(Path("content")) in (before, after)
        assert not Path(".broadsheet/change").exists()
    assert killed > 0


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", *arguments]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_a_branch_is_whole_after_its_deployment_was_killed_at_any_time(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Ada Example")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "ada@example.org")
    _git(project, "init", "--quiet")
    host = tmp_path / "host.git"
    _git(tmp_path, "init", "--quiet", "--bare", host.name)
    _git(project, "remote", "add", "origin", str(host))
    seconds = _run("deploy")
    texts = ["title: One\n"]
    for moment in _moments(20, 1.2 * seconds):
        texts.append(f"title: Paper {len(texts)}\n")
        write_files(project, {"content/papers/p-7.yml": texts[-1]})
        killed_after(moment, ["deploy"])
        for repository in (project, host):
            files = _git(repository, "ls-tree", "-r", "--name-only", "gh-pages").splitlines()
            # All pages of all papers, and one of the texts in all places.
            assert sum(file.startswith("papers/p-") for file in files) >= 60
            page = _git(repository, "show", "gh-pages:papers/p-7/index.html")
            title = page.partition("<h1")[2].partition(">")[2].partition("<")[0]
            known = _git(repository, "show", "gh-pages:api/v1/papers.json")
            assert f'"title":"{title}"' in known
        _git(project, "fsck", "--connectivity-only")
    _run("deploy")
    assert f"Paper {len(texts) - 1}" in _git(host, "show", "gh-pages:papers/p-7/index.html")
