"""Importing only some papers of a source, also of one that is too large to be read at once."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from folders import write_files

from broadsheet.cli import large_files, main

LINES = "".join(
    json.dumps(
        {
            "id": f"2411.0000{number}",
            "title": f"Kites: Part {number}",
            "categories": "cs.CL" if number % 2 else "math.GT",
            "authors_parsed": [["Example", "Ada", ""]],
            "versions": [{"version": "v1", "created": "Tue, 5 Nov 2024 17:59:59 GMT"}],
        }
    )
    + "\n"
    for number in range(1, 7)
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site without content, and a list of six papers."""
    monkeypatch.chdir(write_files(tmp_path, {"mkdocs.yml": "site_name: x\n", "all.json": LINES}))
    return tmp_path


def _import(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["import", "all.json", *arguments], prog_name="broadsheet")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result.output


@pytest.mark.parametrize("limit", [100_000, 500], ids=["at once", "line by line"])
def test_only_chosen_papers_are_imported(monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    monkeypatch.setattr(large_files, "SIZE_LIMIT", limit)
    assert "arxiv-dump, 3 papers" in _import("--where", "categories=cs.CL", "--since", "2024-11")
    names = sorted(path.name for path in Path("content/papers").iterdir())
    assert names == [f"kites-part-{number}.yml" for number in (1, 3, 5)]


def test_a_large_file_is_not_imported_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_files, "SIZE_LIMIT", 500)
    said = _import(code=1)
    assert said == (
        "error: all.json: has more papers than a site can use (choose some, as with "
        "--where categories=cs.CL --since 2024-11-01)\n"
    )


def _zipped(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, LINES)
    return packed.getvalue()


@pytest.mark.parametrize("packed", [gzip.compress(LINES.encode()), _zipped("all.json")])
def test_a_large_file_may_be_packed(monkeypatch: pytest.MonkeyPatch, packed: bytes) -> None:
    monkeypatch.setattr(large_files, "SIZE_LIMIT", 250)
    Path("all.json").write_bytes(packed)
    assert "arxiv-dump, 3 papers" in _import("--where", "categories=cs.CL")


@pytest.mark.parametrize(
    ("packed", "problem"),
    [
        (gzip.compress(LINES.encode())[:-20] + b"\xff\xff\xff\x7f", "can't be unpacked"),
        (gzip.compress(b" " * 10_000_000 + LINES.encode()), "the line is longer than the limit"),
        (_zipped("all.json")[:-30], "can't be unpacked"),
        (_zipped("all.json", "more.json"), "is an archive of 2 files"),
    ],
)
def test_a_large_file_that_cannot_be_unpacked_is_refused(
    monkeypatch: pytest.MonkeyPatch, packed: bytes, problem: str
) -> None:
    monkeypatch.setattr(large_files, "SIZE_LIMIT", 250)
    Path("all.json").write_bytes(packed)
    said = _import("--where", "categories=cs.CL", code=1)
    assert said.startswith("error: all.json:")
    assert problem in said
    assert said.count("\n") == 1
    assert not Path("content/papers").exists()


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("--where", "cs.CL"), "'cs.CL' isn't a condition; write one like categories=cs.CL"),
        (("--since", "November"), "'November' isn't a date; write one like 2024-11-01"),
    ],
)
def test_a_choice_that_says_nothing_is_refused(arguments: tuple[str, ...], problem: str) -> None:
    assert problem in _import(*arguments, code=2)
