"""Neighbors: the papers before and after each paper in its newest issue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from broadsheet.content.model import Issue


@dataclass(frozen=True, slots=True)
class InIssue:
    """The place of a paper in an issue.

    Attributes:
        week: The issue's week.
        digest: The issue's digest.
        place: Its place among the papers, from 1.
        count: The number of papers.
        earlier: The slug of the paper before it, or "".
        later: The slug of the paper after it, or "".
    """

    week: str
    digest: str
    place: int
    count: int
    earlier: str
    later: str


def places_in_issues(issues: Iterable[Issue]) -> Mapping[str, InIssue]:
    """Returns the places of papers by slug, each in its newest issue.

    Args:
        issues: The issues, oldest first.
    """
    found: dict[str, InIssue] = {}
    for issue in issues:
        papers = issue.papers()
        around = zip(("", *papers), papers, (*papers[1:], ""), strict=False)
        for place, (earlier, slug, later) in enumerate(around, start=1):
            found[slug] = InIssue(issue.week, issue.digest, place, len(papers), earlier, later)
    return found
