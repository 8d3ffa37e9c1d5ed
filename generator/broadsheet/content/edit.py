"""Adding to a YAML file without changing anything that a person wrote in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.content import yaml_text

_COMMENT = re.compile(r"#[^\r\n]*")


def add_keys(text: str, file: str, values: Mapping[str, Any], order: Sequence[str]) -> str:
    """Returns the YAML `text` with top-level keys added or set.

    Args:
        text: The YAML document.
        file: Its path, for error messages.
        values: The values by key. Existing keys get the new value in place.
        order: All keys in the order of the schema, which decides where new keys go.

    Raises:
        BroadsheetError: `text` is laid out in a way that can't be edited safely.
    """
    for name, value in values.items():
        text = _add_key(text, name, value, order)
    return _checked(text, file, values)


def extend_list(
    text: str, file: str, name: str, values: Sequence[Any], order: Sequence[str] = ()
) -> str:
    """Returns the YAML `text` with `values` added to the end of the top-level list `name`.

    Args:
        text: The YAML document.
        file: Its path, for error messages.
        name: The key of the list, which may be missing.
        values: What to add.
        order: All keys in the order of the schema, which decides where a missing list goes. By
            default it goes to the end.

    Raises:
        BroadsheetError: `text` is laid out in a way that can't be edited safely.
    """
    before = (yaml_text.parse(text, file) or {}).get(name) or []
    root = _root(text)
    node = _value_of(root, name)
    if isinstance(node, SequenceNode) and not node.flow_style and node.value:
        # PyYAML's mark of a list item is after its "- ".
        indent = node.value[0].start_mark.column - 2
        addition = indented(list_lines(values), indent)
        text = _joined(text.splitlines(keepends=True), _end_of_key(text, root, name), addition)
    else:
        text = _add_key(text, name, [*before, *values], order)
    return _checked(text, file, {name: [*before, *values]})


def list_lines(values: Sequence[Any]) -> list[str]:
    """Returns the lines of `values` as a block list, not indented."""
    # A list with a mapping in it is always written in block style.
    dumped = yaml_text.dump({"x": [*values, {"x": {}}]})
    lines = dumped.splitlines(keepends=True)[1:]
    body = [line.removeprefix("  ") for line in lines]
    end = next(i for i, line in enumerate(body) if line.startswith("- x:") or line == "- {x: {}}\n")
    return body[:end]


def indented(lines: Sequence[str], columns: int) -> str:
    """Returns lines as a text, indented by some columns."""
    return "".join(" " * columns + line if line.strip() else line for line in lines)


def _root(text: str) -> MappingNode:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    return root if isinstance(root, MappingNode) else MappingNode("tag:yaml.org,2002:map", [])


def _value_of(root: MappingNode, name: str) -> Node | None:
    return next((value for key, value in root.value if key.value == name), None)


def _add_key(text: str, name: str, value: Any, order: Sequence[str]) -> str:
    root = _root(text)
    if root.flow_style:
        # All keys are on one line, so there's no place to insert lines: write the file anew.
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
    """Sets the value of an existing key. A block mapping keeps its lines and gets new ones."""
    lines = text.splitlines(keepends=True)
    end = _end_of_key(text, root, name)
    if isinstance(node, MappingNode) and not node.flow_style and isinstance(value, Mapping):
        known = {key.value for key, _ in node.value}
        more = {key: inner for key, inner in value.items() if key not in known}
        dumped = yaml_text.dump(more).splitlines(keepends=True)
        return _joined(lines, end, indented(dumped, node.start_mark.column))
    start = next(key.start_mark.line for key, _ in root.value if key.value == name)
    addition = yaml_text.dump({name: value})
    remark = lines[node.end_mark.line][node.end_mark.column :].strip() if is_flow(node) else ""
    if remark and addition.count("\n") == 1:
        addition = f"{addition.rstrip()}  {remark}\n"
    elif remark:
        addition = f"{remark}\n{addition}"
    addition = "".join(f"{comment}\n" for comment in comments_inside(lines, node)) + addition
    return _joined(lines[:start] + lines[end:], start, addition)


def is_flow(node: Node) -> bool:
    """Whether PyYAML's end mark is at the end of the value, not at the start of the next key."""
    if isinstance(node, ScalarNode):
        return node.style not in ("|", ">")
    return isinstance(node, MappingNode | SequenceNode) and bool(node.flow_style)


def comments_inside(lines: Sequence[str], node: Node) -> Iterator[str]:
    """Yields the comments between the parts of a value in braces or brackets."""
    if not is_flow(node) or node.start_mark.line == node.end_mark.line:
        return
    first, last = node.start_mark, node.end_mark
    inner = "".join([*lines[first.line : last.line], lines[last.line][: last.column]])
    inner, at = inner[first.column :], 0
    for token in yaml.scan(inner, Loader=yaml.SafeLoader):
        yield from _COMMENT.findall(inner[at : token.start_mark.index])
        at = max(at, token.end_mark.index)


def _joined(lines: list[str], at: int, addition: str) -> str:
    head = "".join(lines[:at])
    if head and not head.endswith("\n"):
        head += "\n"
    return head + addition + "".join(lines[at:])


def _end_of_key(text: str, root: MappingNode, name: str) -> int:
    """Returns the line (from 0) after a key's value. Comments above the next key belong to it."""
    lines = text.splitlines()
    starts = [key.start_mark.line for key, _ in root.value]
    index = next(i for i, (key, _) in enumerate(root.value) if key.value == name)
    node = root.value[index][1]
    first = (node.end_mark.line if is_flow(node) else starts[index]) + 1
    end = starts[index + 1] if index + 1 < len(starts) else len(lines)
    while end > first and (
        not lines[end - 1].strip() or lines[end - 1].startswith(("#", "...", "---"))
    ):
        end -= 1
    return end


def _checked(text: str, file: str, values: Mapping[str, Any]) -> str:
    found = yaml_text.parse(text, file) or {}
    for name, value in values.items():
        if found.get(name) != as_text(value):
            message = "can't be edited automatically without changing its meaning"
            advice = f"add {name!r} by hand, with one key per line"
            raise BroadsheetError(Problem(file, 0, name, message, advice))
    return text


def as_text(value: Any) -> Any:
    """Returns a value as it would be read back from YAML, where every scalar is text."""
    if isinstance(value, Mapping):
        return {key: as_text(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [as_text(inner) for inner in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
