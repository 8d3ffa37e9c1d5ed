"""Commands that are killed: the content is as before or as after, and nothing is left behind."""

from __future__ import annotations

import json
import os
import shutil
import sys
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner
from folders import tree, write_files
from killing import killed_at

from broadsheet.base.change import hash_of
from broadsheet.base.errors import BroadsheetError
from broadsheet.cli import main, migrating
from broadsheet.content.check import load_and_check
from broadsheet.content.migrate import Migrated
from broadsheet.site.lock import content_lock

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs fork")

ISSUE = """\
week: 2024-W12
start: 2024-03-18
end: 2024-03-24
title: Boats and kites
sections:
  - heading: Floating
    entries: [{paper: boats, text: "See [[kites]]."}, {paper: kites}]
"""
FILES = {
    "mkdocs.yml": "site_name: Toys\n",
    "content/topics.yml": "floating: {name: Floating}\n",
    "content/papers/boats.yml": "# Mine.\ntitle: Boats\n",
    "content/papers/kites.yml": "title: Kites\n",
    "content/papers/more.jsonl": '{"slug": "rafts", "title": "Rafts"}\n',
    "content/digests/weekly/2024-W12.yml": ISSUE,
    "content/citation.keys": "boats: anon-nd-boats\n",
    "new.jsonl": '{"title": "Boats", "tldr": "They float."}\n'
    '{"title": "Rafts", "published": "2020"}\n'
    '{"title": "Oars", "topics": ["Rowing"]}\n',
}
# Makes schemas that are missing, and changes two files of content.
TEXTS = {"papers/boats.yml": "title: Ships\n", "topics.yml": ""}
READ = {name: hash_of(FILES[f"content/{name}"].encode()) for name in TEXTS}
COMMANDS = (
    "import new.jsonl",
    "merge boats rafts",
    "rename boats ships",
    *(
        pytest.param(command, marks=pytest.mark.slow)
        for command in (
            "add 2403.10131 --offline",
            "issue fill 2024-W13 --from new.jsonl",
            "merge boats kites",
        )
    ),
)


def _project(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_files(folder, FILES))
    return folder


def _whole(folder: Path) -> dict[str, str]:
    """The content, after whatever a killed command left has been finished or removed."""
    assert not list((folder / "content").rglob("*.part"))
    with content_lock(folder / "content", lambda _: None):
        pass
    assert {path.name for path in (folder / ".broadsheet").iterdir()} <= {
        ".gitignore",
        "content-lock",
    }
    return tree(folder / "content")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_is_killed_at_any_step_changes_all_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    whole = _project(tmp_path / "whole", monkeypatch)
    before = tree(whole / "content")
    result = CliRunner().invoke(main, command.split())
    assert result.exit_code == 0, result.output
    after = _whole(whole)
    outcomes = []
    for step in count():
        folder = _project(tmp_path / "killed", monkeypatch)
        was_killed = killed_at(step, command.split())
        found = _whole(folder)
        assert found in (before, after)
        assert not [p for p in load_and_check(Path("content")).problems if p.level == "error"]
        if not was_killed:
            break
        outcomes.append(found == after)
        shutil.rmtree(folder)
    # It counts from one step on, and there are steps before and after that.
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {False, True}


@pytest.mark.slow
def test_a_migration_that_is_killed_at_any_step_changes_all_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrating, "migrated", lambda *_: Migrated(1, (), TEXTS, READ))
    before = tree(_project(tmp_path / "before", monkeypatch) / "content")
    after = set()
    for step in count():
        folder = _project(tmp_path / str(step), monkeypatch)
        was_killed = killed_at(step, ["migrate"])
        found = _whole(folder)
        if found != before:
            after.add(json.dumps(found))
        if not was_killed:
            break
    assert len(after) == 1


def _half_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in which an import was killed after it had moved its first file."""
    for step in count():
        folder = _project(tmp_path / str(step), monkeypatch)
        before = tree(folder / "content")
        assert killed_at(step, ["import", "new.jsonl"])
        if tree(folder / "content") != before:
            return folder
    raise AssertionError


def test_the_next_command_finishes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _half_done(tmp_path, monkeypatch)
    result = CliRunner().invoke(main, ["import", "new.jsonl"])
    assert result.output.endswith("0 merged, 0 changed, 3 unchanged; wrote 0 files\n")
    assert not Path(".broadsheet/change").exists()


def test_what_somebody_edited_after_a_kill_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _half_done(tmp_path, monkeypatch)
    Path("content/papers/boats.yml").write_text("title: Boats\nabstract: Mine.\n")
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 1
    assert result.output == (
        "error: content/papers/boats.yml: has been edited after a command that was to change it "
        "was killed (undo the edit and try again, or delete .broadsheet/change and check what "
        "that command did)\n"
    )
    assert Path("content/papers/boats.yml").read_text() == "title: Boats\nabstract: Mine.\n"
    shutil.rmtree(".broadsheet/change")
    assert CliRunner().invoke(main, ["import", "new.jsonl"]).exit_code == 0


@pytest.mark.parametrize(
    "listed",
    [
        [{"file": "../../../outside.txt", "from": "0", "before": None}],
        [{"file": "/outside.txt", "from": "0", "before": None}],
        [{"file": "../../.git/hooks/post-commit", "from": "0", "before": None}],
        [{"file": "../../content/a.yml", "from": "../../secret", "before": None}],
        [{"file": "../../mkdocs.yml"}, {}],
        {"file": "x"},
        "x",
        3,
    ],
)
def test_a_list_of_a_stranger_changes_nothing_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listed: object
) -> None:
    folder = _project(tmp_path / "site", monkeypatch)
    write_files(
        folder / ".broadsheet/change",
        {"list.json": json.dumps(listed), "0": "rm -rf /", "../../secret": "x"},
    )
    before = tree(tmp_path)
    message = "isn't the list of a change"
    with (
        pytest.raises(BroadsheetError, match=message),
        content_lock(folder / "content", lambda _: None),
    ):
        pass
    after = tree(tmp_path)
    assert after.keys() - before.keys() <= {"site/.broadsheet/content-lock"}
    assert before.items() <= after.items()


def test_files_on_another_disk_are_changed_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _project(tmp_path / "site", monkeypatch)
    replace = os.replace

    def on_one_disk(source: Path, target: Path) -> None:
        if source.parent.name == "change" and target.parent.name != "change":
            raise OSError(18, "Invalid cross-device link")
        replace(source, target)

    monkeypatch.setattr(os, "replace", on_one_disk)
    result = CliRunner().invoke(main, ["import", "new.jsonl"])
    assert result.exit_code == 0, result.output
    assert "tldr: They float." in (folder / "content/papers/boats.yml").read_text()
    _whole(folder)
