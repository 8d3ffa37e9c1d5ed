"""Where each paper stands on the map: papers that share rare terms come near each other.

First the topics find their places, by the papers that they share. Then papers start between
their topics and, again and again, are drawn to their related papers, pushed away from some
others, and held by their topics. Only sums, products and quotients are used, in a fixed order,
so that every machine draws the same map.
"""

from __future__ import annotations

import math
import zlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from random import Random

from broadsheet.edition.related import Related

Point = tuple[float, float]

_ROUNDS = 80
_TOPIC_ROUNDS = 150
# Work is bounded: a large corpus gets fewer rounds, for each of its papers has settled neighbours.
_MOST_PULLS = 1_500_000
_PUSHES = 2
_FURTHEST_STEP = 0.5
_HOLD = 0.08
# The part of the width that the outermost points on a side share.
_EDGE = 0.04
_SEED = 20_240_318


def layout(
    related: Mapping[str, Sequence[Related]], topics: Mapping[str, Sequence[str]]
) -> Mapping[str, Point]:
    """Places by slug, each coordinate from 0 to 1.

    `related` gives each paper's neighbours, `topics` its topics, the most fitting first.
    """
    slugs = sorted(related)
    number = {slug: n for n, slug in enumerate(slugs)}
    homes = _homes(slugs, topics, _topic_places([tuple(topics.get(slug, ())) for slug in slugs]))
    x, y = _starts(slugs, homes)
    pulls = [
        (number[slug], number[other.slug], 0.1 + 0.4 * other.score)
        for slug in slugs
        for other in related[slug]
        if other.slug in number
    ]
    rounds = max(8, min(_ROUNDS, _MOST_PULLS // max(len(pulls), 1)))
    # A drawing holds no secret. `random()` gives the same numbers in every version of Python.
    random = Random(_SEED)  # noqa: S311
    for turn in range(rounds):
        step = 1 - turn / rounds
        _pull(x, y, pulls, step)
        pushes = [(n, int(random.random() * len(x))) for n in range(len(x)) for _ in range(_PUSHES)]
        _push(x, y, pushes, step * 0.2)
        _hold(x, y, homes)
    return dict(zip(slugs, zip(_spread(x), _spread(y), strict=True), strict=True))


def _topic_places(labels: Sequence[tuple[str, ...]]) -> Mapping[str, Point]:
    """Places of topics: those that share papers are near, all keep some distance."""
    sizes = Counter(topic for topics in labels for topic in topics)
    shared = Counter(pair for topics in labels for pair in combinations(sorted(set(topics)), 2))
    known = sorted(sizes)
    number = {topic: n for n, topic in enumerate(known)}
    turn = 2 * math.pi / max(len(known), 1)
    # Rounded, because the last digits of sines differ between machines.
    x = [round(3 * math.cos(n * turn), 6) for n in range(len(known))]
    y = [round(3 * math.sin(n * turn), 6) for n in range(len(known))]
    pulls = [
        (number[one], number[other], count / min(sizes[one], sizes[other]))
        for (one, other), count in sorted(shared.items())
    ]
    pushes = list(combinations(range(len(known)), 2))
    for turn_number in range(_TOPIC_ROUNDS):
        step = 1 - turn_number / _TOPIC_ROUNDS
        _pull(x, y, pulls, step * 0.2)
        _push(x, y, pushes, step * 2)
    return dict(zip(known, zip(x, y, strict=True), strict=True))


def _homes(
    slugs: Sequence[str], topics: Mapping[str, Sequence[str]], places: Mapping[str, Point]
) -> list[Point | None]:
    """Between a paper's topics, nearest to the first; None for a paper without a topic."""
    return [_between([places[topic] for topic in topics.get(slug, ())]) for slug in slugs]


def _between(points: Sequence[Point]) -> Point | None:
    if not points:
        return None
    weights = [1 / (place + 1) ** 2 for place in range(len(points))]
    whole = sum(weights)
    return (
        sum(weight * point[0] for weight, point in zip(weights, points, strict=True)) / whole,
        sum(weight * point[1] for weight, point in zip(weights, points, strict=True)) / whole,
    )


def _starts(slugs: Sequence[str], homes: Sequence[Point | None]) -> tuple[list[float], list[float]]:
    """Homes, a little apart, so that no two papers stand on the same spot."""
    shifts = [zlib.crc32(slug.encode()) for slug in slugs]
    return (
        [(home or (0.0, 0.0))[0] + s % 1000 / 1000 for home, s in zip(homes, shifts, strict=True)],
        [
            (home or (0.0, 0.0))[1] + s // 1000 % 1000 / 1000
            for home, s in zip(homes, shifts, strict=True)
        ],
    )


def _pull(
    x: list[float], y: list[float], pulls: Sequence[tuple[int, int, float]], step: float
) -> None:
    for one, other, strength in pulls:
        dx, dy = x[other] - x[one], y[other] - y[one]
        force = step * strength * (1 - 1 / (1 + dx * dx + dy * dy))
        x[one] += dx * force
        y[one] += dy * force
        x[other] -= dx * force
        y[other] -= dy * force


def _push(
    x: list[float], y: list[float], pairs: Sequence[tuple[int, int]], strength: float
) -> None:
    for one, other in pairs:
        dx, dy = x[one] - x[other], y[one] - y[other]
        square = dx * dx + dy * dy
        force = strength / ((0.05 + square) * (1 + square))
        across, down = _bounded(dx * force), _bounded(dy * force)
        x[one] += across
        y[one] += down
        x[other] -= across
        y[other] -= down


def _bounded(way: float) -> float:
    return max(-_FURTHEST_STEP, min(_FURTHEST_STEP, way))


def _hold(x: list[float], y: list[float], homes: Sequence[Point | None]) -> None:
    for n, home in enumerate(homes):
        if home:
            x[n] += (home[0] - x[n]) * _HOLD
            y[n] += (home[1] - y[n]) * _HOLD


def _spread(values: Sequence[float]) -> list[float]:
    """Values from 0 to 1; the outermost hundredth on each side is drawn in to the edge.

    There only their order counts, so that they neither stretch the rest nor lie on each other.
    """
    if not values:
        return []
    ordered = sorted(values)
    cut = len(ordered) // 100
    low, high = ordered[cut], ordered[-1 - cut]
    edge = _EDGE if cut else 0.0
    scale = (1 - 2 * edge) / ((high - low) or 1.0)

    def place(value: float) -> float:
        if value < low:
            return edge * bisect_left(ordered, value) / cut
        if value > high:
            return 1 - edge * (len(ordered) - bisect_right(ordered, value)) / cut
        return edge + (value - low) * scale

    return [round(place(value), 4) for value in values]
