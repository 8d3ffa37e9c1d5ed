"""Which sections of an article are those of an issue, and where its new entries go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from broadsheet.base.identifiers import title_key
from broadsheet.content.model import Entry, Section
from broadsheet.content.records import ReadSection, Record


def matched_sections(
    sections: Sequence[Section], printed: Sequence[ReadSection], slug_of: Callable[[Record], str]
) -> Iterator[tuple[int, int]]:
    """Yields the positions of sections in the source and in the issue that are the same.

    Sections with the same heading are, or else those that share most papers.

    Args:
        sections: The sections of the issue.
        printed: Those of the source.
        slug_of: Returns the paper of a record.
    """
    free = dict(enumerate(sections))
    rest: list[tuple[int, ReadSection]] = []
    for number, read in enumerate(printed):
        key = title_key(read.heading)
        place = next((n for n, section in free.items() if title_key(section.heading) == key), None)
        if place is None:
            rest.append((number, read))
            continue
        del free[place]
        yield number, place
    for number, read in rest:
        slugs = {slug_of(listed.record) for listed in read.entries}
        shared = {n: len(slugs & {e.paper for e in found.entries}) for n, found in free.items()}
        best = max(shared, key=lambda n: shared[n], default=None)
        if best is not None and shared[best]:
            del free[best]
            yield number, best


def with_room(places: Mapping[int, int], number: int) -> dict[int, int]:
    """Returns the places of sections after a new one has been put behind those before it."""
    before = [place for n, place in places.items() if n < number]
    new = max(before, default=-1) + 1
    return {n: place + (place >= new) for n, place in places.items()} | {number: new}


def inserted(
    entries: tuple[Entry, ...], slugs: list[str], new: Mapping[int, Entry]
) -> tuple[Entry, ...]:
    """Returns entries with new ones, each behind those that the source has before it.

    Args:
        entries: The entries of a section.
        slugs: The papers that the source has in it, in order.
        new: The new entries, by their position among these.
    """
    found = list(entries)
    for position, entry in new.items():
        papers = [known.paper for known in found]
        if entry.paper in papers:  # the source has it twice
            continue
        above = next((s for s in reversed(slugs[:position]) if s in papers), None)
        below = next((s for s in slugs[position + 1 :] if s in papers), None)
        if above is not None:
            place = papers.index(above) + 1
        else:
            place = papers.index(below) if below is not None else len(found)
        found.insert(place, entry)
    return tuple(found)
