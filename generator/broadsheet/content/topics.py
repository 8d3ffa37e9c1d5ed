"""The topics of papers: written by people, implied by headings or suggested by terms."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from broadsheet.base.errors import Problem, warning
from broadsheet.base.identifiers import fold, free_slug, is_category, is_slug, slug_of, title_key
from broadsheet.base.text import shortened
from broadsheet.content.headings import names_topic
from broadsheet.content.model import Corpus, Topic
from broadsheet.content.records import Reading

# More suggestions would mostly be wrong.
MAX_SUGGESTED = 3
# A term in the title is enough; in the text it must occur twice, because once is often in passing.
TITLE_WEIGHT = 3
MIN_SCORE = 2
# Keywords that a warning shows, and how much of each.
_MAX_KEYWORDS = 5
_KEYWORD_LENGTH = 40


def topics_by_heading(topics: Mapping[str, Topic]) -> dict[str, tuple[str, ...]]:
    """Returns the slugs of topics by the `title_key` of their names and aliases."""
    found: dict[str, list[str]] = defaultdict(list)
    for slug, topic in topics.items():
        for heading in (topic.name, *topic.aliases):
            key = title_key(heading)
            if slug not in found[key]:
                found[key].append(slug)
    return {key: tuple(slugs) for key, slugs in found.items()}


class Taxonomy:
    """The topics during an import. `added` are the new ones."""

    def __init__(self, known: Mapping[str, Topic]) -> None:
        self._known = dict(known)
        self._headings = topics_by_heading(known)
        self.added: list[Topic] = []

    @property
    def topics(self) -> Mapping[str, Topic]:
        """All topics by slug, including the new ones."""
        return self._known

    def topics_for(self, name: str) -> tuple[str, ...]:
        """Returns the slugs of the topics with this slug, name or alias.

        If there is none, adds a topic of this name, unless a topic can't have it.
        """
        if not self.known_for(name) and names_topic(name):
            slug = free_slug(slug_of(name, "topic"), self._known)
            shown = name.replace("-", " ").capitalize() if is_slug(name) else name
            self.added.append(Topic(slug=slug, name=shown))
            self._known[slug] = self.added[-1]
            self._headings[title_key(name)] = (slug,)
        return self.known_for(name)

    def known_for(self, name: str) -> tuple[str, ...]:
        """Returns the slugs of the topics with this slug, name or alias, if there are any."""
        return (name,) if name in self._known else self._headings.get(title_key(name), ())


def fill_topics(corpus: Corpus) -> Corpus:
    """Gives papers without topics those of the headings that issues list them under."""
    by_heading = topics_by_heading(corpus.topics)
    printed: dict[str, list[str]] = defaultdict(list)
    for issue in corpus.issues:
        for section in issue.sections:
            for entry in section.entries:
                printed[entry.paper] += by_heading.get(title_key(section.heading), ())
    papers = {
        slug: paper
        if paper.topics or slug not in printed
        else paper.model_copy(update={"topics": tuple(dict.fromkeys(printed[slug]))})
        for slug, paper in corpus.papers.items()
    }
    return replace(corpus, papers=papers)


def suggest_topics(title: str, text: str, topics: Iterable[Topic]) -> tuple[str, ...]:
    """Returns up to three topics whose terms are most frequent in a title and text.

    A topic needs two mentions in the text or one in the title, which counts three times. If there
    is a tie, the topics that come first win.
    """
    words_of_title, words_of_text = _words(title), _words(text)
    scores: Counter[str] = Counter()
    for topic in topics:
        terms = [_words(term) for term in topic.terms]
        score = sum(
            TITLE_WEIGHT * words_of_title.count(term) + words_of_text.count(term) for term in terms
        )
        if score >= MIN_SCORE:
            scores[topic.slug] = score
    return tuple(slug for slug, _ in scores.most_common(MAX_SUGGESTED))


def _words(text: str) -> str:
    """Returns folded words, each after a space, so that a term matches at the start of a word."""
    return " " + " ".join(re.findall(r"[a-z0-9]+", fold(text)))


def unknown_keywords(reading: Reading, taxonomy: Taxonomy) -> Iterator[Problem]:
    """Yields one warning if no topic has some keywords of a source as its name.

    Keywords are what authors and publishers choose, so topics made of them would be countless.
    Categories of arXiv are facts of papers and need no topic.
    """
    counts = Counter(
        word for record in reading.records for word in record.keywords if not is_category(word)
    )
    unknown = [word for word, _ in counts.most_common() if not taxonomy.known_for(word)]
    if unknown:
        shown = ", ".join(
            repr(shortened(word, _KEYWORD_LENGTH)) for word in unknown[:_MAX_KEYWORDS]
        )
        more = len(unknown) - _MAX_KEYWORDS
        shown += f" and {more:,} more" if more > 0 else ""
        message = f"no topic is called {shown}; left out"
        advice = (
            "add those that you need to the `aliases` of a topic in topics.yml, and import again"
        )
        yield warning(reading.source, 0, "keywords", message, advice)
