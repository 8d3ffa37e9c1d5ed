"""YAML: strict reading, and writing in the style of `content/`.

Every scalar is text here, and the schema decides what it means. So an arXiv id without quotes
keeps its last zero, a title can be "No", and a date stays as precise as it was written. Anchors,
tags and duplicate keys are errors, because they hide mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, ClassVar, cast

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.representer import SafeRepresenter
from yaml.resolver import Resolver

from broadsheet.base.errors import BroadsheetError, Problem

# A collection of 10,000 papers is smaller than 1 MB.
MAX_BYTES = 4 * 1024 * 1024
# Content nests four levels deep; endless nesting would exhaust the stack.
MAX_DEPTH = 100
# Keeps lines below about 100 characters, even indented ones.
WIDTH = 96

Path = tuple[str | int, ...]
_NULL = ("tag:yaml.org,2002:null", re.compile(r"~?\Z"))

# libyaml is about ten times faster and produces the same events.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SafeLoader):  # type: ignore[misc]
    """Reads scalars as text, except that an empty value and "~" are None. Keys are unique."""

    yaml_implicit_resolvers: ClassVar = {"~": [_NULL], "": [_NULL]}

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, ScalarNode) or key.tag.endswith(":null"):
                raise _refusal("a key must be text", key)
            if key.value in seen:
                raise _refusal(f"duplicate key {key.value!r}", key)
            seen.add(key.value)
        return cast("dict[Hashable, Any]", super().construct_mapping(node, deep))


def _refusal(what: str, node: Node) -> yaml.constructor.ConstructorError:
    return yaml.constructor.ConstructorError(None, None, what, node.start_mark)


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
        if _is_suspicious(text):
            _refuse_anchors_and_depth(text, file)
        return _Loader(text).get_single_data()
    except yaml.YAMLError as error:
        raise BroadsheetError(_problem_of(error, text, file)) from error


def _line(mark: Any) -> int:
    return int(mark.line) + 1


# Many nested lists on one line, or a line that is indented far.
_MAY_BE_DEEP = re.compile(r"^[ ]{40}|(?:[-?:]\s+){20}", re.MULTILINE)


def _is_suspicious(text: str) -> bool:
    """Whether a text may have anchors or nest deeply. A full check takes as long as parsing."""
    return (
        "&" in text
        or "*" in text
        or text.count("[") + text.count("{") > MAX_DEPTH / 2
        or _MAY_BE_DEEP.search(text) is not None
    )


def _refuse_anchors_and_depth(text: str, file: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_SafeLoader):
        anchor = getattr(event, "anchor", None)
        if anchor:
            message = f"YAML anchors and aliases (&{anchor}, *{anchor}) aren't supported"
            advice = "repeat the value, or put it in quotes if it is text"
            raise BroadsheetError(Problem(file, _line(event.start_mark), "", message, advice))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            message = "nested too deeply"
            raise BroadsheetError(Problem(file, _line(event.start_mark), "", message))


def _problem_of(error: yaml.YAMLError, text: str, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        line = mark.line + 1
    else:  # a character that YAML doesn't allow, at a position counted in characters
        line = text.count("\n", 0, getattr(error, "position", 0) or 0) + 1
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "unknown error"
    advice = ""
    if "mapping values are not allowed" in what:
        advice = 'put text that contains ": " in quotes'
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


def line_of(text: str, path: Sequence[str | int]) -> int:
    """Returns the line (from 1) of the value at `path`, or of the innermost value around it."""
    node: Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    line = 1
    for step in path:
        if node is None:
            break
        found = _child(node, step)
        if found is None:
            break
        mark, node = found
        line = mark.line + 1
    return line


def key_lines(text: str) -> dict[str, int]:
    """Returns the line (from 1) of each key of the outermost mapping, in order."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = node.value if isinstance(node, MappingNode) else []
    return {str(key.value): _line(key.start_mark) for key, _ in pairs}


def _child(node: Node, step: str | int) -> tuple[Any, Node] | None:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key.start_mark, value
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark, node.value[step]
    return None


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
    short = all(not isinstance(value, Mapping) for value in values.values()) and all(
        "\n" not in str(value) and len(str(value)) <= WIDTH for value in values.values()
    )
    return dumper.represent_mapping(
        "tag:yaml.org,2002:map",
        values.items(),
        flow_style=short and bool(dumper.represented_objects),
    )


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
