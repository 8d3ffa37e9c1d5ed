"""What is printed, and the part of benchmarks/README.md that a measurement writes."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.builds.bounds import MIB, bounds
from benchmarks.builds.picture import growth_picture
from benchmarks.builds.results import Measured, Results, Steps
from benchmarks.builds.steps import STEPS

FOLDER = Path(__file__).parents[1]
README, PICTURE = FOLDER / "README.md", FOLDER / "growth.svg"
MARK = "<!-- builds: written by python -m benchmarks.builds --write-readme -->"
Row = Sequence[str]


def table(results: Results) -> str:
    """Returns all costs as a Markdown table. Ratios are to stock MkDocs with Material."""
    rows = [row for size, steps in results.sizes.items() for row in _rows(results, size, steps)]
    return _table(
        ("papers", "build", "CPU s", "wall s", "× CPU", "MiB", "files a paper", "kB a paper"), rows
    )


def _table(head: Row, rows: Iterable[Row]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


def _rows(results: Results, size: int, steps: Steps) -> Iterator[Row]:
    for name, label in STEPS.items():
        if name in steps:
            ratio = results.cpu_ratio(size, name)
            yield (
                f"{size:,}",
                label,
                *_costs(steps[name]),
                f"{ratio:.2f}" if ratio else "–",
                f"{steps[name].peak / MIB:,.0f}",
                f"{steps[name].site.files / size:.2f}",
                f"{steps[name].site.bytes / 1000 / size:.1f}",
            )


def _costs(step: Measured) -> tuple[str, str]:
    return f"{step.cpu:,.2f}", f"{step.wall:,.2f}"


def section(results: Results) -> str:
    """Returns the section of the README: the circumstances, the tables and the bounds."""
    # What every site has, however small, hides the growth of smaller ones.
    sizes = [size for size in results.sizes if size >= 10_000]
    parts = (
        _circumstances(results),
        *results.notes,
        table(results),
        f"![CPU time of builds by number of papers]({PICTURE.name})",
        *([_million(results, *sizes[-2:])] if len(sizes) > 1 else []),
        _table(
            ("bundled content", "CPU s", "wall s", "MiB"),
            (
                (STEPS[name], *_costs(step), f"{step.peak / MIB:,.0f}")
                for name, step in results.bundled.items()
            ),
        ),
        _table(
            ("papers", "`broadsheet serve` shows a change after, s (median)", "(longest)"),
            (
                (f"{size:,}", f"{statistics.median(times):.2f}", f"{max(times):.2f}")
                for size, times in results.serve.items()
            ),
        ),
        _table(
            ("bound", "at most", "measured", ""),
            ((it.what, f"{it.limit:g}{it.unit}", it.shown, it.verdict) for it in bounds(results)),
        ),
    )
    return "\n\n".join(parts)


def _circumstances(results: Results) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in results.versions.items())
    rounds = ", ".join(
        f"{max(len(step.costs) for step in steps.values())} at {size:,} papers"
        for size, steps in results.sizes.items()
    )
    return (
        f"Measured on {results.day:%-d %B %Y} on {results.machine}. {_busy(results)} "
        f"Versions: {versions}. Rounds: {rounds}."
    )


def _million(results: Results, small: int, large: int) -> str:
    """Says what a first build of a million papers would take if growth goes on as measured."""
    one, two = results.sizes[small]["first"], results.sizes[large]["first"]
    far = math.log(1_000_000 / large) / math.log(large / small)
    cpu, wall, peak, files, size = (
        after * (after / before) ** far
        for before, after in zip(_growing(one), _growing(two), strict=True)
    )
    return (
        f"If a first build goes on growing as from {small:,} to {large:,} papers, one of a million "
        f"would take {wall / 60:,.0f} minutes ({cpu / 60:,.0f} minutes of CPU time) and "
        f"{peak / 2**30:,.1f} GiB of memory, and write {files / 1e6:,.1f} million files of "
        f"{size / 1e9:,.0f} GB."
    )


def _growing(step: Measured) -> tuple[float, ...]:
    return step.cpu, step.wall, step.peak, step.site.files, step.site.bytes


def _busy(results: Results) -> str:
    if results.busy < 0.5:
        return "Nothing else was running."
    return f"Other processes kept the machine busy (load average {results.busy:g})."


def write_readme(results: Results) -> None:
    """Replaces the section of the README between the two marks, and the picture.

    Raises:
        ValueError: The README doesn't have exactly two marks.
    """
    text = README.read_text("utf-8")
    if text.count(MARK) != 2:
        raise ValueError(f"{README} must contain the line {MARK} twice")
    before, _, after = text.split(MARK)
    README.write_text(f"{before}{MARK}\n\n{section(results)}\n\n{MARK}{after}", "utf-8")
    PICTURE.write_text(growth_picture(results), "utf-8")
