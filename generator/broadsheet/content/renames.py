"""Renaming a paper: it moves to a new address, and everything that refers to it follows."""

from __future__ import annotations

from collections.abc import Collection

from broadsheet.base.identifiers import is_slug
from broadsheet.base.text import counted
from broadsheet.content.edit_decisions import rename_in_decisions
from broadsheet.content.edit_values import Edit
from broadsheet.content.editing import Editing, PaperList, links_moved, lists_of
from broadsheet.content.model import Issue
from broadsheet.content.paper_links import editors_texts
from broadsheet.content.yaml_text import Path as KeyPath


def rename(work: Editing, old: str, new: str) -> None:
    """Gives a paper another slug. The old one becomes an alias, which redirects.

    Args:
        work: The edit.
        old: The slug of the paper.
        new: Its new slug.

    Raises:
        BroadsheetError: There is no such paper, or it can't have the new slug.
    """
    before = work.paper(old)
    require_free(work, new, besides=old)
    aliases = (*(alias for alias in before.aliases if alias != new), old)
    after = before.model_copy(update={"slug": new, "aliases": aliases})
    for found in lists_of(work.corpus):
        move_references(work, found, old, new)
    rename_in_decisions(work, old, new)
    work.change_paper(after, before)
    work.done.insert(0, f"renamed {old!r} to {new!r}; the old address redirects to the new one")


def require_free(work: Editing, slug: str, besides: str) -> None:
    """Makes sure that a paper can get a slug.

    Args:
        work: The edit.
        slug: The new slug.
        besides: A paper that may have it as an alias.

    Raises:
        BroadsheetError: It can't be a slug, or another paper has it.
    """
    if not is_slug(slug):
        advice = "use lowercase letters, digits and hyphens, at most 80 characters"
        raise work.refusal(f"{slug!r} can't be part of a URL", advice)
    owner = work.owner(slug)
    if slug in work.corpus.papers or owner not in (None, besides):
        raise work.refusal(f"{slug!r} is already the address of {owner!r}", "choose another slug")


def move_references(
    work: Editing, found: PaperList, old: str, new: str, without: Collection[KeyPath] = ()
) -> None:
    """Replaces a slug in the entries and texts of a list.

    Args:
        work: The edit.
        found: The list.
        old: The slug.
        new: What replaces it.
        without: The paths of entries to remove.
    """
    edits = [
        Edit(path)
        if path in without
        else Edit((*path, "paper"), lambda text: text.replace(old, new))
        for path, entry in found.entries
        if entry.paper == old
    ]
    if isinstance(found.value, Issue) and found.value.lead == old:
        edits.append(Edit(("lead",), lambda text: text.replace(old, new)))
    move = links_moved(old, new)
    edits += [
        Edit(path, move)
        for path, text in editors_texts(found.value)
        if path[:-1] not in without and move(text) != text
    ]
    if edits:
        work.change(found.file, edits)
        work.done.append(f"changed {counted(len(edits), 'reference')} in {found.file}")
