"""Renders docs/reference/content.md and settings.md from the schemas of content and settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from broadsheet.base.formulas import MOST_FORMULAS, MOST_NESTED
from broadsheet.content import examples
from broadsheet.content.fields import (
    EXTRA_LENGTH,
    EXTRA_NAME_LENGTH,
    LINE_LENGTH,
    MOST_AUTHORS,
    MOST_EXTRA,
    TEXT_LENGTH,
    URL_LENGTH,
)
from broadsheet.content.schema import KINDS, Kind, schema_of, schema_of_model
from broadsheet.content.settings import Settings

_HEAD = """\
# Fields of content files

Content is YAML in UTF-8. Fields without a value mean the same as no field, and Broadsheet reads
numbers and dates as you write them: `arxiv: 2403.01230` keeps its last zero. Unknown fields are
errors, so a misspelled one can't get lost. `broadsheet check` reports all mistakes.

A text has at most {text:,} characters, a field of one line (such as a title) {line:,}, a URL
{url:,}, and a paper has at most {authors:,} authors. `extra` has at most {extra} facts, with names
of {name} and values of {value:,} characters. Formulas that nest more than {nested} deep are
shown as text, as are all formulas of a text with more than {formulas}. Control characters and
characters that change the direction of text are refused, because they break files and disguise
texts. A URL must not have a user name or password.

Sites made with `broadsheet new` have [JSON Schemas](https://json-schema.org/) of all files in
`schemas/`. With them, editors show help for each field and report mistakes as you type. VS Code
finds them in `.vscode/settings.json` and needs the extension
[YAML](https://marketplace.visualstudio.com/items?itemName=redhat.vscode-yaml). For other editors
with a YAML language server, start a file with a line such as
`# yaml-language-server: $schema=../../schemas/paper.json`.
"""
_SETTINGS_HEAD = """\
# Settings

The settings of Broadsheet are in `mkdocs.yml`, under `extra.broadsheet`. All of them have defaults.
Other settings in this file are those of
[MkDocs](https://www.mkdocs.org/user-guide/configuration/) and
[Material](https://squidfunk.github.io/mkdocs-material/setup/); `broadsheet check` names those that
have no effect here.
"""
_TITLES = {
    "paper": "Papers",
    "issue": "Issues",
    "collection": "Collections",
    "topics": "Topics",
    "merges": "Merges",
    "imports": "Imports",
}
_FROM_PATH = {
    "paper": "The name of the file is the last part of the paper's address.",
    "issue": "The folder is the digest that the issue belongs to.",
    "collection": "The name of the file is the last part of the collection's address.",
    "topics": "Each key is the last part of the topic's address.",
    "merges": "Each item is a decision about names of papers. It has `same` or `different`.",
    "imports": "`broadsheet import --map` adds items.",
}


def content_page() -> str:
    """The page about content."""
    head = _HEAD.format(
        text=TEXT_LENGTH,
        line=LINE_LENGTH,
        url=URL_LENGTH,
        authors=MOST_AUTHORS,
        extra=MOST_EXTRA,
        name=EXTRA_NAME_LENGTH,
        value=EXTRA_LENGTH,
        nested=MOST_NESTED,
        formulas=MOST_FORMULAS,
    )
    return "\n".join([head, *(_kind(kind) for kind in KINDS)])


def settings_page() -> str:
    """The page about settings."""
    return (
        f"{_SETTINGS_HEAD}\n```yaml\n{examples.SETTINGS}```\n\n{_tables(schema_of_model(Settings))}"
    )


def _kind(kind: Kind) -> str:
    schema = schema_of(kind)
    value = schema.get("items") or schema.get("additionalProperties") or schema
    about = str(value["description"])
    return (
        f"## {_TITLES[kind.name]}: `content/{kind.files}`\n\n{about} {_FROM_PATH[kind.name]}\n\n"
        f"```yaml\n{kind.example}```\n\n{_tables(value)}"
    )


def _tables(schema: Mapping[str, Any]) -> str:
    """A table of the fields of a mapping, and one for each mapping in it."""
    rows = [
        f"| `{name}` | {_value(inner)} | {inner['description']} |"
        for name, inner in _fields(schema)
    ]
    text = "\n".join(["| field | value | meaning |", "|---|---|---|", *rows]) + "\n"
    below: dict[str, list[str]] = {}
    for name, inner in _fields(schema):
        mapping = _mapping(inner)
        if mapping:
            below.setdefault(_tables(mapping), []).append(f"`{name}`")
    for table, names in below.items():
        text += f"\nFields of {' and '.join(names)}:\n\n{table}"
    return text


def _fields(schema: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    required = schema.get("required", ())
    for name, inner in schema["properties"].items():
        yield name, {**inner, "needed": name in required}


def _mapping(schema: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The mapping that a field holds, alone or in a list, if any."""
    for choice in (schema, schema.get("items", {}), *schema.get("anyOf", ())):
        if "properties" in choice:
            return choice  # type: ignore[no-any-return]
    return None


def _value(schema: Mapping[str, Any]) -> str:
    needed = ", required" if schema.get("needed") else ""
    if "anyOf" in schema:
        named = [_value(choice) for choice in schema["anyOf"] if choice != {"type": "null"}]
        return " or ".join(named) + needed
    message = schema.get("patternErrorMessage", "")
    if message:
        return str(message).removeprefix("Write ").partition(", of ")[0].rstrip(".") + needed
    if "items" in schema:
        return f"list: {_value(schema['items'])}{needed}"
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    names = {"object": "mapping", "boolean": "`true` or `false`", "integer": "number"}
    return names.get(types[0], "text") + needed
