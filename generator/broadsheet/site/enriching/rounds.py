"""Enriching papers in groups: asking the services one after the other, then comparing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from broadsheet.content.model import Paper
from broadsheet.site.enriching.asking import (
    ASK_ARXIV,
    ASK_CROSSREF,
    ASK_HUGGING_FACE,
    ASK_OPENALEX,
    ASK_SCHOLAR,
    Asking,
    Way,
)
from broadsheet.site.enriching.identity import confirmed
from broadsheet.site.enriching.proposals import Proposal, Wish, proposal
from broadsheet.site.enriching.said import Said, lacks
from broadsheet.site.enriching.titles import can_be_found, found_by_title

Report = Callable[[int, str], None]

# What is written together. A group needs one question to most services.
GROUP = 50

# Crossref comes late, as it can only be asked for DOIs, which the others may find.
# arXiv gets a second question about papers of which the others know its id.
_WAYS = (ASK_ARXIV, ASK_SCHOLAR, ASK_OPENALEX, ASK_ARXIV, ASK_CROSSREF, ASK_HUGGING_FACE)
# These are only asked about papers that still lack something that they could give: each question
# to them costs more, or is about one paper only.
_ONLY_IF_MISSING = (ASK_OPENALEX, ASK_HUGGING_FACE)


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
    for way in _WAYS:
        if way.gives & wish.only:
            report(way.service.name)
            _ask(way, rounds, asking, wish)
    return (one.proposal(wish) for one in rounds)


def _ask(way: Way, rounds: Sequence[_Round], asking: Asking, wish: Wish) -> None:
    """Asks a service about all papers that it may know more about."""
    # What services have said before may include ids that the paper doesn't have yet.
    everything = Wish(wish.only | {"arxiv", "doi"}, wish.take)
    so_far = {one.paper.slug: one.proposal(everything).after for one in rounds}
    useful = tuple(way.gives & wish.only)
    of_all = way not in _ONLY_IF_MISSING or bool(way.gives & wish.take)
    asked: list[Paper] = []
    for one in rounds:
        paper = so_far[one.paper.slug]
        keys = {(way.service.name, key) for key in way.keys(paper)}
        if keys - one.asked and (of_all or lacks(paper, useful)):
            asked.append(paper)
            one.asked |= keys
    found = asking.about(way, asked)
    for one in rounds:
        known = [answer.work for answer in one.answers]
        more = found.get(one.paper.slug, ())
        one.answers += [answer for answer in more if answer.work not in known]
