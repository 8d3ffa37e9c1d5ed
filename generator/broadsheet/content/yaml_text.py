"""YAML: strict reading, and writing in the style of `content/`.

Every scalar is text here, and the schema decides what it means. So an arXiv id without quotes
keeps its last zero, a title can be "No", and a date stays as precise as it was written. Anchors,
tags and duplicate keys are errors, because they hide mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.representer import SafeRepresenter
from yaml.resolver import Resolver

from broadsheet.base.errors import BroadsheetError, Problem

# A collection of 10,000 papers is smaller than 1 MB.
MAX_BYTES = 4 * 1024 * 1024
# Content nests four levels deep; endless nesting would exhaust the stack.
MAX_DEPTH = 100
# A collection of 10,000 papers has a quarter of that. Each takes a kilobyte of memory.
MAX_VALUES = 300_000
# Keeps lines below about 100 characters, even indented ones.
WIDTH = 96

Path = tuple[str | int, ...]
LineOf = Callable[[Path], int]

# libyaml is about ten times faster and produces the same nodes.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# The tags of nodes without a tag: values, and empty values.
TEXT, NOTHING = "text", "nothing"


class _Reader(_SafeLoader):  # type: ignore[misc]
    """Produces nodes whose tag says whether a value is empty. Refuses endless nesting.

    PyYAML's own resolvers and constructors would take three quarters of the time.
    """

    depth = 0
    count = 0

    def descend_resolver(self, current_node: Node | None, current_index: Any) -> None:  # noqa: ARG002
        self.depth += 1
        self.count += 1
        if current_node and self.count > MAX_VALUES:
            raise _refusal(f"more than {MAX_VALUES:,} values", current_node)
        if current_node and self.depth > MAX_DEPTH:
            raise _refusal("nested too deeply", current_node)

    def ascend_resolver(self) -> None:
        self.depth -= 1

    def resolve(self, kind: type[Node], value: str | None, implicit: Any) -> str:
        is_plain = kind is ScalarNode and implicit[0]
        return NOTHING if is_plain and value in ("", "~") else TEXT


def parse(text: str, file: str) -> Any:
    """Returns the value of a YAML document. Scalars are str, an empty value is None.

    Raises:
        BroadsheetError: The document isn't valid YAML, is larger than 4 MiB, uses anchors or tags,
            has a key twice or nests too deeply. The problem names the line.
    """
    if len(text.encode()) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 2**20} MiB"
        raise BroadsheetError(Problem(file, 0, "", message, "split it into several files"))
    try:
        if "&" in text or "*" in text:
            _refuse_anchors(text, file)
        return _value_of(nodes(text))
    except yaml.YAMLError as error:
        raise BroadsheetError(yaml_problem(error, text, file)) from error


def nodes(text: str) -> Node | None:
    """Returns the nodes of a YAML document, with their places in it."""
    node: Node | None = _Reader(text).get_single_node()
    return node


def _value_of(node: Node | None) -> Any:
    if node is None or node.tag == NOTHING:
        return None
    if node.tag != TEXT:
        raise _refusal("could not determine a constructor", node)
    if isinstance(node, MappingNode):
        found: dict[str, Any] = {}
        for key, value in node.value:
            name = _value_of(key) if isinstance(key, ScalarNode) else None
            if name is None:
                raise _refusal("a key must be text", key)
            if name in found:
                raise _refusal(f"duplicate key {name!r}", key)
            found[name] = _value_of(value)
        return found
    return list(map(_value_of, node.value)) if isinstance(node, SequenceNode) else node.value


def _refusal(what: str, node: Node) -> yaml.YAMLError:
    return yaml.MarkedYAMLError(problem=what, problem_mark=node.start_mark)


def _line(mark: Any) -> int:
    return int(mark.line) + 1


def _refuse_anchors(text: str, file: str) -> None:
    for event in yaml.parse(text, Loader=_SafeLoader):
        anchor = getattr(event, "anchor", None)
        if anchor:
            message = f"YAML anchors and aliases (&{anchor}, *{anchor}) aren't supported"
            advice = "repeat the value, or put it in quotes if it is text"
            raise BroadsheetError(Problem(file, _line(event.start_mark), "", message, advice))


def yaml_problem(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """Returns what PyYAML says about a text, with its line and advice."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        line = mark.line + 1
    else:  # a character that YAML doesn't allow, at a position counted in characters
        line = text.count("\n", 0, getattr(error, "position", 0) or 0) + 1
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "unknown error"
    advice = ""
    if "mapping values are not allowed" in what:
        advice = 'put text that contains ": " in quotes'
    elif what.endswith(" values"):
        advice = "split the file into several files"
    elif "tab character" in what or _stands_on_tab(mark, text):
        advice = "indent with spaces, not tabs"
    elif "another document" in what:
        what, advice = "a second document starts here (---)", "write one document per file"
    elif "cannot start any token" in what:
        advice = "put text that starts with a character such as @, % or ` in quotes"
    elif "could not determine a constructor" in what or "undefined" in what:
        what, advice = "tags (!…) aren't supported", "remove the tag, or put the text in quotes"
    return Problem(file, line, "", f"invalid YAML: {what}", advice)


def _stands_on_tab(mark: Any, text: str) -> bool:
    if mark is None:
        return False
    line = "".join(text.split("\n")[mark.line : mark.line + 1])
    return line[: mark.column + 1].endswith("\t")


class Lines:
    """Finds the line (from 1) of the value at a path of keys.

    For a path that isn't there, it finds the line of the innermost value around it. The text is
    parsed once, on the first call.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def __call__(self, path: Path) -> int:
        """Returns the line of the value at `path`."""
        line, node = 1, self._root
        for step in path:
            children = self._children(node)
            if step not in children:
                break
            line, node = children[step]
        return line

    @cached_property
    def _root(self) -> Node | None:
        return nodes(self._text)

    @cached_property
    def _children(self) -> Callable[[Node | None], dict[str | int, tuple[int, Node]]]:
        return cache(_children)


def _children(node: Node | None) -> dict[str | int, tuple[int, Node]]:
    """Returns the values in a mapping or list, each with its line."""
    if isinstance(node, MappingNode):
        return {key.value: (_line(key.start_mark), value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return {n: (_line(value.start_mark), value) for n, value in enumerate(node.value)}
    return {}


class _Dumper(yaml.SafeDumper):
    """Writes block style with short lists on one line and long texts folded or literal."""

    def increase_indent(
        self,
        flow: bool = False,
        indentless: bool = False,  # noqa: ARG002 - lists are always indented below their key
    ) -> None:
        super().increase_indent(flow, indentless=False)


# Dates are read as text here, so they need no quotes.
_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in Resolver.yaml_implicit_resolvers.items()
}


def _represent_text(dumper: SafeRepresenter, text: str) -> ScalarNode:
    style = None
    if re.search("[\x85\u2028\u2029]", text):
        style = '"'  # YAML treats these as line breaks and would fold them in other styles
    elif "\n" in text:
        style = "|"
    elif len(text) > WIDTH - 16:
        style = ">"
    elif re.fullmatch(r"[\d.]+", text):
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_list(dumper: SafeRepresenter, values: Sequence[Any]) -> SequenceNode:
    short = all(isinstance(value, str | int) and "\n" not in str(value) for value in values)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=short)


def _represent_mapping(dumper: SafeRepresenter, values: Mapping[str, Any]) -> MappingNode:
    # A mapping of short values (links, provenance, an entry without text) fits on one line.
    short = all(not _has_mapping(value) for value in values.values()) and all(
        "\n" not in str(value) and len(str(value)) <= WIDTH for value in values.values()
    )
    return dumper.represent_mapping(
        "tag:yaml.org,2002:map",
        values.items(),
        flow_style=short and bool(dumper.represented_objects),
    )


def _has_mapping(value: Any) -> bool:
    values = value if isinstance(value, list | tuple) else [value]
    return any(isinstance(inner, Mapping) for inner in values)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(list, _represent_list)
_Dumper.add_representer(tuple, _represent_list)
_Dumper.add_representer(dict, _represent_mapping)


def dump(value: Mapping[str, Any] | Sequence[Any]) -> str:
    """Returns `value` as YAML in the style of `content/`, with keys in the order given."""
    return yaml.dump(
        value,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=WIDTH,
        default_flow_style=False,
    )
