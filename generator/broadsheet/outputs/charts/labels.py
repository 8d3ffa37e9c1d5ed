"""Places for names on a drawing: near what they name, but never on top of any point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import cos, pi, sin

Place = tuple[float, float]

_CELL = 6
_RING = 8
_AROUND = 16
_REACH = 200
# Half of the size of a point, and the size of a letter.
_RADIUS = 5
_LETTER = 7.6
_HEIGHT = 18


def free_places(
    names: Iterable[tuple[Place, str]], points: Iterable[Place], width: int, height: int
) -> list[tuple[tuple[int, int], str]]:
    """Returns names with the middle of a free place for each; those without one are left out.

    Args:
        names: The names, the most important first, with the places where they would be best.
        points: What they must not cover.
        width: The width of the drawing.
        height: The height of the drawing.
    """
    covered = {found for x, y in points for found in _cells(x, y, 2 * _RADIUS, 2 * _RADIUS)}
    placed = []
    for place, name in names:
        wide = len(name) * _LETTER + 8
        for x, y in _around(place):
            inside = wide / 2 <= x <= width - wide / 2 and _HEIGHT <= y <= height - _HEIGHT
            cells = _cells(x, y, wide, _HEIGHT) if inside else []
            if inside and covered.isdisjoint(cells):
                covered.update(cells)
                placed.append(((round(x), round(y)), name))
                break
    return placed


def _around(place: Place) -> Iterator[Place]:
    """Yields a place, and others on rings around it."""
    yield place
    for distance in range(_RING, _REACH, _RING):
        for turn in range(_AROUND):
            angle = turn / _AROUND * 2 * pi
            # Rounded, because the last digits of these functions depend on the machine.
            yield (
                round(place[0] + distance * cos(angle), 3),
                round(place[1] + distance * sin(angle), 3),
            )


def _cells(x: float, y: float, width: float, height: float) -> Sequence[tuple[int, int]]:
    across = range(int((x - width / 2) // _CELL), int((x + width / 2) // _CELL) + 1)
    down = range(int((y - height / 2) // _CELL), int((y + height / 2) // _CELL) + 1)
    return [(column, row) for column in across for row in down]
