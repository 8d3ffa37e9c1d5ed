"""Finding the most similar of many names, for advice about a name that doesn't exist."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable

# Comparing two names takes about 0.1 ms, so only the most promising ones are compared.
_COMPARED = 20
# How many places of each run of three characters are looked at, and of how many runs.
_PLACES = 200
_RUNS = 12


class Nearest:
    """Finds the most similar of any number of names, in a time that doesn't depend on how many.

    Only names that share three characters in a row with the word are found.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(names)
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, name in enumerate(self._names):
            for run in _runs(name):
                self._places[run].append(place)

    def find(self, word: str) -> str | None:
        """Returns the name that `word` most probably stands for, or None if none is similar."""
        rarest = sorted((len(self._places[run]), run) for run in _runs(word) if run in self._places)
        shared: Counter[int] = Counter()
        for _, run in rarest[:_RUNS]:
            shared.update(self._places[run][:_PLACES])

        def promise(place: int) -> tuple[int, int, int]:
            return -shared[place], abs(len(self._names[place]) - len(word)), place

        promising = sorted(shared, key=promise)[:_COMPARED]
        close = difflib.get_close_matches(word, [self._names[n] for n in sorted(promising)], n=1)
        return close[0] if close else None


def _runs(name: str) -> set[str]:
    """Returns the runs of three characters in a name. Its ends count as spaces."""
    padded = f"  {name} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}
