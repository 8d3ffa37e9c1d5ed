"""Finding the closest papers to each paper: those whose vectors have the largest product."""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Iterable, Sequence

from broadsheet.edition.vectors import SCALE, Vector

# A paper that is close to another: the negative score, then its number. So the closest is first.
Close = tuple[int, int]
# The score of two papers that have the same vector, if its length is 1.
FULL_SCORE = SCALE * SCALE


class Closest:
    """The closest papers to each paper among those that were compared so far.

    Papers are numbered. Each new one is compared with all that came before, through lists of the
    papers with a term, and gets into the lists of those to which it is close. The result doesn't
    depend on the order in which papers come.

    Attributes:
        found: The closest papers to each paper, the closest first.
        touched: The papers for which that has changed.
    """

    def __init__(self, known: Iterable[Sequence[Close]], count: int) -> None:
        self._count = count
        self.found = [list(close) for close in known]
        self.touched: set[int] = set()
        self._least = [self._least_of(close) for close in self.found]
        self._papers: dict[int, tuple[list[int], list[int]]] = {}

    def add(self, paper: int, vector: Vector, terms: Collection[int]) -> None:
        """Adds a paper that has been compared already. Only some terms will be looked up."""
        for term, weight in zip(vector.terms, vector.weights, strict=True):
            if term in terms:
                self._list(paper, term, weight)

    def compare(self, paper: int, vector: Vector) -> None:
        """Compares a paper with all that were added or compared before."""
        scores: dict[int, int] = {}
        score_of = scores.get
        for term, weight in zip(vector.terms, vector.weights, strict=True):
            if term in self._papers:
                for other, its in zip(*self._papers[term], strict=True):
                    scores[other] = score_of(other, 0) + weight * its
            self._list(paper, term, weight)
        # Most papers are close to neither, so this loop decides how long everything takes.
        least, own = self._least, self._least[paper]
        for other, score in scores.items():
            if score >= least[other]:
                self._put(other, (-score, paper))
            if score >= own:
                self._put(paper, (-score, other))
                own = least[paper]

    def _list(self, paper: int, term: int, weight: int) -> None:
        known = self._papers.get(term)
        if known is None:
            self._papers[term] = ([paper], [weight])
        else:
            known[0].append(paper)
            known[1].append(weight)

    def _put(self, paper: int, close: Close) -> None:
        found = self.found[paper]
        if close not in found:
            insort(found, close)
            del found[self._count :]
            self._least[paper] = self._least_of(found)
            self.touched.add(paper)

    def _least_of(self, found: Sequence[Close]) -> int:
        """Returns the lowest score with which a paper may still get into a list."""
        return -found[-1][0] if len(found) == self._count else 1
