"""The commands `export` and `newsletter`, as people type them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from folders import write_files

from broadsheet.cli import main
from broadsheet.content.load import Loaded
from broadsheet.outputs.datasets.selection import FORMATS


def run(command: str, toy_site: Path, *arguments: str, **environment: str) -> Result:
    config = ["--config-file", str(toy_site / "mkdocs.yml")]
    runner = CliRunner(env={"BROADSHEET_SMTP_HOST": "", **environment})
    return runner.invoke(main, [command, *arguments, *config])


@pytest.mark.parametrize("form", FORMATS)
def test_export_writes_every_format_to_a_file(toy_site: Path, tmp_path: Path, form: str) -> None:
    target = tmp_path / "out"
    result = run("export", toy_site, form, "-o", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"({target.stat().st_size:,} bytes)" in result.stderr
    # The same, to standard output.
    assert run("export", toy_site, form).stdout_bytes == target.read_bytes()
    assert run("export", toy_site, form, "-o", "-").stdout_bytes == target.read_bytes()


def test_an_exported_database_answers(toy_site: Path, tmp_path: Path, toy_content: Loaded) -> None:
    target = tmp_path / "papers.db"
    run("export", toy_site, "sqlite", "-o", str(target))
    with sqlite3.connect(target) as database:
        (count,) = database.execute("SELECT count(*) FROM papers").fetchone()
    database.close()
    assert count == len(toy_content.corpus.papers)


def test_export_names_what_it_does_not_know(toy_site: Path) -> None:
    result = run("export", toy_site, "csv", "--topic", "nothing")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: export: there is no topic 'nothing' (")
    assert run("export", toy_site, "docx").exit_code == 2


def test_newsletter_writes_the_week_in_every_form(
    toy_site: Path, tmp_path: Path, toy_content: Loaded
) -> None:
    week = toy_content.corpus.issues[0].week
    result = run("newsletter", toy_site, week, "-o", str(tmp_path / "out"))
    assert (result.exit_code, result.stderr) == (0, "")
    endings = ("article.txt", "eml", "html", "md", "txt")
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [f"{week}.{ending}" for ending in endings]


def test_letters_of_two_digests_in_one_week_are_different_files(tmp_path: Path) -> None:
    issue = "title: T\nweek: 2024-W12\nstart: 2024-03-18\nend: 2024-03-24\n"
    files = {f"content/digests/{name}/2024-W12.yml": issue for name in ("boats", "kites")}
    site = write_files(tmp_path, {"mkdocs.yml": "site_name: Toys\n", "docs/a.md": "", **files})
    for name in ("boats", "kites"):
        result = run("newsletter", site, "2024-W12", "--digest", name, "-o", str(tmp_path / "out"))
        assert result.exit_code == 0, result.output
    letters = sorted(path.name for path in (tmp_path / "out").glob("*.eml"))
    assert letters == ["2024-W12-boats.eml", "2024-W12-kites.eml"]


def test_scripts_read_which_files_a_newsletter_has(
    toy_site: Path, tmp_path: Path, toy_content: Loaded
) -> None:
    week, folder = toy_content.corpus.issues[0].week, tmp_path / "out"
    result = run("newsletter", toy_site, week, "-o", str(folder), "--json")
    found = json.loads(result.stdout)["files"]
    assert sorted(found) == sorted(path.as_posix() for path in folder.iterdir())


def test_sending_needs_recipients_and_settings(toy_site: Path, tmp_path: Path) -> None:
    people = tmp_path / "people.txt"
    people.write_text("ada@example.org\n")
    assert run("newsletter", toy_site, "2024-W12", "--send").exit_code == 2
    for options in (["--yes"], ["--dry-run"], ["--retry-unconfirmed"], ["--to", str(people)]):
        assert run("newsletter", toy_site, "2024-W12", *options).exit_code == 2
    week = next((toy_site / "content/digests").glob("*/*.yml")).stem
    result = run("newsletter", toy_site, week, "--send", "--to", str(people), "--dry-run")
    assert result.exit_code == 1
    assert "BROADSHEET_SMTP_HOST: isn't set" in result.stderr


def test_help_says_how_to_send(toy_site: Path) -> None:
    text = run("newsletter", toy_site, "--help").stdout
    assert "BROADSHEET_SMTP_HOST: the host name of the mail server" in text
    assert text.startswith("Usage:")
