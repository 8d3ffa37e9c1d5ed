"""Importing tables: what columns are is guessed and said, chosen, and remembered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from folders import tree, write_files

from broadsheet.cli import main
from broadsheet.content.check import load_and_check

LIST = 'Titel,Autoren,Rating\n"Boote, die schwimmen","Muster, Änne; Beispiel, Jörg",5\nFlöße,,4\n'
ODD = "Obra,Quien,Nota\nBarcos,Ada Example,5\nRemos,Bob Sample,4\n"
KEPT = Path("content/imports.yml")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site without papers, and a table."""
    files = {"mkdocs.yml": "site_name: Toys\n", "content/topics.yml": "", "list.csv": LIST}
    write_files(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["import", *arguments], prog_name="broadsheet")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result.output


def _extra() -> dict[str, dict[str, str]]:
    loaded = load_and_check(Path("content"))
    assert not [problem for problem in loaded.problems if problem.level == "error"]
    return {slug: dict(paper.extra) for slug, paper in loaded.corpus.papers.items()}


def test_an_import_says_what_it_takes_columns_for() -> None:
    output = _run("list.csv")
    assert "  title ← Titel, authors ← Autoren; not read: Rating\n" in output
    assert not KEPT.exists()
    papers = load_and_check(Path("content")).corpus.papers
    assert papers["boote-die-schwimmen"].authors == ("Änne Muster", "Jörg Beispiel")
    assert set(papers) == {"boote-die-schwimmen", "flosse"}


def test_what_people_choose_is_kept_for_the_next_table_with_these_columns() -> None:
    output = _run("list.csv", "--map", "extra=rating")
    assert "  title ← Titel, authors ← Autoren, extra ← Rating\n" in output
    assert _extra() == {"boote-die-schwimmen": {"Rating": "5"}, "flosse": {"Rating": "4"}}
    assert KEPT.read_text("utf-8") == (
        "- source: list.csv\n  columns: {Titel: title, Autoren: authors, Rating: extra}\n"
    )
    write_files(Path(), {"next.csv": "Rating;Titel;Autoren\n3;Ruder;\n"})
    _run("next.csv")
    assert _extra()["ruder"] == {"Rating": "3"}


def test_the_same_choice_again_writes_nothing() -> None:
    _run("list.csv", "--map", "extra=Rating")
    before = tree(Path("content"))
    assert "wrote 0 files" in _run("list.csv", "--map", "extra=Rating")
    assert tree(Path("content")) == before


def test_a_later_choice_changes_one_word_and_leaves_the_rest_of_the_file() -> None:
    text = (
        "# Ours.\n- columns:\n    Titel: title\n    Autoren: authors\n    Rating: extra # stars\n"
    )
    write_files(Path(), {KEPT.as_posix(): text})
    _run("list.csv", "--map", "-=Rating")
    assert KEPT.read_text("utf-8") == text.replace("extra", "ignore")
    assert _extra() == {"boote-die-schwimmen": {}, "flosse": {}}


def test_a_table_with_unknown_columns_is_read_as_people_say() -> None:
    write_files(Path(), {"odd.csv": ODD})
    output = _run("odd.csv", code=1)
    assert "no column is known to be a title" in output
    assert "`--map title=COLUMN`" in output
    output = _run("odd.csv", "--map", "title=Obra", "--map", "extra=*")
    assert "title ← Obra, extra ← Quien + Nota" in output
    write_files(Path(), {"odd.csv": ODD.replace("Barcos", "Balsas")})
    assert "title ← Obra" in _run("odd.csv")
    assert _extra()["balsas"] == {"Quien": "Ada Example", "Nota": "5"}


def test_a_column_that_no_table_has_is_refused_with_the_nearest() -> None:
    before = tree(Path("content"))
    output = _run("list.csv", "--map", "title=Title", code=1)
    assert "there is no column 'Title' for title (did you mean 'Titel'?)" in output
    write_files(Path(), {"facts.jsonl": '{"title": "A"}\n'})
    output = _run("facts.jsonl", "--map", "title=x", code=1)
    assert "records has no columns that can be chosen (import it without --map)" in output
    assert tree(Path("content")) == before


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("Titel", "'Titel' isn't FIELD=COLUMN, such as title=Titel"),
        ("title=", "isn't FIELD=COLUMN"),
        ("titel=Titel", "there is no field 'titel'; did you mean 'title'?"),
    ],
)
def test_a_choice_that_is_none_is_wrong_usage(value: str, said: str) -> None:
    assert said in _run("list.csv", "--map", value, code=2)


def test_a_dry_run_keeps_nothing(here: Path) -> None:
    before = tree(here)
    found = json.loads(_run("list.csv", "--map", "extra=Rating", "--dry-run", "--json"))
    assert tree(here) == before
    assert found["columns"] == {
        "list.csv": {"Titel": "title", "Autoren": "authors", "Rating": "extra"}
    }
    assert "imports.yml" in found["files"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Titel: title\n", "imports.yml:1: must be a list of tables"),
        ("- columns: {Titel: titel}\n", "content/imports.yml:1: columns.Titel: there is no field"),
        ("- columns: {A: extra}\n", "imports.yml:1: [0]: no column is any of title, arxiv"),
        ("- columns: {A: title}\n  colums: {}\n", "unknown key 'colums' (did you mean 'columns'?)"),
        ("- source: a.csv\n", "'columns' is missing"),
    ],
)
def test_a_file_of_columns_with_mistakes_is_refused(text: str, said: str) -> None:
    write_files(Path(), {KEPT.as_posix(): text})
    assert said in _run("list.csv", code=1)
    assert not Path("content/papers").exists()
