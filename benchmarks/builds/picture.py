"""The picture of how the time of builds grows with the number of papers."""

from __future__ import annotations

import html
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.builds.results import Results
from benchmarks.builds.steps import STEPS

# Colors that people who see colors differently can tell apart.
_COLORS = {
    "stock": "#666666",
    "first": "#0072b2",
    "changed": "#56b4e9",
    "unchanged": "#009e73",
    "markdown": "#cc79a7",
    "zensical": "#d55e00",
    "hugo": "#e69f00",
}
_WIDTH, _HEIGHT = 840, 440
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 460, 20, 390
# The least distance between the names of two lines.
_LINE_HEIGHT = 18
_HEAD = f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}">
<title>CPU time of builds by number of papers</title>
<style>text {{ font: 13px system-ui, sans-serif; fill: #222 }}</style>
<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>
"""

Line = Sequence[tuple[int, float]]


@dataclass(frozen=True)
class _Axis:
    """A logarithmic axis from the value `low` at pixel `start` to `high` at pixel `end`."""

    low: float
    high: float
    start: int
    end: int

    def pixel(self, value: float) -> float:
        part = math.log(value / self.low) / math.log(self.high / self.low)
        return self.start + part * (self.end - self.start)


def growth_picture(results: Results) -> str:
    """Returns an SVG with a line for each step.

    Both axes are logarithmic, so builds that grow alike are parallel lines.
    """
    lines = {
        name: [(size, steps[name].cpu) for size, steps in results.sizes.items() if name in steps]
        for name in _COLORS
    }
    return (
        _HEAD
        + "\n".join(_drawn({name: line for name, line in lines.items() if line}))
        + "\n</svg>\n"
    )


def _drawn(lines: Mapping[str, Line]) -> Iterator[str]:
    sizes = sorted({size for line in lines.values() for size, _ in line})
    times = [seconds for line in lines.values() for _, seconds in line]
    x = _Axis(sizes[0], max(sizes[-1], 2 * sizes[0]), _LEFT, _RIGHT)
    powers = range(math.floor(math.log10(min(times))), math.floor(math.log10(max(times))) + 2)
    y = _Axis(10 ** powers[0], 10 ** powers[-1], _BOTTOM, _TOP)
    for power in powers:
        at = y.pixel(10**power)
        yield f'<path d="M{_LEFT} {at:.1f}H{_RIGHT}" stroke="#ddd"/>'
        yield f'<text x="{_LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{10**power:,g} s</text>'
    for size in sizes:
        at = x.pixel(size)
        yield f'<path d="M{at:.1f} {_TOP}V{_BOTTOM}" stroke="#ddd"/>'
        yield f'<text x="{at:.1f}" y="{_BOTTOM + 20}" text-anchor="middle">{size:,}</text>'
    middle = (_LEFT + _RIGHT) / 2
    yield f'<text x="{middle}" y="{_BOTTOM + 40}" text-anchor="middle">papers</text>'
    names = _spread({name: y.pixel(line[-1][1]) for name, line in lines.items()})
    for name, line in lines.items():
        points = " ".join(f"{x.pixel(size):.1f},{y.pixel(seconds):.1f}" for size, seconds in line)
        color = _COLORS[name]
        yield f'<polyline points="{points}" fill="none" stroke="{color}" stroke-width="2"/>'
        label = html.escape(STEPS[name].replace("`", ""))
        yield f'<circle cx="{_RIGHT + 16}" cy="{names[name]:.1f}" r="5" fill="{color}"/>'
        yield f'<text x="{_RIGHT + 28}" y="{names[name] + 4:.1f}">{label}</text>'


def _spread(heights: Mapping[str, float]) -> dict[str, float]:
    """Moves heights down where they are so close that names would overlap."""
    found: dict[str, float] = {}
    last = -math.inf
    for name, height in sorted(heights.items(), key=lambda pair: pair[1]):
        last = max(height, last + _LINE_HEIGHT)
        found[name] = last
    return found
