"""Templates of projects go on working until the version of the views changes."""

from __future__ import annotations

import json
from pathlib import Path

from folders import expect
from reference.templates import fields_of_views

from broadsheet.outputs.pages.kinds import VIEWS_VERSION

# The views of this version, as templates know them. New fields are added to the file; it loses
# fields only when it gets the name of another version.
KNOWN = Path(__file__).parent / f"views-{VIEWS_VERSION}.json"
Views = dict[str, dict[str, str]]


def broken(before: Views, now: Views) -> list[str]:
    """What templates could rely on before, and can't any more."""
    return [
        f"{view}.{field}: {kind}"
        for view, fields in before.items()
        for field, kind in fields.items()
        if now.get(view, {}).get(field) != kind
    ]


def test_no_field_is_lost_or_changes_its_type_in_a_version() -> None:
    before: Views = json.loads(KNOWN.read_text("utf-8")) if KNOWN.exists() else {}
    now = fields_of_views()
    assert broken(before, now) == [], "increase VIEWS_VERSION, and say in CHANGELOG.md what to do"
    expect(KNOWN, json.dumps(now, indent=1) + "\n")


def test_what_breaks_templates_is_found() -> None:
    now = fields_of_views()
    lost = {**now, "Link": {"name": "str"}}
    changed = {**now, "Link": {"name": "int", "address": "str"}}
    more = {**now, "Link": {**now["Link"], "title": "str"}, "Extra": {}}
    assert broken(now, lost) == ["Link.address: str"]
    assert broken(now, changed) == ["Link.name: str"]
    assert broken(now, more) == []


def test_one_version_has_one_file() -> None:
    files = sorted(KNOWN.parent.glob("views-*.json"))
    assert files == [KNOWN], "remove the file of the version before"
