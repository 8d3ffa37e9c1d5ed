"""The preview of a pull request is linked in one comment, whoever has opened it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from folders import write_files
from hosts.host_files import CHECKOUT, of_kind

PREVIEW = "site_templates/new/github/_github/workflows/preview.yml"
# What stands in for the program gh: a repository in a JSON file.
GH = """\
#!/usr/bin/env python3
import json, pathlib, sys

state = pathlib.Path(__file__).with_name("state.json")
known = json.loads(state.read_text())
words = sys.argv[2:]
fields = dict(f.split("=", 1) for n, f in zip(words, words[1:]) if n == "--raw-field")
method = words[words.index("--method") + 1] if "--method" in words else "GET"
path = next(word for word in words if word.startswith("repos/you/a/"))[len("repos/you/a/"):]
if path == "pulls":
    shown = [p for p in known["pulls"] if p["head"]["label"] == fields["head"]]
elif path == "actions/runs/5/artifacts":
    shown = {"artifacts": known["artifacts"]}
elif method == "POST":
    number = max([0, *(comment["id"] for comment in known["comments"])]) + 1
    known["comments"].append({"id": number, "user": {"type": "Bot"}, **fields})
elif method == "PATCH":
    (comment,) = [c for c in known["comments"] if path == f"issues/comments/{c['id']}"]
    comment.update(fields)
else:
    assert path == "issues/7/comments", path
    shown = known["comments"]
if method == "GET":
    print(json.dumps(shown))
state.write_text(json.dumps(known))
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    if not shutil.which("jq"):
        pytest.skip("jq isn't installed; runners of GitHub have it")
    pull = {"number": 7, "head": {"label": "ada:kites", "sha": "abc"}}
    person = {"id": 3, "user": {"type": "User"}, "body": "<!-- preview of the site --> mine"}
    known = {
        "pulls": [pull],
        "artifacts": [{"id": 9, "name": "preview"}, {"id": 8, "name": "other"}],
        "comments": [person],
    }
    write_files(tmp_path, {"gh": GH, "state.json": json.dumps(known)})
    (tmp_path / "gh").chmod(0o755)
    return tmp_path


def _comments(repository: Path, commit: str = "abc", head: str = "ada:kites") -> list[Any]:
    """Runs the workflow, and returns the comments then."""
    (step,) = yaml.safe_load((CHECKOUT / PREVIEW).read_text("utf-8"))["jobs"]["comment"]["steps"]
    subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=repository,
        env={
            "PATH": f"{repository}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_REPOSITORY": "you/a",
            "GITHUB_SERVER_URL": "https://github.com",
            "RUN": "5",
            "COMMIT": commit,
            "HEAD": head,
        },
        check=True,
    )
    found = json.loads((repository / "state.json").read_text())["comments"]
    return [comment["body"] for comment in found if comment["user"]["type"] == "Bot"]


def test_a_comment_links_the_preview_and_is_updated(repository: Path) -> None:
    (first,) = _comments(repository)
    url = "https://github.com/you/a/actions/runs/5/artifacts/9"
    assert first.startswith(f"<!-- preview of the site -->\n[Download the preview]({url}) of abc")
    state = json.loads((repository / "state.json").read_text())
    state["pulls"][0]["head"]["sha"] = "def"
    write_files(repository, {"state.json": json.dumps(state)})
    (second,) = _comments(repository, "def")
    assert second == first.replace("abc", "def")


def test_there_is_no_comment_without_a_pull_request_of_that_commit(repository: Path) -> None:
    assert _comments(repository, "older") == []
    assert _comments(repository, head="eve:kites") == []


def test_what_may_comment_runs_nothing_of_the_pull_request() -> None:
    found = [text for name, text in of_kind("vendor.github-workflows") if "preview.yml" in name]
    assert len(found) == 3
    assert len(set(found)) == 1
    workflow = yaml.safe_load(found[0])
    assert workflow["permissions"] == {}
    (job,) = workflow["jobs"].values()
    assert job["permissions"] == {"actions": "read", "pull-requests": "write"}
    assert [step for step in job["steps"] if "uses" in step] == []
