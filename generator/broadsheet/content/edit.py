"""Additions to a YAML file that leave everything else in it as a person wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.content import yaml_text


def add_keys(text: str, file: str, values: Mapping[str, Any], order: Sequence[str]) -> str:
    """`text` with top-level keys added, each behind the last known key that precedes it.

    `order` is the order of keys that the file is kept in. A key that is there gets its value
    where it stands. Raises BroadsheetError when the result would not mean what it should.
    """
    for name, value in values.items():
        text = _add_key(text, name, value, order)
    return _checked(text, file, values)


def extend_list(
    text: str, file: str, name: str, values: Sequence[Any], order: Sequence[str] = ()
) -> str:
    """`text` with `values` at the end of the top-level list `name`, which may be missing.

    `order` is the order of keys that tells the place of a missing list, else the end.
    """
    before = (yaml_text.parse(text, file) or {}).get(name) or []
    root = _root(text)
    node = _value_of(root, name)
    if isinstance(node, SequenceNode) and not node.flow_style and node.value:
        # The mark of an element is behind its "- ".
        indent = node.value[0].start_mark.column - 2
        addition = _indented(_list_lines(values), indent)
        text = _joined(text.splitlines(keepends=True), _end_of_key(text, root, name), addition)
    else:
        text = _add_key(text, name, [*before, *values], order)
    return _checked(text, file, {name: [*before, *values]})


def _list_lines(values: Sequence[Any]) -> list[str]:
    """Each value as a block list, without the key above it and without its indentation."""
    dumped = yaml_text.dump({"x": [*values, {"x": {}}]})  # the mapping keeps the block style
    lines = dumped.splitlines(keepends=True)[1:]
    body = [line.removeprefix("  ") for line in lines]
    end = next(i for i, line in enumerate(body) if line.startswith("- x:") or line == "- {x: {}}\n")
    return body[:end]


def _indented(lines: Sequence[str], columns: int) -> str:
    return "".join(" " * columns + line if line.strip() else line for line in lines)


def _root(text: str) -> MappingNode:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    return root if isinstance(root, MappingNode) else MappingNode("tag:yaml.org,2002:map", [])


def _value_of(root: MappingNode, name: str) -> Node | None:
    return next((value for key, value in root.value if key.value == name), None)


def _add_key(text: str, name: str, value: Any, order: Sequence[str]) -> str:
    root = _root(text)
    if root.flow_style:
        # Written on one line, so there is no place between lines; the whole is laid out anew.
        return yaml_text.dump({**yaml_text.parse(text, ""), name: value})
    node = _value_of(root, name)
    if node is not None:
        return _set_value(text, root, name, node, value)
    rank = {key: index for index, key in enumerate(order)}
    before = [
        key.value
        for key, _ in root.value
        if rank.get(key.value, len(rank)) <= rank.get(name, len(rank))
    ]
    lines = text.splitlines(keepends=True)
    first = root.value[0][0].start_mark.line if root.value else len(lines)
    at = _end_of_key(text, root, before[-1]) if before else first
    return _joined(lines, at, yaml_text.dump({name: value}))


def _set_value(text: str, root: MappingNode, name: str, node: Node, value: Any) -> str:
    """A key's value where it stands; a mapping of lines keeps them and grows at its end."""
    lines = text.splitlines(keepends=True)
    end = _end_of_key(text, root, name)
    if isinstance(node, MappingNode) and not node.flow_style and isinstance(value, Mapping):
        known = {key.value for key, _ in node.value}
        more = {key: inner for key, inner in value.items() if key not in known}
        dumped = yaml_text.dump(more).splitlines(keepends=True)
        return _joined(lines, end, _indented(dumped, node.start_mark.column))
    start = next(key.start_mark.line for key, _ in root.value if key.value == name)
    addition = yaml_text.dump({name: value})
    remark = lines[node.end_mark.line][node.end_mark.column :].strip() if _is_flow(node) else ""
    if remark and addition.count("\n") == 1:
        addition = f"{addition.rstrip()}  {remark}\n"
    elif remark:
        addition = f"{remark}\n{addition}"
    return _joined(lines[:start] + lines[end:], start, addition)


def _is_flow(node: Node) -> bool:
    """Whether a value ends where its last character stands, not where the next key begins."""
    if isinstance(node, ScalarNode):
        return node.style not in ("|", ">")
    return isinstance(node, MappingNode | SequenceNode) and bool(node.flow_style)


def _joined(lines: list[str], at: int, addition: str) -> str:
    head = "".join(lines[:at])
    if head and not head.endswith("\n"):
        head += "\n"
    return head + addition + "".join(lines[at:])


def _end_of_key(text: str, root: MappingNode, name: str) -> int:
    """The line (from 0) behind the value of a key; comments above the next key are the next's."""
    lines = text.splitlines()
    starts = [key.start_mark.line for key, _ in root.value]
    index = next(i for i, (key, _) in enumerate(root.value) if key.value == name)
    node = root.value[index][1]
    first = (node.end_mark.line if _is_flow(node) else starts[index]) + 1
    end = starts[index + 1] if index + 1 < len(starts) else len(lines)
    while end > first and (
        not lines[end - 1].strip() or lines[end - 1].startswith(("#", "...", "---"))
    ):
        end -= 1
    return end


def _checked(text: str, file: str, values: Mapping[str, Any]) -> str:
    found = yaml_text.parse(text, file) or {}
    for name, value in values.items():
        if found.get(name) != _as_text(value):
            message = "cannot be edited without changing what it says"
            advice = f"add {name!r} by hand, with one key a line"
            raise BroadsheetError(Problem(file, 0, name, message, advice))
    return text


def _as_text(value: Any) -> Any:
    """A value as it is read back: every scalar is text."""
    if isinstance(value, Mapping):
        return {key: _as_text(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_as_text(inner) for inner in value]
    return str(value)
