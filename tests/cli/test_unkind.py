"""Trouble with the file system: links, full disks, odd names, interruptions."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from folders import tree, write_files
from waiting import PATIENCE

from broadsheet.cli import main

FACTS = '{"title": "Boats of Steel", "arxiv": "2403.01230"}\n'


@pytest.fixture
def site(
    toy_site: Path, with_fonts: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The toy site, with a site from an earlier build."""
    monkeypatch.chdir(with_fonts(toy_site))
    return write_files(toy_site, {"site/index.html": "<p>the old site</p>", "facts.jsonl": FACTS})


def _fails(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments), prog_name="broadsheet")
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 1
    return result.output


def _python(*arguments: str, **options: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "broadsheet", *arguments]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options
    )


@pytest.mark.parametrize("name", ["papers/a.yml", "papers/a.jsonl", "topics.yml", "merges.yml"])
def test_what_is_no_file_is_refused_where_one_should_be(site: Path, name: str) -> None:
    path = site / "content" / name
    path.unlink(missing_ok=True)
    path.mkdir()
    assert f"error: content/{name}: isn't a file" in _fails("check")
    path.rmdir()
    path.symlink_to("nowhere.yml")
    assert f"error: content/{name}: is a broken link" in _fails("check")


def test_a_link_to_a_folder_that_it_is_in_is_refused(site: Path) -> None:
    (site / "content/pages/again").symlink_to("..")
    before = tree(site / "site")
    assert "error: content/pages/again: is a link to content, which contains the link" in _fails(
        "build"
    )
    assert tree(site / "site") == before


def test_content_and_settings_may_be_links(site: Path, tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    for name in ("content", "mkdocs.yml"):
        shutil.move(site / name, tmp_path / "far" / name)
        (site / name).symlink_to(tmp_path / "far" / name)
    shutil.rmtree(site / "site")
    result = CliRunner().invoke(main, ["check"])
    assert result.stdout.startswith("content: 6 papers")
    result = CliRunner().invoke(main, ["build"])
    assert result.output.startswith("site: 6 papers"), result.output
    assert sorted(p.name for p in (tmp_path / "far").iterdir()) == ["content", "mkdocs.yml"]


def test_names_that_are_no_text_are_refused(site: Path) -> None:
    odd = os.fsdecode(b"\xff")
    shutil.copy("facts.jsonl", f"{odd}.jsonl")
    before = tree(site / "content")
    assert "error: \\udcff.jsonl: the file name isn't UTF-8 text" in _fails(
        "import", f"{odd}.jsonl"
    )
    assert tree(site / "content") == before
    write_files(site, {f"content/pages/{odd}.md": "# A\n"})
    assert "error: content/pages/\\udcff.md: the file name isn't UTF-8 text" in _fails("build")


def test_a_written_page_that_is_no_text_is_named_with_its_line(site: Path) -> None:
    write_files(site, {"content/pages/x.md": b"# X\n\n\xe9\n"})
    assert _fails("build").startswith("error: content/pages/x.md:3: isn't UTF-8 text: ")


def test_a_hook_that_is_no_python_is_named_with_its_line(site: Path) -> None:
    config = (site / "mkdocs.yml").read_text("utf-8")
    write_files(site, {"hook.py": "x = 1\ndef y(\n", "mkdocs.yml": f"hooks: [hook.py]\n{config}"})
    assert _fails("build").startswith("error: hook.py:2: SyntaxError: ")


def test_a_mistake_of_ours_shows_its_traceback(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("broadsheet.site.generate.pages_of", stumble)
    result = CliRunner().invoke(main, ["build"])
    assert isinstance(result.exception, ZeroDivisionError)


def test_a_project_may_have_spaces_in_its_path(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "my päpers, all of them"
    shutil.move(site, place)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["build", "-f", "my päpers, all of them"])
    assert result.output.startswith("my päpers, all of them/site: 6 papers"), result.output
    monkeypatch.chdir(place / "content")
    assert "mkdocs.yml: no such file" in _fails("check")


def _run_short_of_room(size: int, *arguments: str) -> str:
    """Runs a command that can't write files larger than `size` bytes, as on a full disk."""
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    process = _python(*arguments, preexec_fn=limit)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1, said
    assert "Traceback" not in said
    return said


@pytest.mark.slow
def test_a_build_without_room_on_the_disk_leaves_the_old_site(site: Path) -> None:
    before = tree(site / "site")
    for size in (4_000, 40_000, 100_000):
        said = _run_short_of_room(size, "build")
        assert "File too large (free disk space and try again; nothing was lost)" in said
        assert tree(site / "site") == before
        assert not list(site.glob(".site.*"))


def test_an_import_without_room_on_the_disk_leaves_all_content(site: Path) -> None:
    title = f'Boats of Iron", "abstract": "{"and " * 3000}'
    long = FACTS.replace("Boats of Steel", title)
    write_files(site, {"facts.jsonl": FACTS.replace("01230", "01231") + long})
    before = tree(site / "content")
    said = _run_short_of_room(8_000, "import", "facts.jsonl")
    assert "error: content/papers/boats-of-iron.yml: " in said
    assert "File too large (free disk space" in said
    assert tree(site / "content") == before


def test_an_export_without_room_on_the_disk_leaves_the_older_file(site: Path) -> None:
    write_files(site, {"papers.db": "older"})
    said = _run_short_of_room(4_000, "export", "sqlite", "-o", "papers.db")
    assert said.startswith("error: papers.db: File too large")
    assert (site / "papers.db").read_text() == "older"
    assert not list(site.glob(".papers*"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full disk to try")
def test_a_full_disk_is_named_with_what_could_not_be_written(site: Path) -> None:
    said = _fails("export", "csv", "-o", "/dev/full")
    assert said.startswith("error: /dev/full: No space left on device (free disk space")


@pytest.mark.usefixtures("interruptible")
def test_an_import_that_is_interrupted_says_so_and_leaves_all_content(site: Path) -> None:
    os.mkfifo(site / "slow.jsonl")
    before = tree(site / "content")
    process = _python("import", "facts.jsonl", "slow.jsonl")
    writer = os.open(site / "slow.jsonl", os.O_WRONLY)  # blocks until the import opens it
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=PATIENCE)
    os.close(writer)
    assert (process.returncode, said) == (130, "interrupted\n")
    assert tree(site / "content") == before


def test_a_file_in_the_way_of_the_working_folder_is_named(site: Path) -> None:
    shutil.rmtree(site / ".broadsheet")
    write_files(site, {".broadsheet": ""})
    assert _fails("build").startswith("error: .broadsheet: File exists (a file is in the place")


def test_a_journal_that_is_none_is_named_and_nothing_is_sent(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(site, {"to.txt": "ada@readers.example\n", ".broadsheet/sent.db": "x" * 5000})
    monkeypatch.setenv("BROADSHEET_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("BROADSHEET_MAIL_FROM", "us@toys.example")
    said = _fails("newsletter", "2024-W52", "--send", "--to", "to.txt", "--yes")
    assert "sent.db: can't record who received the newsletter: file is not a database" in said


def test_names_of_files_can_not_act_on_a_terminal_or_forge_a_line(site: Path) -> None:
    name = "x\n::warning file=a::forged\x1b[2J\u202e.jsonl"
    write_files(site, {name: FACTS})
    result = CliRunner().invoke(main, ["import", name, "--dry-run"])
    assert result.exit_code == 1
    assert all(line.isprintable() for line in result.output.splitlines()), result.output
    assert not [line for line in result.output.splitlines() if line.startswith("::")]


def test_json_and_annotations_have_no_characters_that_act_on_a_terminal(site: Path) -> None:
    write_files(site, {"content/papers/b.yml": 'title: B\n"x\\n::warning::forged\\x1b[2J": y\n'})
    for form in ("json", "github", "text"):
        result = CliRunner().invoke(main, ["check", "--format", form])
        assert result.exit_code == 1
        assert all(line.isprintable() for line in result.output.splitlines())
        lines = [line for line in result.output.splitlines() if line.startswith("::")]
        assert len(lines) == (form == "github")
