"""Reading mkdocs.yml without running anything in it.

MkDocs reads the file with a loader that calls whatever function a tag names. So it's read here
first, as plain nodes. What MkDocs would stumble over is a problem with file, line and field.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import SafeConstructor
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.resolver import Resolver

from broadsheet.base.characters import harmful_in
from broadsheet.base.encoding import decode
from broadsheet.base.errors import BroadsheetError, Problem, sorted_problems
from broadsheet.content.validation import key_path_text
from broadsheet.content.yaml_text import NOTHING, TEXT, nodes, yaml_problem
from broadsheet.content.yaml_text import Path as KeyPath

INHERIT = "INHERIT"
# Settings have a few kilobytes. Aliases can make a short file endless.
MAX_BYTES = 1024 * 1024
MOST_VALUES = 50_000
MOST_KEYS = 20
_YAML = "tag:yaml.org,2002:"
_NAME = f"{_YAML}python/name:"
# Tags that only say what a value is.
_TAGS = {TEXT, NOTHING} | {
    f"{_YAML}{kind}" for kind in ("str", "int", "float", "bool", "null", "seq", "map")
}
_RESOLVER: Any = Resolver()
# The packages of Markdown's extensions, whose functions settings may name.
_PACKAGES = ("markdown.", "pymdownx.", "material.", "materialx.", "mkdocs.")


@dataclass(frozen=True)
class _Found:
    """A value in a file, with the keys that lead to it."""

    node: Node
    keys: KeyPath
    is_key: bool = False


def check_settings_file(file: Path, shown: str) -> None:
    """Reads a file of settings and those that it inherits from.

    Args:
        file: The file.
        shown: Its path as problems print it.

    Raises:
        BroadsheetError: A file isn't valid YAML, is too large, has a tag that could run code, or
            inherits from itself.
    """
    problems: list[Problem] = []
    seen: set[Path] = set()
    while True:
        seen.add(file.resolve())
        root = _root(file, shown)
        problems += value_problems(root, shown)
        inherited = _inherited(root)
        if inherited is None:
            break
        line, name = inherited.start_mark.line + 1, inherited.value
        file = file.parent / name
        if file.resolve() in seen:
            message, advice = f"{name} leads back to this file", "remove it from one of the files"
            problems.append(Problem(shown, line, INHERIT, message, advice))
            break
        if not file.exists():
            message, advice = f"there is no file {name}", "write its path, relative to this file"
            problems.append(Problem(shown, line, INHERIT, message, advice))
            break
        shown = (Path(shown).parent / name).as_posix()
    if problems:
        raise BroadsheetError(*sorted_problems(problems))


def _root(file: Path, shown: str) -> Node | None:
    if not stat.S_ISREG(file.stat().st_mode):
        message, advice = "isn't a file", "put a file of settings in its place"
        raise BroadsheetError(Problem(shown, 0, "", message, advice))
    if file.stat().st_size > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 2**20} MiB"
        raise BroadsheetError(Problem(shown, 0, "", message, "remove what isn't a setting"))
    text = decode(file.read_bytes(), shown)
    try:
        root = nodes(text)
    except yaml.YAMLError as error:
        raise BroadsheetError(yaml_problem(error, text, shown)) from error
    if root is not None and root.tag != NOTHING and not isinstance(root, MappingNode):
        advice = "write settings such as `site_name: …` on separate lines"
        raise BroadsheetError(Problem(shown, 1, "", "must be a mapping", advice))
    return root


def _inherited(root: Node | None) -> ScalarNode | None:
    for key, value in root.value if isinstance(root, MappingNode) else ():
        if key.value == INHERIT and isinstance(value, ScalarNode):
            return value
    return None


def value_problems(root: Node | None, shown: str, *, with_names: bool = True) -> Iterator[Problem]:
    """Yields problems with the values and tags in a file.

    Args:
        root: The file.
        shown: Its path as problems print it.
        with_names: Whether tags may name variables, folders and extensions.
    """
    for number, found in enumerate(_values(root)):
        line, field = found.node.start_mark.line + 1, key_path_text(found.keys)
        if number >= MOST_VALUES or len(found.keys) > MOST_KEYS:
            message = "aliases (*) repeat too much, or values nest too deeply"
            yield Problem(shown, line, str(found.keys[0]), message, "write the values out")
            return
        if what := _what_is_wrong(found, with_names):
            yield Problem(shown, line, field, *what)


def _values(root: Node | None) -> Iterator[_Found]:
    """Yields all values and keys. Those that aliases repeat are repeated."""
    left = [_Found(root, ())] if root else []
    while left:
        found = left.pop()
        yield found
        node, keys = found.node, found.keys
        if isinstance(node, SequenceNode):
            left += [_Found(value, (*keys, n)) for n, value in enumerate(node.value)]
        elif isinstance(node, MappingNode):
            for key, value in node.value:
                inner = (*keys, str(key.value) if isinstance(key, ScalarNode) else "?")
                left += [_Found(key, inner, is_key=True), _Found(value, inner)]


def _what_is_wrong(found: _Found, with_names: bool) -> tuple[str, str] | None:
    """Returns a message and advice, if anything is wrong."""
    node = found.node
    if not (node.tag in _TAGS or (with_names and _names_something(node.tag))):
        tag = node.tag.replace(_YAML, "!!")
        advice = "remove it" + ("; !ENV, !relative and names of extensions may stay" * with_names)
        return f"the tag {tag} could run code", advice
    if not isinstance(node, ScalarNode):
        return ("a key must be text", "write a name before the colon") if found.is_key else None
    if harm := harmful_in(node.value):
        return f"contains {harm}", "remove it"
    return _not_what_it_says(node)


def _names_something(tag: str) -> bool:
    """Whether MkDocs replaces the tag by a variable, a folder or a function of an extension."""
    if tag in ("!ENV", "!relative"):
        return True
    return tag.startswith(_NAME) and tag.removeprefix(_NAME).startswith(_PACKAGES)


def _not_what_it_says(node: ScalarNode) -> tuple[str, str] | None:
    """Whether a value can't be what its tag or its form says, such as the date 2024-13-01."""
    tag = node.tag
    if tag in (TEXT, NOTHING):
        if node.style:
            return None
        tag = _RESOLVER.resolve(ScalarNode, node.value, (True, False))
    elif not tag.startswith(_YAML) or tag.startswith(_NAME):
        return None
    try:
        SafeConstructor().construct_object(ScalarNode(tag, node.value, node.start_mark))
    except (ValueError, LookupError, OverflowError, yaml.YAMLError):
        kind = tag.removeprefix(_YAML)
        return f"{node.value[:40]!r} isn't a valid {kind}", "put it in quotes if it's text"
    return None
