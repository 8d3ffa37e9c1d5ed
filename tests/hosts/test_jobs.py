"""The jobs of workflows do what they should, from a new clone in a clean environment."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml
from folders import write_files
from hosts.host_files import CHECKOUT
from hosts.runner import SHELLS, Runner

from broadsheet.site.new import NewSite, files_of

pytestmark = pytest.mark.slow
MAIN = {"github.ref": "refs/heads/main", "github.event_name": "push"}
PULL = {"github.ref": "refs/pull/7/merge", "github.event_name": "pull_request"}
PAPER = "content/papers/raft-adapting-language-model-to-domain-specific-rag.yml"


def _git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@b.example")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def _commit(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    write_files(folder, files)
    if not (folder / ".git").exists():
        _git(folder, "init", "--quiet", "--initial-branch", "main")
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", "Change")
    return folder


@pytest.fixture
def runner(
    machine: Mapping[str, str], programs: Path, tmp_path: Path
) -> Callable[[Path, Mapping[str, str]], Runner]:
    names = {
        "github.repository": "you/my-digest",
        "github.repository_owner": "you",
        "github.event.repository.name": "my-digest",
        "runner.os": "Linux",
    }
    return lambda origin, event: Runner(tmp_path, origin, programs, machine, {**names, **event})


@pytest.fixture
def project(tmp_path: Path) -> Callable[[str], Path]:
    """A new site for a host, in a repository."""

    def make(host: str) -> Path:
        return _commit(tmp_path / "origin", files_of(NewSite("A", "", host), is_sample=True))

    return make


def _times(site: Path) -> dict[str, int]:
    return {
        path.relative_to(site).as_posix(): path.stat().st_mtime_ns
        for path in site.rglob("*")
        if path.is_file()
    }


def test_github_publishes_main_and_the_next_run_makes_only_what_has_changed(
    project: Callable[[str], Path], runner: Callable[..., Runner]
) -> None:
    origin = project("github")
    machine = runner(origin, MAIN)
    assert machine.run(".github/workflows/site.yml", "build"), machine.said
    first = machine.artifacts["github-pages"]
    assert 'href="https://you.github.io/my-digest/' in (first / "index.html").read_text("utf-8")
    text = (origin / PAPER).read_text("utf-8").replace("tldr: ", "tldr: In short, ", 1)
    _commit(origin, {PAPER: text})
    assert machine.run(".github/workflows/site.yml", "build"), machine.said
    second = machine.artifacts["github-pages"]
    assert "In short, " in (second / f"papers/{Path(PAPER).stem}/index.html").read_text("utf-8")
    before, now = _times(first), _times(second)
    same = [path for path in now if now[path] == before.get(path)]
    assert len(same) > len(now) / 2
    other = "papers/are-we-done-with-mmlu/index.html"
    assert other in same


def test_github_offers_a_preview_of_a_pull_request_and_publishes_nothing(
    project: Callable[[str], Path], runner: Callable[..., Runner]
) -> None:
    machine = runner(project("github"), PULL)
    assert machine.run(".github/workflows/site.yml", "build"), machine.said
    assert machine.artifacts.keys() == {"preview"}
    assert "[Download the preview](https://github.com/you/my-digest/" in machine.summary


def test_github_shows_mistakes_beside_their_lines(
    project: Callable[[str], Path], runner: Callable[..., Runner]
) -> None:
    origin = _commit(project("github"), {PAPER: "title: Raft\ntitel: Raft\n"})
    machine = runner(origin, PULL)
    assert not machine.run(".github/workflows/site.yml", "build")
    assert f"::error file={PAPER},line=2::titel: " in machine.said
    assert machine.artifacts == {}


def test_github_takes_no_papers_without_sources(
    project: Callable[[str], Path], runner: Callable[..., Runner]
) -> None:
    machine = runner(project("github"), {**MAIN, "github.token": "secret"})
    assert machine.run(".github/workflows/pull.yml", "pull"), machine.said
    assert "::notice file=mkdocs.yml::Name sources" in machine.said


def test_the_action_checks_and_builds_the_site_of_this_repository(
    tmp_path: Path, runner: Callable[..., Runner]
) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=CHECKOUT, check=True, capture_output=True, text=True
    ).stdout.rstrip("\0")
    paths = [name for name in tracked.split("\0") if (CHECKOUT / name).is_file()]
    origin = _commit(tmp_path / "origin", {name: (CHECKOUT / name).read_bytes() for name in paths})
    machine = runner(origin, PULL)
    assert machine.run(".github/workflows/site.yml", "build"), machine.said
    assert (machine.artifacts["preview"] / "weeks/index.html").is_file()
    assert "site: " in machine.said


def _gitlab(job: str, here: Path, machine: Mapping[str, str], programs: Path) -> str:
    """Runs a job of GitLab, and returns what it has printed."""
    config = yaml.safe_load((here / ".gitlab-ci.yml").read_text("utf-8"))
    lines = [*config["default"]["before_script"], *config[job]["script"]]
    home = here.parent / "home"
    home.mkdir(exist_ok=True)
    given = {
        "CI": "true",
        "CI_PROJECT_DIR": str(here),
        "CI_PAGES_URL": "https://you.gitlab.io/my-digest",
        "HOME": str(home),
        "PATH": f"{programs}:/usr/bin:/bin",
    }
    variables = {key: _expanded(value, given) for key, value in config["variables"].items()}
    done = subprocess.run(
        [*SHELLS["bash"].split(), "-c", "\n".join(lines)],
        cwd=here,
        env={**machine, **given, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def _expanded(text: str, variables: Mapping[str, str]) -> str:
    return re.sub(r"\$(\w+)", lambda found: variables[found[1]], text)


def test_gitlab_checks_merge_requests_and_publishes_with_what_it_has_kept(
    project: Callable[[str], Path], machine: Mapping[str, str], programs: Path, tmp_path: Path
) -> None:
    origin = project("gitlab")
    config = yaml.safe_load((origin / ".gitlab-ci.yml").read_text("utf-8"))
    here = tmp_path / "work"
    _git(tmp_path, "clone", "--quiet", str(origin), str(here))
    _gitlab("check", here, machine, programs)
    report = json.loads((here / "gl-code-quality-report.json").read_text("utf-8"))
    assert [problem for problem in report if problem["severity"] != "minor"] == []
    kept = [here / path for path in config["default"]["cache"]["paths"]]
    before = _times(here / "site")
    shutil.move(here, tmp_path / "before")
    _git(tmp_path, "clone", "--quiet", str(origin), str(here))
    for path in kept:
        old = tmp_path / "before" / path.relative_to(here)
        if old.is_dir():
            shutil.copytree(old, path)
        elif old.exists():  # pip keeps nothing of packages that it finds in a folder
            shutil.copyfile(old, path)
    _gitlab("pages", here, machine, programs)
    assert "https://you.gitlab.io/my-digest/" in (here / "public/index.html").read_text("utf-8")
    now = _times(here / "site")
    assert sum(now[path] == before.get(path) for path in now) > len(now) / 2


def test_netlify_builds_with_its_address(
    project: Callable[[str], Path], machine: Mapping[str, str], programs: Path, tmp_path: Path
) -> None:
    here = project("netlify")
    settings = tomllib.loads((here / "netlify.toml").read_text("utf-8"))["build"]
    given = {"URL": "https://a.netlify.app", "CI": "true", "HOME": str(tmp_path)}
    subprocess.run(
        ["bash", "-c", settings["command"]],
        cwd=here,
        env={**machine, **given, "PATH": f"{programs}:/usr/bin:/bin"},
        check=True,
    )
    assert "https://a.netlify.app/" in (here / settings["publish"] / "index.html").read_text()
