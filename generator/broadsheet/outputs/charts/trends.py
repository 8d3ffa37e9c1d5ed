"""Which topics rise, which return, and which appear together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from markupsafe import Markup

from broadsheet.base.language import Language
from broadsheet.base.markup import NOTHING, element, filled
from broadsheet.content.model import Paper, Topic
from broadsheet.outputs.charts.bars import spark
from broadsheet.outputs.charts.markings import Cell, link, table
from broadsheet.outputs.charts.periods import Periods, periods_of

# A direction needs enough papers, and a change that chance alone seldom makes.
_ENOUGH_PAPERS = 6
_RISES = 1.35
_SILENCE = 3
_MATRIX_TOPICS = 12
_MOST_PAIRS = 12
_SHADES = 5


@dataclass(frozen=True)
class Trend:
    """A topic over time. `counts` are its papers by period; `before` and `since` are its part of
    all papers in the earlier and the later half of the corpus; `word` says where it goes."""

    slug: str
    name: str
    counts: tuple[int, ...]
    before: float
    since: float
    word: str


def trends_of(topics: Sequence[Topic], papers: Sequence[Paper]) -> tuple[Trend, ...]:
    """The trend of each topic with dated papers: rising ones first, then by number of papers."""
    periods = periods_of([paper.published for paper in papers], finest=3)
    whole = periods.count(paper.published for paper in papers)
    middle = _middle(whole)
    order = {"rises": 0, "returns": 1, "steady": 2, "fades": 3}
    found = [_trend(topic, periods, papers, whole, middle) for topic in topics]
    dated = [trend for trend in found if sum(trend.counts)]
    return tuple(sorted(dated, key=lambda t: (order[t.word], -sum(t.counts), t.name)))


def _middle(whole: Sequence[int]) -> int:
    """The first period of the later half of the papers."""
    seen = 0
    for place, count in enumerate(whole):
        if seen * 2 >= sum(whole):
            return place
        seen += count
    return len(whole)


def _trend(
    topic: Topic, periods: Periods, papers: Sequence[Paper], whole: Sequence[int], middle: int
) -> Trend:
    counts = periods.count(paper.published for paper in papers if topic.slug in paper.topics)
    before = sum(counts[:middle]) / (sum(whole[:middle]) or 1)
    since = sum(counts[middle:]) / (sum(whole[middle:]) or 1)
    word = _word(counts, whole, before, since)
    return Trend(topic.slug, topic.name, counts, before, since, word)


def _word(counts: Sequence[int], whole: Sequence[int], before: float, since: float) -> str:
    if _returns(counts, whole):
        return "returns"
    if sum(counts) >= _ENOUGH_PAPERS:
        if since > before * _RISES:
            return "rises"
        if before > since * _RISES:
            return "fades"
    return "steady"


def _returns(counts: Sequence[int], whole: Sequence[int]) -> bool:
    """Whether the topic was there, was not for a while in which others were, and is back."""
    told = [count for count, every in zip(counts, whole, strict=True) if every]
    present = [place for place, count in enumerate(told) if count]
    gaps = [later - earlier for earlier, later in pairwise(present)]
    lately = bool(present) and present[-1] >= len(told) - 2
    return lately and bool(gaps) and gaps[-1] > _SILENCE


def trends_picture(
    trends: Sequence[Trend], addresses: Mapping[str, str], language: Language
) -> Markup:
    """A row a topic: its papers over time, its part of the corpus then and now, its direction."""
    rows: list[Sequence[Cell]] = [
        (
            link(addresses[trend.slug], trend.name),
            element(
                "span",
                _direction(trend.word, language),
                class_=f"bs-trend bs-trend--{trend.word}",
            ),
            spark(f"bs-spark-{trend.slug}", _spoken(trend, language), trend.counts),
            sum(trend.counts),
            language.percent(trend.before),
            language.percent(trend.since),
        )
        for trend in trends
    ]
    head = (
        language.text("Topic"),
        language.text("Direction"),
        language.text("Papers over time"),
        language.text("Papers"),
        language.text("Share, earlier half"),
        language.text("Share, later half"),
    )
    return table(language.text("Topics over time"), head, rows, language)


def _direction(word: str, language: Language) -> str:
    return {
        "rises": language.text("rising"),
        "returns": language.text("returning"),
        "steady": language.text("steady"),
        "fades": language.text("fading"),
    }[word]


def _spoken(trend: Trend, language: Language) -> str:
    return language.counted(
        sum(trend.counts),
        "%(topic)s: %(number)s paper, %(direction)s",
        "%(topic)s: %(number)s papers, %(direction)s",
        topic=trend.name,
        direction=_direction(trend.word, language),
    )


def together_picture(
    topics: Sequence[Topic],
    papers: Sequence[Paper],
    addresses: Mapping[str, str],
    language: Language,
) -> Markup:
    """Which topics share papers: a matrix of the largest ones, and the closest pairs by name."""
    sizes = Counter(slug for paper in papers for slug in paper.topics)
    both = Counter(pair for paper in papers for pair in combinations(sorted(paper.topics), 2))
    largest = sorted(topics, key=lambda topic: (-sizes[topic.slug], topic.name))[:_MATRIX_TOPICS]
    if not both:
        return NOTHING
    pairs = _pairs(topics, sizes, both, addresses, papers=len(papers), language=language)
    return _matrix(largest, both, language) + pairs


def _matrix(
    topics: Sequence[Topic], both: Mapping[tuple[str, str], int], language: Language
) -> Markup:
    most = max(both.values())
    rows: list[Sequence[Cell]] = [
        (topic.name, *(_tinted(topic, other, both, most, language) for other in topics))
        for topic in topics
    ]
    head = [language.text("Papers with both"), *(topic.name for topic in topics)]
    numbers = table(language.text("Topics that appear together"), head, rows, language)
    return element("div", numbers, class_="bs-matrix")


def _tinted(
    topic: Topic,
    other: Topic,
    both: Mapping[tuple[str, str], int],
    most: int,
    language: Language,
) -> Markup:
    if topic.slug == other.slug:
        return element("span", "·", class_="bs-tint bs-tint--same", aria_hidden="true")
    count = both.get((min(topic.slug, other.slug), max(topic.slug, other.slug)), 0)
    shade = -(-count * _SHADES // most)
    return element("span", language.number(count), class_=f"bs-tint bs-tint--{shade}")


def _pairs(
    topics: Sequence[Topic],
    sizes: Mapping[str, int],
    both: Mapping[tuple[str, str], int],
    addresses: Mapping[str, str],
    *,
    papers: int,
    language: Language,
) -> Markup:
    """Pairs that share more papers than chance would give them, the most surprising first."""
    names = {topic.slug: topic.name for topic in topics}
    often = [
        (count * papers / (sizes[one] * sizes[other]), one, other, count)
        for (one, other), count in both.items()
        if count >= 3 and one in names and other in names
    ]
    often.sort(key=lambda pair: (-round(pair[0], 3), pair[1], pair[2]))
    rows: list[Sequence[Cell]] = [
        (
            filled(
                language.message("%(one)s and %(other)s"),
                {
                    "one": link(addresses[one], names[one]),
                    "other": link(addresses[other], names[other]),
                },
            ),
            count,
            f"{language.number(lift, decimals=1)} ×",
        )
        for lift, one, other, count in often[:_MOST_PAIRS]
        if lift > 1
    ]
    if not rows:
        return NOTHING
    head = (
        language.text("Pair"),
        language.text("Papers with both"),
        language.text("Compared with chance"),
    )
    caption = language.text("Pairs that appear together more often than by chance")
    return table(caption, head, rows, language)
