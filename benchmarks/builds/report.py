"""What is printed, and the part of benchmarks/README.md that a measurement writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.builds.bounds import bounds
from benchmarks.builds.picture import growth_picture
from benchmarks.builds.results import Measured, Results, Steps
from benchmarks.builds.steps import STEPS

FOLDER = Path(__file__).parents[1]
README, PICTURE = FOLDER / "README.md", FOLDER / "growth.svg"
MARK = "<!-- builds: written by python -m benchmarks.builds --write-readme -->"
_HEAD = ("papers", "build", "CPU s", "wall s", "× CPU", "MiB", "files a paper", "kB a paper")


def table(results: Results) -> str:
    """Returns all costs as a Markdown table. Ratios are to stock MkDocs with Material."""
    rows = [row for size, steps in results.sizes.items() for row in _rows(results, size, steps)]
    return "\n".join(_lines([_HEAD, ["---"] * len(_HEAD), *rows]))


def _lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    return (f"| {' | '.join(row)} |" for row in rows)


def _rows(results: Results, size: int, steps: Steps) -> Iterator[list[str]]:
    for name, label in STEPS.items():
        if name in steps:
            ratio = results.cpu_ratio(size, name)
            yield [
                f"{size:,}",
                label,
                *_costs(steps[name]),
                f"{ratio:.2f}" if ratio else "–",
                f"{steps[name].peak / 2**20:,.0f}",
                f"{steps[name].site.files / size:.2f}",
                f"{steps[name].site.bytes / 1000 / size:.1f}",
            ]


def _costs(step: Measured) -> tuple[str, str]:
    return f"{step.cpu:,.2f}", f"{step.wall:,.2f}"


def section(results: Results) -> str:
    """Returns the section of the README: the circumstances, the tables and the bounds."""
    versions = ", ".join(f"{name} {number}" for name, number in results.versions.items())
    rounds = ", ".join(
        f"{len(steps['first'].costs)} at {size:,}" for size, steps in results.sizes.items()
    )
    bundled = [
        (STEPS[name], *_costs(step), f"{step.peak / 2**20:,.0f}")
        for name, step in results.bundled.items()
    ]
    head = ("bundled content", "CPU s", "wall s", "MiB")
    kept = [
        (bound.what, f"{bound.limit:g}{bound.unit}", bound.shown, bound.verdict)
        for bound in bounds(results)
    ]
    bounds_head = ("bound", "at most", "measured", "")
    measured = f"Measured on {results.day:%-d %B %Y} on {results.machine}. {_busy(results)}"
    parts = (
        f"{measured} Versions: {versions}. Rounds: {rounds}.",
        *results.notes,
        table(results),
        f"![CPU time of builds by number of papers]({PICTURE.name})",
        "\n".join(_lines([head, ["---"] * len(head), *bundled])),
        "\n".join(_lines([bounds_head, ["---"] * len(bounds_head), *kept])),
    )
    return "\n\n".join(parts)


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
