"""What commands print with --json is what docs/reference/json.md says."""

from __future__ import annotations

import json
from pathlib import Path

import click
import jsonschema
import pytest
from click.testing import CliRunner
from folders import write_files
from reference.json_output import ARGUMENTS, printed, shapes_of_commands

from broadsheet.cli import main

# These build whole sites.
_SLOW = ("build", "deploy")
_CASES = [
    pytest.param(name, n, marks=[pytest.mark.slow] if name in _SLOW else [])
    for name, arguments in ARGUMENTS.items()
    for n in range(len(arguments))
]


def test_each_command_has_an_example_for_each_shape() -> None:
    shapes = shapes_of_commands()
    assert {name: len(found) for name, found in shapes.items()} == {
        name: len(found) for name, found in ARGUMENTS.items()
    }


def test_only_commands_with_another_output_have_no_json() -> None:
    names = {name for name, found in main.commands.items() if not isinstance(found, click.Group)}
    assert names - shapes_of_commands().keys() == {"completion", "export", "mcp", "serve"}


@pytest.mark.parametrize(("name", "number"), _CASES)
def test_what_a_command_prints_fits_its_shape(name: str, number: int) -> None:
    schema = shapes_of_commands()[name][number].model_json_schema(mode="serialization")
    jsonschema.validate(json.loads(printed(name, number)), schema)


def test_a_shape_forbids_other_fields_and_needs_all_of_its_own() -> None:
    schema = shapes_of_commands()["migrate"][0].model_json_schema(mode="serialization")
    found = json.loads(printed("migrate"))
    for wrong in ({**found, "more": 1}, {name: found[name] for name in list(found)[1:]}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)


@pytest.mark.parametrize(
    ("form", "starts"), [("json", "["), ("github", "::error file=mkdocs.yml"), ("gitlab", "[")]
)
def test_broken_settings_are_told_to_programs_too(
    form: str, starts: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write_files(tmp_path, {"mkdocs.yml": "site_name: [\n"}))
    result = CliRunner().invoke(main, ["check", "--format", form])
    assert result.exit_code == 1
    assert result.stdout.startswith(starts)
    assert result.stderr == ""


def test_a_new_site_for_programs_asks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("broadsheet.cli.new.is_interactive", lambda: True)
    result = CliRunner().invoke(main, ["new", "--json"], input="")
    assert all(Path(file).is_file() for file in json.loads(result.stdout)["written"])
