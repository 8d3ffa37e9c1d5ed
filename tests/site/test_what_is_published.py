"""Nothing outside of the project is published, and each address has one page."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from folders import write_files

from broadsheet.cli import main


def _said(site: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> str:
    monkeypatch.chdir(site)
    result = CliRunner().invoke(main, [command])
    assert isinstance(result.exception, SystemExit), result.output
    assert result.exit_code == 1
    return result.output


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize("name", ["content/pages/keys", "content/pages/deep/er/a.md"])
def test_a_link_that_leads_out_of_the_project_is_refused(
    name: str, command: str, toy_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = write_files(tmp_path / "elsewhere", {"id_rsa": "secret"})
    link = toy_site / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(secret if name.endswith("keys") else secret / "id_rsa")
    said = _said(toy_site, monkeypatch, command)
    assert f"error: {name}: is a link to something outside of the project" in said
    assert not (toy_site / "site").exists()


def test_a_link_to_a_hidden_file_of_the_project_is_refused(
    toy_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(toy_site, {".env": "KEY=1"})
    (toy_site / "content/pages/env.txt").symlink_to("../../.env")
    assert "content/pages/env.txt: is a link to something outside" in _said(
        toy_site, monkeypatch, "build"
    )


def test_content_that_is_a_link_out_of_the_project_is_refused(
    toy_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path / "elsewhere", {"x.yml": "title: Secret\n"})
    (toy_site / "content/papers/x.yml").symlink_to(tmp_path / "elsewhere/x.yml")
    said = _said(toy_site, monkeypatch, "check")
    assert "error: content/papers/x.yml: is a link to something outside of the project" in said


def test_a_link_inside_of_the_project_is_followed(
    toy_site: Path, with_fonts: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(with_fonts(toy_site), {"shared/note.md": "# Shared\n"})
    (toy_site / "content/pages/shared").symlink_to("../../shared")
    monkeypatch.chdir(toy_site)
    assert CliRunner().invoke(main, ["build"]).exit_code == 0
    assert "Shared" in (toy_site / "site/shared/note/index.html").read_text("utf-8")


E_ACUTE = unicodedata.normalize("NFD", "é")


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["foo.md", "foo/index.md"], "foo/index.md: has the same address as foo.md: /foo/ (rename"),
        (["a/README.md", "a/index.md"], "a/index.md: has the same address as a/README.md: /a/"),
        (["Foo.md", "foo.md"], "foo.md: has the same name as Foo.md, apart from case"),
        (["é.txt", f"{E_ACUTE}.txt"], ".txt: has the same name as "),
        (["con.md"], "con.md: 'con.md' is a name that Windows reserves (rename the file)"),
        (["a/NUL.tar.gz"], "a/NUL.tar.gz: 'NUL.tar.gz' is a name that Windows reserves"),
        (["a:b.md"], "a:b.md: 'a:b.md' is a name that Windows can't have (rename the file)"),
        (["a. /x.md"], "a. /x.md: 'a. ' is a name that Windows can't have"),
        (
            ["papers/rivers-remember/index.md"],
            "papers/rivers-remember/index.md: has the address /papers/rivers-remember/, where",
        ),
        (
            ["weeks.md"],
            "(rename the file, or name it weeks/index.md to replace the page that",
        ),
    ],
)
def test_two_pages_at_one_address_and_unusual_names_are_refused(
    files: list[str],
    expected: str,
    command: str,
    toy_site: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_files(toy_site / "content/pages", dict.fromkeys(files, "# A\n"))
    said = _said(toy_site, monkeypatch, command)
    assert expected in said, said
    assert not (toy_site / "site").exists()


@pytest.mark.parametrize("command", ["check", "build"])
def test_front_matter_that_can_not_be_read_is_a_problem(
    command: str, toy_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = {
        "a.md": "---\ntitle: [A\n---\n",
        "b.md": "---\nx: 1\ndescription: {a: b}\n---\n",
        "c.md": "---\ntitle: C\nx: !!python/name:os.system\n---\n",
        "d.md": '---\ntitle: "D\\u202e"\n---\n',
        "fine.md": "---\nA rule, and text between two of them\n---\n",
    }
    write_files(toy_site / "content/pages", pages)
    said = _said(toy_site, monkeypatch, command)
    assert "content/pages/a.md:3: invalid YAML" in said
    assert "content/pages/b.md:3: description: must be text" in said
    assert "content/pages/c.md:3: x: the tag !!python/name:os.system could run code" in said
    assert "content/pages/d.md:2: title: contains a character that changes the direction" in said
    assert "fine.md" not in said


def test_mistakes_in_content_hide_none_in_pages(
    toy_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"pages/a.md": "---\ntitle: [A\n---\n", "papers/b.yml": "titel: B\n"}
    write_files(toy_site / "content", files)
    said = _said(toy_site, monkeypatch, "check")
    assert "content/pages/a.md:3: invalid YAML" in said
    assert "content/papers/b.yml:1: titel: unknown key" in said


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize("name", ["content/pages/pipe", "content/papers/x.yml"])
def test_a_pipe_is_refused_at_once(
    name: str, command: str, toy_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(toy_site / name)
    assert f"error: {name}: isn't a file" in _said(toy_site, monkeypatch, command)
