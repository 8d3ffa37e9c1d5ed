"""Each golden pair shows one behavior, which its file names describe.

``golden/<name>.txt`` is a source, also with another ending, and ``golden/<name>.json`` everything
that is read from it.
``broken/<name>.txt`` is refused with the message in ``broken/<name>.error``. After an intended
change, run ``BROADSHEET_WRITE_GOLDEN=1 pytest tests/importers/test_golden.py`` and review the diff.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from broadsheet.base.errors import BroadsheetError
from broadsheet.content.records import ReadIssue
from broadsheet.importers import Reading, decode, markdown_page, page_blocks, read
from broadsheet.importers.files import text_of_file

HERE = Path(__file__).parent
GOLDEN = sorted(path for path in (HERE / "golden").iterdir() if path.suffix != ".json")
BROKEN = sorted((HERE / "broken").glob("*.txt"))
WRITING = "BROADSHEET_WRITE_GOLDEN" in os.environ


def _expect(path: Path, text: str) -> None:
    if WRITING:
        path.write_bytes(text.encode())
    assert path.exists(), f"{path.name} is missing; BROADSHEET_WRITE_GOLDEN=1 writes it"
    assert text == path.read_bytes().decode()


def _shown(reading: Reading) -> dict[str, Any]:
    """Everything in a reading. The issue and the collection refer to records by line."""
    collection = reading.collection
    return {
        "importer": reading.importer,
        "issue": _shown_issue(reading.issues[0]) if len(reading.issues) == 1 else None,
        **({"issues": list(map(_shown_issue, reading.issues))} if reading.issues[1:] else {}),
        "collection": {
            "slug": collection.slug,
            "title": collection.title,
            "source_name": collection.source_name,
            "records": [record.line for record in collection.records],
        }
        if collection
        else None,
        "records": [
            {key: value for key, value in asdict(record).items() if value and key != "source"}
            for record in reading.records
        ],
        "problems": [f"{problem.level}: {problem}" for problem in reading.problems],
    }


def _shown_issue(issue: ReadIssue) -> dict[str, Any]:
    return {
        "week": issue.week,
        "start": issue.start.isoformat(),
        "end": issue.end.isoformat(),
        "introduction": issue.introduction,
        "sections": [
            {
                "heading": section.heading,
                "line": section.line,
                **({"commentary": section.commentary} if section.commentary else {}),
                "entries": [f"{e.number} on line {e.record.line}" for e in section.entries],
            }
            for section in issue.sections
        ],
    }


@pytest.mark.parametrize("path", GOLDEN, ids=[path.stem for path in GOLDEN])
def test_a_source_is_read_as_its_golden_pair_says(path: Path) -> None:
    name = f"source{path.suffix}"
    reading = read(text_of_file(path.read_bytes(), name), name)
    shown = json.dumps(_shown(reading), ensure_ascii=False, indent=1)
    _expect(path.with_suffix(".json"), shown + "\n")


@pytest.mark.parametrize("path", BROKEN, ids=[path.stem for path in BROKEN])
def test_a_broken_source_is_refused_with_its_golden_message(path: Path) -> None:
    with pytest.raises(BroadsheetError) as refusal:
        read(decode(path.read_bytes(), "source.txt"), "source.txt")
    _expect(path.with_suffix(".error"), f"{refusal.value}\n")


def test_records_know_their_source_and_stand_in_the_issue_or_collection_too() -> None:
    for path in GOLDEN:
        reading = read(text_of_file(path.read_bytes(), path.name), path.name)
        assert {record.source for record in reading.records} <= {path.name}
        assert {problem.file for problem in reading.problems} <= {path.name}
        sections = [section for issue in reading.issues for section in issue.sections]
        listed = [entry.record for section in sections for entry in section.entries]
        listed += reading.collection.records if reading.collection else ()
        if listed:
            assert reading.records == tuple(sorted(listed, key=lambda record: record.line))


def test_every_golden_file_has_its_source() -> None:
    results = [*(HERE / "golden").glob("*.json"), *(HERE / "broken").glob("*.error")]
    assert len(results) == len(GOLDEN) + len(BROKEN)
    assert {path.stem for path in results} == {path.stem for path in (*GOLDEN, *BROKEN)}


@pytest.mark.parametrize(
    "path",
    [path for path in GOLDEN if path.suffix in (".md", ".html", ".eml")],
    ids=lambda path: path.stem,
)
def test_a_page_is_read_in_parts_as_it_is_at_once(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = text_of_file(path.read_bytes(), path.name)
    at_once = read(text, path.name)
    monkeypatch.setattr(markdown_page, "_PART", 0)
    monkeypatch.setattr(page_blocks, "_PIECE", 20)
    assert read(text, path.name) == at_once
