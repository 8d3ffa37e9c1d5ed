"""Renders docs/reference/api.md from the JSON Schemas of the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from broadsheet.outputs.api.files import SCHEMAS, schema_of
from reference.tables import table

_HEAD = """\
# The JSON API of a site

A built site has its content as JSON below `/api/v1/`, as files: there is no server, no key and no
limit. Fields without a value are omitted, and all URLs are full. The version in the address changes
when a field goes away or changes its meaning.

Each file has a [JSON Schema](https://json-schema.org/) below `/api/v1/schema/`.
"""
_ADDRESSES = {
    "paper": "`/api/v1/papers/<slug>.json`",
    "papers": "`/api/v1/papers.json`, and its further parts `/api/v1/papers.2.json` and so on",
    "week": "`/api/v1/weeks/<week>.json`",
    "list": "`/api/v1/topics/<slug>.json` and `/api/v1/collections/<slug>.json`, and their parts",
    "catalog": "`/api/v1/topics.json`, `/api/v1/weeks.json` and `/api/v1/collections.json`",
    "manifest": "`/api/v1/manifest.json`",
}


def page() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *map(_kind, SCHEMAS)])


def _kind(name: str) -> str:
    schema = schema_of(name)
    parts = [f"## {name.capitalize()}: {_ADDRESSES[name]}\n", _about(schema)]
    parts.append(_fields(schema))
    for inner, definition in sorted(schema.get("$defs", {}).items()):
        parts.append(f"**{inner}**: {_about(definition)}\n{_fields(definition)}")
    return "\n".join(parts)


def _about(schema: Mapping[str, Any]) -> str:
    return f"{schema.get('description', '')}\n"


def _fields(schema: Mapping[str, Any]) -> str:
    required = schema.get("required", ())
    rows = [
        (f"`{name}`", _type_of(inner), "always" if name in required else "")
        for name, inner in schema["properties"].items()
    ]
    return table(("field", "type", "there"), rows)


def _type_of(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        choices = [choice for choice in schema["anyOf"] if choice.get("type") != "null"]
        return " or ".join(map(_type_of, choices))
    if schema.get("type") == "array":
        return f"list of {_type_of(schema['items'])}"
    if "additionalProperties" in schema and isinstance(schema["additionalProperties"], dict):
        return f"object with values of {_type_of(schema['additionalProperties'])}"
    return str(schema.get("format") or schema.get("type", "anything"))
