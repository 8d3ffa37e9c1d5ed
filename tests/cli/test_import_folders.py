"""Importing folders of lists."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from folders import tree, write_files

from broadsheet.cli import main
from broadsheet.content.check import load_and_check

LIST = "# Papers\n\n- [Kites of {name}](https://arxiv.org/abs/2411.0{number}): a kite.\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site without content."""
    project = write_files(tmp_path / "project", {"mkdocs.yml": "site_name: Toys\n"})
    monkeypatch.chdir(project)
    return project


def _import(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["import", *arguments], prog_name="broadsheet")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result.output


def _write_days(folder: Path) -> None:
    days = {"9": "Reed", "10": "Silk", "25": "Wax"}
    write_files(
        folder,
        {
            f"2024/11/{day}.md": LIST.format(name=name, number=f"00{number}0")
            for number, (day, name) in enumerate(days.items())
        },
    )


@pytest.mark.parametrize("folder", ["archive", "../outside/archive"])
def test_a_folder_of_daily_lists_becomes_weeks_with_their_days(folder: str) -> None:
    _write_days(Path(folder))
    said = _import(folder)
    places = [line.partition(": ")[0] for line in said.splitlines() if ".md: markdown" in line]
    assert [place[-10:] for place in places] == ["24/11/9.md", "4/11/10.md", "4/11/25.md"]
    issues = load_and_check(Path("content")).corpus.issues
    assert [(issue.name, [s.heading for s in issue.sections]) for issue in issues] == [
        ("2024-W45", ["2024-11-09", "2024-11-10"]),
        ("2024-W48", ["2024-11-25"]),
    ]
    before = tree(Path("content"))
    assert "3 unchanged; wrote 0 files" in _import(folder)
    assert tree(Path("content")) == before


def test_files_without_days_of_their_own_have_those_of_their_paths() -> None:
    record = {"title": "Kites of Tin", "arxiv": "2411.00001", "authors": ["Ada Example"]}
    Path("archive/2024/11").mkdir(parents=True)
    Path("archive/2024/11/25.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    _import("archive")
    (issue,) = load_and_check(Path("content")).corpus.issues
    assert (issue.name, [s.heading for s in issue.sections]) == ("2024-W48", ["2024-11-25"])
    # On its own, a file is a list without a date, as before.
    _import("archive/2024/11/25.jsonl", "--into", "other")
    assert load_and_check(Path("other")).corpus.issues == ()


def test_a_folder_is_imported_as_a_whole_or_not_at_all() -> None:
    _write_days(Path("archive"))
    Path("archive/2024/11/11.md").write_text("Dear reader,\nnothing today.\n", "utf-8")
    said = _import("archive", code=1)
    assert said.startswith("error: archive/2024/11/11.md:1: no importer recognizes this text")
    assert not Path("content").exists()


def test_only_files_of_one_kind_are_imported() -> None:
    _write_days(Path("archive"))
    write_files(Path("archive"), {"notes.txt": "Dear reader,\n", ".hidden/a.md": "?", ".b.md": "?"})
    said = _import("archive")
    assert "warning: archive: left out 1 file of another kind: notes.txt" in said
    assert len(load_and_check(Path("content")).corpus.papers) == 3


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({}, "error: archive: has no files to import"),
        ({"a.md": "", "b.json": ""}, "has as many files with .md and .json"),
    ],
)
def test_folders_without_files_of_one_kind_are_refused(files: dict[str, str], problem: str) -> None:
    Path("archive").mkdir()
    write_files(Path("archive"), files)
    assert problem in _import("archive", code=1)
