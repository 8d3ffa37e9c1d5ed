"""Merging two papers that are the same: one stays and takes what only the other one has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from broadsheet.base.identifiers import title_key
from broadsheet.content.edit_decisions import decide, require_not_different
from broadsheet.content.editing import Editing, Lost, PaperList, lists_of
from broadsheet.content.fields import MOST_EXTRA
from broadsheet.content.model import Entry, Links, Paper
from broadsheet.content.renames import move_references
from broadsheet.content.yaml_text import Path as KeyPath

Value = TypeVar("Value")

# Fields that have one value. If both papers have one, that of the paper that stays counts.
_SINGLE = (
    "title",
    "authors",
    "arxiv",
    "doi",
    "published",
    "venue",
    "abstract",
    "withdrawn",
    "facts",
)
# Our own texts, and who wrote and reviewed them. They belong together.
_TEXTS = ("tldr", "summary")
_SIGNED = ("written", "reviewed")


def join(work: Editing, kept: str, other: str) -> None:
    """Merges a paper into another one. Its addresses redirect there.

    Args:
        work: The edit.
        kept: The slug of the paper that stays. None of its values is overwritten.
        other: The slug of the paper that goes.

    Raises:
        BroadsheetError: There is no such paper, or the two can't be merged.
    """
    first, second = work.paper(kept), work.paper(other)
    if first == second:
        raise work.refusal(f"{kept!r} can't be merged with itself", "name two papers")
    if first.draft and not second.draft:
        advice = f"run `broadsheet merge {other} {kept}`, or remove `draft` from {kept!r}"
        raise work.refusal(f"{kept!r} is a draft, but {other!r} is published", advice)
    require_not_different(work, first, second)
    after, lost = joined(first, second)
    for found in lists_of(work.corpus):
        repeated = _report_repeated(work, found, kept, other)
        move_references(work, found, other, kept, without=repeated)
    # An import that finds the other arXiv id again must find the paper that stays.
    arxiv = [second.arxiv] if second.arxiv and second.arxiv != after.arxiv else []
    decide(work, "same", [kept, other, *arxiv])
    work.remove_paper(other)
    work.change_paper(after, first)
    work.lost += lost
    filled = [name for name in _filled(first, after) if name != "aliases"]
    work.done.insert(0, f"merged {other!r} into {kept!r}; its address redirects there")
    if filled:
        work.done.insert(1, f"added to {kept!r}: {', '.join(filled)}")


def _filled(before: Paper, after: Paper) -> list[str]:
    return [n for n in Paper.model_fields if getattr(before, n) != getattr(after, n)]


def joined(first: Paper, second: Paper) -> tuple[Paper, list[Lost]]:
    """Returns a paper with what only another one has, and the values of the other that are lost."""
    lost: list[Lost] = []
    values = {name: _one(name, first, second, lost) for name in _SINGLE}
    signed_alike = all(getattr(first, name) == getattr(second, name) for name in _SIGNED)
    if signed_alike:
        values |= {name: _one(name, first, second, lost) for name in _TEXTS}
    else:
        best, rest = (second, first) if _gives_way(first, second) else (first, second)
        values |= {name: getattr(best, name) for name in (*_TEXTS, *_SIGNED)}
        lost += [
            Lost(name, getattr(best, name) or "", getattr(rest, name))
            for name in _TEXTS
            if getattr(rest, name) and getattr(rest, name) != getattr(best, name)
        ]
    # A second title isn't lost: it's among the others.
    lost = [value for value in lost if value.field != "title"]
    values["topics"] = _union(first.topics, second.topics)
    values["aliases"] = _union(first.aliases, (second.slug, *second.aliases))
    values["corrections"] = _union(first.corrections, second.corrections)
    links = _by_key("links", first.links.named(), second.links.named(), lost)
    values["links"] = Links(**links)
    values["extra"] = _extra(first, second, lost)
    values["other_titles"] = _titles(first, second)
    taken = {name for name in values if values[name] != getattr(first, name)}
    values["provenance"] = (*first.provenance, *_provenance(second, taken))
    return first.model_copy(update=values), lost


def _gives_way(first: Paper, second: Paper) -> bool:
    """Whether a paper has no texts, or only a program's while a person vouches for the other's."""
    if not _has_texts(first):
        return True
    return first.unreviewed and not second.unreviewed and _has_texts(second)


def _has_texts(paper: Paper) -> bool:
    return any(getattr(paper, name) for name in _TEXTS)


def _provenance(paper: Paper, taken: set[str]) -> Iterable[Any]:
    """Returns the provenance of a paper of which only some fields were taken."""
    for known in paper.provenance:
        gave = tuple(name for name in known.gave if name in taken or name == "text")
        yield known.model_copy(update={"gave": gave})


def _one(name: str, first: Paper, second: Paper, lost: list[Lost]) -> Any:
    mine, other = getattr(first, name), getattr(second, name)
    if name == "withdrawn" and other and not mine:
        lost.append(Lost(name, "", _shown(other)))
        return None
    if mine and other and _compared(mine) != _compared(other):
        lost.append(Lost(name, _shown(mine), _shown(other)))
    return mine or other


def _compared(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(getattr(value, "reason", value))


def _by_key(
    field: str, mine: Mapping[str, str], others: Mapping[str, str], lost: list[Lost]
) -> dict[str, str]:
    lost += [
        Lost(f"{field}.{name}", mine[name], value)
        for name, value in others.items()
        if mine.get(name, value) != value
    ]
    return {**mine, **{name: value for name, value in others.items() if name not in mine}}


def _extra(first: Paper, second: Paper, lost: list[Lost]) -> dict[str, str]:
    facts = list(_by_key("extra", first.extra, second.extra, lost).items())
    lost += [Lost(f"extra.{name}", "", value) for name, value in facts[MOST_EXTRA:]]
    return dict(facts[:MOST_EXTRA])


def _titles(first: Paper, second: Paper) -> tuple[str, ...]:
    known = {
        title_key(title) for title in (first.title or second.title, *first.other_titles) if title
    }
    titles = [title for title in (second.title, *second.other_titles) if title]
    more = {title_key(title): title for title in titles if title_key(title) not in known}
    return (*first.other_titles, *more.values())


def _union(first: tuple[Value, ...], second: tuple[Value, ...]) -> tuple[Value, ...]:
    return (*first, *(value for value in second if value not in first))


def _report_repeated(work: Editing, found: PaperList, kept: str, other: str) -> tuple[KeyPath, ...]:
    """Returns the entries of a paper in a list that has the paper that stays, too."""
    mine = next((entry for _, entry in found.entries if entry.paper == kept), None)
    others = [(path, entry) for path, entry in found.entries if entry.paper == other]
    if not mine or not others:
        return ()
    for _, entry in others:
        work.lost += _lost_texts(found, mine, entry)
    work.notes.append(f"{found.file} listed both papers; removed {other!r} from it")
    return tuple(path for path, _ in others)


def _lost_texts(found: PaperList, mine: Entry, other: Entry) -> Iterable[Lost]:
    for name in ("number", "text", "commentary"):
        value, own = getattr(other, name), getattr(mine, name)
        if value and value != own:
            yield Lost(f"{found.file}: {name}", own or "", value)
