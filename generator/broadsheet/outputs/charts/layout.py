"""The layout of the map: papers that share rare terms are near each other.

This is a force-directed layout. First, topics are placed by the papers that they share. Then
papers start between their topics. In each round, they move towards related papers, away from some
random others, and back towards their topics. Only additions, multiplications and divisions in a
fixed order are used, so that every machine draws the same map.
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

# These were tuned by eye on the bundled papers.
_ROUNDS = 80
_TOPIC_ROUNDS = 150
_PUSHES = 2
_MAX_STEP = 0.5
_TOPIC_FORCE = 0.08
# The share of the width that the outliers on each side get.
_EDGE = 0.04
# Limits the work: a large corpus gets fewer rounds, with a stronger force in each. Six rounds are
# enough to tell topics apart and to bring related papers together.
_MAX_PULLS = 400_000
_MIN_ROUNDS = 6
# Any fixed number gives the same map for the same papers.
_SEED = 20_240_318


def layout(
    related: Mapping[str, Sequence[Related]], topics: Mapping[str, Sequence[str]]
) -> Mapping[str, Point]:
    """Places papers on the map.

    Args:
        related: The related papers of each paper, by slug.
        topics: The topics of papers by slug, with the main topic first.

    Returns:
        The place of each paper in `related`, with coordinates from 0 to 1.
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
    rounds = max(_MIN_ROUNDS, min(_ROUNDS, _MAX_PULLS // max(len(pulls), 1)))
    # `random()` gives the same numbers in every version of Python.
    random = Random(_SEED)  # noqa: S311 - not used for security
    for finished in range(rounds):
        step = 1 - finished / rounds
        _pull(x, y, pulls, step)
        pushes = [(n, int(random.random() * len(x))) for n in range(len(x)) for _ in range(_PUSHES)]
        _push(x, y, pushes, step * 0.2)
        _pull_home(x, y, homes, max(_TOPIC_FORCE, 1 / rounds))
    return dict(zip(slugs, zip(_spread(x), _spread(y), strict=True), strict=True))


def _topic_places(labels: Sequence[tuple[str, ...]]) -> Mapping[str, Point]:
    """Places topics: those that share papers are near each other, and all keep some distance."""
    sizes = Counter(topic for topics in labels for topic in topics)
    shared = Counter(pair for topics in labels for pair in combinations(sorted(set(topics)), 2))
    known = sorted(sizes)
    number = {topic: n for n, topic in enumerate(known)}
    angle = 2 * math.pi / max(len(known), 1)
    # Rounded, because the last digits of sines differ between machines.
    x = [round(3 * math.cos(n * angle), 6) for n in range(len(known))]
    y = [round(3 * math.sin(n * angle), 6) for n in range(len(known))]
    pulls = [
        (number[first], number[second], count / min(sizes[first], sizes[second]))
        for (first, second), count in sorted(shared.items())
    ]
    pushes = list(combinations(range(len(known)), 2))
    for finished in range(_TOPIC_ROUNDS):
        step = 1 - finished / _TOPIC_ROUNDS
        _pull(x, y, pulls, step * 0.2)
        _push(x, y, pushes, step * 2)
    return dict(zip(known, zip(x, y, strict=True), strict=True))


def _homes(
    slugs: Sequence[str], topics: Mapping[str, Sequence[str]], places: Mapping[str, Point]
) -> list[Point | None]:
    """Returns a point between the topics of each paper, closest to the first, if it has any."""
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
    """Returns the homes, each shifted a little, so that no two papers start at the same point."""
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
    for a, b, strength in pulls:
        dx, dy = x[b] - x[a], y[b] - y[a]
        force = step * strength * (1 - 1 / (1 + dx * dx + dy * dy))
        x[a] += dx * force
        y[a] += dy * force
        x[b] -= dx * force
        y[b] -= dy * force


def _push(
    x: list[float], y: list[float], pairs: Sequence[tuple[int, int]], strength: float
) -> None:
    for a, b in pairs:
        dx, dy = x[a] - x[b], y[a] - y[b]
        square = dx * dx + dy * dy
        force = strength / ((0.05 + square) * (1 + square))
        across, down = _limited(dx * force), _limited(dy * force)
        x[a] += across
        y[a] += down
        x[b] -= across
        y[b] -= down


def _limited(distance: float) -> float:
    return max(-_MAX_STEP, min(_MAX_STEP, distance))


def _pull_home(x: list[float], y: list[float], homes: Sequence[Point | None], force: float) -> None:
    for n, home in enumerate(homes):
        if home:
            x[n] += (home[0] - x[n]) * force
            y[n] += (home[1] - y[n]) * force


def _spread(values: Sequence[float]) -> list[float]:
    """Scales values to 0 to 1. Outliers, a hundredth on each side, share the edges.

    There, only their order counts, so that they don't squeeze all others together.
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
