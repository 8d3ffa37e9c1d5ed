"""Which sections of an article are those of an issue, and where its new entries go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from broadsheet.base.identifiers import parse_partial_date, title_key
from broadsheet.content.model import Entry, Section
from broadsheet.content.records import ReadIssue, ReadSection, Record


def matched_sections(
    sections: Sequence[Section], read: ReadIssue, slug_of: Callable[[Record], str]
) -> Iterator[tuple[int, int]]:
    """Yields the positions of sections in the source and in the issue that are the same.

    Sections with the same heading are, or else those that share most papers, unless the source is
    only a part of the issue.

    Args:
        sections: The sections of the issue.
        read: The issue as the source prints it.
        slug_of: Returns the paper of a record.
    """
    free = dict(enumerate(sections))
    rest: list[tuple[int, ReadSection]] = []
    for number, printed in enumerate(read.sections):
        key = title_key(printed.heading)
        place = next((n for n, section in free.items() if title_key(section.heading) == key), None)
        if place is None:
            rest.append((number, printed))
            continue
        del free[place]
        yield number, place
    for number, printed in [] if read.is_part else rest:
        slugs = {slug_of(listed.record) for listed in printed.entries}
        shared = {n: len(slugs & {e.paper for e in found.entries}) for n, found in free.items()}
        best = max(shared, key=lambda n: shared[n], default=None)
        if best is not None and shared[best]:
            del free[best]
            yield number, best


def with_room(places: Mapping[int, int], number: int, new: int | None = None) -> dict[int, int]:
    """Returns the places of sections after a new one has been put behind those before it.

    Args:
        places: The places of sections, by their number in the source.
        number: The number of the new section.
        new: Its place, if that is decided.
    """
    before = [place for n, place in places.items() if n < number]
    new = max(before, default=-1) + 1 if new is None else new
    return {n: place + (place >= new) for n, place in places.items()} | {number: new}


def later_day(sections: Sequence[Section], day: str) -> int:
    """Returns the place of the first section of a later day, or else that behind all sections."""
    days = [section.heading if parse_partial_date(section.heading) else "" for section in sections]
    is_day = parse_partial_date(day)
    return next((n for n, other in enumerate(days) if is_day and other > day), len(sections))


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
