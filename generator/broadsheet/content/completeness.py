"""What readers would stumble over, although nothing is wrong with a single file.

`broadsheet check` reports these as warnings. Builds don't, because they don't make a build fail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median

from broadsheet.base.errors import Level, Problem, warning
from broadsheet.base.text import counted
from broadsheet.content.finding import Finder, problem_finder
from broadsheet.content.model import Corpus, Issue, Paper
from broadsheet.content.topics import fill_topics

# More names in one message don't help anyone to find them.
_MOST_NAMES = 5
# A digest's issues differ in size, but one with less than a third of the usual papers is probably
# incomplete. The comparison needs some earlier issues, and only recent ones say what's usual.
_SMALL, _FEWEST_ISSUES, _RECENT_ISSUES = 3, 3, 8
_NUMBER = re.compile(r"(\d+\.)?(\d+)")


def incomplete(corpus: Corpus, folder: Path, shown: str) -> Iterator[Problem]:
    """Yields warnings about papers in no list or without texts, empty topics and odd issues.

    Args:
        corpus: The corpus, loaded and checked.
        folder: The content folder, which is read again to find lines.
        shown: The folder's path as problems print it.
    """
    finder = problem_finder(corpus, folder, shown)
    papers = [paper for paper in corpus.papers.values() if not paper.draft]
    yield from _unlisted(corpus, papers, f"{shown}/papers")
    yield from _without_text(corpus, papers, f"{shown}/papers")
    yield from _empty_topics(corpus, finder)
    for issue in corpus.issues:
        problem = finder("issue", _key(issue))
        yield from _gaps(issue, problem)
        yield from _later_papers(corpus, issue, problem)
    yield from _small_issues(corpus, finder)


def _key(issue: Issue) -> str:
    return f"{issue.digest}/{issue.name}"


def _unlisted(corpus: Corpus, papers: Sequence[Paper], file: str) -> Iterator[Problem]:
    listed = {entry.paper for issue in corpus.issues for entry in issue.entries()}
    listed |= {entry.paper for found in corpus.collections for entry in found.entries}
    yield from _about_papers(
        [paper.slug for paper in papers if paper.slug not in listed],
        file,
        lambda count: f"{count} in no issue and no collection",
        "list them with `broadsheet issue fill`, or in a collection",
    )


def _without_text(corpus: Corpus, papers: Sequence[Paper], file: str) -> Iterator[Problem]:
    printed = {entry.paper for issue in corpus.issues for entry in issue.entries() if entry.text}
    printed |= {entry.paper for c in corpus.collections for entry in c.entries if entry.text}
    yield from _about_papers(
        [
            paper.slug
            for paper in papers
            if not (paper.tldr or paper.summary or paper.abstract or paper.slug in printed)
        ],
        file,
        lambda count: f"{count} without an abstract or a summary",
        "readers only see the title; add an `abstract` or a `summary`",
    )


def _about_papers(
    slugs: Sequence[str], file: str, message: Callable[[str], str], advice: str
) -> Iterator[Problem]:
    """Yields one warning about several papers."""
    if slugs:
        names = ", ".join(slugs[:_MOST_NAMES]) + (", …" if len(slugs) > _MOST_NAMES else "")
        yield warning(file, 0, "", f"{message(counted(len(slugs), 'paper'))}: {names}", advice)


def _empty_topics(corpus: Corpus, finder: Callable[[str, str], Finder]) -> Iterator[Problem]:
    filled = fill_topics(corpus).papers.values()
    used = {topic for paper in filled for topic in paper.topics}
    for slug in corpus.topics:
        if slug not in used:
            advice = "give it papers, or remove it from topics.yml"
            yield finder("topic", slug)((), "the topic has no papers", advice, Level.WARNING)


def _gaps(issue: Issue, problem: Finder) -> Iterator[Problem]:
    """Yields warnings about numbers such as 1.1, 1.2, 1.4, or 1, 2, 4."""
    for index, section in enumerate(issue.sections):
        numbers = [_NUMBER.fullmatch(entry.number or "") for entry in section.entries]
        for place, (before, after) in enumerate(pairwise(numbers), start=1):
            if before is None or after is None:
                continue
            expected = f"{before[1] or ''}{int(before[2]) + 1}"
            if after[0] != expected:
                path = ("sections", index, "entries", place, "number")
                message = f"{after[0]} comes after {before[0]}"
                advice = f"write {expected}, or add what's missing"
                yield problem(path, message, advice, Level.WARNING)


def _later_papers(corpus: Corpus, issue: Issue, problem: Finder) -> Iterator[Problem]:
    """Yields warnings about papers that were published after the issue that lists them."""
    for index, section in enumerate(issue.sections):
        for place, entry in enumerate(section.entries):
            paper = corpus.papers.get(entry.paper)
            published = paper.published if paper else None
            if published and published > str(issue.end)[: len(published)]:
                path = ("sections", index, "entries", place, "paper")
                message = f"{entry.paper!r} was published on {published}, after {issue.end}"
                advice = "check the date of the paper and the dates of the issue"
                yield problem(path, message, advice, Level.WARNING)


def _small_issues(corpus: Corpus, finder: Callable[[str, str], Finder]) -> Iterator[Problem]:
    """Yields warnings about the newest issue of each digest if it has far fewer papers."""
    for digest in sorted({issue.digest for issue in corpus.issues}):
        *before, newest = (issue for issue in corpus.issues if issue.digest == digest)
        sizes = [len(issue.entries()) for issue in before[-_RECENT_ISSUES:]]
        count = len(newest.entries())
        if len(sizes) >= _FEWEST_ISSUES and count * _SMALL < median(sizes):
            message = f"has {counted(count, 'paper')}; issues before it had {median(sizes):.0f}"
            advice = "check that nothing is missing"
            yield finder("issue", _key(newest))((), message, advice, Level.WARNING)
