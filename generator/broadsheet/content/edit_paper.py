"""Changing the file of a paper so that it says what the paper is after an edit."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from broadsheet.content.draft import MAPPINGS
from broadsheet.content.edit import add_keys, extend_list
from broadsheet.content.edit_nested import edited as edited_nested
from broadsheet.content.edit_values import Edit, edited
from broadsheet.content.model import Paper
from broadsheet.content.save import PAPER_KEYS, as_mapping

_NESTED = (*MAPPINGS, "facts")


def edited_paper(text: str, file: str, before: Paper, after: Paper) -> str:
    """Returns the YAML of a paper with only the lines changed that say something else now.

    Args:
        text: The content of the file.
        file: Its path, for error messages.
        before: What the file says.
        after: What it's going to say. Its slug isn't in the file.

    Raises:
        BroadsheetError: The file is laid out in a way that can't be edited safely.
    """
    old, new = as_mapping(before), as_mapping(after)
    text = edited(text, file, [edit for name in old for edit in _removals(name, old, new)])
    text = _with_other_values(text, file, old, new)
    for name in PAPER_KEYS:
        kept, wanted = _kept(old.get(name), new.get(name)), new.get(name)
        if name == "slug" or wanted is None or kept == wanted:
            continue
        if name in _NESTED and not set(wanted) - set(kept or ()):
            continue
        if isinstance(wanted, list) and kept and kept == wanted[: len(kept)]:
            text = extend_list(text, file, name, wanted[len(kept) :], PAPER_KEYS)
        else:
            text = add_keys(text, file, {name: wanted}, PAPER_KEYS)
    return text


def _with_other_values(text: str, file: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Returns the YAML with the new values of keys that nested mappings have and keep."""
    before = {name: old[name] for name in _NESTED if name in old and name in new}
    after = {
        name: {key: new[name].get(key, value) for key, value in inner.items() if key in new[name]}
        for name, inner in before.items()
    }
    before = {name: {key: inner[key] for key in after[name]} for name, inner in before.items()}
    return edited_nested(text, file, before, after) if before != after else text


def edited_line(line: str, before: Paper, after: Paper) -> str:
    """Returns the line of JSON of a paper after an edit."""
    old, new = as_mapping(before), as_mapping(after)
    fields = json.loads(line, parse_float=str)
    changed = {name: value for name, value in new.items() if old.get(name) != value}
    kept = {name: value for name, value in fields.items() if name in new or name not in old}
    return json.dumps(kept | changed, ensure_ascii=False)


def _removals(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Edit]:
    """Returns the edits that remove what a field no longer has."""
    before, after = old[name], new.get(name)
    if name == "slug":
        return []
    if after is None:
        return [Edit((name,))]
    if isinstance(before, list):
        return [Edit((name, n)) for n, item in enumerate(before) if item not in after]
    if name in _NESTED:
        return [Edit((name, key)) for key in before if key not in after]
    return []


def _kept(before: Any, after: Any) -> Any:
    """Returns what is left of a field after `_removals`."""
    if isinstance(before, list) and isinstance(after, Sequence):
        return [item for item in before if item in after]
    return before
