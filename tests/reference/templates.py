"""Renders docs/reference/templates.md from the kinds of pages and their views."""

from __future__ import annotations

import dataclasses
import inspect
import re
import typing
from collections.abc import Iterator

from pydantic import BaseModel

from broadsheet.outputs.pages.kinds import KINDS, VIEWS_VERSION
from reference.tables import table

_HEAD = """\
# Templates and their views

Each kind of page has a template, `<kind>.html.j2`, which shows a view. A project changes a page
with a template of the same name in its own `site_templates/pages/`. Templates that it doesn't have
are ours. Whatever a template prints is escaped, unless it's of the type `Markup`.

The version of the views is **{version}**. It increases when a view loses a field or a field changes
its meaning, and the changelog says what to change. New fields don't change it.
"""


def page() -> str:
    """The whole page."""
    parts = [_HEAD.format(version=VIEWS_VERSION), "## Kinds of pages\n"]
    shown: dict[str, type] = {}
    for name, kind in KINDS.items():
        parts.append(f"### `{name}.html.j2`\n\n{_about(kind.view)}\n\n{_fields(kind.view)}")
        shown |= {found.__name__: found for found in _inside(kind.view)}
    parts.append("## What views are made of\n")
    parts += [
        f"### {name}\n\n{_about(shown[name])}\n\n{_fields(shown[name])}" for name in sorted(shown)
    ]
    return "\n".join(parts)


def fields_of_views() -> dict[str, dict[str, str]]:
    """The types of the fields of each kind of page, and of what views are made of."""
    found: dict[str, type] = {}
    for name, kind in KINDS.items():
        found[f"{name}.html.j2"] = kind.view
        found |= {inside.__name__: inside for inside in _inside(kind.view)}
    return {
        name: {field: _type_name(hint) for field, hint in _annotations(view).items()}
        for name, view in sorted(found.items())
    }


def _about(view: type) -> str:
    return (inspect.getdoc(view) or "").partition("\n\nAttributes:")[0]


def _fields(view: type) -> str:
    meanings = _meanings(view)
    rows = [
        (f"`{name}`", f"`{_type_name(annotation)}`", meanings.get(name, ""))
        for name, annotation in _annotations(view).items()
    ]
    if not rows:
        return "It has no fields.\n"
    if any(meaning for *_, meaning in rows):
        return table(("field", "type", "meaning"), rows)
    return table(("field", "type"), [row[:2] for row in rows])


def _meanings(view: type) -> dict[str, str]:
    """The meanings of fields, from the docstring."""
    attributes = (inspect.getdoc(view) or "").partition("Attributes:\n")[2]
    found = re.findall(r"^    (\w+): (.*(?:\n {8}.*)*)", attributes, re.MULTILINE)
    return {name: " ".join(text.split()) for name, text in found}


def _annotations(view: type) -> dict[str, object]:
    hints = typing.get_type_hints(view, include_extras=False)
    if dataclasses.is_dataclass(view):
        return {field.name: hints[field.name] for field in dataclasses.fields(view)}
    if issubclass(view, BaseModel):
        return {name: hints[name] for name in view.model_fields}
    return {}


def _type_name(annotation: object) -> str:
    text = str(annotation) if typing.get_args(annotation) else getattr(annotation, "__name__", "")
    text = re.sub(r"(?:[a-z_]+\.)+(?=[A-Za-z])", "", text or str(annotation))
    text = re.sub(r"Optional\[([^]]*(?:\[[^]]*\])?)\]", r"\1 | None", text)  # Python before 3.14
    return text.replace("NoneType", "None")


def _inside(view: type) -> Iterator[type]:
    """Yields the types that a view is made of, also indirectly."""
    pending, seen = [view], {view}
    while pending:
        for annotation in _annotations(pending.pop()).values():
            for found in _leaves(annotation):
                if found not in seen and _annotations(found):
                    seen.add(found)
                    pending.append(found)
                    yield found


def _leaves(annotation: object) -> Iterator[type]:
    if isinstance(annotation, type) and not typing.get_args(annotation):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from _leaves(argument)
