"""JSON Schemas for editors agree with what Broadsheet reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from broadsheet.content.parsing import value_in_yaml
from broadsheet.content.schema import KINDS, Kind, schema_of, schema_of_model, split_docstring
from broadsheet.content.settings import Settings

CHECKOUT = Path(__file__).parents[2]
KIND = {kind.name: kind for kind in KINDS}
GIVEN = {"slug": "a", "digest": "d", "name": "n"}


class EditorLoader(yaml.SafeLoader):
    """Reads YAML 1.2, as editors do: dates and `on` are text, numbers are numbers."""


EditorLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    EditorLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), first
    )


def mistakes(kind: Kind, text: str) -> list[str]:
    validator = jsonschema.Draft7Validator(schema_of(kind))
    return [error.message for error in validator.iter_errors(yaml.load(text, EditorLoader))]


def described(schema: Any) -> Iterator[tuple[str, bool]]:
    if isinstance(schema, dict):
        for name, inner in schema.get("properties", {}).items():
            yield name, bool(inner.get("description"))
        for inner in schema.values():
            yield from described(inner)
    if isinstance(schema, list):
        for inner in schema:
            yield from described(inner)


@pytest.mark.parametrize("folder", ["content", "tests/toy_site/content"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_existing_content_is_valid(kind: Kind, folder: str) -> None:
    files = sorted((CHECKOUT / folder).glob(kind.files))
    assert files or kind.name in ("merges", "imports")
    found = {path.name: mistakes(kind, path.read_text("utf-8")) for path in files}
    assert {name: messages for name, messages in found.items() if messages} == {}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("paper", "title: A\narxiv: 2403.01230\npublished: 2024\nvenue:\nauthors: [A, 7]\n"),
        ("paper", "title: 1984\narxiv: https://arxiv.org/abs/2403.01230v2\nwritten: a-model\n"),
        ("issue", "title: A\nweek: 2024-W12\nstart: 2024-03-18\nend: 2024-03-24\nsections:\n"),
        ("collection", "title: A\nentries:\n- {paper: a, number: 1.1}\n- {paper: 2403-01230}\n"),
        ("topics", "# Nothing yet.\n"),
        ("merges", "- {same: [a, 2403.01230]}\n"),
        ("imports", "- {columns: {Titel: title, Nr. 1: extra}}\n"),
    ],
)
def test_what_people_write_is_valid(kind: str, text: str) -> None:
    assert mistakes(KIND[kind], text) == []
    if not KIND[kind].container:
        given = {key: GIVEN[key] for key in KIND[kind].given}
        assert not isinstance(value_in_yaml(text.encode(), "", KIND[kind].model, given), tuple)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("paper", "titel: A\n"),
        ("paper", "slug: a\n"),
        ("paper", "arxiv: 24.01\n"),
        ("paper", "doi: eleven\n"),
        ("paper", "published: March 2024\n"),
        ("paper", "authors: Ada Example\n"),
        ("paper", "topics: [Not a Slug]\n"),
        ("paper", "links: {code: example.org}\n"),
        ("paper", "draft: maybe\n"),
        ("paper", "withdrawn: {on: 2024-03-18}\n"),
        ("paper", "provenance: [{source: a, line: first}]\n"),
        ("issue", "title: A\nweek: 2024-12\nstart: 2024-03-18\nend: 2024-03-24\n"),
        ("issue", "title: A\nweek: 2024-W12\nstart: 2024-03-18\n"),
        ("collection", "entries: []\n"),
        ("topics", "Not a Slug: {name: A}\n"),
        ("topics", "boats: {}\n"),
        ("merges", "same: [a, b]\n"),
        ("imports", "- {columns: {Titel: titel}}\n"),
        ("merges", "- {same: [a, b], different: [a, b]}\n"),
    ],
)
def test_mistakes_are_invalid(kind: str, text: str) -> None:
    assert mistakes(KIND[kind], text)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_has_help_and_an_example(kind: Kind) -> None:
    schema = schema_of(kind)
    found = dict(described(schema))
    assert found
    assert all(found.values()), found
    value = schema.get("items") or schema.get("additionalProperties") or schema
    assert all(inner["examples"] for inner in value["properties"].values())
    assert mistakes(kind, kind.example) == []


def test_every_setting_has_help() -> None:
    assert all(has for _, has in described(schema_of_model(Settings)))


def test_help_is_the_text_of_the_docstring_without_its_line_breaks() -> None:
    about, helps = split_docstring(
        "A boat.\n\n    It\n    floats.\n\n    Attributes:\n"
        "        oars: How many: at\n            least two.\n        name: Its name.\n    "
    )
    assert about == "A boat.\n\nIt floats."
    assert helps == {"oars": "How many: at least two.", "name": "Its name."}
