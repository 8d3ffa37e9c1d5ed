"""Which topics a paper has: written by people, meant by a heading, or suggested by terms."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from broadsheet.base.identifiers import fold, free_slug, is_slug, slug_of, title_key
from broadsheet.content.model import Corpus, Topic

MOST_SUGGESTED = 3
TITLE_WEIGHT = 3
LEAST_SCORE = 2


def topics_by_heading(topics: Mapping[str, Topic]) -> dict[str, tuple[str, ...]]:
    """Topic slugs by the key of each heading that means them (names and aliases)."""
    found: dict[str, list[str]] = defaultdict(list)
    for slug, topic in topics.items():
        for heading in (topic.name, *topic.aliases):
            key = title_key(heading)
            if slug not in found[key]:
                found[key].append(slug)
    return {key: tuple(slugs) for key, slugs in found.items()}


class Taxonomy:
    """The topics that are known while an import runs; `added` are those that it brought."""

    def __init__(self, known: Mapping[str, Topic]) -> None:
        self._known = dict(known)
        self._headings = topics_by_heading(known)
        self.added: list[Topic] = []

    def meant_by(self, name: str) -> tuple[str, ...]:
        """The slugs of the topics that a source means by a slug, a name or an alias.

        A name that no topic knows becomes one; a name without letters and digits means none.
        """
        if name in self._known:
            return (name,)
        key = title_key(name)
        if key and key not in self._headings:
            slug = free_slug(slug_of(name, "topic"), self._known)
            shown = name.replace("-", " ").capitalize() if is_slug(name) else name
            self.added.append(Topic(slug=slug, name=shown))
            self._known[slug] = self.added[-1]
            self._headings[key] = (slug,)
        return self._headings.get(key, ())


def fill_topics(corpus: Corpus) -> Corpus:
    """The corpus with topics for papers that name none: those of the headings they stand under."""
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
    """Up to three topics whose terms the title (counting three times) and the text use most.

    A topic needs two mentions, or one in the title. Ties go to the order of the taxonomy.
    """
    words_of_title, words_of_text = _words(title), _words(text)
    scores: Counter[str] = Counter()
    for topic in topics:
        terms = [_words(term) for term in topic.terms]
        score = sum(
            TITLE_WEIGHT * words_of_title.count(term) + words_of_text.count(term) for term in terms
        )
        if score >= LEAST_SCORE:
            scores[topic.slug] = score
    return tuple(slug for slug, _ in scores.most_common(MOST_SUGGESTED))


def _words(text: str) -> str:
    """Folded words between single spaces, so that terms match whole words or beginnings."""
    return " " + " ".join(re.findall(r"[a-z0-9]+", fold(text)))
