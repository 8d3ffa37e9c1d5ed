"""The map of all papers: a small drawing for the page, and the points for the browser."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypedDict

from markupsafe import Markup

from broadsheet.base.language import Language
from broadsheet.base.markup import element, plain
from broadsheet.content.model import Paper, Topic
from broadsheet.edition import Counted
from broadsheet.outputs.charts.figures import figure, link, svg, table
from broadsheet.outputs.charts.labels import free_places
from broadsheet.outputs.charts.layout import Point

# The size of the map in units of its drawing, and the margin around the points.
_WIDTH = 1000
_HEIGHT = 640
_EDGE = 20
# People can't tell more hues apart. All other topics share the last one.
HUES = 12
_LAST = HUES - 1
# The labels of smaller topics would cover those of larger ones.
_MIN_LABELED = 4

POINTS_FILE = "map/points.json"


class MapPoint(NamedTuple):
    """A paper on the map. The script in the browser reads it as an array.

    `label` is the place of its main topic in the labels, or -1.
    """

    x: int
    y: int
    hue: int
    slug: str
    title: str
    label: int


class MapLabel(NamedTuple):
    """The name and the hue of a topic. The browser finds a place for it among its papers."""

    name: str
    hue: int


class PaperMap(TypedDict):
    """The file that the script in the browser reads."""

    width: int
    height: int
    points: list[MapPoint]
    labels: list[MapLabel]


def map_picture(
    papers: Sequence[Paper | Counted],
    places: Mapping[str, Point],
    topics: Sequence[Topic],
    addresses: Mapping[str, str],
    language: Language,
) -> Markup:
    """Returns the map as one path per hue, with a table of topics, for browsers without scripts.

    Args:
        papers: All papers.
        places: The places of papers by slug.
        topics: All topics.
        addresses: The addresses of the topics' pages, relative to the map's page.
        language: The language of the site.
    """
    hue = _hues(papers, topics)
    dots: dict[int, list[str]] = defaultdict(list)
    for paper in papers:
        if paper.slug in places:
            x, y = _place(places[paper.slug])
            dots[hue.get(_main_topic(paper), _LAST)].append(f"M{x} {y}h0")
    shapes = [
        element("path", class_=f"bs-dot bs-hue-{number}", d="".join(dots[number]))
        for number in sorted(dots)
    ]
    shapes += _labels(papers, places, topics)
    title = map_words(len(papers), language)
    drawing = svg("bs-map-title", title, _WIDTH, _HEIGHT, shapes)
    drawing = element("div", drawing, class_="bs-map", data_points="points.json")
    caption = language.text("Each dot is a paper, in the color of its main topic")
    numbers = _numbers(papers, topics, hue, addresses, language)
    legend = _legend(_with_papers(papers, topics), hue, addresses, language)
    return figure(drawing + legend, caption, numbers, "map", language)


def map_words(number: int, language: Language) -> str:
    """Returns a sentence that describes the map."""
    return language.counted(
        number,
        "A map of %(number)s paper.",
        "A map of %(number)s papers. Papers that share rare terms are near each other.",
    )


def map_files(
    papers: Sequence[Paper], places: Mapping[str, Point], topics: Sequence[Topic]
) -> Mapping[str, bytes]:
    """Returns the file with the points and labels of the map for the browser."""
    hue = _hues(papers, topics)
    named = _with_papers(papers, topics)
    label = {topic.slug: place for place, topic in enumerate(named)}
    points = [
        MapPoint(
            *_place(places[paper.slug]),
            hue.get(_main_topic(paper), _LAST),
            paper.slug,
            plain(paper.name),
            label.get(_main_topic(paper), -1),
        )
        for paper in papers
        if paper.slug in places
    ]
    labels = [MapLabel(topic.name, hue[topic.slug]) for topic in named]
    content = PaperMap(width=_WIDTH, height=_HEIGHT, points=points, labels=labels)
    return {POINTS_FILE: json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()}


def _middles(
    papers: Sequence[Paper | Counted], places: Mapping[str, Point], topics: Sequence[Topic]
) -> list[tuple[tuple[int, int], str]]:
    """Returns the names of topics, each in the middle of the papers with this main topic."""
    names = {topic.slug: topic.name for topic in topics}
    places_of: dict[str, list[Point]] = defaultdict(list)
    for paper in papers:
        if _main_topic(paper) in names and paper.slug in places:
            places_of[_main_topic(paper)].append(places[paper.slug])
    return [
        (_place((_median([x for x, _ in points]), _median([y for _, y in points]))), names[slug])
        for slug, points in sorted(places_of.items(), key=lambda item: (-len(item[1]), item[0]))
        if len(points) >= _MIN_LABELED
    ]


def _median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _labels(
    papers: Sequence[Paper | Counted], places: Mapping[str, Point], topics: Sequence[Topic]
) -> list[Markup]:
    points = [_place(places[paper.slug]) for paper in papers if paper.slug in places]
    found = free_places(_middles(papers, places, topics), points, _WIDTH, _HEIGHT)
    return [
        element("text", name, class_="bs-map-label", x=x, y=y + 4, text_anchor="middle")
        for (x, y), name in found
    ]


def _with_papers(papers: Sequence[Paper | Counted], topics: Sequence[Topic]) -> list[Topic]:
    """Returns the topics that are the main topic of a paper, the largest first."""
    sizes = Counter(_main_topic(paper) for paper in papers)
    found = [topic for topic in topics if sizes[topic.slug]]
    return sorted(found, key=lambda topic: (-sizes[topic.slug], topic.slug))


def _main_topic(paper: Paper | Counted) -> str:
    return paper.topics[0] if paper.topics else ""


def _hues(papers: Sequence[Paper | Counted], topics: Sequence[Topic]) -> Mapping[str, int]:
    """Returns hues for topics. The largest topics have their own, all others share the last."""
    sizes = Counter(_main_topic(paper) for paper in papers)
    ordered = sorted(topics, key=lambda topic: (-sizes[topic.slug], topic.slug))
    return {topic.slug: min(n, _LAST) for n, topic in enumerate(ordered)}


def _place(point: Point) -> tuple[int, int]:
    x, y = point
    across, down = _WIDTH - 2 * _EDGE, _HEIGHT - 2 * _EDGE
    return _EDGE + round(x * across), _EDGE + round(y * down)


def _legend(
    topics: Sequence[Topic],
    hue: Mapping[str, int],
    addresses: Mapping[str, str],
    language: Language,
) -> Markup:
    """Returns a list of the hues: each of a topic, and the last one of all others."""
    own = [topic for topic in topics if hue[topic.slug] < _LAST]
    entries = [(hue[topic.slug], link(addresses[topic.slug], topic.name)) for topic in own]
    if len(own) < len(topics):
        entries.append((_LAST, element("span", language.text("Other topics"))))
    lines = (
        element(
            "li",
            element("span", "", class_=f"bs-key bs-hue-{number}", aria_hidden="true") + name,
            data_hue=number,
        )
        for number, name in entries
    )
    label = language.text("Colors of topics")
    return element("ul", *lines, class_="bs-legend", aria_label=label)


def _numbers(
    papers: Sequence[Paper | Counted],
    topics: Sequence[Topic],
    hue: Mapping[str, int],
    addresses: Mapping[str, str],
    language: Language,
) -> Markup:
    sizes = Counter(_main_topic(paper) for paper in papers)
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
