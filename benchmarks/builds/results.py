"""The results of a benchmark: what was measured, where and when. They are kept as JSON."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from datetime import date

from benchmarks.builds.measuring import Cost, Size
from pydantic import BaseModel


class Measured(BaseModel):
    """A step's costs, one for each round, and the site that it built in the last round."""

    costs: list[Cost]
    site: Size
    pages: int
    search_files: int

    @property
    def cpu(self) -> float:
        return statistics.median(cost.cpu for cost in self.costs)

    @property
    def wall(self) -> float:
        return statistics.median(cost.wall for cost in self.costs)

    @property
    def peak(self) -> int:
        return max(cost.peak for cost in self.costs)


Steps = dict[str, Measured]


class Results(BaseModel):
    """Everything that was measured in one run on one machine.

    Attributes:
        day: When it was measured.
        machine: The machine's cores and memory.
        busy: How many other processes wanted to run when the measurement started, on average.
        versions: The versions of what was measured.
        notes: What wasn't measured, and why.
        sizes: The steps of each generated corpus by its number of papers.
        bundled: The steps of the bundled content.
        many_authors: The site of three papers with many authors.
        serve: By number of papers, seconds from saving a file until `broadsheet serve` shows it.
    """

    day: date
    machine: str
    busy: float
    versions: dict[str, str]
    notes: list[str] = []
    sizes: dict[int, Steps] = {}
    bundled: Steps = {}
    many_authors: Measured | None = None
    serve: dict[int, list[float]] = {}

    def step(self, size: int, name: str) -> Measured | None:
        """Returns what was measured for a step, or None."""
        return self.sizes.get(size, {}).get(name)

    def cpu_ratio(self, size: int, name: str, other: str = "stock") -> float | None:
        """Returns how many times the CPU time of another step a step takes: the median of rounds.

        Rounds are compared one by one, because other work on the machine slows both steps of a
        round.
        """
        return self._ratio(size, name, other, lambda cost: cost.cpu)

    def wall_ratio(self, size: int, name: str, other: str = "stock") -> float | None:
        """Returns the same for the time that passes."""
        return self._ratio(size, name, other, lambda cost: cost.wall)

    def _ratio(
        self, size: int, name: str, other: str, seconds: Callable[[Cost], float]
    ) -> float | None:
        one, two = self.step(size, name), self.step(size, other)
        if not one or not two:
            return None
        pairs = zip(one.costs, two.costs, strict=True)
        return statistics.median(seconds(a) / seconds(b) for a, b in pairs)
