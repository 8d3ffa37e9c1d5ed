"""Validation: turns a parsed file into a model value, or into problems with file and line."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from broadsheet.base.errors import Problem, suggest
from broadsheet.content.yaml_text import LineOf, Path

Model = TypeVar("Model", bound=BaseModel)

# What a key must hold, by the kind of Pydantic's error.
_EXPECTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "a mapping (key: value)",
    "mapping_type": "a mapping (key: value)",
    "model_type": "a mapping (key: value)",
    "model_attributes_type": "a mapping (key: value)",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "date_type": "a date like 2024-03-18",
    "date_parsing": "a date like 2024-03-18",
    "date_from_datetime_parsing": "a date like 2024-03-18",
    "date_from_datetime_inexact": "a date like 2024-03-18",
}
_EXAMPLES = {
    "authors": "authors: [Ada Example, Bob van der Sample]",
    "topics": "topics: [retrieval]",
    "aliases": "aliases: [an-older-address]",
    "links": "links: {code: https://…}",
    "extra": "extra: {Rating: 4}",
}


def validate(
    model: type[Model],
    value: Any,
    file: str,
    line_of: LineOf,
    given: Mapping[str, Any] | None = None,
) -> Model | tuple[Problem, ...]:
    """Returns a value of `model`, or all problems of the file.

    Args:
        model: The kind of value.
        value: The parsed file.
        file: Its path, for problems.
        line_of: Finds the line of a path of keys. Only called if something is wrong.
        given: Fields that come from the file's path and must not be inside the file.
    """
    given = given or {}
    if not isinstance(value, Mapping):
        what = "the file is empty" if value is None else f"must be a mapping, not {_kind(value)}"
        return (Problem(file, line_of(()), "", what, "write keys such as `title: …`"),)
    repeated = [key for key in given if key in value]
    if repeated:
        message = "comes from the path of the file"
        return tuple(
            Problem(file, line_of((key,)), key, message, "remove this key") for key in repeated
        )
    try:
        return model.model_validate({**_without_empty(value), **given})
    except ValidationError as error:
        return tuple(
            _name_problem(details, file, line_of)
            if details["loc"][:1] and details["loc"][0] in given
            else _problem(model, details, file, line_of)
            for details in error.errors(include_url=False)
        )


def _name_problem(details: ErrorDetails, file: str, line_of: LineOf) -> Problem:
    """Returns a problem with the name of a file, of its folder or of a topic's key."""
    line = line_of(())
    what = "key" if line > 1 or file.endswith("topics.yml") else "file"
    what = "folder" if details["loc"] == ("digest",) else what
    return Problem(
        file, line if what == "key" else 0, "", _plain(details["msg"]), f"rename the {what}"
    )


def _without_empty(value: Any) -> Any:
    """Removes keys without a value: `venue:` is the same as no venue."""
    # Most values are texts, and there are many: a call for each would double the time.
    if isinstance(value, Mapping):
        return {
            key: inner if isinstance(inner, str) else _without_empty(inner)
            for key, inner in value.items()
            if inner is not None
        }
    if isinstance(value, list):
        return [inner if isinstance(inner, str) else _without_empty(inner) for inner in value]
    return value


def _problem(model: type[BaseModel], details: ErrorDetails, file: str, line_of: LineOf) -> Problem:
    path = tuple(step for step in details["loc"] if step != "[key]")
    kind, value = details["type"], details["input"]
    field, name = key_path_text(path), str(path[-1]) if path else ""
    advice = ""
    if kind == "extra_forbidden":
        message = f"unknown key {name!r}"
        advice = suggest(name, _known_keys(model, path[:-1]))
    elif kind == "missing":
        message = f"{name!r} is missing"
        advice = f"add `{name}: …`"
    elif kind in _EXPECTED:
        message = f"must be {_EXPECTED[kind]}, not {_kind(value)}"
        advice = f"write `{_EXAMPLES[name]}`" if name in _EXAMPLES else ""
    elif kind == "string_unicode":
        message, advice = "a key has half a character (a lone surrogate)", "write the whole one"
    elif kind == "too_long":
        most, found = details["ctx"]["max_length"], details["ctx"]["actual_length"]
        message = f"has {found:,} values" if found else "has too many values"
        advice = f"shorten it to at most {most:,}"
    else:
        message, _, advice = _plain(details["msg"]).partition("; ")
    return Problem(file, line_of(path), field, message, advice)


def _plain(message: str) -> str:
    return message.removeprefix("Value error, ")


def key_path_text(path: Path) -> str:
    """Returns a path of keys as people write it: ``sections[0].heading``."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def _kind(value: Any) -> str:
    if isinstance(value, str):
        shown = value if len(value) <= 40 else value[:37] + "…"
        return repr(shown)
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return "nothing" if value is None else repr(value)[:40]


def _known_keys(model: type[BaseModel], path: Path) -> list[str]:
    current: type[BaseModel] = model
    for step in path:
        if isinstance(step, str) and step in current.model_fields:
            current = _inner_model(current.model_fields[step].annotation) or current
    from_path = (
        {"slug", "digest", "name"} if current is model and model.__name__ != "Topic" else set()
    )
    return [key for key in current.model_fields if key not in from_path - {"title"}]


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in typing.get_args(annotation):
        found = _inner_model(argument)
        if found is not None:
            return found
    return None
