"""Changing what is inside of a file leaves everything else in it as people wrote it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import values
from folders import expect
from hypothesis import given, settings
from hypothesis import strategies as st
from selecting import examples

from broadsheet.base.errors import BroadsheetError
from broadsheet.content import yaml_text
from broadsheet.content.edit import as_text
from broadsheet.content.edit_nested import edited
from broadsheet.content.model import Entry, Issue, Section
from broadsheet.content.save import as_mapping, file_of

GOLDEN = Path(__file__).parent / "nested_edits"
EDITS = sorted(path.name.removesuffix(".before.yml") for path in GOLDEN.glob("*.before.yml"))


def _value(path: Path) -> Any:
    found = yaml_text.parse(path.read_text("utf-8"), path.name)
    return found | ({"draft": True} if "draft" in found else {})


@pytest.mark.parametrize("name", EDITS)
def test_only_what_differs_is_edited(name: str) -> None:
    """`<name>.before.yml` becomes `<name>.after.yml`, which has the value of `<name>.value.yml`."""
    before = GOLDEN / f"{name}.before.yml"
    after = _value(GOLDEN / f"{name}.value.yml")
    text = edited(before.read_text("utf-8"), "a.yml", _value(before), after)
    expect(GOLDEN / f"{name}.after.yml", text)
    assert yaml_text.parse(text, "a.yml") == as_text(after)


@settings(max_examples=examples(200))
@given(values.issues(), st.data())
def test_an_issue_that_grows_keeps_all_its_lines(issue: Issue, data: st.DataObject) -> None:
    name, text = file_of(issue)
    lines = text.splitlines(keepends=True)
    if "sections:\n" in lines:
        place = lines.index("sections:\n") + 1
        lines[place - 1 : place] = ["# Above.\n", "sections:  # behind\n", "# Below.\n"]
    text = "".join(lines)
    sections = [_grown(section, data) for section in issue.sections]
    more = data.draw(st.lists(values.line, max_size=1))
    place = data.draw(st.integers(0, len(sections)))
    new = [Section(heading=f"New {heading}", entries=(Entry(paper="new"),)) for heading in more]
    sections[place:place] = new
    after = issue.model_copy(update={"sections": tuple(sections), "draft": True})
    known, wanted = _inside(issue), _inside(after)
    result = edited(text, name, known, wanted)
    assert yaml_text.parse(result, name) == as_text(wanted)
    rest = iter(result.splitlines())
    assert all(line in rest for line in text.splitlines() if "sections: []" not in line)


def _grown(section: Section, data: st.DataObject) -> Section:
    entries = list(section.entries)
    place = data.draw(st.integers(0, len(entries)))
    if entries:
        entries[place:place] = [Entry(paper="new-paper", text=data.draw(values.text))]
    return section.model_copy(update={"entries": tuple(entries)})


def _inside(issue: Issue) -> dict[str, Any]:
    return {key: v for key, v in as_mapping(issue).items() if key not in ("digest", "name")}


def test_an_item_that_is_missing_from_a_longer_list_is_refused() -> None:
    before = {"sections": [{"heading": "A"}, {"heading": "B"}]}
    after = {"sections": [{"heading": "B"}, {"heading": "C"}, {"heading": "D"}]}
    text = "sections:\n  - heading: A\n    # Mine.\n  - heading: B\n"
    result = edited(text, "a.yml", before, after)
    assert yaml_text.parse(result, "a.yml") == after


def test_a_file_of_braces_is_refused() -> None:
    with pytest.raises(BroadsheetError, match="write one key per line"):
        edited("{title: A}\n", "a.yml", {"title": "A"}, {"title": "B"})
