"""Topics over time: which rise, fade or return, and which appear together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from markupsafe import Markup

from broadsheet.base.language import Language
from broadsheet.base.markup import NOTHING, element, filled
from broadsheet.content.model import Paper, Topic
from broadsheet.edition import Counted
from broadsheet.outputs.charts.bars import spark
from broadsheet.outputs.charts.figures import Cell, link, table
from broadsheet.outputs.charts.periods import Periods, periods_of

# With fewer papers or less change, a direction would often be mere chance.
_MIN_PAPERS = 6
_MIN_CHANGE = 1.35
# With fewer weeks, what changes is which papers were chosen, not what the field does.
MIN_WEEKS = 26
# A topic returns after more than this many periods without papers.
_MIN_GAP = 3
# As many topics as fit into the width of a page, and about as many pairs.
_MATRIX_TOPICS = 12
_MAX_PAIRS = 12
# A few papers with the same topics may be coincidence.
_MIN_SHARED = 5
# The style sheet has this many shades.
_SHADES = 5


@dataclass(frozen=True)
class Trend:
    """A topic over time.

    Attributes:
        slug: The slug of the topic.
        name: The name of the topic.
        counts: The number of its papers in each period.
        before: Its share of the papers in the earlier half of the corpus, from 0 to 1.
        since: Its share of the papers in the later half.
        direction: "rises", "returns", "steady" or "fades".
    """

    slug: str
    name: str
    counts: tuple[int, ...]
    before: float
    since: float
    direction: str


def trends_of(topics: Sequence[Topic], papers: Sequence[Paper | Counted]) -> tuple[Trend, ...]:
    """Returns the trends of topics with dated papers, sorted by direction and number of papers."""
    periods = periods_of([paper.published for paper in papers], finest=3)
    whole = periods.count(paper.published for paper in papers)
    middle = _middle(whole)
    order = {"rises": 0, "returns": 1, "steady": 2, "fades": 3}
    found = [_trend(topic, periods, papers, whole, middle) for topic in topics]
    dated = [trend for trend in found if sum(trend.counts)]
    return tuple(sorted(dated, key=lambda t: (order[t.direction], -sum(t.counts), t.name)))


def _middle(whole: Sequence[int]) -> int:
    """Returns the position of the first period in the later half of all papers."""
    seen = 0
    for place, count in enumerate(whole):
        if seen * 2 >= sum(whole):
            return place
        seen += count
    return len(whole)


def _trend(
    topic: Topic,
    periods: Periods,
    papers: Sequence[Paper | Counted],
    whole: Sequence[int],
    middle: int,
) -> Trend:
    counts = periods.count(paper.published for paper in papers if topic.slug in paper.topics)
    before = sum(counts[:middle]) / (sum(whole[:middle]) or 1)
    since = sum(counts[middle:]) / (sum(whole[middle:]) or 1)
    direction = _direction(counts, whole, before, since)
    return Trend(topic.slug, topic.name, counts, before, since, direction)


def _direction(counts: Sequence[int], whole: Sequence[int], before: float, since: float) -> str:
    if _returns(counts, whole):
        return "returns"
    if sum(counts) >= _MIN_PAPERS:
        if since > before * _MIN_CHANGE:
            return "rises"
        if before > since * _MIN_CHANGE:
            return "fades"
    return "steady"


def _returns(counts: Sequence[int], whole: Sequence[int]) -> bool:
    """Whether a topic is back after a gap. Periods without any papers don't count."""
    busy = [count for count, total in zip(counts, whole, strict=True) if total]
    present = [place for place, count in enumerate(busy) if count]
    gaps = [later - earlier for earlier, later in pairwise(present)]
    is_recent = bool(present) and present[-1] >= len(busy) - 2
    return is_recent and bool(gaps) and gaps[-1] > _MIN_GAP


def counts_picture(
    trends: Sequence[Trend], addresses: Mapping[str, str], language: Language
) -> Markup:
    """Returns a table of topics with their papers over time, for when that's too few for trends."""
    rows: list[Sequence[Cell]] = [
        (
            link(addresses[trend.slug], trend.name),
            spark(f"bs-spark-{trend.slug}", _papers_on(trend, language), trend.counts),
            sum(trend.counts),
        )
        for trend in sorted(trends, key=lambda trend: (-sum(trend.counts), trend.name))
    ]
    head = (language.text("Topic"), language.text("Papers over time"), language.text("Papers"))
    return table(language.text("Topics over time"), head, rows, language)


def _papers_on(trend: Trend, language: Language) -> str:
    return language.counted(
        sum(trend.counts),
        "%(topic)s: %(number)s paper",
        "%(topic)s: %(number)s papers",
        topic=trend.name,
    )


def trends_picture(
    trends: Sequence[Trend], addresses: Mapping[str, str], language: Language
) -> Markup:
    """Returns a table of topics with their direction, papers over time and shares of all papers."""
    rows: list[Sequence[Cell]] = [
        (
            link(addresses[trend.slug], trend.name),
            element(
                "span",
                _direction_name(trend.direction, language),
                class_=f"bs-trend bs-trend--{trend.direction}",
            ),
            spark(f"bs-spark-{trend.slug}", _description(trend, language), trend.counts),
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


def _direction_name(direction: str, language: Language) -> str:
    return {
        "rises": language.text("rising"),
        "returns": language.text("returning"),
        "steady": language.text("steady"),
        "fades": language.text("fading"),
    }[direction]


def _description(trend: Trend, language: Language) -> str:
    return language.counted(
        sum(trend.counts),
        "%(topic)s: %(number)s paper, %(direction)s",
        "%(topic)s: %(number)s papers, %(direction)s",
        topic=trend.name,
        direction=_direction_name(trend.direction, language),
    )


def together_picture(
    topics: Sequence[Topic],
    papers: Sequence[Paper | Counted],
    addresses: Mapping[str, str],
    language: Language,
) -> Markup:
    """Returns a matrix of the largest topics that share papers, and a table of the closest pairs.

    Without topics that share papers, it returns "".
    """
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
    """Returns pairs that share more papers than expected by chance, those with most first.

    The measure is lift: the number of shared papers divided by the number expected by chance.
    """
    names = {topic.slug: topic.name for topic in topics}
    pairs = [
        (count * papers / (sizes[first] * sizes[second]), first, second, count)
        for (first, second), count in both.items()
        if count >= _MIN_SHARED and first in names and second in names
    ]
    pairs.sort(key=lambda pair: (-round(pair[0], 3), pair[1], pair[2]))
    rows: list[Sequence[Cell]] = [
        (
            filled(
                language.message("%(one)s and %(other)s"),
                {
                    "one": link(addresses[first], names[first]),
                    "other": link(addresses[second], names[second]),
                },
            ),
            count,
            f"{language.number(lift, decimals=1)} ×",
        )
        for lift, first, second, count in pairs[:_MAX_PAIRS]
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
