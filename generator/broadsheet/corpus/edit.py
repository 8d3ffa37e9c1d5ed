"""Additions to a YAML file that leave everything else in it as a person wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from yaml.nodes import MappingNode, SequenceNode

from broadsheet.corpus import yaml_text
from broadsheet.errors import BroadsheetError, Problem


def add_keys(text: str, file: str, values: Mapping[str, Any], order: Sequence[str]) -> str:
    """`text` with top-level keys added, each behind the last known key that precedes it.

    `order` is the order of keys that the file is kept in. A key that is there without a value
    gets it. Raises BroadsheetError when the result would not mean what it should.
    """
    for name, value in values.items():
        text = _add_key(text, name, value, order)
    return _checked(text, file, values)


def extend_list(text: str, file: str, name: str, values: Sequence[Any]) -> str:
    """`text` with `values` at the end of the top-level list `name`, which may be missing."""
    before = (yaml_text.parse(text, file) or {}).get(name) or []
    root = _root(text)
    node = next((value for key, value in root.value if key.value == name), None)
    block = isinstance(node, SequenceNode) and not node.flow_style and bool(node.value)
    if block:
        assert node is not None
        lines = text.splitlines(keepends=True)
        last = _end_of_key(text, root, name)
        indent = " " * max(node.value[0].start_mark.column - 2, 0)
        addition = "".join(indent + line for line in _list_lines(values) if line.strip())
        text = _joined(lines, last, addition)
    else:
        rest = _without_key(text, root, name) if node is not None else text
        text = _add_key(rest, name, [*before, *values], [name])
    return _checked(text, file, {name: [*before, *values]})


def _list_lines(values: Sequence[Any]) -> list[str]:
    """Each value as a block list, without the key above it and without its indentation."""
    dumped = yaml_text.dump({"x": [*values, {"x": {}}]})  # the mapping keeps the block style
    lines = dumped.splitlines(keepends=True)[1:]
    body = [line.removeprefix("  ") for line in lines]
    end = next(i for i, line in enumerate(body) if line.startswith("- x:") or line == "- {x: {}}\n")
    return body[:end]


def _root(text: str) -> MappingNode:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    return root if isinstance(root, MappingNode) else MappingNode("tag:yaml.org,2002:map", [])


def _add_key(text: str, name: str, value: Any, order: Sequence[str]) -> str:
    root = _root(text)
    if root.value and root.flow_style:
        # Written on one line, so there is no place between lines; the whole is laid out anew.
        return yaml_text.dump({**yaml_text.parse(text, ""), name: value})
    if any(key.value == name for key, _ in root.value):
        text = _without_key(text, root, name)
        root = _root(text)
    addition = yaml_text.dump({name: value})
    rank = {key: index for index, key in enumerate(order)}
    before = [
        key.value
        for key, _ in root.value
        if rank.get(key.value, len(rank)) <= rank.get(name, len(rank))
    ]
    lines = text.splitlines(keepends=True)
    if not before:
        first = root.value[0][0].start_mark.line if root.value else len(lines)
        return _joined(lines, first, addition)
    return _joined(lines, _end_of_key(text, root, before[-1]), addition)


def _joined(lines: list[str], at: int, addition: str) -> str:
    head = "".join(lines[:at])
    if head and not head.endswith("\n"):
        head += "\n"
    return head + addition + "".join(lines[at:])


def _without_key(text: str, root: MappingNode, name: str) -> str:
    lines = text.splitlines(keepends=True)
    start = next(key.start_mark.line for key, _ in root.value if key.value == name)
    return "".join(lines[:start] + lines[_end_of_key(text, root, name) :])


def _end_of_key(text: str, root: MappingNode, name: str) -> int:
    """The line (from 0) behind the value of a key; comments above the next key are the next's."""
    lines = text.splitlines()
    starts = [key.start_mark.line for key, _ in root.value]
    index = next(i for i, (key, _) in enumerate(root.value) if key.value == name)
    end = starts[index + 1] if index + 1 < len(starts) else len(lines)
    while end > starts[index] + 1 and (
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
