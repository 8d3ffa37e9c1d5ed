"""Corrections and withdrawals of the whole site, which have a page and are in its feed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from broadsheet.base.addresses import paper_url, week_url
from broadsheet.citations import Citation
from broadsheet.content.model import Corpus, Issue, Paper


@dataclass(frozen=True)
class Corrected:
    """A correction of a paper or an issue, or a withdrawal of a paper.

    Attributes:
        on: Its day.
        name: A name that never changes, for feeds.
        title: The title of the paper or issue.
        address: The address of its page.
        text: What was wrong, or why the paper was withdrawn.
        withdrawn: Whether it's a withdrawal.
    """

    on: date
    name: str
    title: str
    address: str
    text: str
    withdrawn: bool = False


def corrections_of(corpus: Corpus, citations: Mapping[str, Citation]) -> tuple[Corrected, ...]:
    """Returns all corrections and withdrawals, newest first.

    Args:
        corpus: The corpus.
        citations: The citations of papers, by slug. Their keys never change.
    """
    papers = [paper for paper in corpus.papers.values() if paper.corrections or paper.withdrawn]
    found = [
        *(entry for paper in papers for entry in _of_paper(paper, citations[paper.slug].key)),
        *(entry for issue in corpus.issues for entry in _of_issue(issue)),
    ]
    return tuple(sorted(found, key=lambda entry: (-entry.on.toordinal(), entry.name)))


def last_corrected(value: Paper | Issue) -> date | None:
    """Returns the day of the last correction or of the withdrawal, or None."""
    days = [correction.on for correction in value.corrections]
    if isinstance(value, Paper) and value.withdrawn:
        days.append(value.withdrawn.on)
    return max(days, default=None)


def issue_changed(issue: Issue) -> date:
    """Returns the last day of an issue: its own, or that of its last correction."""
    corrected = last_corrected(issue)
    return max(issue.end, corrected or issue.end)


def _of_paper(paper: Paper, key: str) -> Iterator[Corrected]:
    name, address = f"paper/{key}", paper_url(paper.slug)
    if paper.withdrawn:
        on, reason = paper.withdrawn.on, paper.withdrawn.reason
        yield Corrected(on, f"{name}/withdrawn", paper.name, address, reason, withdrawn=True)
    yield from _corrections(paper, name, paper.name, address)


def _of_issue(issue: Issue) -> Iterator[Corrected]:
    name = f"issue/{issue.digest}/{issue.name}"
    yield from _corrections(issue, name, issue.title, week_url(issue.week))


def _corrections(value: Paper | Issue, name: str, title: str, address: str) -> Iterator[Corrected]:
    """Yields corrections. Those of the same day are told apart by their order."""
    seen: Counter[date] = Counter()
    for correction in value.corrections:
        seen[correction.on] += 1
        place = f"/{seen[correction.on]}" if seen[correction.on] > 1 else ""
        whole = f"{name}/{correction.on}{place}"
        yield Corrected(correction.on, whole, title, address, correction.text)
