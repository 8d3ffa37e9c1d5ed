"""Runs of words that a text copies from the abstract."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from broadsheet.content.texts.names import names_in

# So many words in a row are no coincidence: below eight, set phrases of the field repeat.
RUN = 8
_WORD = re.compile(r"[^\W_]+")


def copied_runs(text: str, abstract: str, titles: Sequence[str]) -> Iterator[str]:
    """Yields the longest runs of at least `RUN` words that `text` shares with `abstract`.

    Titles, and runs that are mostly names, may be repeated.
    """
    found = list(_WORD.finditer(text))
    words = [match[0].casefold() for match in found]
    known = _runs(abstract)
    known -= {run for title in titles for run in _runs(title)}
    names = {place for name in names_in(text) for place in range(name.start, name.end)}
    start = 0
    while start <= len(words) - RUN:
        end = start
        while tuple(words[end : end + RUN]) in known and end + RUN <= len(words):
            end += 1
        if end > start:
            run = found[start : end + RUN - 1]
            if sum(match.start() in names for match in run) <= len(run) / 2:
                yield text[run[0].start() : run[-1].end()]
            start = end + RUN - 1
        else:
            start += 1


@lru_cache(maxsize=4)
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = [match[0].casefold() for match in _WORD.finditer(text)]
    return frozenset(tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
