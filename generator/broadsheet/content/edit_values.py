"""Changing single values inside a YAML file without touching anything else in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yaml.nodes import CollectionNode, MappingNode, Node, SequenceNode

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.content import yaml_text
from broadsheet.content.validation import key_path_text
from broadsheet.content.yaml_text import Path

_DASH = re.compile(r"\s*-\s+")


@dataclass(frozen=True)
class Edit:
    """A change of one value.

    Attributes:
        path: The keys and indexes that lead to the value.
        change: Returns the new text for the old one. None removes the value from its list or
            mapping.
    """

    path: Path
    change: Callable[[str], str] | None = None


def edited(text: str, file: str, edits: Sequence[Edit]) -> str:
    """Returns the YAML `text` with some values changed or removed.

    Args:
        text: The YAML document.
        file: Its path, for error messages.
        edits: The changes. Paths are those before any of them.

    Raises:
        BroadsheetError: `text` is laid out in a way that can't be edited safely.
    """
    # From the last to the first, so that removing an item doesn't change the paths of others.
    for edit in sorted(edits, key=lambda edit: _rank(edit.path), reverse=True):
        expected = _changed(yaml_text.parse(text, file), edit)
        text = _edited(text, file, edit)
        if _filled(yaml_text.parse(text, file)) != _filled(expected):
            raise _refusal(file, edit)
    return text


def append_item(text: str, file: str, value: Mapping[str, Any]) -> str:
    """Returns a YAML document that is a list of mappings with one more at its end.

    Raises:
        BroadsheetError: The list is written in brackets.
    """
    known = yaml_text.parse(text, file) or []
    root = yaml_text.nodes(text)
    if isinstance(root, SequenceNode) and root.flow_style and root.value:
        message, advice = "can't be edited automatically", "write each item on a line of its own"
        raise BroadsheetError(Problem(file, 1, "", message, advice))
    first, *more = yaml_text.dump(value).splitlines(keepends=True)
    lines = [f"- {first}", *(f"  {line}" for line in more)]
    if not isinstance(root, SequenceNode) or not root.value:
        kept = [line for line in text.splitlines() if line.startswith("#")]
        return "".join([*(f"{comment}\n" for comment in kept), *lines])
    indent = " " * root.start_mark.column
    end = text.find("\n", _end(text, root)) + 1 or len(text)
    head = text[:end] if text[:end].endswith("\n") else f"{text[:end]}\n"
    found = head + "".join(indent + line for line in lines) + text[end:]
    if yaml_text.parse(found, file) != [*known, value]:
        raise BroadsheetError(Problem(file, 1, "", "can't be edited automatically"))
    return found


def _rank(path: Path) -> tuple[tuple[int, str], ...]:
    return tuple((step, "") if isinstance(step, int) else (0, step) for step in path)


def _refusal(file: str, edit: Edit) -> BroadsheetError:
    message = "can't be edited automatically without changing its meaning"
    advice = "change it by hand, or put each value on a line of its own"
    return BroadsheetError(Problem(file, 0, key_path_text(edit.path), message, advice))


def _changed(value: Any, edit: Edit) -> Any:
    """Returns a parsed document with the change."""
    *path, last = edit.path
    inner = value
    for step in path:
        inner = inner[step]
    if edit.change is None:
        del inner[last]
    else:
        inner[last] = edit.change(inner[last])
    return value


def _filled(value: Any) -> Any:
    """Returns a value in which empty lists and mappings are the same as none."""
    if isinstance(value, dict):
        return {key: _filled(inner) for key, inner in value.items()} or None
    return [_filled(inner) for inner in value] or None if isinstance(value, list) else value


def _edited(text: str, file: str, edit: Edit) -> str:
    parents: list[Node | None] = [yaml_text.nodes(text)]
    for step in edit.path:
        parents.append(_child(parents[-1], step))
    node, parent = parents[-1], parents[-2]
    if node is None or not isinstance(parent, CollectionNode):
        raise _refusal(file, edit)
    if edit.change is not None:
        start, end = node.start_mark.index, node.end_mark.index
        return text[:start] + edit.change(text[start:end]) + text[end:]
    start, end = _removal(text, parent, edit.path[-1])
    if start < 0:
        raise _refusal(file, edit)
    return text[:start] + text[end:]


def _child(node: Node | None, step: str | int) -> Node | None:
    if isinstance(node, MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, SequenceNode) and isinstance(step, int):
        found: Node = node.value[step]
        return found
    return None


def _removal(text: str, parent: CollectionNode, step: str | int) -> tuple[int, int]:
    """Returns the start and end of what to remove, or a negative start if that isn't clear."""
    pairs = parent.value if isinstance(parent, MappingNode) else [(v, v) for v in parent.value]
    keys = [key.value if isinstance(parent, MappingNode) else n for n, (key, _) in enumerate(pairs)]
    at = keys.index(step)
    first, value = pairs[at]
    if not parent.flow_style:
        start = text.rfind("\n", 0, first.start_mark.index) + 1
        before = text[start : first.start_mark.index]
        is_alone = (
            _DASH.fullmatch(before) if isinstance(parent, SequenceNode) else not before.strip()
        )
        end = text.find("\n", _end(text, value)) + 1 or len(text)
        return (start, end) if is_alone else (-1, -1)
    if at + 1 < len(pairs):
        return first.start_mark.index, pairs[at + 1][0].start_mark.index
    start = pairs[at - 1][1].end_mark.index if at else first.start_mark.index
    return start, value.end_mark.index


def _end(text: str, node: Node) -> int:
    """Returns where the last character of a value is. PyYAML's mark can be at the next value."""
    while isinstance(node, CollectionNode) and not node.flow_style and node.value:
        node = node.value[-1][1] if isinstance(node, MappingNode) else node.value[-1]
    start, end = node.start_mark.index, node.end_mark.index
    return start + len(text[start:end].rstrip())
