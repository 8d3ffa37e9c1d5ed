"""Content of an earlier format is converted; content of a later one is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from folders import tree, write_files

from broadsheet.base.errors import BroadsheetError
from broadsheet.cli import main
from broadsheet.content import load as loading
from broadsheet.content import migrate as migrating
from broadsheet.content.edit import add_keys
from broadsheet.content.edit_values import Edit, edited
from broadsheet.content.load import load
from broadsheet.content.migrate import (
    FORMAT,
    Migration,
    format_file,
    format_of,
    migrated,
    require_current,
)
from broadsheet.content.schema import schema_files
from broadsheet.content.yaml_text import parse

PAPER = "# Mine.\ntitel: Boats  # they float\n\nvenue: 'A'\n"


def _title(text: str, file: str) -> str:
    found = parse(text, file)
    if "titel" not in found:
        return text
    text = edited(text, file, [Edit(("titel",))])
    return add_keys(text, file, {"title": found["titel"]}, ["title", "venue"])


def _venue(text: str, file: str) -> str:
    return edited(text, file, [Edit(("venue",), str.lower)])


TITLES = Migration(2, "Papers have a `title`.", "papers/*.yml", _title)
VENUES = Migration(3, "Venues are in lowercase.", "papers/*.yml", _venue)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    write_files(tmp_path, {"content/papers/a.yml": PAPER, "content/topics.yml": "titel: mine\n"})
    return tmp_path / "content"


@pytest.fixture
def third_format(content: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site in format 1, with a program that reads format 3."""
    monkeypatch.chdir(content.parent)
    write_files(content.parent, {"mkdocs.yml": "site_name: A\n"})
    monkeypatch.setattr(
        loading, "require_current", lambda folder, shown: require_current(folder, shown, 3)
    )
    monkeypatch.setattr("broadsheet.cli.migrating.FORMAT", 3)
    monkeypatch.setattr(
        "broadsheet.cli.migrating.migrated",
        lambda folder, shown: migrated(folder, shown, (TITLES, VENUES), 3),
    )
    return content


def _run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, list(arguments), prog_name="broadsheet")
    assert result.exit_code == code, result.output
    return result.output


def test_content_of_today_passes_unchanged(content: Path) -> None:
    assert migrated(content, "content").files == {}
    assert format_of(content, "content") == FORMAT == 1
    assert format_file() == {}


def test_every_change_of_the_format_has_a_migration() -> None:
    assert sorted({migration.to for migration in migrating.MIGRATIONS}) == list(
        range(2, FORMAT + 1)
    )


def test_what_is_due_is_converted_in_order_and_all_else_stays(content: Path) -> None:
    found = migrated(content, "content", (TITLES, VENUES), 3)
    assert found.migrations == (TITLES, VENUES)
    assert found.files["papers/a.yml"] == "# Mine.\n\ntitle: Boats\nvenue: 'a'\n"
    assert set(found.files) == {"papers/a.yml", "format.yml"}
    write_files(content, dict(found.files))
    again = migrated(content, "content", (TITLES, VENUES), 3)
    assert (again.before, again.migrations, again.files) == (3, (), {})


def test_only_later_changes_are_due(content: Path) -> None:
    write_files(content, format_file(2))
    assert migrated(content, "content", (TITLES, VENUES), 3).migrations == (VENUES,)


def test_a_file_that_cannot_be_converted_stops_everything(content: Path) -> None:
    write_files(content, {"papers/b.yml": "{title: ["})
    with pytest.raises(BroadsheetError, match=r"content/papers/b.yml:\d: invalid YAML"):
        migrated(content, "content", (TITLES,), 2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("format: 2\n", "has format 2, but this version reads formats up to 1"),
        ("format: new\n", "must be a whole number"),
        ("2\n", "must be a whole number"),
        ("format: 0\n", "must be a whole number"),
    ],
)
def test_a_format_that_this_version_does_not_read_is_refused(
    content: Path, text: str, message: str
) -> None:
    write_files(content, {"format.yml": text})
    with pytest.raises(BroadsheetError, match=message):
        load(content)
    with pytest.raises(BroadsheetError, match=message):
        migrated(content, "content")


def test_an_older_format_is_refused_until_it_is_migrated(third_format: Path) -> None:
    assert "error: content: the content has format 1" in (told := _run("check", code=1))
    assert "run `broadsheet migrate`" in told
    before = tree(third_format.parent)
    dry = _run("migrate", "--dry-run")
    assert tree(third_format.parent) == before
    told = _run("migrate")
    assert told.startswith("format 2: Papers have a `title`.\nformat 3: Venues are in lowercase.\n")
    assert dry.splitlines()[2:] == [
        line.replace("wrote", "would write") for line in told.splitlines()[2:-1]
    ]
    assert (third_format / "format.yml").read_text().endswith("format: 3\n")
    assert load(third_format).corpus.papers["a"].venue == "a"
    assert _run("migrate") == (
        "Nothing to do: the content has format 3, and the schemas are current.\n"
    )


def test_line_ends_and_byte_order_marks_stay(third_format: Path) -> None:
    (third_format / "papers/a.yml").write_bytes(
        b"\xef\xbb\xbf" + PAPER.replace("\n", "\r\n").encode()
    )
    _run("migrate")
    after = (third_format / "papers/a.yml").read_bytes()
    assert after == b"\xef\xbb\xbf# Mine.\r\n\r\ntitle: Boats\r\nvenue: 'a'\r\n"


def test_schemas_are_brought_up_to_date_and_nothing_else(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(content.parent)
    _run("new", "site")
    monkeypatch.chdir("site")
    assert _run("migrate").startswith("Nothing to do")
    before = tree(Path())
    schema = Path("schemas/paper.json")
    schema.write_text(schema.read_text().replace("venue", "wenue"))
    Path("schemas/topics.json").unlink()
    found = json.loads(_run("migrate", "--json"))
    assert found["files"] == ["schemas/paper.json", "schemas/topics.json"]
    assert (found["before"], found["format"], found["migrations"]) == (1, 1, [])
    assert tree(Path()) == before


def test_a_schema_of_the_owner_is_not_overwritten(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(content.parent)
    write_files(content.parent, {"mkdocs.yml": "site_name: A\n", "schemas/paper.json": "{}\n"})
    assert "schemas/paper.json: isn't a schema of Broadsheet" in _run("migrate", code=1)
    assert sorted(path.name for path in Path("schemas").iterdir()) == ["paper.json"]
    assert set(schema_files()) > {"paper.json"}
