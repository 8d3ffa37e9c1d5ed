"""`broadsheet check --texts`: what it prints, and how it exits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from folders import write_files

from broadsheet.cli import main

PAPER = """\
title: Rafts
tldr: |
  Boats made of logs beat
  GPT-4 on rivers.
abstract: Boats made of logs beat ships on rivers.
"""
PLACE = "content/papers/rafts.yml"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, {PLACE: PAPER})
    monkeypatch.chdir(tmp_path)


def check(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["check", *arguments])
    assert result.exit_code == code, result.output
    return result.output


def test_texts_are_only_checked_on_demand() -> None:
    assert "0 warnings" in check("--strict")


def test_findings_are_warnings_with_file_line_and_field() -> None:
    output = check("--texts")
    assert f"warning: {PLACE}:4: tldr: the name 'GPT-4' isn't in the abstract (" in output
    assert "accept it with `# ok: reason`" in output
    assert "1 warning" in output


def test_strict_makes_findings_fail() -> None:
    check("--texts", "--strict", code=1)


def test_findings_are_printed_for_programs_and_for_github() -> None:
    (found,) = json.loads(check("--texts", "--format", "json"))
    assert (found["file"], found["line"], found["field"], found["level"]) == (
        PLACE,
        4,
        "tldr",
        "warning",
    )
    github = check("--texts", "--format", "github")
    assert github.startswith(f"::warning file={PLACE},line=4::tldr: the name 'GPT-4' isn't")


def test_a_comment_accepts_a_finding() -> None:
    text = PAPER.replace("tldr: |", "tldr: |  # ok: GPT-4 is from table 1")
    write_files(Path.cwd(), {PLACE: text})
    assert "0 warnings" in check("--texts", "--strict")


def test_in_a_site_in_another_language_english_words_are_left_alone() -> None:
    text = PAPER.replace("GPT-4", "novel Schiffe")
    write_files(Path.cwd(), {PLACE: text})
    assert "'novel' praises" in check("--texts")
    config = "site_name: Flöße\ntheme: {name: material, language: de}\nplugins: [broadsheet]\n"
    write_files(Path.cwd(), {"mkdocs.yml": config, "docs/index.md": "# Flöße\n"})
    assert "praises" not in check("--texts")
