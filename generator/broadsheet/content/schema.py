"""JSON Schemas of the files in ``content/``, for editors.

They follow from the model: its types, and its docstrings, which are the help for each field.
Editors read numbers where Broadsheet reads text, so the schemas allow both.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from broadsheet.base.docstrings import keep_docstrings
from broadsheet.content import examples
from broadsheet.content.columns import KeptColumns
from broadsheet.content.fields import SLUG_SCHEMA
from broadsheet.content.model import Collection, Issue, Paper, Topic
from broadsheet.content.overrides import Decision
from broadsheet.content.yaml_text import parse

# The version of JSON Schema that most editors support.
_DIALECT = "http://json-schema.org/draft-07/schema#"
# A mark of the files that `broadsheet migrate` may replace.
OURS = b"Made by Broadsheet"
_COMMENT = f"{OURS.decode()}; `broadsheet migrate` replaces this file."
# Keywords that only repeat the names of fields, or that editors would insert as values.
_LEFT_OUT = ("title", "default")
# Where the models are.
_MODULES = tuple(
    f"broadsheet.content.{name}" for name in ("columns", "model", "overrides", "parts")
)
_ATTRIBUTE = re.compile(r"^ {4}(\w+): ", re.MULTILINE)

JsonSchema = Mapping[str, Any]


@dataclass(frozen=True)
class Kind:
    """A kind of file in ``content/``.

    Attributes:
        name: The name of its schema.
        files: Which files are of this kind, as a pattern below ``content/``.
        model: What the file holds, once or several times.
        example: A file with every field.
        given: Fields that come from the path of the file or from a key in it.
        container: How the file holds values: "" for one value, or "mapping" or "list" for several.
    """

    name: str
    files: str
    model: type[BaseModel]
    example: str
    given: frozenset[str] = frozenset()
    container: str = ""


KINDS = (
    Kind("paper", "papers/*.yml", Paper, examples.PAPER, frozenset({"slug"})),
    Kind("issue", "digests/*/*.yml", Issue, examples.ISSUE, frozenset({"digest", "name"})),
    Kind("collection", "collections/*.yml", Collection, examples.COLLECTION, frozenset({"slug"})),
    Kind("topics", "topics.yml", Topic, examples.TOPICS, frozenset({"slug"}), "mapping"),
    Kind("merges", "merges.yml", Decision, examples.MERGES, container="list"),
    Kind("imports", "imports.yml", KeptColumns, examples.IMPORTS, container="list"),
)


def schema_files() -> dict[str, bytes]:
    """Returns the schemas of all kinds by file name."""
    head = {"$schema": _DIALECT, "$comment": _COMMENT}
    return {
        f"{kind.name}.json": f"{json.dumps(head | {**schema_of(kind)}, indent=2)}\n".encode()
        for kind in KINDS
    }


def schema_of(kind: Kind) -> JsonSchema:
    """Returns the JSON Schema of a kind of file."""
    value = schema_of_model(kind.model, kind.given)
    found = as_editors_read(parse(kind.example, ""))
    if kind.container == "mapping":
        inner = _with_examples(value, list(found.values()))
        slug = {key: SLUG_SCHEMA[key] for key in ("pattern", "maxLength", "patternErrorMessage")}
        return {"type": ["object", "null"], "propertyNames": slug, "additionalProperties": inner}
    if kind.container == "list":
        return {"type": ["array", "null"], "items": _with_examples(value, found)}
    return _with_examples(value, [found])


def schema_of_model(model: type[BaseModel], given: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Returns the JSON Schema of a value, with the docstrings of fields as their descriptions.

    Args:
        model: The kind of value.
        given: Fields to leave out.
    """
    keep_docstrings(*_MODULES)
    found = model.model_json_schema()
    schema = _plain(found, found.get("$defs", {}))
    properties: dict[str, Any] = schema.pop("properties")
    required = [name for name in schema.pop("required", ()) if name not in given]
    schema["properties"] = {name: properties[name] for name in properties if name not in given}
    return {**schema, **({"required": required} if required else {})}


def as_editors_read(value: Any) -> Any:
    """Returns a value of the examples with numbers and booleans instead of text."""
    if isinstance(value, Mapping):
        return {key: as_editors_read(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_editors_read(inner) for inner in value]
    return {"true": True, "false": False}.get(value, int(value) if value.isdigit() else value)


def _with_examples(schema: Mapping[str, Any], values: list[Any]) -> dict[str, Any]:
    """Adds what some values have in a field as examples of the field."""
    properties = {
        name: {**inner, "examples": [value[name] for value in values if name in value]}
        for name, inner in schema["properties"].items()
    }
    return {**schema, "properties": properties}


def _plain(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a schema without references, as some editors ignore what is beside a reference."""
    plain = {key: value for key, value in schema.items() if key not in (*_LEFT_OUT, "$defs")}
    if "$ref" in plain:
        name = plain.pop("$ref").rpartition("/")[2]
        return {**_plain(definitions[name], definitions), **plain}
    if "anyOf" in plain:
        choices = [_plain(choice, definitions) for choice in plain.pop("anyOf")]
        plain |= _any_of([choice for choice in choices if choice != {"type": "null"}])
    for key in ("items", "additionalProperties"):
        if isinstance(plain.get(key), dict):
            plain[key] = _plain(plain[key], definitions)
    if "properties" in plain:
        plain |= _described(plain, definitions)
    return plain


def _any_of(choices: list[dict[str, Any]]) -> dict[str, Any]:
    return {"anyOf": choices} if len(choices) > 1 else choices[0]


def _described(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """Moves the "Attributes" of a docstring to the descriptions of properties."""
    about, helps = split_docstring(schema.get("description", ""))
    required = schema.get("required", ())
    properties = {}
    for name, inner in schema["properties"].items():
        found = _plain(inner, definitions)
        if name not in required:
            found = _or_nothing(found)
        properties[name] = {**found, **({"description": helps[name]} if name in helps else {})}
    return {"description": about, "properties": properties}


def _or_nothing(schema: dict[str, Any]) -> dict[str, Any]:
    """Allows a key without a value, which means the same as no key."""
    if "anyOf" in schema:
        return {**schema, "anyOf": [*schema["anyOf"], {"type": "null"}]}
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return {**schema, "type": [*types, "null"]}


def split_docstring(text: str) -> tuple[str, Mapping[str, str]]:
    """Returns what a docstring says before its "Attributes", and about each of them.

    Lines are joined, except between paragraphs.
    """
    about, _, attributes = inspect.cleandoc(text).partition("Attributes:\n")
    paragraphs = [" ".join(part.split()) for part in about.strip().split("\n\n")]
    _, *parts = _ATTRIBUTE.split(attributes)
    helps = {name: " ".join(help_.split()) for name, help_ in zip(*[iter(parts)] * 2, strict=True)}
    return "\n\n".join(paragraphs), helps
