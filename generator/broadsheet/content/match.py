"""Which known paper a record speaks of: by decision, arXiv id, DOI, title, or text.

Two texts are compared by the containment of their 3-word shingles: the share of the smaller
set that is in the other one (A. Z. Broder, "On the resemblance and containment of documents",
1997). True pairs of the bundled sources reach 0.87 and more, look-alikes at most 0.57.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from broadsheet.base.identifiers import fold, slug_of, title_key
from broadsheet.content.overrides import Merges

SAME_TEXT = 0.7
FEWEST_SHINGLES = 20
# A shingle that this many papers share ("large language models") tells nothing.
COMMON = 50
DECIDED = "merges.yml"

Shingle = tuple[str, str, str]


def shingles(text: str) -> frozenset[Shingle]:
    """The runs of three words in `text`, without case and accents."""
    words = re.findall(r"[a-z0-9]+", fold(text))
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def containment(one: frozenset[Shingle], other: frozenset[Shingle]) -> float:
    """The share of the smaller set that is in the other; 0 when one is too small to tell."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller >= FEWEST_SHINGLES else 0.0


@dataclass(frozen=True)
class Traits:
    """What a record or a paper can be recognized by."""

    arxiv: str | None = None
    doi: str | None = None
    titles: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    def names(self) -> frozenset[str]:
        """The names under which ``merges.yml`` may speak of it."""
        titles = (slug_of(title) for title in self.titles)
        return frozenset(filter(None, (self.arxiv, *self.slugs, *titles)))


@dataclass(frozen=True)
class Match:
    """The key of the paper that a record speaks of, and why."""

    key: int
    reason: str


@dataclass
class Index:
    """Known papers by everything they can be recognized by. Keys are the caller's."""

    merges: Merges
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

    def add(self, key: int, traits: Traits) -> None:
        """Makes the paper `key` known by `traits`, too."""
        for name in traits.names():
            if key not in self._by_name[name]:
                self._by_name[name].append(key)
            self._names_of[key].add(name)
        if traits.arxiv:
            self._by_arxiv[traits.arxiv] = key
            self._arxiv_of[key].add(traits.arxiv)
        if traits.doi:
            self._by_doi.setdefault(traits.doi.lower(), key)
        for title in traits.titles:
            if key not in self._by_title[title_key(title)]:
                self._by_title[title_key(title)].append(key)
        for text in traits.texts:
            found = shingles(text)
            self._shingles[key].append(found)
            for shingle in found:
                self._by_shingle[shingle].append(key)

    def find(self, traits: Traits) -> Match | None:
        """The paper that `traits` speak of, by the strongest reason; None when it is new."""
        for key, reason in self._candidates(traits):
            # A person's word is above an identifier, which may be a slip or of another version.
            if reason == DECIDED or self._possible(key, traits):
                return Match(key, reason)
        return None

    def namesakes(self, traits: Traits) -> tuple[int, ...]:
        """Papers with the same title that are different because their arXiv ids are."""
        found = [
            key
            for title in traits.titles
            for key in self._by_title.get(title_key(title), ())
            if not self._possible(key, traits) and not self._decided(key, traits)
        ]
        return tuple(dict.fromkeys(found))

    def _possible(self, key: int, traits: Traits) -> bool:
        known = self._arxiv_of.get(key)
        other_id = bool(traits.arxiv and known and traits.arxiv not in known)
        return not other_id and not self._decided(key, traits)

    def _decided(self, key: int, traits: Traits) -> bool:
        return any(
            frozenset((mine, theirs)) in self.merges.different
            for mine in traits.names()
            for theirs in self._names_of[key]
        )

    def _candidates(self, traits: Traits) -> Iterator[tuple[int, str]]:
        for name in sorted(traits.names()):
            for pair in sorted(self.merges.same, key=sorted):
                if name in pair:
                    (other,) = pair - {name} or {name}
                    yield from ((key, DECIDED) for key in self._by_name.get(other, ()))
        if traits.arxiv and traits.arxiv in self._by_arxiv:
            yield self._by_arxiv[traits.arxiv], "arXiv id"
        if traits.doi and traits.doi.lower() in self._by_doi:
            yield self._by_doi[traits.doi.lower()], "DOI"
        for title in traits.titles:
            if title_key(title):
                yield from ((key, "title") for key in self._by_title.get(title_key(title), ()))
        yield from self._by_text(traits.texts)

    def _by_text(self, texts: Iterable[str]) -> Iterator[tuple[int, str]]:
        for text in texts:
            mine = shingles(text)
            shared: Counter[int] = Counter()
            for shingle in mine:
                keys = self._by_shingle.get(shingle, ())
                if len(keys) <= COMMON:
                    shared.update(set(keys))
            # Only a paper that shares a good part can reach the bound; the rest is not compared.
            likely = [key for key, count in shared.items() if count >= FEWEST_SHINGLES / 2]
            for key in sorted(likely, key=lambda key: (-shared[key], key)):
                score = max(containment(mine, theirs) for theirs in self._shingles[key])
                if score >= SAME_TEXT:
                    yield key, f"text ({score:.2f} of it)"
