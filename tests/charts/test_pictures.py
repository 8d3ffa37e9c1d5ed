"""Pictures are well-formed HTML on one line, with a text alternative and a table of the numbers."""

import json
import math
from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from broadsheet.base.language import ENGLISH
from broadsheet.content.model import Paper, Topic
from broadsheet.edition.related import Related, relate
from broadsheet.outputs.charts import (
    map_files,
    map_picture,
    months_picture,
    together_picture,
    topic_picture,
    trends_of,
    trends_picture,
)
from broadsheet.outputs.charts.labels import free_places
from broadsheet.outputs.charts.layout import layout

TOPICS = (
    Topic(slug="boats", name="Boats & <Rafts>"),
    Topic(slug="kites", name="Kites"),
    Topic(slug="clocks", name="Clocks"),
)
ADDRESSES = {topic.slug: f"../topics/{topic.slug}/" for topic in TOPICS}


def _paper(number: int, published: str | None, *topics: str) -> Paper:
    return Paper(
        slug=f"paper-{number}",
        title=f"Paper <{number}> on {' and '.join(topics)}",
        published=published,
        topics=topics,
    )


PAPERS = (
    *(_paper(n, "2022-02", "boats") for n in range(8)),
    *(_paper(n, "2022-05", "boats", "clocks") for n in range(10, 14)),
    *(_paper(n, "2023-02", "boats") for n in range(20, 23)),
    *(_paper(n, "2023-05", "boats") for n in range(30, 33)),
    *(_paper(n, "2024-02", "kites") for n in range(40, 52)),
    *(_paper(n, "2024-05", "clocks", "kites") for n in range(60, 66)),
)


def _parsed(picture: str) -> ET.Element:
    return ET.fromstring(f"<div>{picture}</div>")


def _places() -> Mapping[str, tuple[float, float]]:
    related = relate({paper.slug: paper.name for paper in PAPERS}, 4).related
    return layout(related, {paper.slug: paper.topics for paper in PAPERS})


PICTURES = {
    "months": lambda: months_picture(PAPERS, ENGLISH),
    "topic": lambda: topic_picture(TOPICS[0].name, PAPERS[:5], PAPERS, ENGLISH),
    "trends": lambda: trends_picture(trends_of(TOPICS, PAPERS), ADDRESSES, ENGLISH),
    "together": lambda: together_picture(TOPICS, PAPERS, ADDRESSES, ENGLISH),
    "map": lambda: map_picture(PAPERS, _places(), TOPICS, ADDRESSES, ENGLISH),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_well_formed_on_one_line_and_the_same_each_time(name: str) -> None:
    picture = PICTURES[name]()
    assert "\n" not in picture
    assert _parsed(picture).find(".//table") is not None
    assert PICTURES[name]() == picture


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_has_no_inline_style_and_no_script(name: str) -> None:
    picture = PICTURES[name]()
    assert "style=" not in picture
    assert "<script" not in picture
    assert "<Rafts>" not in picture


@pytest.mark.parametrize("name", ["months", "topic", "map"])
def test_a_drawing_says_what_it_shows(name: str) -> None:
    drawing = _parsed(PICTURES[name]()).find(".//svg")
    assert drawing is not None
    title = drawing.find("title")
    assert title is not None
    assert drawing.get("role") == "img"
    assert drawing.get("aria-labelledby") == title.get("id")
    assert len(title.text or "") > 20


def test_the_table_gives_the_numbers_of_the_bars() -> None:
    rows = _parsed(months_picture(PAPERS, ENGLISH)).findall(".//tbody/tr")
    numbers = {row[0].text: int(row[1].text or "") for row in rows}
    assert numbers["February 2022"] == 8
    assert sum(numbers.values()) == len(PAPERS)


def test_bars_are_as_high_as_their_numbers() -> None:
    bars = _parsed(months_picture(PAPERS, ENGLISH)).findall(".//svg/rect")
    heights = [float(bar.get("height") or "") for bar in bars]
    assert heights[0] / heights[1] == pytest.approx(8 / 4, rel=0.01)


def test_a_corpus_without_dates_has_no_bars() -> None:
    assert months_picture([_paper(1, None, "boats")], ENGLISH) == ""
    assert topic_picture("Boats", [_paper(1, "2024", "boats")], PAPERS, ENGLISH) == ""


def test_a_topic_that_grows_rises_and_one_that_pauses_returns() -> None:
    words = {trend.slug: trend.direction for trend in trends_of(TOPICS, PAPERS)}
    assert words == {"kites": "rises", "clocks": "returns", "boats": "fades"}


def test_few_papers_make_no_trend() -> None:
    few = (_paper(1, "2022-01", "boats"), _paper(2, "2022-02", "kites"))
    assert {trend.direction for trend in trends_of(TOPICS, few)} == {"steady"}


def test_pairs_that_share_papers_are_counted() -> None:
    assert ">6<" in together_picture(TOPICS, PAPERS, ADDRESSES, ENGLISH)


def test_papers_of_one_topic_stand_nearer_to_each_other_than_to_others() -> None:
    places = _places()

    def distance(one: str, other: str) -> float:
        (x1, y1), (x2, y2) = places[one], places[other]
        return math.hypot(x1 - x2, y1 - y2)

    boats = [f"paper-{n}" for n in range(8)]
    kites = [f"paper-{n}" for n in range(40, 48)]
    near = sum(distance(a, b) for a in boats for b in boats if a != b) / 56
    far = sum(distance(a, b) for a in boats for b in kites) / 64
    assert near < far / 2


def test_the_map_places_every_paper_inside_itself() -> None:
    content = json.loads(map_files(PAPERS, _places(), TOPICS)["map/points.json"])
    assert {point[3] for point in content["points"]} == {paper.slug for paper in PAPERS}
    for x, y, *_ in content["points"]:
        assert 0 <= x <= content["width"]
        assert 0 <= y <= content["height"]


def test_an_empty_corpus_has_an_empty_map() -> None:
    assert layout({}, {}) == {}


def test_points_far_outside_lie_neither_on_each_other_nor_far_from_the_rest() -> None:
    related = {f"p{n:03}": [Related(f"p{(n + 1) % 900:03}", 0.5, ())] for n in range(900)}
    alone: dict[str, list[Related]] = {f"z{n}": [] for n in range(30)}
    points = layout(related | alone, dict.fromkeys((*related, *alone), ()))
    for axis in (0, 1):
        values = [point[axis] for point in points.values()]
        assert (min(values), max(values)) == (0, 1)
        assert max(Counter(values).values()) <= 3


def test_the_names_of_topics_on_the_map_cover_no_paper_and_no_other_name() -> None:
    points = [(100 + 37 * n % 400, 100 + 53 * n % 200) for n in range(60)]
    names = [((300, 200), "A topic with a long name"), ((300, 200), "Another"), ((5, 5), "Corner")]
    found = free_places(names, points, 1000, 640)
    assert {name for _, name in found} == {name for _, name in names}
    boxes = [(x - len(n) * 3.7, y - 9, x + len(n) * 3.7, y + 9) for (x, y), n in found]
    for left, top, right, bottom in boxes:
        assert 0 <= left < right <= 1000
        assert not any(left < x < right and top < y < bottom for x, y in points)
    for one, other in combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart
