"""The map of all papers: a drawing that is light in the page, and the points for the browser."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypedDict

from markupsafe import Markup

from broadsheet.base.language import Language
from broadsheet.base.markup import element, plain
from broadsheet.content.model import Paper, Topic
from broadsheet.outputs.charts.layout import Point
from broadsheet.outputs.charts.markings import figure, link, svg, table

_WIDTH = 1000
_HEIGHT = 640
_EDGE = 20
# As many hues as eyes tell apart; all further topics share the last one.
HUES = 12
_LAST = HUES - 1
# A topic with fewer papers has no name on the map.
_LABELLED = 4

POINTS_FILE = "map/points.json"


class MapPoint(NamedTuple):
    """A paper on the map, as the browser's script reads it: an array of these values."""

    x: int
    y: int
    hue: int
    slug: str
    title: str


class MapLabel(NamedTuple):
    """The name of a topic, in the middle of its papers."""

    x: int
    y: int
    name: str


class PaperMap(TypedDict):
    """The file that the browser's script reads."""

    width: int
    height: int
    points: list[MapPoint]
    labels: list[MapLabel]


def map_picture(
    papers: Sequence[Paper],
    places: Mapping[str, Point],
    topics: Sequence[Topic],
    addresses: Mapping[str, str],
    language: Language,
) -> Markup:
    """The map as one path a hue, with a table of topics. The browser's script takes over from it.

    `addresses` are those of the topics' pages from the map's page.
    """
    hue = _hues(papers, topics)
    dots: dict[int, list[str]] = defaultdict(list)
    for paper in papers:
        if paper.slug in places:
            x, y = _place(places[paper.slug])
            dots[hue.get(_first(paper), _LAST)].append(f"M{x} {y}h0")
    shapes = [
        element("path", class_=f"bs-dot bs-hue-{number}", d="".join(dots[number]))
        for number in sorted(dots)
    ]
    shapes += _labels(papers, places, topics)
    title = map_words(len(papers), language)
    drawing = svg("bs-map-title", title, _WIDTH, _HEIGHT, shapes)
    drawing = element("div", drawing, class_="bs-map", data_points="points.json")
    caption = language.text("Each dot is a paper, in the color of its main topic")
    legend = _legend(papers, topics, hue, addresses, language)
    return figure(drawing, caption, legend, "map", language)


def map_words(number: int, language: Language) -> str:
    """What the map shows."""
    return language.counted(
        number,
        "A map of %(number)s paper.",
        "A map of %(number)s papers. Papers that share rare terms are near each other.",
    )


def map_files(
    papers: Sequence[Paper], places: Mapping[str, Point], topics: Sequence[Topic]
) -> Mapping[str, bytes]:
    """The points for the browser: place, hue, slug and title of each paper."""
    hue = _hues(papers, topics)
    points = [
        MapPoint(
            *_place(places[paper.slug]),
            hue.get(_first(paper), _LAST),
            paper.slug,
            plain(paper.name),
        )
        for paper in papers
        if paper.slug in places
    ]
    labels = [MapLabel(*place, name) for place, name in _middles(papers, places, topics)]
    content = PaperMap(width=_WIDTH, height=_HEIGHT, points=points, labels=labels)
    return {POINTS_FILE: json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()}


def _middles(
    papers: Sequence[Paper], places: Mapping[str, Point], topics: Sequence[Topic]
) -> list[tuple[tuple[int, int], str]]:
    """The names of topics, each in the middle of the papers that have it first."""
    names = {topic.slug: topic.name for topic in topics}
    inside: dict[str, list[Point]] = defaultdict(list)
    for paper in papers:
        if _first(paper) in names and paper.slug in places:
            inside[_first(paper)].append(places[paper.slug])
    return [
        (_place((_median([x for x, _ in points]), _median([y for _, y in points]))), names[slug])
        for slug, points in sorted(inside.items(), key=lambda kept: (-len(kept[1]), kept[0]))
        if len(points) >= _LABELLED
    ]


def _median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _labels(
    papers: Sequence[Paper], places: Mapping[str, Point], topics: Sequence[Topic]
) -> list[Markup]:
    return [
        element("text", name, class_="bs-map-label", x=x, y=y, text_anchor="middle")
        for (x, y), name in _middles(papers, places, topics)
    ]


def _first(paper: Paper) -> str:
    return paper.topics[0] if paper.topics else ""


def _hues(papers: Sequence[Paper], topics: Sequence[Topic]) -> Mapping[str, int]:
    """A hue for each of the topics that most papers have first; the others share one."""
    sizes = Counter(_first(paper) for paper in papers)
    ordered = sorted(topics, key=lambda topic: (-sizes[topic.slug], topic.slug))
    return {topic.slug: min(n, _LAST) for n, topic in enumerate(ordered)}


def _place(point: Point) -> tuple[int, int]:
    x, y = point
    across, down = _WIDTH - 2 * _EDGE, _HEIGHT - 2 * _EDGE
    return _EDGE + round(x * across), _EDGE + round(y * down)


def _legend(
    papers: Sequence[Paper],
    topics: Sequence[Topic],
    hue: Mapping[str, int],
    addresses: Mapping[str, str],
    language: Language,
) -> Markup:
    sizes = Counter(_first(paper) for paper in papers)
    ordered = sorted(topics, key=lambda topic: (hue[topic.slug], topic.slug))
    rows = [
        (
            element("span", "", class_=f"bs-key bs-hue-{hue[topic.slug]}", aria_hidden="true")
            + link(addresses[topic.slug], topic.name),
            sizes[topic.slug],
        )
        for topic in ordered
        if sizes[topic.slug]
    ]
    head = (language.text("Topic"), language.text("Papers with this main topic"))
    return table(language.text("Topics on the map"), head, rows, language)
