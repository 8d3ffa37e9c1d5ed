"""`broadsheet new` makes a site that builds right away, for each host."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from folders import tree, write_files

from broadsheet.cli import main
from broadsheet.content.check import load_and_check
from broadsheet.content.schema import schema_files
from broadsheet.site import new as making
from broadsheet.site.new import HOSTS, NewSite, files_of, host_for, name_for, requirement, valid_url

BUNDLED = Path(__file__).parents[2] / "content"
URL = "https://you.github.io/my-digest/"
MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


def _new(*arguments: str, given: str | None = None, code: int = 0) -> Result:
    result = CliRunner().invoke(main, ["new", *arguments], input=given, prog_name="broadsheet")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The empty folder that the commands run in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("broadsheet.cli.new.is_interactive", lambda: True)


def _config(folder: Path) -> str:
    return (folder / "mkdocs.yml").read_text("utf-8")


def test_a_new_site_has_no_problem_and_is_built_below_a_path(
    here: Path, with_fonts: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _new("my-digest", "--url", URL.rstrip("/"))
    monkeypatch.chdir(with_fonts(here / "my-digest"))
    checked = CliRunner().invoke(main, ["check", "--strict"])
    assert checked.output == (
        "content: 9 papers, 2 issues, 9 topics, 1 collection; 0 errors, 0 warnings\n"
    )
    built = CliRunner().invoke(main, ["build", "--strict"])
    assert built.exit_code == 0, built.output
    page = Path("site/index.html").read_text("utf-8")
    assert (
        f'<link rel="canonical" href="{URL}"' in page or f"<link rel=canonical href={URL}" in page
    )
    assert "My digest" in page
    assert 'href="map/"' in page or "href=map/" in page


def test_a_new_site_without_content_has_no_menu_items_that_lead_nowhere(
    here: Path, with_fonts: Callable[[Path], Path]
) -> None:
    _new("--bare")
    with_fonts(here)
    built = CliRunner().invoke(main, ["build", "--strict"])
    assert built.output.startswith("site: 0 papers on "), built.output
    assert "map/" not in Path("site/index.html").read_text("utf-8")


def test_sample_papers_are_those_of_the_bundled_digest_without_their_abstracts(here: Path) -> None:
    _new()
    sample, bundled = load_and_check(here / "content"), load_and_check(BUNDLED)
    assert sample.problems == ()
    assert len(sample.corpus.papers) == 9
    for slug, paper in sample.corpus.papers.items():
        known = bundled.corpus.papers[slug]
        assert paper == known.model_copy(update={"abstract": None, "provenance": ()}), slug
        assert paper.title, slug
        assert paper.authors, slug
        assert paper.published, slug
        assert paper.tldr, slug
        assert paper.summary, slug
    names = {slug: topic.name for slug, topic in bundled.corpus.topics.items()}
    assert {
        slug: topic.name for slug, topic in sample.corpus.topics.items()
    }.items() <= names.items()
    listed = [entry.paper for issue in sample.corpus.issues for entry in issue.entries()]
    assert sorted(listed) == sorted(sample.corpus.papers)


def test_editors_find_the_schema_of_each_file(here: Path) -> None:
    _new()
    written = {name: (here / "schemas" / name).read_bytes() for name in schema_files()}
    assert written == schema_files()
    samples = list(here.rglob("content/**/*.yml"))
    assert len(samples) == 13
    for path in samples:
        found = MODELINE.match(path.read_text("utf-8"))
        assert found, path
        assert (path.parent / found[1]).is_file(), path
    mapped = json.loads((here / ".vscode/settings.json").read_text())["yaml.schemas"]
    matched = {path for name in mapped.values() for path in here.glob(name)}
    assert matched == set(samples)
    assert all((here / name).is_file() for name in mapped)


def test_readers_and_letters_are_not_committed(here: Path) -> None:
    _new()
    subprocess.run(["git", "init", "--quiet"], check=True)
    private = ["readers.txt", "recipients-2024.txt", "lists/subscribers.txt", "newsletter/a.md"]
    private += ["letter.eml", ".broadsheet/sent.db", "site/index.html", ".env"]
    found = subprocess.run(
        ["git", "check-ignore", *private, "content/papers/readers.yml"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout.split() == private


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("url", ["", URL])
def test_each_host_builds_with_the_url_of_the_site(host: str, url: str) -> None:
    made = {
        name: text.decode()
        for name, text in files_of(NewSite("A", url, host), is_sample=True).items()
    }
    workflows = {
        "github": ".github/workflows/site.yml",
        "gitlab": ".gitlab-ci.yml",
        "netlify": "netlify.toml",
        "cloudflare": "wrangler.toml",
        "container": ".github/workflows/image.yml",
    }
    assert [name for name in workflows.values() if name in made] == (
        [workflows[host]] if host in workflows else []
    )
    text = made.get(workflows.get(host, ""), "")
    (tomllib.loads if text and workflows[host].endswith("toml") else yaml.safe_load)(text)
    assert "secrets" not in text
    assert (".github/workflows/pull.yml" in made) == (host not in ("gitlab", "none"))
    for path in re.findall(r"`([\w./-]+\.(?:yml|toml|txt))`", made["README.md"]):
        assert path in made or "2024-W48" in path or path == "readers.txt", path
    assert url in made["README.md"]
    if host == "container":
        assert "broadsheet build" in made["Dockerfile"]
    elif host not in ("none", "cloudflare"):
        assert "broadsheet build" in text
        assert ("SITE_URL" in text) == (not url)
    else:
        assert "broadsheet build" in made["README.md"]
        assert ("Set `site_url`" in made["README.md"] or "set `site_url`" in made["README.md"]) == (
            not url
        )


def test_the_menu_and_workflows_have_no_marks_of_templates() -> None:
    for host in HOSTS:
        for name, text in files_of(NewSite("A", "", host), is_sample=True).items():
            if not name.startswith("schemas/"):
                assert not re.search(rb"\[%|%\]|\[\[|\]\]|\[#", text), name


def _git(*arguments: str, at: Path) -> str:
    command = ["git", "-C", str(at), "-c", "user.name=a", "-c", "user.email=a@b.c", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_the_workflow_of_sources_opens_a_pull_request_only_for_new_papers(here: Path) -> None:
    name = ".github/workflows/pull.yml"
    text = files_of(NewSite("A", URL, "github"), is_sample=False)[name].decode()
    steps = yaml.safe_load(text)["jobs"]["pull"]["steps"]
    assert "broadsheet pull" in [step.get("run") for step in steps]
    script = next(step["run"] for step in steps if "gh pr create" in step.get("run", ""))
    site = write_files(here / "site", {"content/topics.yml": "", "cache": "old"})
    _git("init", "--quiet", "--bare", "origin", at=here)
    _git("init", "--quiet", "--initial-branch", "master", at=site)
    _git("add", ".", at=site)
    _git("commit", "--quiet", "--message", "Start", at=site)
    _git("remote", "add", "origin", str(here / "origin"), at=site)
    write_files(here, {"bin/gh": '#!/bin/sh\n[ "$2" = list ] && echo 0 || echo "$@" >> asked\n'})
    (here / "bin/gh").chmod(0o755)
    environment = {"PATH": f"{here}/bin:{os.environ['PATH']}", "HOME": str(here)}
    opening = partial(subprocess.run, ["bash", "-e", "-c", script], cwd=site, env=environment)
    opening(check=True)
    assert _git("branch", "--list", at=here / "origin") == ""
    write_files(site, {"content/papers/kites.yml": "title: Kites\n", "cache": "new"})
    opening(check=True)
    branch = _git("branch", "--list", at=here / "origin").strip()
    assert re.fullmatch(r"papers-\d{4}-W\d\d", branch)
    changed = _git("show", "--format=", "--name-only", branch, at=here / "origin").split()
    assert changed == ["content/papers/kites.yml"]
    assert (site / "asked").read_text().splitlines() == [
        "auth setup-git",
        f"pr create --fill --head {branch}",
        f"workflow run site.yml --ref {branch}",
    ]
    _git("switch", "--quiet", "master", at=site)
    _git("branch", "--quiet", "-D", branch, at=site)
    write_files(site, {"content/papers/rafts.yml": "title: Rafts\n"})
    opening(check=True)
    first = _git("rev-parse", branch, at=here / "origin")
    _git("commit", "--quiet", "--allow-empty", "--message", "Reviewed", at=site)
    _git("push", "--quiet", "origin", branch, at=site)
    reviewed = _git("rev-parse", branch, at=here / "origin")
    _git("switch", "--quiet", "master", at=site)
    _git("branch", "--quiet", "-D", branch, at=site)
    write_files(site, {"content/papers/knots.yml": "title: Knots\n"})
    assert "Somebody has edited" in opening(check=True, capture_output=True, text=True).stdout
    assert _git("rev-parse", branch, at=here / "origin") == reviewed != first


def test_nothing_is_asked_without_a_terminal(here: Path) -> None:
    output = _new("my-digest").output
    assert "Name of the site" not in output
    assert 'site_name: "My digest"\n' in _config(here / "my-digest")
    assert '[SITE_URL, "http://127.0.0.1:8000/"]' in _config(here / "my-digest")
    assert (here / "my-digest/.github/workflows/site.yml").is_file()


def test_three_questions_are_asked_in_a_terminal(here: Path, terminal: None) -> None:
    output = _new("boats", given='Boats: a "digest"\nhttps://boats.gitlab.io/weekly\n\n').output
    assert output.index("Name of the site [Boats]") < output.index("URL of") < output.index("Host")
    loaded = yaml.safe_load(_config(here / "boats").replace("!ENV", ""))
    assert loaded["site_name"] == 'Boats: a "digest"'
    assert loaded["site_url"] == ["SITE_URL", "https://boats.gitlab.io/weekly/"]
    assert loaded["repo_url"] == "https://gitlab.com/boats/weekly"
    assert (here / "boats/.gitlab-ci.yml").is_file()
    assert not (here / "boats/.github").exists()


def test_a_wrong_answer_is_asked_again(here: Path, terminal: None) -> None:
    output = _new("boats", given="Boats\nboats\n\nmoon\nnone\n").output
    assert "Error: 'boats' isn't the URL of a site" in output
    assert "is not one of 'github'" in output
    assert not (here / "boats/.github").exists()


def test_options_answer_the_questions(here: Path, terminal: None) -> None:
    output = _new("boats", "--name", "Boats", "--url", URL, "--host", "netlify").output
    assert "[" not in output
    assert (here / "boats/netlify.toml").is_file()


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--name", " "),
        ("--name", "a\x07b"),
        ("--url", "boats.example"),
        ("--url", "ftp://boats.example/"),
        ("--url", "https://boats.example/?a=b"),
        ("--url", "https://boats.example/../x"),
        ("--url", 'https://boats.example/"x'),
        ("--host", "moon"),
    ],
)
def test_wrong_options_are_refused_before_anything_is_written(
    here: Path, option: str, value: str
) -> None:
    assert f"Invalid value for '{option}'" in _new(option, value, code=2).output
    assert tree(here) == {}


def test_existing_content_gets_no_sample(here: Path) -> None:
    write_files(here, {"content/papers/a.yml": "title: A\n", "README.md": "mine\n"})
    output = _new().output
    assert sorted(path.name for path in (here / "content/papers").iterdir()) == ["a.yml"]
    assert (here / "README.md").read_text() == "mine\n"
    assert "README.md" not in output.replace("README.md says", "")


def test_an_existing_site_is_refused(here: Path) -> None:
    write_files(here, {"mkdocs.yml": "site_name: Mine\n"})
    assert "mkdocs.yml: already exists (choose another folder)" in _new(code=1).output
    assert list(tree(here)) == ["mkdocs.yml"]


@pytest.mark.parametrize(
    ("folder", "name"),
    [("my-digest", "My digest"), ("LLM_papers", "LLM papers"), ("", "Papers of the week")],
)
def test_a_site_is_named_after_its_folder(folder: str, name: str) -> None:
    assert name_for(Path(folder)) == name


def test_the_url_tells_the_host() -> None:
    found = {ending: host_for(f"https://a{ending}/b/") for ending in HOSTS.values() if ending}
    assert found == {ending: host for host, ending in HOSTS.items() if ending}
    assert host_for("https://a.example/") == "github"
    assert valid_url(" https://A.example/b// ") == "https://A.example/b/"


@pytest.mark.parametrize(
    ("origin", "line", "is_public"),
    [
        (None, "broadsheet[all]==9.8", True),
        ({"url": "file:///home/me/broadsheet", "dir_info": {}}, "broadsheet[all]==9.8", False),
        (
            {"url": "https://git.example/b", "vcs_info": {"vcs": "git", "commit_id": "ab12"}},
            "broadsheet[all] @ git+https://git.example/b@ab12",
            True,
        ),
        (
            {"url": "https://files.example/b.whl", "archive_info": {}},
            "broadsheet[all] @ https://files.example/b.whl",
            True,
        ),
    ],
)
def test_requirements_name_where_this_version_comes_from(
    origin: dict[str, Any] | None, line: str, is_public: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Installed:
        version = "9.8"

        def read_text(self, name: str) -> str | None:
            return json.dumps(origin) if origin and name == "direct_url.json" else None

    monkeypatch.setattr(making, "distribution", lambda _: Installed())
    assert requirement() == making.Requirement(line, is_public)
