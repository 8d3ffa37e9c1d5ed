"""Changing values inside of a YAML file without touching anything else in it.

`edited` compares a value as it was with the value that it becomes, and replaces, adds or removes
only the lines of what is different. Lists only grow: an item of the old list that isn't in the new
one is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.content import yaml_text
from broadsheet.content.edit import as_text, comments_inside, indented, is_flow, list_lines


@dataclass(frozen=True)
class _Patch:
    """Lines to replace: those from `first` up to, but not including, `end`."""

    first: int
    end: int
    lines: str


def edited(text: str, file: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Returns the YAML `text` of the mapping `before` with the differences of `after`.

    Args:
        text: The YAML document.
        file: Its path, for error messages.
        before: Its value, as `save.as_mapping` returns it.
        after: The new value, with its keys in the order of the schema.

    Raises:
        BroadsheetError: `text` is laid out in a way that can't be edited safely.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    lines = text.splitlines(keepends=True)
    if not isinstance(root, MappingNode) or root.flow_style:
        raise _refusal(file, 1)
    editor = _Editor(lines, file)
    patches = sorted(editor.mapping(root, before, after), key=lambda p: (p.first, p.end))
    for patch in reversed(patches):
        head = lines[: patch.first]
        if patch.lines and head and not head[-1].endswith("\n"):
            head[-1] += "\n"
        lines = [*head, patch.lines, *lines[patch.end :]]
    result = "".join(lines)
    if _meaning(result, file) != _expected(_meaning(text, file), before, after):
        raise _refusal(file, min((patch.first for patch in patches), default=0) + 1)
    return result


def _refusal(file: str, line: int) -> BroadsheetError:
    message = "can't be edited automatically without changing its meaning"
    return BroadsheetError(Problem(file, line, "", message, "write one key per line"))


def _meaning(text: str, file: str) -> Any:
    return yaml_text.parse(text, file) or {}


def _expected(value: Any, before: Any, after: Any) -> Any:
    """Returns the parsed `value` with the differences between `before` and `after`."""
    if before == after:
        return value
    if isinstance(before, Mapping) and isinstance(after, Mapping) and isinstance(value, dict):
        kept = {key: inner for key, inner in value.items() if key not in before or key in after}
        changed = {
            key: _expected(value.get(key), before.get(key), inner)
            for key, inner in after.items()
            if inner != before.get(key)
        }
        return {**kept, **changed}
    places = _places(before, after)
    if places is not None and isinstance(value, list):
        rest = iter(zip(value, before, strict=True))
        return [
            _expected(*next(rest), inner) if place in places else as_text(inner)
            for place, inner in enumerate(after)
        ]
    return as_text(after)


def _places(before: Any, after: Any) -> list[int] | None:
    """Returns where the items of a list of mappings are in the longer list, or None."""
    if not (_is_list_of_mappings(before) and _is_list_of_mappings(after)):
        return None
    places: list[int] = []
    for item in before:
        start = places[-1] + 1 if places else 0
        found = next((n for n in range(start, len(after)) if _same(item, after[n])), None)
        if found is None:
            return None
        places.append(found)
    return places


def _is_list_of_mappings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, Mapping) for item in value)


def _same(item: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two items are the same entry, or the same section with another heading."""
    for key in ("paper", "heading"):
        if key in item and item.get(key) == other.get(key):
            return True
    papers, others = _papers(item), _papers(other)
    return item == other or bool(papers and papers <= others)


def _papers(section: Mapping[str, Any]) -> set[str]:
    return {entry["paper"] for entry in section.get("entries", ()) if "paper" in entry}


@dataclass(frozen=True)
class _Editor:
    lines: Sequence[str]
    file: str

    def mapping(
        self, node: MappingNode, before: Mapping[str, Any], after: Mapping[str, Any]
    ) -> Iterator[_Patch]:
        """Yields the patches of a mapping in block style."""
        nodes = {key.value: (key, value) for key, value in node.value}
        for name in before.keys() - after.keys():
            key, value = nodes[name]
            yield _Patch(key.start_mark.line, self.end(value), "")
        above: str | None = None
        added = ""
        for name, value in after.items():
            if name in nodes and added:
                yield self.addition(node, above, added)
                added = ""
            if name not in nodes:
                added += self.dumped({name: value}, node)
                continue
            above = name
            if before.get(name) != value:
                yield from self.value(*nodes[name], node, before.get(name), value)
        if added:
            yield self.addition(node, above, added)

    def addition(self, node: MappingNode, above: str | None, added: str) -> _Patch:
        """Returns a patch that adds keys below the key `above`, or else at the top."""
        if above is None:
            raise _refusal(self.file, node.start_mark.line + 1)
        value = next(value for key, value in node.value if key.value == above)
        return _Patch(self.end(value), self.end(value), added)

    def value(
        self, key: Node, node: Node, parent: MappingNode, before: Any, after: Any
    ) -> Iterator[_Patch]:
        """Yields the patches of a key's value."""
        block = isinstance(node, MappingNode | SequenceNode) and not node.flow_style
        if block and isinstance(node, MappingNode) and isinstance(after, Mapping):
            yield from self.mapping(node, before, after)
            return
        places = _places(before or [], after)
        if block and isinstance(node, SequenceNode) and node.value and places is not None:
            yield from self.sequence(node, before, after, places)
            return
        first, end = key.start_mark.line, self.end(node)
        if self.lines[first][: key.start_mark.column].strip(" -"):
            raise _refusal(self.file, first + 1)
        dumped = self.dumped({key.value: after}, parent)
        # The first key of a list's item is behind the item's "- ".
        dumped = self.lines[first][: key.start_mark.column] + dumped[key.start_mark.column :]
        above = self.comments(node, key.start_mark.column)
        yield _Patch(first, end, above + _with_remark(dumped, self.remark(node)))

    def sequence(
        self, node: SequenceNode, before: Any, after: Any, places: Sequence[int]
    ) -> Iterator[_Patch]:
        """Yields the patches of a list in block style that becomes longer."""
        column = node.start_mark.column
        at = node.start_mark.line
        new: list[Any] = []
        for place, item in enumerate(after):
            if place not in places:
                new.append(item)
                continue
            if new:
                yield _Patch(at, at, indented(list_lines(new), column))
                new = []
            old = node.value[places.index(place)]
            yield from self.item(old, before[places.index(place)], item, column)
            at = self.end(old)
        if new:
            yield _Patch(at, at, indented(list_lines(new), column))

    def item(self, node: Node, before: Any, after: Any, column: int) -> Iterator[_Patch]:
        """Yields the patches of an item that stays. One in braces is laid out again."""
        if before == after:
            return
        if isinstance(node, MappingNode) and not node.flow_style:
            yield from self.mapping(node, before, after)
            return
        dumped = indented(list_lines([after]), column)
        lines = self.comments(node, column) + _with_remark(dumped, self.remark(node))
        yield _Patch(node.start_mark.line, self.end(node), lines)

    def dumped(self, value: Mapping[str, Any], parent: MappingNode) -> str:
        lines = yaml_text.dump(value).splitlines(keepends=True)
        return indented(lines, parent.start_mark.column)

    def comments(self, node: Node, column: int) -> str:
        """Returns the comments inside of a value, as lines above it."""
        return indented([f"{comment}\n" for comment in comments_inside(self.lines, node)], column)

    def remark(self, node: Node) -> str:
        """Returns the comment behind a value."""
        if is_flow(node):
            return self.lines[node.end_mark.line][node.end_mark.column :].strip()
        head = self.lines[node.start_mark.line][node.start_mark.column :].strip()
        _, mark, remark = head.partition("#")
        return mark + remark if isinstance(node, ScalarNode) else ""

    def end(self, node: Node) -> int:
        """Returns the line (from 0) after the last line of a value."""
        if isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self.end(last[1] if isinstance(last, tuple) else last)
        line: int = node.end_mark.line
        if is_flow(node):
            return line + 1
        # PyYAML's mark is where the next value starts, or at the end of the file.
        end = (
            line
            if self.lines[line:] and self.lines[line][node.end_mark.column :].strip()
            else line + 1
        )
        end = min(end, len(self.lines))
        while end > node.start_mark.line + 1 and not self.lines[end - 1].strip():
            end -= 1
        return end


def _with_remark(dumped: str, remark: str) -> str:
    """Returns the lines of a value with a comment behind the first of them."""
    if not remark:
        return dumped
    first, end, rest = dumped.partition("\n")
    return f"{first}  {remark}{end}{rest}"
