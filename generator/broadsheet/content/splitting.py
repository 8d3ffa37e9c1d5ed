"""Splitting a paper that two papers were merged into by mistake."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from broadsheet.base.identifiers import slug_of, title_key
from broadsheet.base.text import counted
from broadsheet.content.draft import FIELDS, MAPPINGS
from broadsheet.content.edit_decisions import decide, undecide_same
from broadsheet.content.edit_values import Edit
from broadsheet.content.editing import Editing, PaperList, lists_of
from broadsheet.content.model import Paper, Provenance
from broadsheet.content.renames import require_free
from broadsheet.content.topics import topics_by_heading
from broadsheet.content.yaml_text import Path as KeyPath

_LISTS = (*MAPPINGS, "other_titles", "facts")


def split(work: Editing, slug: str, new: str, sources: Sequence[str]) -> None:
    """Moves what some sources say about a paper to a new paper.

    Args:
        work: The edit.
        slug: The slug of the paper.
        new: The slug of the new paper, which may be an alias of the paper.
        sources: Names of sources, or names and lines ("articles/one.txt:21").

    Raises:
        BroadsheetError: There is no such paper or source, or nothing would be left.
    """
    before = work.paper(slug)
    require_free(work, new, besides=slug)
    moved = _moved(work, before, sources)
    stays = tuple(known for known in before.provenance if known not in moved)
    if not stays:
        advice = f"to give the paper another address, run `broadsheet rename {slug} {new}`"
        raise work.refusal(f"these are all sources of {slug!r}", advice)
    listed = [
        (found, _entries_to_move(work, found, slug, moved)) for found in lists_of(work.corpus)
    ]
    first, second = _parted(before, new, moved, stays)
    if not second.topics:
        second = second.model_copy(update={"topics": tuple(_topics(work, listed))})
    for found, paths in listed:
        if paths:
            rename = lambda text: text.replace(slug, new)
            work.change(found.file, [Edit((*path, "paper"), rename) for path in paths])
            work.done.append(f"changed {counted(len(paths), 'reference')} in {found.file}")
    undecide_same(work, first, second)
    decide(work, "different", [slug, new])
    work.change_paper(first, before)
    work.add_paper(second)
    _report(work, before, first, second)


def _report(work: Editing, before: Paper, first: Paper, second: Paper) -> None:
    given = [n for n in Paper.model_fields if n not in ("slug", "provenance") and _value(second, n)]
    facts = f" with its {', '.join(given)}" if given else ""
    work.done.insert(0, f"made {second.slug!r} out of {first.slug!r}{facts}")
    if first.title and first.title == second.title:
        work.notes.append(f"both papers have the title {first.title!r}; correct one of them")
    if not second.title:
        work.notes.append(f"{second.slug!r} has no title; add it to papers/{second.slug}.yml")
    both = [n for n in (*FIELDS, *_LISTS) if _value(before, n) and not _value(second, n)]
    if both:
        work.notes.append(f"stayed with {first.slug!r}: {', '.join(both)}")


def _value(paper: Paper, name: str) -> Any:
    value = getattr(paper, name)
    return value.named() if name == "links" else value


def _moved(work: Editing, paper: Paper, sources: Sequence[str]) -> list[Provenance]:
    found: list[Provenance] = []
    for source in sources:
        matching = [known for known in paper.provenance if source in (known.source, _place(known))]
        if not matching:
            known = ", ".join(map(_place, paper.provenance)) or "none"
            message = f"{paper.slug!r} has no source {source!r}"
            raise work.refusal(message, f"its sources are: {known}")
        found += matching
    return found


def _place(provenance: Provenance) -> str:
    return f"{provenance.source}:{provenance.line}" if provenance.line else provenance.source


def _parted(
    paper: Paper, new: str, moved: Sequence[Provenance], stays: Sequence[Provenance]
) -> tuple[Paper, Paper]:
    """Returns the paper without what only the moved sources gave, and the paper with that."""
    stayed = {name for known in stays for name in known.gave}
    gave = {name for known in moved for name in known.gave} - stayed
    values = {n: getattr(paper, n) for n in (*FIELDS, *_LISTS) if n in gave and _value(paper, n)}
    kept: dict[str, Any] = {
        name: Paper.model_fields[name].get_default(call_default_factory=True) for name in values
    }
    own_titles = values.get("other_titles", paper.other_titles)
    mine = next((title for title in own_titles if slug_of(title) == new), None)
    if "title" not in values and mine:
        values["title"] = mine
        others = tuple(title for title in values.get("other_titles", ()) if title != mine)
        values["other_titles"] = others
        left = () if "other_titles" in kept else paper.other_titles
        kept["other_titles"] = tuple(title for title in left if title != mine)
    elif "title" in values:  # A paper keeps a title, if only that of the other one.
        left = kept.get("other_titles", paper.other_titles)
        kept["title"] = next(iter(left), paper.title)
        kept["other_titles"] = left[1:]
    kept["aliases"] = tuple(alias for alias in paper.aliases if alias != new)
    first = paper.model_copy(update={**kept, "provenance": tuple(stays)})
    second = Paper(slug=new, draft=paper.draft, provenance=tuple(moved)).model_copy(update=values)
    return first, second


def _entries_to_move(
    work: Editing, found: PaperList, slug: str, moved: Sequence[Provenance]
) -> tuple[KeyPath, ...]:
    """Returns the entries of a paper that the moved sources have given to a list."""
    source = found.value.source
    names = {source.file, source.url, source.name} if source else set()
    paths = [path for path, entry in found.entries if entry.paper == slug]
    known = [p for p in work.paper(slug).provenance if p.source in names]
    if not paths or not any(provenance in moved for provenance in known):
        return ()
    if all(provenance in moved for provenance in known):
        return tuple(paths)
    if len(paths) == len(known):  # Entries are in the order of their lines.
        known.sort(key=lambda provenance: provenance.line or 0)
        return tuple(p for p, origin in zip(paths, known, strict=True) if origin in moved)
    work.notes.append(f"{found.file} may mean either paper; its entry stays with {slug!r}")
    return ()


def _topics(
    work: Editing, listed: Sequence[tuple[PaperList, tuple[KeyPath, ...]]]
) -> Iterator[str]:
    """Yields the topics of the headings that the moved entries are under."""
    by_heading = topics_by_heading(work.corpus.topics)
    headings = (found.heading(path) for found, paths in listed for path in paths)
    topics = (by_heading.get(title_key(heading), ()) for heading in headings if heading)
    yield from dict.fromkeys(topic for slugs in topics for topic in slugs)
