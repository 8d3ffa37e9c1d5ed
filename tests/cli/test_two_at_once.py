"""Commands that change the same content at the same time, and editors that save in between."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import waiting
from click.testing import CliRunner
from filelock import FileLock
from folders import tree, write_files

from broadsheet.base.change import hash_of, work_folder
from broadsheet.cli import changing, editing, importing, main, migrating
from broadsheet.content.check import load_and_check
from broadsheet.content.merge import merge
from broadsheet.content.migrate import Migrated

WAITS = "Waiting for another broadsheet command in this project…\n"
FILES = {
    "mkdocs.yml": "site_name: Toys\nsite_url: https://toys.example/\nplugins: [broadsheet]\n"
    "theme: {name: material, font: false}\n",
    "docs/index.md": "",
    "content/topics.yml": "",
    "content/papers/boats.yml": "# Mine.\ntitle: Boats\n",
    "content/papers/kites.yml": "title: Kites\n",
    "boats.jsonl": '{"title": "Boats", "tldr": "They float."}\n',
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with two papers."""
    monkeypatch.chdir(write_files(tmp_path, FILES))
    return tmp_path


def _run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, list(arguments), prog_name="broadsheet")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result.output


@contextmanager
def _waiting(errors: Path, *commands: str) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Starts commands while another one holds the lock, which ends once all of them wait."""
    with FileLock(work_folder(Path("content")) / "content-lock"):
        started = []
        for number, command in enumerate(commands):
            with (errors / f"{number}.txt").open("wb") as stream:
                arguments = [sys.executable, "-m", "broadsheet", *command.split()]
                started.append(subprocess.Popen(arguments, stderr=stream))
        told = [errors / f"{number}.txt" for number in range(len(commands))]
        waiting.until(lambda: all(file.read_text("utf-8").endswith(WAITS) for file in told))
        yield started
    assert [process.wait(waiting.PATIENCE) for process in started] == [0] * len(commands)


def test_imports_at_the_same_time_take_turns_and_no_record_is_lost(here: Path) -> None:
    for name in ("a", "b", "c"):
        # Each list names a paper of its own, one that all name, and one that is known.
        titles = (f"Only in {name}", "In all of them", "Boats")
        lines = [json.dumps({"title": title, "abstract": f"By {name}."}) for title in titles]
        write_files(here, {f"{name}.jsonl": "\n".join(lines)})
    (here / ".broadsheet").mkdir()
    commands = [f"import {name}.jsonl --collection all" for name in ("a", "b", "c")]
    with _waiting(here, *commands):
        pass
    loaded = load_and_check(Path("content"))
    assert loaded.problems == ()
    slugs = {"boats", "kites", "in-all-of-them", "only-in-a", "only-in-b", "only-in-c"}
    assert loaded.corpus.papers.keys() == slugs
    assert len(loaded.corpus.papers["in-all-of-them"].provenance) == 3
    [collection] = loaded.corpus.collections
    assert {entry.paper for entry in collection.entries} == slugs - {"kites"}


@pytest.mark.slow
def test_every_command_waits_for_its_turn(here: Path) -> None:
    (here / ".broadsheet").mkdir()
    commands = (
        "import boats.jsonl",
        "add 2403.10131 --offline",
        "issue new 2024-W13",
        "rename kites flying-kites",
        "migrate",
        "check",
        "export bibtex",
    )
    before = tree(here / "content")
    with _waiting(here, *commands):
        assert tree(here / "content") == before
    assert not [p for p in load_and_check(Path("content")).problems if p.level == "error"]


def test_a_folder_without_a_project_is_locked_too(here: Path) -> None:
    write_files(here, {"far/away/papers/x.yml": "title: X\n", "far/.broadsheet/x": ""})
    with FileLock(here / "far/.broadsheet/content-lock"):
        command = [
            sys.executable,
            "-m",
            "broadsheet",
            "import",
            "boats.jsonl",
            "--into",
            "far/away",
        ]
        process = subprocess.Popen(command, stderr=subprocess.PIPE)
        assert process.stderr
        with process.stderr as stream:
            assert stream.readline().decode() == WAITS
    assert process.wait(waiting.PATIENCE) == 0
    assert (here / "far/away/papers/boats.yml").is_file()


def test_a_command_that_only_reads_makes_no_lock(here: Path) -> None:
    _run("check")
    _run("import", "boats.jsonl", "--dry-run")
    assert not (here / ".broadsheet").exists()


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A function that has somebody save a file after a command has read it."""

    def save_during(module: Any, function: str, name: str, text: str) -> None:
        before = getattr(module, function)

        def later(*arguments: Any, **options: Any) -> Any:
            found = before(*arguments, **options)
            write_files(Path(), {name: text})
            return found

        monkeypatch.setattr(module, function, later)

    return save_during


MINE = "# Mine.\ntitle: Boats\nabstract: Just written.\n"


@pytest.mark.parametrize(
    ("module", "function", "name", "command"),
    [
        (importing, "content_to_change", "papers/boats.yml", "import boats.jsonl"),
        (importing, "merge", "papers/boats.yml", "import boats.jsonl"),
        (importing, "changed_files", "papers/boats.yml", "import boats.jsonl"),
        (importing, "content_to_change", "collections/boats.yml", "import boats.jsonl"),
        (importing, "content_to_change", "citation.keys", "import boats.jsonl"),
        (changing, "changed_files", "digests/weekly/2024-W12.yml", "issue new 2024-W12"),
        (editing, "load", "papers/boats.yml", "rename boats ships"),
        (editing, "load", "papers/ships.yml", "rename boats ships"),
        (editing, "load", "papers/kites.yml", "merge boats kites"),
    ],
)
def test_what_somebody_saves_in_between_stays_and_nothing_is_written(
    here: Path, editor: Callable[..., None], module: Any, function: str, name: str, command: str
) -> None:
    text = "boats: anon-nd-boats\n" if name == "citation.keys" else MINE
    editor(module, function, f"content/{name}", text)
    before = tree(here / "content")
    output = _run(*command.split(), code=1)
    message = "another program has changed this file since it was read; nothing was written"
    assert f"error: content/{name}: {message} (run the command again)\n" in output
    assert (here / "content" / name).read_text() == text
    after = tree(here / "content")
    assert after == before | {name: after[name]}
    assert not (here / ".broadsheet/change").exists()


def test_a_migration_does_not_overwrite_what_somebody_saves(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "papers/boats.yml"
    found = Migrated(1, (), {name: "title: Ships\n"}, {name: hash_of(b"title: Boats\n")})
    monkeypatch.setattr(migrating, "migrated", lambda *_: found)
    output = _run("migrate", code=1)
    assert output.startswith("error: content/papers/boats.yml: another program has changed")
    assert not (here / "schemas").exists()


def test_an_import_again_takes_what_was_saved_in_between(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def edited(*arguments: Any) -> Any:
        write_files(here, {"content/papers/boats.yml": MINE})
        return merge(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(importing, "merge", edited)
        _run("import", "boats.jsonl", code=1)
    assert "0 new papers, 1 merged, 1 changed" in _run("import", "boats.jsonl")
    paper = load_and_check(Path("content")).corpus.papers["boats"]
    assert (paper.abstract, paper.tldr) == ("Just written.", "They float.")
