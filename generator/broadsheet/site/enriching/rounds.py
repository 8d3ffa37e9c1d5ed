"""Enriching papers in groups: asking the services one after the other, then comparing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from broadsheet.base.extensions import ENRICHERS, extensions, guarded
from broadsheet.content.model import Paper
from broadsheet.site.enriching.asking import (
    ASK_ARXIV,
    ASK_CROSSREF,
    ASK_HUGGING_FACE,
    ASK_OPENALEX,
    ASK_SCHOLAR,
    Asking,
)
from broadsheet.site.enriching.enricher import Enricher
from broadsheet.site.enriching.identity import confirmed
from broadsheet.site.enriching.proposals import Proposal, Wish, proposal
from broadsheet.site.enriching.said import Said, lacks
from broadsheet.site.enriching.titles import can_be_found, found_by_title

Report = Callable[[int, str], None]

# What is written together. A group needs one question to most services.
GROUP = 50

# Crossref comes late, as it can only be asked for DOIs, which the others may find.
# arXiv gets a second question about papers of which the others know its id.
_OURS = (ASK_ARXIV, ASK_SCHOLAR, ASK_OPENALEX, ASK_ARXIV, ASK_CROSSREF, ASK_HUGGING_FACE)
# The others are only asked about papers that still lack something that they could give: each
# question to them costs more, or is about one paper only.
_OF_ALL = (ASK_ARXIV, ASK_SCHOLAR, ASK_CROSSREF)


def enrichers() -> tuple[Enricher, ...]:
    """Returns how services are asked, in their order. Those of other packages come last.

    Raises:
        BroadsheetError: One of another package can't be used.
    """
    taken = tuple(dict.fromkeys(enricher.name for enricher in _OURS))
    return (*_OURS, *map(_guarded, extensions(ENRICHERS, Enricher, taken)))


def _guarded(other: Enricher) -> Enricher:
    guard = partial(guarded, ENRICHERS, other.name)
    return replace(
        other,
        keys=guard(other.keys),
        question=guard(other.question),
        works=guard(other.works),
        names=guard(other.names),
    )


@dataclass
class _Round:
    """A paper, what was said about it, and what was asked."""

    paper: Paper
    answers: list[Said] = field(default_factory=list)
    asked: set[tuple[str, str]] = field(default_factory=set)

    def proposal(self, wish: Wish) -> Proposal:
        return proposal(self.paper, confirmed(self.paper, self.answers), wish)


def enriched(
    papers: Sequence[Paper], asking: Asking, wish: Wish, report: Report
) -> Iterator[tuple[Proposal, ...]]:
    """Yields what becomes of papers, group by group.

    Args:
        papers: The papers.
        asking: Asks the services.
        wish: What a person wants.
        report: Called with how many papers are done, and who is asked.
    """
    for start in range(0, len(papers), GROUP):
        group = papers[start : start + GROUP]
        yield tuple(_group(group, asking, wish, partial(report, start)))
        report(start + len(group), "")


def _group(
    papers: Sequence[Paper], asking: Asking, wish: Wish, report: Callable[[str], None]
) -> Iterator[Proposal]:
    report("all")
    rounds = [_Round(paper) for paper in papers]
    for one in rounds:
        if can_be_found(one.paper):
            one.answers += found_by_title(one.paper, asking)
    for enricher in enrichers():
        if enricher.gives & wish.only:
            report(enricher.service.name)
            _ask(enricher, rounds, asking, wish)
    return (one.proposal(wish) for one in rounds)


def _ask(enricher: Enricher, rounds: Sequence[_Round], asking: Asking, wish: Wish) -> None:
    """Asks a service about all papers that it may know more about."""
    # What services have said before may include ids that the paper doesn't have yet.
    everything = Wish(wish.only | {"arxiv", "doi"}, wish.take)
    so_far = {one.paper.slug: one.proposal(everything).after for one in rounds}
    useful = tuple(enricher.gives & wish.only)
    of_all = enricher in _OF_ALL or bool(enricher.gives & wish.take)
    asked: list[Paper] = []
    for one in rounds:
        paper = so_far[one.paper.slug]
        keys = {(enricher.service.name, key) for key in enricher.keys(paper)}
        if keys - one.asked and (of_all or lacks(paper, useful)):
            asked.append(paper)
            one.asked |= keys
    found = asking.about(enricher, asked)
    for one in rounds:
        known = [answer.work for answer in one.answers]
        more = found.get(one.paper.slug, ())
        one.answers += [answer for answer in more if answer.work not in known]
