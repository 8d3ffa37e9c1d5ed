"""Templates only use fields that their views have, according to the views' types."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterator, Mapping

import jinja2
import pytest
from jinja2 import nodes
from pydantic import BaseModel

from broadsheet.base.template_words import I18N
from broadsheet.content.model import Source
from broadsheet.outputs.pages import KINDS
from broadsheet.outputs.pages.data_views import TableColumn
from broadsheet.outputs.pages.page import Page
from broadsheet.outputs.pages.parts import Part
from broadsheet.outputs.pages.rows import ListedPaper, Takeaway
from broadsheet.outputs.pages.views import WeekView
from broadsheet.outputs.templates import templates_folder

FOLDER = templates_folder() / "pages"
ENVIRONMENT = jinja2.Environment(
    autoescape=True, extensions=[I18N], loader=jinja2.FileSystemLoader(FOLDER)
)
# The types of the parameters of macros in templates that start with "_".
PARAMETERS = {
    "paper": ListedPaper,
    "part": Part,
    "takeaway": Takeaway,
    "source": Source,
    "column": TableColumn,
}
LOOP = {"index", "first", "last", "length"}
GLOBALS = {"kinds", "comma", "counted", "_", "gettext", "ngettext", "to", "caller"}

Names = Mapping[str, object]


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_uses_only_fields_that_its_view_has(kind: str) -> None:
    source = (FOLDER / f"{kind}.html.j2").read_text("utf-8")
    assert not mistakes(source, KINDS[kind].view)


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("_*.j2")))
def test_a_macro_uses_only_fields_that_its_values_have(name: str) -> None:
    assert not mistakes((FOLDER / name).read_text("utf-8"), type(None))


@pytest.mark.parametrize(
    ("source", "mistake"),
    [
        ("{{ view.heading }}", "line 1: view.heading"),
        ("{{ heading }}", "line 1: heading"),
        ("{% if view.week.nmae %}{% endif %}", "line 1: view.week.nmae"),
        ("{% for i in view.issues %}\n{{ i.tilte }}{% endfor %}", "line 2: i.tilte"),
        ("{% for i in view.issues %}{{ i.sections[0].papers[0].titel }}{% endfor %}", "titel"),
        ("{% for i in view.issues %}{{ i.source.nam if i.source }}{% endfor %}", "i.source.nam"),
        ("{{ _('%(x)s papers', x=view.cuont) }}", "line 1: view.cuont"),
    ],
)
def test_a_field_that_a_view_lacks_is_found(source: str, mistake: str) -> None:
    (found,) = mistakes(source, WeekView)
    assert mistake in found


def test_every_kind_of_page_has_a_template_and_every_template_a_kind() -> None:
    assert {path.name for path in FOLDER.glob("[!_]*.j2")} == {f"{kind}.html.j2" for kind in KINDS}


def mistakes(source: str, view: type) -> list[str]:
    """Returns the fields that a template uses but its view, or a value in it, doesn't have."""
    tree = ENVIRONMENT.parse(source)
    imported = [str(name) for node in tree.find_all(nodes.FromImport) for name in node.names]
    names = {**dict.fromkeys([*GLOBALS, *imported]), "view": view, "page": Page}
    return [mistake for node in tree.body for mistake in _check(node, names)]


def _check(node: nodes.Node, names: Names) -> Iterator[str]:
    """Yields the mistakes in a node. `names` has the types of names, or None for any type."""
    if isinstance(node, nodes.For):
        yield from _check(node.iter, names)
        element = _element_of(_type_of(node.iter, names))
        inner = {**names, "loop": LOOP, **_targets(node.target, element)}
        for child in (*node.body, *node.else_):
            yield from _check(child, inner)
        return
    if isinstance(node, nodes.Macro):
        given = {argument.name: PARAMETERS.get(argument.name) for argument in node.args}
        blocks = (block.target for block in node.find_all(nodes.AssignBlock))
        given |= {target.name: None for target in blocks if isinstance(target, nodes.Name)}
        for child in node.body:
            yield from _check(child, {**names, **given})
        return
    if isinstance(node, nodes.Getattr) and _lacks(_type_of(node.node, names), node.attr):
        yield f"line {node.lineno}: {_shown(node)}"
    if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in names:
        yield f"line {node.lineno}: {node.name}"
    for child in node.iter_child_nodes():
        yield from _check(child, names)


def _targets(target: nodes.Node, element: object) -> Names:
    if isinstance(target, nodes.Name):
        return {target.name: element}
    parts = typing.get_args(element) or [None] * 9
    assert isinstance(target, nodes.Tuple)
    return {
        name.name: part
        for name, part in zip(target.items, parts, strict=False)
        if isinstance(name, nodes.Name)
    }


def _type_of(node: nodes.Node, names: Names) -> object:
    """Returns the type of an expression, or None if it could be any type."""
    if isinstance(node, nodes.Name):
        return names.get(node.name)
    if isinstance(node, nodes.Getattr):
        return _field(_type_of(node.node, names), node.attr)
    if isinstance(node, nodes.Getitem):
        return _element_of(_type_of(node.node, names))
    if isinstance(node, nodes.Filter) and node.name == "items" and node.node is not None:
        arguments = typing.get_args(_type_of(node.node, names))
        return types.GenericAlias(tuple, (types.GenericAlias(tuple, arguments), ...))
    return None


def _lacks(owner: object, name: str) -> bool:
    return owner is not None and owner is not object and not _has(owner, name)


def _has(owner: object, name: str) -> bool:
    if isinstance(owner, set):
        return name in owner
    return all(name in _members(one) for one in _without_none(owner))


def _members(owner: object) -> set[str]:
    if isinstance(owner, type) and issubclass(owner, BaseModel):
        return {*owner.model_fields, *dir(owner)}
    if dataclasses.is_dataclass(owner):
        return {field.name for field in dataclasses.fields(owner)} | set(dir(owner))
    return set(dir(owner))


def _field(owner: object, name: str) -> object:
    """Returns the type of a field or property of a value that may have several types."""
    for one in _without_none(owner):
        if isinstance(one, type):
            hints = typing.get_type_hints(one)
            if name in hints:
                return hints[name]
            found = getattr(one, name, None)
            if isinstance(found, property):
                return typing.get_type_hints(found.fget).get("return")
    return None


def _without_none(owner: object) -> tuple[object, ...]:
    if isinstance(owner, types.UnionType) or typing.get_origin(owner) is typing.Union:
        return tuple(one for one in typing.get_args(owner) if one is not type(None))
    return (owner,)


def _element_of(sequence: object) -> object:
    arguments = typing.get_args(sequence)
    return arguments[0] if arguments else None


def _shown(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_shown(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "…"
