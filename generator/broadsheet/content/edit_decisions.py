"""Changing `content/merges.yml`, the file of decisions about which names mean the same paper."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import product
from typing import Any

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.identifiers import parse_arxiv
from broadsheet.content import yaml_text
from broadsheet.content.edit_values import Edit, append_item
from broadsheet.content.editing import Editing
from broadsheet.content.model import Paper
from broadsheet.content.overrides import name_key, names_of

FILE = "merges.yml"


def rename_in_decisions(work: Editing, old: str, new: str) -> None:
    """Replaces a slug in all decisions."""
    found = [
        Edit((index, kind, n), lambda _: new)
        for index, kind, names in _decisions(work)
        for n, name in enumerate(names)
        if name_key(name) == old
    ]
    if found:
        work.change(FILE, found)
        work.done.append(f"changed {old!r} to {new!r} in {FILE}")


def decide(work: Editing, kind: str, names: Sequence[str]) -> None:
    """Adds a decision, unless there's one that already says this."""
    known = {
        frozenset(map(name_key, found)) for _, which, found in _decisions(work) if which == kind
    }
    if not any(frozenset(names) <= found for found in known):
        text = work.text(FILE) if _has_decisions(work) else ""
        work.files[FILE] = append_item(text, f"{work.shown}/{FILE}", {kind: list(names)})
        work.done.append(f"wrote `{kind}: [{', '.join(names)}]` to {FILE}")


def require_not_different(work: Editing, first: Paper, second: Paper) -> None:
    """Refuses to merge papers that somebody has decided to be different.

    Raises:
        BroadsheetError: There is such a decision.
    """
    for index, kind, names in _decisions(work):
        if kind == "different" and _are_in(names, names_of(first), names_of(second)):
            line = yaml_text.Lines(work.text(FILE))((index,))
            message = f"{first.slug!r} and {second.slug!r} are listed as different papers"
            advice = "remove this decision first"
            raise BroadsheetError(Problem(f"{work.shown}/{FILE}", line, "", message, advice))


def undecide_same(work: Editing, first: Paper, second: Paper) -> None:
    """Removes a paper from the decisions that it's the same as another one.

    Args:
        work: The edit.
        first: The paper that keeps its decisions.
        second: The paper to remove. Ids that the first one doesn't have go along, because a merge
            has written them.
    """
    mine, theirs = names_of(first), names_of(second)
    edits: list[Edit] = []
    for index, kind, names in _decisions(work):
        if kind == "same" and _are_in(names, mine, theirs):
            keys = [(n, name_key(name)) for n, name in enumerate(names)]
            leave = [
                n for n, key in keys if key in theirs or (parse_arxiv(key) and key not in mine)
            ]
            if len(names) - len(leave) < 2:
                edits.append(Edit((index,)))
            else:
                edits += [Edit((index, kind, n)) for n in leave]
            work.done.append(f"removed {second.slug!r} from `same` in {FILE}")
    if edits:
        work.change(FILE, edits)


def _are_in(names: Sequence[str], first: Collection[str], second: Collection[str]) -> bool:
    """Whether a decision has one name of each paper."""
    keys = {name_key(name) for name in names}
    return any(one != other for one, other in product(keys & set(first), keys & set(second)))


def _has_decisions(work: Editing) -> bool:
    return FILE in work.files or (work.folder / FILE).exists()


def _decisions(work: Editing) -> Iterator[tuple[int, str, list[str]]]:
    """Yields the decisions with their index, their kind and their names."""
    if not _has_decisions(work):
        return
    value: Any = yaml_text.parse(work.text(FILE), f"{work.shown}/{FILE}") or []
    for index, decision in enumerate(value):
        for kind in ("same", "different"):
            if decision.get(kind):
                yield index, kind, decision[kind]
