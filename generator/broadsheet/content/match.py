"""Finding the paper that a record describes: by decision, arXiv id, DOI, title or text.

Texts are compared by the containment of their 3-word shingles, which is the share of the smaller
set that is also in the larger one (A. Z. Broder, "On the resemblance and containment of
documents", 1997).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from broadsheet.base.identifiers import fold, match_key, slug_of
from broadsheet.content.overrides import MergeDecisions

# In the bundled sources, two texts about one paper share 0.87 or more, others at most 0.57.
MIN_CONTAINMENT = 0.7
# Texts of fewer than 22 words are too short to compare.
MIN_SHINGLES = 20
# A shingle in more texts than this ("large language models") doesn't tell papers apart.
MAX_TEXTS_PER_SHINGLE = 50
DECIDED = "merges.yml"

Shingle = tuple[str, str, str]


def shingles(text: str) -> frozenset[Shingle]:
    """Returns all runs of three words in `text`, ignoring case and accents."""
    words = re.findall(r"[a-z0-9]+", fold(text))
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def containment(first: frozenset[Shingle], second: frozenset[Shingle]) -> float:
    """Returns the share of the smaller set that is in the larger, or 0 if it is too small."""
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller >= MIN_SHINGLES else 0.0


@dataclass(frozen=True)
class Features:
    """Everything that a record or a paper can be recognized by."""

    arxiv: str | None = None
    doi: str | None = None
    titles: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    def names(self) -> frozenset[str]:
        """Returns the names by which ``merges.yml`` can refer to it."""
        titles = (slug_of(title) for title in self.titles)
        return frozenset(filter(None, (self.arxiv, *self.slugs, *titles)))


@dataclass(frozen=True)
class Match:
    """The key of a known paper, and the reason for choosing it."""

    key: int
    reason: str


@dataclass
class KnownPapers:
    """The papers found so far, by each of their features. The caller chooses their keys."""

    decisions: MergeDecisions
    _by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _by_arxiv: dict[str, int] = field(default_factory=dict)
    _by_doi: dict[str, int] = field(default_factory=dict)
    _by_title: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _by_shingle: dict[Shingle, list[int]] = field(default_factory=lambda: defaultdict(list))
    _shingles: dict[int, list[frozenset[Shingle]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _arxiv_of: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    _names_of: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, key: int, features: Features) -> None:
        """Adds a paper, or more features of a paper that has been added."""
        for name in features.names():
            if key not in self._by_name[name]:
                self._by_name[name].append(key)
            self._names_of[key].add(name)
        if features.arxiv:
            self._by_arxiv[features.arxiv] = key
            self._arxiv_of[key].add(features.arxiv)
        if features.doi:
            self._by_doi.setdefault(features.doi.lower(), key)
        for title in features.titles:
            if key not in self._by_title[match_key(title)]:
                self._by_title[match_key(title)].append(key)
        for text in features.texts:
            found = shingles(text)
            self._shingles[key].append(found)
            for shingle in found:
                self._by_shingle[shingle].append(key)

    def find(self, features: Features) -> Match | None:
        """Returns the known paper with these features by the strongest reason, if any."""
        for key, reason in self._candidates(features):
            # A decision outranks an id, which can be a typo or that of another version.
            if reason == DECIDED or self._can_be_same(key, features):
                return Match(key, reason)
        return None

    def namesakes(self, features: Features) -> tuple[int, ...]:
        """Returns papers with the same title but another arXiv id, unless decided to differ."""
        found = [
            key
            for title in features.titles
            for key in self._by_title.get(match_key(title), ())
            if not self._can_be_same(key, features) and not self._decided_different(key, features)
        ]
        return tuple(dict.fromkeys(found))

    def _can_be_same(self, key: int, features: Features) -> bool:
        known = self._arxiv_of.get(key)
        other_id = bool(features.arxiv and known and features.arxiv not in known)
        return not other_id and not self._decided_different(key, features)

    def _decided_different(self, key: int, features: Features) -> bool:
        return any(
            frozenset((new_name, known_name)) in self.decisions.different
            for new_name in features.names()
            for known_name in self._names_of[key]
        )

    def _candidates(self, features: Features) -> Iterator[tuple[int, str]]:
        for name in sorted(features.names()):
            for pair in sorted(self.decisions.same, key=sorted):
                if name in pair:
                    (other,) = pair - {name} or {name}
                    yield from ((key, DECIDED) for key in self._by_name.get(other, ()))
        if features.arxiv and features.arxiv in self._by_arxiv:
            yield self._by_arxiv[features.arxiv], "arXiv id"
        if features.doi and features.doi.lower() in self._by_doi:
            yield self._by_doi[features.doi.lower()], "DOI"
        for title in features.titles:
            if match_key(title):
                yield from ((key, "title") for key in self._by_title.get(match_key(title), ()))
        yield from self._by_text(features.texts)

    def _by_text(self, texts: Iterable[str]) -> Iterator[tuple[int, str]]:
        for text in texts:
            new = shingles(text)
            shared: Counter[int] = Counter()
            for shingle in new:
                keys = self._by_shingle.get(shingle, ())
                if len(keys) <= MAX_TEXTS_PER_SHINGLE:
                    shared.update(set(keys))
            # The threshold takes 14 shared shingles, of which a few may be too common to count.
            likely = [key for key, count in shared.items() if count >= MIN_SHINGLES / 2]
            for key in sorted(likely, key=lambda key: (-shared[key], key)):
                score = max(containment(new, known) for known in self._shingles[key])
                if score >= MIN_CONTAINMENT:
                    yield key, f"text ({score:.0%} shared)"
