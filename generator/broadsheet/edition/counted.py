"""Papers as charts count them.

A change of a title or an abstract doesn't change what is counted, so charts stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from broadsheet.content.model import Paper


class Counted(NamedTuple):
    """What charts count of a paper.

    Attributes:
        slug: The slug of the paper.
        published: Its date, as in `Paper`.
        topics: The slugs of its topics, the main topic first.
    """

    slug: str
    published: str | None
    topics: tuple[str, ...]


def counted(papers: Mapping[str, Paper]) -> Mapping[str, Counted]:
    """Returns what charts count of each paper, by slug."""
    return {slug: Counted(slug, paper.published, paper.topics) for slug, paper in papers.items()}
