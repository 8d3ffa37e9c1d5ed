"""Changing the file of a paper so that it says what the paper is after an edit."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from broadsheet.content.draft import MAPPINGS
from broadsheet.content.edit import add_keys, extend_list
from broadsheet.content.edit_values import Edit, edited
from broadsheet.content.model import Paper
from broadsheet.content.save import PAPER_KEYS, as_mapping


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
    for name in PAPER_KEYS:
        kept, wanted = _kept(old.get(name), new.get(name)), new.get(name)
        if name == "slug" or wanted is None or kept == wanted:
            continue
        if name in MAPPINGS and not set(wanted) - set(kept or ()):
            continue
        if isinstance(wanted, list) and kept and kept == wanted[: len(kept)]:
            text = extend_list(text, file, name, wanted[len(kept) :], PAPER_KEYS)
        else:
            text = add_keys(text, file, {name: wanted}, PAPER_KEYS)
    return text


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
    if name in MAPPINGS:
        return [Edit((name, key)) for key in before if key not in after]
    return []


def _kept(before: Any, after: Any) -> Any:
    """Returns what is left of a field after `_removals`."""
    if isinstance(before, list) and isinstance(after, Sequence):
        return [item for item in before if item in after]
    return before
