"""Bar charts of papers over time: all papers, and the papers of a topic in front of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from broadsheet.base.language import Language
from broadsheet.base.markup import NOTHING, element
from broadsheet.content.model import Paper
from broadsheet.edition import Counted
from broadsheet.outputs.charts.figures import Cell, figure, svg, table
from broadsheet.outputs.charts.periods import Periods, periods_of

# All sizes are in CSS pixels. The column of text is 720 wide, and that of a phone about half of it;
# a drawing that is made smaller has axes that nobody can read.
_WIDTHS = {"wide": 720, "narrow": 350}
_HEIGHT = 180
# Room below the bars for the years, above them for the grid, and to the left for the scale.
_FOOT = 24
_HEAD = 18
_LABEL_WIDTH = 34
_MIN_YEAR_DISTANCE = 44
_SPARK_WIDTH = 160
_SPARK_HEIGHT = 32


def months_picture(papers: Sequence[Paper | Counted], language: Language) -> Markup:
    """Returns a chart of the papers by month, quarter or year, or "" if no date is known."""
    dates = [paper.published for paper in papers]
    periods = periods_of(dates)
    counts = periods.count(dates)
    if not counts:
        return NOTHING
    caption = {
        1: language.text("Papers by month of publication"),
        3: language.text("Papers by quarter of publication"),
        12: language.text("Papers by year of publication"),
    }[periods.months]
    busiest = max(range(len(counts)), key=lambda place: (counts[place], -place))
    title = language.text(
        "%(caption)s, %(first)s to %(last)s. The most in one period: %(number)s in %(period)s.",
        caption=caption,
        first=periods.name(0, language),
        last=periods.name(periods.size - 1, language),
        number=language.number(counts[busiest]),
        period=periods.name(busiest, language),
    )
    if left_out := len(dates) - sum(counts):
        caption = language.counted(
            left_out,
            "%(caption)s, without %(number)s paper whose month is unknown",
            "%(caption)s, without %(number)s papers whose month is unknown",
            caption=caption,
        )
    drawing = _drawings("bs-months", title, periods, counts, ())
    numbers = _table(caption, periods, counts, (), language)
    return figure(drawing, caption, numbers, "months", language)


def topic_picture(
    name: str,
    papers: Sequence[Paper | Counted],
    corpus: Sequence[Paper | Counted],
    language: Language,
) -> Markup:
    """Returns a chart of a topic's papers by quarter or year, in front of all papers.

    Args:
        name: The name of the topic.
        papers: The papers of the topic.
        corpus: All papers.
        language: The language of the site.

    Returns:
        The chart, or "" if the topic has no paper with a known date.
    """
    every = [paper.published for paper in corpus]
    periods = periods_of(every, finest=3)
    counts = periods.count(paper.published for paper in papers)
    if not sum(counts):
        return NOTHING
    whole = periods.count(every)
    caption = {
        3: language.text("Papers on %(topic)s by quarter, in front of all papers", topic=name),
        12: language.text("Papers on %(topic)s by year, in front of all papers", topic=name),
    }[periods.months]
    title = language.text(
        "%(caption)s, %(first)s to %(last)s: %(number)s of %(all)s papers.",
        caption=caption,
        first=periods.name(0, language),
        last=periods.name(periods.size - 1, language),
        number=language.number(sum(counts)),
        all=language.number(sum(whole)),
    )
    drawing = _drawings("bs-topic-time", title, periods, counts, whole)
    numbers = _table(caption, periods, counts, whole, language)
    return figure(drawing, caption, numbers, "topic", language)


def spark(identity: str, title: str, counts: Sequence[int]) -> Markup:
    """Returns a small bar chart for a cell of a table."""
    top = max(counts, default=0) or 1
    step = _SPARK_WIDTH / max(len(counts), 1)
    shapes = (
        _bar(place * step, step, count / top * (_SPARK_HEIGHT - 1), _SPARK_HEIGHT, "bs-bar")
        for place, count in enumerate(counts)
        if count
    )
    return svg(identity, title, _SPARK_WIDTH, _SPARK_HEIGHT, shapes)


def _drawings(
    identity: str, title: str, periods: Periods, counts: Sequence[int], behind: Sequence[int]
) -> Markup:
    """Returns a chart in two widths, of which the style sheet shows one."""
    drawings = []
    for kind, width in _WIDTHS.items():
        bars = _chart(periods, counts, behind, width)
        drawings.append(svg(f"{identity}-{kind}", title, width, _HEIGHT, bars, kind=kind))
    return element("div", *drawings, class_="bs-drawing-box")


def _chart(
    periods: Periods, counts: Sequence[int], behind: Sequence[int], width: int
) -> Iterator[Markup]:
    top = max([*counts, *behind]) or 1
    floor = _HEIGHT - _FOOT
    step = (width - _LABEL_WIDTH) / len(counts)
    yield from _grid(top, floor, width)
    for place, count in enumerate(behind):
        if count:
            left = _LABEL_WIDTH + place * step
            yield _bar(left, step, count / top * (floor - _HEAD), floor, "bs-bar bs-bar--behind")
    for place, count in enumerate(counts):
        if count:
            left = _LABEL_WIDTH + place * step
            yield _bar(left, step, count / top * (floor - _HEAD), floor, "bs-bar")
    yield from _years(periods, step, floor, width)


def _bar(left: float, step: float, height: float, floor: float, kind: str) -> Markup:
    gap = min(2.0, step * 0.2)
    return element(
        "rect",
        class_=kind,
        x=f"{left + gap / 2:.1f}",
        y=f"{floor - height:.1f}",
        width=f"{step - gap:.1f}",
        height=f"{height:.1f}",
    )


def _grid(top: int, floor: int, width: int) -> Iterator[Markup]:
    """Yields the base line, and lines at the multiples of a round number."""
    for count in range(0, top + 1, _round_below(top)):
        y = floor - count / top * (floor - _HEAD)
        yield element("path", class_="bs-grid", d=f"M{_LABEL_WIDTH} {y:.1f}H{width}")
        x, y_label = _LABEL_WIDTH - 6, f"{y + 4:.1f}"
        yield element("text", count, class_="bs-label", x=x, y=y_label, text_anchor="end")


def _round_below(count: int) -> int:
    """Returns the largest round number (1, 2 or 5 times a power of ten) up to `count`."""
    power = int(10 ** (len(str(count)) - 1))
    return max(n * power for n in (1, 2, 5) if n * power <= count)


def _years(periods: Periods, step: float, floor: int, width: int) -> Iterator[Markup]:
    last_label = float("-inf")
    for place in range(periods.size):
        year, x = periods.year(place), _LABEL_WIDTH + place * step
        new_year = place == 0 or periods.year(place - 1) != year
        if new_year and x - last_label >= _MIN_YEAR_DISTANCE and x < width - _LABEL_WIDTH:
            yield element("text", year, class_="bs-label", x=f"{x:.1f}", y=floor + 17)
            last_label = x


def _table(
    caption: str,
    periods: Periods,
    counts: Sequence[int],
    whole: Sequence[int],
    language: Language,
) -> Markup:
    head = [language.text("Period"), language.text("Papers"), language.text("All papers")]
    rows: list[list[Cell]] = [
        [periods.name(place, language), counts[place], *([whole[place]] if whole else [])]
        for place in range(periods.size)
        if counts[place] or (whole and whole[place])
    ]
    return table(caption, head[: 3 if whole else 2], rows, language)
