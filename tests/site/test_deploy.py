"""Pushing a site to a branch of a real Git repository."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from folders import write_files

from broadsheet.cli import main
from broadsheet.site.hosts import HOSTS, Host, Limit, Measure

CONFIG = """\
site_name: Boats
site_url: https://boats.example/
theme: {name: material, font: false}
plugins: [broadsheet]
"""


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(
        command, cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project in a repository, with a bare repository "host.git" beside it."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Ada Example")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "ada@example.org")
    folder = write_files(
        tmp_path / "project",
        {
            "mkdocs.yml": CONFIG,
            "docs/.gitkeep": "",
            "content/papers/raft.yml": "title: Raft\nabstract: Logs float.\n",
        },
    )
    _git(folder, "init", "--quiet")
    _git(tmp_path, "init", "--quiet", "--bare", "host.git")
    _git(folder, "remote", "add", "origin", str(tmp_path / "host.git"))
    monkeypatch.chdir(folder)
    return folder


def _deploy(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["deploy", *arguments])


@pytest.fixture
def host(project: Path) -> Path:
    return project.parent / "host.git"


def test_the_branch_of_the_host_has_the_site_and_nothing_else(project: Path, host: Path) -> None:
    result = _deploy("--message", "Week 48")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("pushed 1 paper, ")
    files = _git(host, "ls-tree", "-r", "--name-only", "gh-pages").splitlines()
    built = {p.relative_to("site").as_posix() for p in Path("site").rglob("*") if p.is_file()}
    assert set(files) == {*built, ".nojekyll"}
    assert _git(host, "log", "-1", "--format=%s", "gh-pages") == "Week 48"
    assert "Raft" in _git(host, "show", "gh-pages:papers/raft/index.html")


def test_a_second_deploy_adds_a_commit(project: Path, host: Path) -> None:
    assert _deploy().exit_code == 0
    write_files(project, {"content/papers/raft.yml": "title: Raft Two\n"})
    assert _deploy().exit_code == 0
    assert _git(host, "rev-list", "--count", "gh-pages") == "2"
    assert "Raft Two" in _git(host, "show", "gh-pages:papers/raft/index.html")


def test_a_dry_run_pushes_nothing(project: Path, host: Path) -> None:
    assert _deploy("--dry-run").stdout.startswith("would push 1 paper, ")
    assert _git(host, "branch") == ""


def test_a_dry_run_tells_the_limits_of_the_host(project: Path) -> None:
    told = _deploy("--dry-run", "--host", "cloudflare").stdout
    assert "Cloudflare Pages takes this site. Its limits, as read on " in told
    assert re.search(r"\n  files: \d+ of 20,000 ", told)
    assert re.search(r"\n +[\d.]+ MB +2 files  pages of papers\n", told)
    assert "Unknown host; name one with --host" in _deploy("--dry-run").stdout


def test_a_dry_run_for_a_host_needs_no_remote(project: Path) -> None:
    _git(project, "remote", "remove", "origin")
    assert _deploy("--dry-run", "--host", "netlify").exit_code == 0
    assert _deploy("--dry-run").exit_code == 1


def test_a_site_that_its_host_does_not_take_fails_a_dry_run_and_warns_before_a_push(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = Limit(Measure.FILES, 3, "https://boats.example/")
    monkeypatch.setitem(HOSTS, "github", Host("Boat Pages", ".boats", (limit,)))
    tried = _deploy("--dry-run", "--host", "github", "--json")
    assert tried.exit_code == 1
    assert tried.stderr.startswith("error: site: files: ")
    told = json.loads(tried.stdout)
    assert told["problems"][-1]["message"].endswith("Boat Pages takes at most 3")
    assert sum(group["files"] for group in told["groups"]) == told["files"]
    pushed = _deploy("--host", "github")
    assert pushed.exit_code == 0
    assert pushed.stderr.startswith("warning: site: files: ")


def test_programs_learn_what_was_pushed(project: Path, host: Path) -> None:
    told = json.loads(_deploy("--json").stdout)
    assert (told["branch"], told["papers"], told["dry_run"]) == ("gh-pages", 1, False)
    assert told["files"] == sum(path.is_file() for path in Path("site").rglob("*"))


def test_a_refused_push_says_why_and_leaves_the_host_alone(project: Path, host: Path) -> None:
    assert _deploy().exit_code == 0
    before = _git(host, "rev-parse", "gh-pages")
    hook = write_files(host, {"hooks/pre-receive": "#!/bin/sh\necho not on a Friday\nexit 1\n"})
    (hook / "hooks/pre-receive").chmod(0o755)
    write_files(project, {"content/papers/raft.yml": "title: Raft Two\n"})
    result = _deploy()
    assert result.exit_code == 1
    assert "can't push gh-pages to origin: " in result.stderr
    assert "not on a Friday" in result.stderr
    assert _git(host, "rev-parse", "gh-pages") == before


def test_a_local_address_is_not_deployed(project: Path, host: Path) -> None:
    write_files(project, {"mkdocs.yml": CONFIG.replace("https://boats.example/", "''")})
    result = _deploy()
    assert (result.exit_code, _git(host, "branch")) == (1, "")
    assert result.stderr.startswith("error: mkdocs.yml:2: site_url: isn't set (")


def test_a_remote_that_does_not_exist_is_named(project: Path) -> None:
    told = _deploy("--remote", "elsewhere").stderr
    assert "the Git repository has no remote 'elsewhere' (run `git remote add elsewhere" in told


def test_a_project_outside_of_a_repository_is_named(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / ".git").rename(project.parent / "away")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.parent))
    assert "isn't in a Git repository (run `git init`" in _deploy().stderr
