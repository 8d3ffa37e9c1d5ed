"""Windows and macOS, as far as Linux can act like them: the same site, also after an edit."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from folders import tree, write_files

from broadsheet.base import files
from broadsheet.base.errors import Problem
from broadsheet.base.identifiers import RESERVED_NAMES
from broadsheet.cli import main
from broadsheet.cli.program import program
from broadsheet.site import publish as publishing
from broadsheet.site.publish import publish, working_folder

# Runs a command on a system that looks like another one to Broadsheet, not to the libraries.
ACTING = """
import ctypes, multiprocessing, os, sys
import broadsheet.cli, broadsheet.site.plugin, mkdocs.livereload, pyarrow.parquet, PIL.ImageFont

for name in [name for name in sys.modules if name.startswith("broadsheet")]:
    del sys.modules[name]

def refuse(*_, **__):
    raise OSError(1314, "A required privilege is not held by the client")

system = sys.argv.pop(1)
multiprocessing.set_start_method("spawn")
os.symlink = os.link = refuse
del os.sched_getaffinity, os.fork
if system == "win32":
    del os.sync, os.getuid, os.geteuid, os.mkfifo
    sys.modules["fcntl"] = None
    ctypes.CDLL = None
else:
    found = ctypes.CDLL(None)
    ctypes.CDLL = lambda *_, **__: type("System", (), {"prctl": found.prctl})()
sys.platform = system

from broadsheet.cli import main
main()
"""


def _on(system: str, project: Path, *arguments: str) -> str:
    command = [sys.executable, "-c", ACTING, system, *arguments]
    done = subprocess.run(command, cwd=project, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-2000:]
    return done.stdout.decode(errors="replace")


@pytest.mark.slow
@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_another_system_builds_the_same_site(
    system: str, toy_site: Path, with_fonts: Callable[[Path], Path], tmp_path: Path
) -> None:
    ours = with_fonts(toy_site)
    # What commands are given as paths comes from people.
    theirs = Path(shutil.copytree(ours, tmp_path / "Meine Seite [2] 100% & 'more'"))
    for edit in ({}, {"content/papers/boats-of-clay.yml": "title: Boats of Clay\n"}, {}):
        write_files(ours, edit)
        write_files(theirs, edit)
        said = _on(system, theirs, "build", "--jobs", "3")
        assert re.search(r"site: \d papers on \d+ pages", said)
        subprocess.run([sys.executable, "-m", "broadsheet", "build"], cwd=ours, check=True)
        assert tree(theirs / "site") == tree(ours / "site")
    assert "boats-of-clay" in {path.name for path in (theirs / "site/papers").iterdir()}
    left = {path.name for path in theirs.iterdir()} - {path.name for path in ours.iterdir()}
    assert left == set()


def test_every_path_of_a_site_is_legal_on_every_system(
    toy_site: Path, with_fonts: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    title = "An Unusually Long Title That Goes On " * 5
    names = ["NUL", "nul", "Aux", "COM1", "Conin$", "de Vries, J.", "DE VRIES, J.", "José Müller"]
    names += [unicodedata.normalize("NFD", "José Müller"), "Trailing Dot .", "A:B"]
    papers = {"con": "CON", "long": title, "prn": "PRN.", "quoted": "“aux”: a/b\\\\c?"}
    lines = [json.dumps({"title": t, "authors": names}) for t in papers.values()]
    monkeypatch.chdir(write_files(with_fonts(toy_site), {"a.jsonl": "\n".join(lines)}))
    settings = (toy_site / "mkdocs.yml").read_text("utf-8")
    write_files(toy_site, {"mkdocs.yml": f"{settings}    author_papers: 1\n"})
    for command in (["import", "a.jsonl"], ["build"]):
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 0, result.output
    found = [path.relative_to(toy_site / "site") for path in (toy_site / "site").rglob("*")]
    content = [path.relative_to(toy_site) for path in (toy_site / "content").rglob("*")]
    for path in (*found, *content):
        for part in path.parts:
            assert part.split(".")[0].casefold() not in RESERVED_NAMES, path
            assert re.fullmatch(r"[ -!#-)+-.0-9;=@-[\]-{}~]*[^ .]", part), path
    same = Counter(unicodedata.normalize("NFC", str(path)).casefold() for path in found)
    assert max(same.values()) == 1
    # Windows has 260 characters for all folders together.
    assert 90 < max(len(str(path)) for path in found) < 130


def test_nothing_that_a_terminal_lacks_stops_a_command(toy_site: Path, tmp_path: Path) -> None:
    text = json.dumps({"title": "多 → 🚣 “Boats”", "abstract": "λ", "arxivv": "x"}) + "\n"
    write_files(toy_site, {"文件.jsonl": text})
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "COLUMNS": "80"}
    commands = (["import", "文件.jsonl"], ["check", "--json"])
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", "broadsheet", *command],
            cwd=toy_site,
            env=environment,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        if "--json" in command:
            assert json.loads(done.stdout.decode("ascii"))
        else:
            assert "\\u6587\\u4ef6.jsonl: records, 1 paper" in done.stdout.decode("cp1252")


def test_a_file_that_another_program_has_open_is_replaced_a_moment_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[float] = []
    replace = os.replace

    def busy(source: Path, target: Path) -> None:
        if len(refused) < 3:
            raise PermissionError(errno.EACCES, "The process cannot access the file")
        replace(source, target)

    monkeypatch.setattr(os, "replace", busy)
    monkeypatch.setattr(files, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(files, "time", SimpleNamespace(sleep=refused.append))
    files.replace_file(tmp_path / "a.yml", b"new")
    assert (tmp_path / "a.yml").read_bytes() == b"new"
    assert len(refused) == 3


def test_a_file_that_stays_open_is_an_error_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []

    def busy(source: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, "The process cannot access the file", str(target))

    write_files(tmp_path, {"a.yml": "old"})
    monkeypatch.setattr(os, "replace", busy)
    monkeypatch.setattr(files, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(files, "time", SimpleNamespace(sleep=waited.append))
    with pytest.raises(PermissionError):
        files.replace_file(tmp_path / "a.yml", b"new")
    assert 0.5 < sum(waited) < 3
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a.yml": "old"}


def _two_sites(folder: Path) -> tuple[Path, Path]:
    write_files(folder, {"old/index.html": "old", "new/index.html": "new"})
    return folder / "new", folder / "old"


def test_macos_exchanges_two_folders_in_one_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[object] = []

    def renamex_np(first: bytes, second: bytes, flags: int) -> int:
        called.append((first, second, flags))
        return 0

    system = SimpleNamespace(renamex_np=renamex_np)
    monkeypatch.setattr(publishing, "sys", SimpleNamespace(platform="darwin"))
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: system)
    new, old = _two_sites(tmp_path)
    publish(new, old)
    assert called == [(os.fsencode(new), os.fsencode(old), 2)]


def test_what_a_killed_exchange_left_does_not_stop_the_next_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "_exchange", lambda *_: False)
    new, old = _two_sites(tmp_path)
    write_files(tmp_path, {".old.old/index.html": "older"})
    with working_folder(old):
        publish(new, old)
    assert (old / "index.html").read_text() == "new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "old"]


def test_windows_removes_what_killed_builds_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "sys", SimpleNamespace(platform="win32"))
    write_files(tmp_path, {".site.building-x/index.html": "half"})
    with working_folder(tmp_path / "site") as work:
        assert [path.name for path in tmp_path.iterdir()] == [work.name]


def test_a_program_is_found_by_a_path_of_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broadsheet.cli.program.sys", SimpleNamespace(platform="win32"))
    name = r"C:\Program Files\draft.exe"
    monkeypatch.setattr("broadsheet.cli.program.shutil.which", lambda path: path)
    found = program(f'"{name}" --file C:\\a\\b.txt', tmp_path, Problem("write", 0, "", ""))
    assert found.words == (name, "--file", r"C:\a\b.txt")


@pytest.mark.parametrize("folder", ["a b", "[a]*?", "100%", "it's", "back\\slash", "ü 多"])
def test_a_project_works_in_any_folder(
    folder: str, toy_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Path(shutil.move(toy_site, tmp_path / folder))
    monkeypatch.chdir(place)
    text = '{"title": "Boats of Clay"}\n'
    write_files(place, {"a.jsonl": text})
    for command in (["import", "a.jsonl"], ["check"], ["export", "csv", "-o", "a.csv"]):
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 0, result.output
    assert "Boats of Clay" in (place / "a.csv").read_text("utf-8")


def test_files_with_windows_line_ends_give_the_same_site_and_keep_them(
    toy_site: Path, with_fonts: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(with_fonts(toy_site))
    write_files(toy_site, {"a.jsonl": '{"title": "Boats of Clay"}\n'})
    assert CliRunner().invoke(main, ["import", "a.jsonl"]).exit_code == 0
    assert CliRunner().invoke(main, ["build"]).exit_code == 0
    before = tree(toy_site / "site")
    texts = [p for p in toy_site.rglob("*") if p.suffix in {".yml", ".md", ".jsonl", ".keys"}]
    own = [path for path in texts if "site" not in path.relative_to(toy_site).parts[:1]]
    for path in own:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    shutil.rmtree(toy_site / ".broadsheet")
    assert CliRunner().invoke(main, ["build"]).exit_code == 0
    assert tree(toy_site / "site") == before
    text = '{"title": "Boats of Clay", "doi": "10.1000/clay", "abstract": "They sink."}\n'
    write_files(toy_site, {"b.jsonl": text})
    result = CliRunner().invoke(main, ["import", "b.jsonl"])
    assert "1 changed" in result.output
    for path in own:
        content = path.read_bytes()
        assert content.count(b"\n") == content.count(b"\r\n"), path
