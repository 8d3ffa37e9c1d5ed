"""The bounds that Broadsheet keeps, and whether it did in a benchmark."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.builds.results import Measured, Results

MIB = 2**20


@dataclass(frozen=True)
class Bound:
    """Something that may be at most `limit`. `value` is None if it wasn't measured."""

    what: str
    limit: float
    unit: str
    value: float | None

    @property
    def broken(self) -> bool:
        return self.value is not None and self.value > self.limit

    @property
    def verdict(self) -> str:
        if self.value is None:
            return "not measured"
        return "FAIL" if self.broken else "ok"

    @property
    def shown(self) -> str:
        """The measured value with its unit, or nothing."""
        return "" if self.value is None else f"{self.value:.3g}{self.unit}"

    def __str__(self) -> str:
        measured = f"{self.shown}, " if self.shown else ""
        return f"{self.verdict}: {self.what}: {measured}at most {self.limit:g}{self.unit}"


def bounds(results: Results) -> Iterator[Bound]:
    """Yields all bounds with what was measured."""
    for size in (3_000, 10_000):
        name = f"First build at {size:,} papers, compared with as many bare pages"
        yield Bound(f"{name}, CPU", 2.0, " ×", results.cpu_ratio(size, "first"))
        yield Bound(f"{name}, wall", 1.2, " ×", results.wall_ratio(size, "first"))
    yield _of(results.step(10_000, "changed"), *_wall("One title changed at 10,000 papers", 2))
    part = results.cpu_ratio(10_000, "changed", "first")
    yield Bound("The same, compared with a first build, CPU", 1 / 50, " ×", part)
    yield _of(results.step(10_000, "unchanged"), *_wall("Nothing changed at 10,000 papers", 1))
    waits = results.serve.get(10_000)
    served = "Saved change shown by `broadsheet serve` at 10,000 papers"
    yield Bound(served, 1, " s", statistics.median(waits) if waits else None)
    changed = results.bundled.get("changed")
    yield _of(changed, *_wall("Bundled content, one title changed", 1.5))
    yield Bound("From 10,000 to 30,000 papers, CPU", 3.2, " ×", _growth(results))
    for size, limit in ((10_000, 500), (100_000, 2048)):
        yield Bound(f"Memory at {size:,} papers", limit, " MiB", _mebibytes(results, size))
    first = results.step(10_000, "first")
    yield _of(first, "Files a paper at 10,000 papers", 4, "", lambda it: it.site.files / 10_000)
    yield _of(first, "Size a paper at 10,000 papers", 30, " kB", lambda it: it.site.bytes / 1e7)
    files = lambda it: it.search_files / 10_000
    yield _of(first, "Search files a paper at 10,000 papers", 0.15, "", files)
    three = "Three papers of 313, 546 and 573 authors"
    yield _of(results.many_authors, f"{three}, pages", 40, "", lambda it: it.pages)
    yield _of(results.many_authors, f"{three}, size", 4, " MB", lambda it: it.site.bytes / 1e6)


def _of(
    step: Measured | None, what: str, limit: float, unit: str, value: Callable[[Measured], float]
) -> Bound:
    return Bound(what, limit, unit, value(step) if step else None)


def _wall(what: str, limit: float) -> tuple[str, float, str, Callable[[Measured], float]]:
    return f"{what}, wall", limit, " s", lambda step: step.wall


def _growth(results: Results) -> float | None:
    small, large = results.step(10_000, "first"), results.step(30_000, "first")
    return large.cpu / small.cpu if small and large else None


def _mebibytes(results: Results, size: int) -> float | None:
    """The most memory of any build of Broadsheet."""
    steps = [results.step(size, name) for name in ("first", "unchanged", "changed")]
    return max((step.peak / MIB for step in steps if step), default=None)
