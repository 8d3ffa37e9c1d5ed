"""Invented corpora of any size. The same size always gives the same corpus.

Lengths, numbers of authors and topics, and the frequencies of words are those of real papers. A
smaller corpus is the start of a larger one.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from benchmarks.builds import words
from benchmarks.builds.people import People, name_of

from broadsheet.base.identifiers import free_slug, slug_of, week_of
from broadsheet.content.model import (
    Collection,
    Entry,
    Issue,
    Links,
    Paper,
    Provenance,
    Section,
    Source,
    Topic,
)

Value = Paper | Issue | Collection

TOPICS = tuple(
    Topic(slug=slug_of(name), name=name, description=f"Papers about {name.lower()}.")
    for name in (
        *("Evaluation", "Fine-Tuning", "Efficiency", "Pretraining", "Architectures", "Data"),
        *("Reasoning", "Prompting", "Surveys", "Uncertainty", "Alignment", "Multimodal Models"),
        *("Interpretability", "Retrieval", "Translation", "Agents", "Medicine", "Finance"),
        *("Recommendation", "Speech"),
    )
)
# How many of the bundled papers have the topic that is as frequent.
_TOPIC_WEIGHTS = (66, 66, 64, 49, 43, 43, 38, 31, 28, 28, 26, 26, 24, 24, 20, 17, 15, 14, 9, 9)
_VENUES = ("ACL", "EMNLP", "NAACL", "NeurIPS", "ICLR", "ICML", "CHI", "KDD", "TMLR", "COLING")
_START = date(2013, 1, 7)
# A digest of more weeks would reach into the future, so more papers need more digests.
_WEEKS = 600
_READ_ON = date(2026, 11, 21)
_PER_COLLECTION = 200
# The lengths of the lists of authors of three real papers.
MANY_AUTHORS = (313, 546, 573)


@dataclass(frozen=True)
class _Week:
    """A number of a digest, by which its papers are dated."""

    digest: str
    start: date

    @property
    def name(self) -> str:
        return week_of(self.start)


class _Author:
    """Writes papers one after the other and remembers what later ones may refer to."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self._people = People()
        self._themes: list[list[words.Theme]] = [[] for _ in TOPICS]
        self._slugs: set[str] = set()
        self._by_month: Counter[str] = Counter()

    def paper(self, week: _Week, *, listed: bool) -> Paper:
        """Writes a paper that became known in a week."""
        chance = self.chance
        topics = self._topics()
        theme = self._theme(topics[0])
        title = words.title(chance, topics[0], theme)
        day = week.start - timedelta(days=chance.randrange(14))
        tldr = words.sentence(chance, topics[0], theme, chance.randrange(17, 24))
        return Paper(
            slug=self._slug(title),
            title=title,
            authors=self._people.team(chance),
            arxiv=self._arxiv(day),
            doi=f"10.5555/{len(self._slugs):07d}" if chance.random() < 0.18 else None,
            published=day.isoformat() if chance.random() < 0.75 else f"{day:%Y-%m}",
            venue=f"{chance.choice(_VENUES)} {day.year}" if chance.random() < 0.41 else None,
            links=self._links(),
            topics=tuple(TOPICS[topic].slug for topic in topics),
            tldr=tldr if listed else None,
            abstract=words.abstract(chance, topics[0], theme),
            provenance=(self._provenance(week),),
        )

    def _topics(self) -> list[int]:
        count = self.chance.choice((1, 2, 2, 2, 3))
        drawn = self.chance.choices(range(len(TOPICS)), _TOPIC_WEIGHTS, k=count)
        return list(dict.fromkeys(drawn))

    def _theme(self, topic: int) -> words.Theme:
        earlier = self._themes[topic]
        found = words.theme(self.chance, topic, self.chance.choice(earlier) if earlier else None)
        earlier.append(found)
        return found

    def _slug(self, title: str) -> str:
        slug = free_slug(slug_of(title), self._slugs)
        self._slugs.add(slug)
        return slug

    def _arxiv(self, day: date) -> str:
        month = f"{day:%y%m}"
        self._by_month[month] += 1
        return f"{month}.{self._by_month[month]:05d}"

    def _links(self) -> Links:
        if self.chance.random() > 0.29:
            return Links()
        return Links(code=f"https://code.example/{len(self._slugs)}")

    def _provenance(self, week: _Week) -> Provenance:
        source = f"{week.digest}/{week.name}.txt"
        line = self.chance.randrange(1, 400)
        gave = ("title", "authors", "abstract")
        return Provenance(source=source, line=line, retrieved=_READ_ON, gave=gave)


def corpus(size: int, seed: int = 1) -> Iterator[Value]:
    """Yields `size` papers, and issues and collections once their last paper is there.

    About 15 papers of each week are in an issue, and the others of each two hundred papers
    in a collection. There are `TOPICS`.
    """
    author = _Author(seed)
    weeks = _weeks()
    others: list[str] = []
    written = 0
    while written < size:
        week = next(weeks)
        count = author.chance.randrange(12, 19)
        more = author.chance.randrange(3, 9)
        papers = [author.paper(week, listed=number < count) for number in range(count + more)]
        papers = papers[: size - written]
        yield from papers
        written += len(papers)
        yield _issue(week, papers[:count])
        others += [paper.slug for paper in papers[count:]]
        if others and (written // _PER_COLLECTION > (written - len(papers)) // _PER_COLLECTION):
            yield _collection(written // _PER_COLLECTION, others)
            others = []


def _weeks() -> Iterator[_Week]:
    digest = 0
    while True:
        digest += 1
        name = "weekly" if digest == 1 else f"weekly-{digest}"
        for number in range(_WEEKS):
            yield _Week(name, _START + timedelta(weeks=number))


def _issue(week: _Week, papers: Sequence[Paper]) -> Issue:
    end = week.start + timedelta(days=6)
    by_topic: dict[str, list[str]] = {}
    for paper in papers:
        by_topic.setdefault(paper.topics[0], []).append(paper.slug)
    names = {topic.slug: topic.name for topic in TOPICS}
    sections = tuple(
        Section(
            heading=names[topic],
            entries=tuple(
                Entry(paper=slug, number=f"{place}.{number}")
                for number, slug in enumerate(slugs, start=1)
            ),
        )
        for place, (topic, slugs) in enumerate(by_topic.items(), start=1)
    )
    return Issue(
        digest=week.digest,
        name=week.name,
        title=f"Papers of the week from {week.start} to {end}",
        week=week.name,
        start=week.start,
        end=end,
        source=Source(name="The Weekly", file=f"{week.digest}/{week.name}.txt"),
        sections=sections,
    )


def _collection(number: int, slugs: Sequence[str]) -> Collection:
    return Collection(
        slug=f"catalog-{number}",
        title=f"Catalog {number}",
        description=f"These {len(slugs)} papers were in no issue.",
        source=Source(name="The Catalog"),
        entries=tuple(Entry(paper=slug) for slug in slugs),
    )


def many_authors() -> Iterator[Value]:
    """Yields three papers of 313, 546 and 573 authors. The last two share 400 of them."""
    first, second, third = MANY_AUTHORS
    shared = 400
    ranges = (range(first), range(first, first + second), range(first + second - shared, 10_000))
    papers = [value for value in islice(corpus(30), 30) if isinstance(value, Paper)][:3]
    week = next(_weeks())
    for paper, numbers, count in zip(papers, ranges, (first, second, third), strict=True):
        names = dict.fromkeys(name_of(number) for number in numbers)
        yield paper.model_copy(update={"authors": tuple(islice(names, count))})
    yield _issue(week, papers)
