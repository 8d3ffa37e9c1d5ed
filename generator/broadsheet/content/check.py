"""Checking references, addresses, dates and names across the files of the corpus."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from broadsheet.base.cache import Cache
from broadsheet.base.errors import Level, Problem, sorted_problems, suggest, warning
from broadsheet.base.identifiers import title_key, week_of
from broadsheet.base.nearest import Nearest
from broadsheet.content.check_formulas import formula_problems
from broadsheet.content.check_links import check_links
from broadsheet.content.finding import Finder, problem_finder
from broadsheet.content.headings import names_topic
from broadsheet.content.load import Loaded, load
from broadsheet.content.model import Corpus, Entry, Issue, Paper
from broadsheet.content.overrides import names_of
from broadsheet.content.topics import topics_by_heading
from broadsheet.content.yaml_text import Path as KeyPath

# Real weeks have six to eight days; anything as long as two weeks is probably a wrong date.
MAX_ISSUE_DAYS = 14

_Advice = Callable[[str], str]


def load_and_check(folder: Path, shown: str | None = None, cache: Cache | None = None) -> Loaded:
    """Loads the content folder and checks the corpus.

    Args:
        folder: The content folder.
        shown: The folder's path as problems print it.
        cache: The cache of earlier builds, which only saves time.

    Returns:
        The corpus, with all problems sorted by file and line.

    Raises:
        BroadsheetError: There is no such folder.
    """
    shown = shown if shown is not None else folder.as_posix()
    loaded = load(folder, shown, cache)
    # If topics.yml can't be read, every topic of every paper would seem to be missing.
    topics_read = bool(loaded.corpus.topics) or not any(
        problem.file == f"{shown}/topics.yml" for problem in loaded.problems
    )
    found = (
        *check(loaded.corpus, folder, shown, topics_read=topics_read),
        *_check_decisions(loaded, f"{shown}/merges.yml"),
    )
    return replace(loaded, problems=sorted_problems((*loaded.problems, *found)))


def check(
    corpus: Corpus, folder: Path, shown: str, *, topics_read: bool = True
) -> Iterator[Problem]:
    """Yields problems that only show across files.

    Args:
        corpus: All content that could be read.
        folder: The content folder, which is read again to find the lines of problems.
        shown: The folder's path as problems print it.
        topics_read: Whether the topics could be read. If not, references to them aren't checked.
    """
    finder = problem_finder(corpus, folder, shown)
    addresses = _addresses(corpus)
    topic_advice, paper_advice = _topic_advice(corpus), _paper_advice(corpus)
    for slug, paper in corpus.papers.items():
        if topics_read:
            yield from _check_topics(corpus, paper, topic_advice, finder("paper", slug))
        yield from _check_paper(paper, finder("paper", slug), addresses)
        yield from formula_problems(paper, finder("paper", slug))
    yield from _check_repeated_identifiers(corpus, finder)
    headings = topics_by_heading(corpus.topics) if topics_read else None
    for issue in corpus.issues:
        problem = finder("issue", f"{issue.digest}/{issue.name}")
        yield from _check_issue(issue, headings, problem)
        yield from formula_problems(issue, problem)
        yield from _check_entries(corpus, _entries_of_issue(issue), paper_advice, problem)
    for collection in corpus.collections:
        listed = [(("entries", index), entry) for index, entry in enumerate(collection.entries)]
        problem = finder("collection", collection.slug)
        yield from formula_problems(collection, problem)
        yield from _check_entries(corpus, listed, paper_advice, problem)
    yield from check_links(corpus, folder, finder, paper_advice)


def _check_decisions(loaded: Loaded, file: str) -> Iterator[Problem]:
    """Yields decisions that two papers are the same, while both exist."""
    if not loaded.decisions.same:
        return
    papers = loaded.corpus.papers.values()
    owners = {name: paper.slug for paper in papers for name in names_of(paper)}
    for pair, line in loaded.decisions.lines.items():
        found = sorted({owners[name] for name in pair if name in owners})
        if len(found) == 2:
            first, second = found
            message = f"{first!r} and {second!r} are listed as the same, but both exist"
            yield warning(file, line, "", message, f"run `broadsheet merge {first} {second}`")


def _topic_advice(corpus: Corpus) -> _Advice:
    """Returns a function that gives advice about a topic that doesn't exist."""
    return cache(lambda topic: suggest(topic, corpus.topics) or "add it to topics.yml")


def _paper_advice(corpus: Corpus) -> _Advice:
    """Returns a function that gives advice about a paper that doesn't exist."""
    names = cache(lambda: Nearest(corpus.papers))
    moved = cache(lambda: _by_alias(corpus))

    def advice(slug: str) -> str:
        if slug in moved():
            return f"it has moved to {moved()[slug]!r}"
        near = names().find(slug)
        return f"did you mean {near!r}?" if near else f"add papers/{slug}.yml, or fix the name"

    return cache(advice)


def _addresses(corpus: Corpus) -> Counter[str]:
    """Counts the papers that use each address as their slug or an alias."""
    return Counter(
        name for paper in corpus.papers.values() for name in (paper.slug, *paper.aliases)
    )


def _check_topics(
    corpus: Corpus, paper: Paper, advice: _Advice, problem: Finder
) -> Iterator[Problem]:
    for index, topic in enumerate(paper.topics):
        if ("topic", topic) not in corpus.places:
            message = f"there is no topic {topic!r} in topics.yml"
            yield problem(("topics", index), message, advice(topic), Level.ERROR)


def _check_paper(paper: Paper, problem: Finder, addresses: Counter[str]) -> Iterator[Problem]:
    for index, alias in enumerate(paper.aliases):
        if alias == paper.slug:
            message = f"{alias!r} is the paper's own address"
            yield problem(("aliases", index), message, "remove it", Level.ERROR)
        elif addresses[alias] > 1:
            message = f"{alias!r} is also the address of another paper"
            advice = "remove it from one of the two papers"
            yield problem(("aliases", index), message, advice, Level.ERROR)
    if paper.title is None:
        advice = "add `title: …`, or import records with its arXiv id and title"
        message = f"has no title; the site calls it {paper.name!r}"
        yield problem((), message, advice, Level.WARNING)


def _check_repeated_identifiers(
    corpus: Corpus, finder: Callable[[str, str], Finder]
) -> Iterator[Problem]:
    for field, level in (("arxiv", Level.ERROR), ("doi", Level.WARNING)):
        first: dict[str, str] = {}
        for slug, paper in corpus.papers.items():
            identifier = getattr(paper, field)
            if identifier is None:
                continue
            other = first.setdefault(identifier.lower(), slug)
            if other != slug:
                message = f"{identifier} already belongs to the paper {other!r}"
                advice = f"if it's the same paper, run `broadsheet merge {other} {slug}`"
                yield finder("paper", slug)((field,), message, advice, level)


def _check_issue(
    issue: Issue, headings: Mapping[str, tuple[str, ...]] | None, problem: Finder
) -> Iterator[Problem]:
    if issue.start > issue.end:
        message = f"the issue ends on {issue.end}, before it starts on {issue.start}"
        yield problem(("end",), message, "fix one of the two dates", Level.ERROR)
    elif (issue.end - issue.start).days >= MAX_ISSUE_DAYS:
        message = f"the issue covers {(issue.end - issue.start).days + 1} days"
        advice = "issues usually cover a week; check the dates"
        yield problem(("end",), message, advice, Level.WARNING)
    if issue.lead and issue.lead not in issue.papers():
        message = f"the issue doesn't list {issue.lead!r}"
        advice = suggest(issue.lead, issue.papers()) or "name one of its papers, or remove this"
        yield problem(("lead",), message, advice, Level.ERROR)
    if issue.week != week_of(issue.start):
        message = f"{issue.start} is in week {week_of(issue.start)}, not {issue.week}"
        yield problem(("week",), message, f"write `week: {week_of(issue.start)}`", Level.ERROR)
    elif not issue.name.startswith(issue.week):
        advice = f"rename the file to {issue.week}.yml"
        message = f"the file name {issue.name!r} doesn't start with the week"
        yield problem((), message, advice, Level.WARNING)
    for index, section in enumerate(issue.sections):
        known = headings is None or title_key(section.heading) in headings
        if not known and names_topic(section.heading):
            advice = "add it to the `aliases` of a topic in topics.yml"
            message = f"no topic has the heading {section.heading!r}"
            yield problem(("sections", index, "heading"), message, advice, Level.WARNING)


def _entries_of_issue(issue: Issue) -> list[tuple[KeyPath, Entry]]:
    return [
        (("sections", i, "entries", j), entry)
        for i, section in enumerate(issue.sections)
        for j, entry in enumerate(section.entries)
    ]


def _check_entries(
    corpus: Corpus, listed: Sequence[tuple[KeyPath, Entry]], advice: _Advice, problem: Finder
) -> Iterator[Problem]:
    seen: dict[str, int] = defaultdict(int)
    for path, entry in listed:
        seen[entry.paper] += 1
        if seen[entry.paper] == 2:
            message, fix = f"{entry.paper!r} is listed twice", "remove one of the two entries"
            yield problem((*path, "paper"), message, fix, Level.WARNING)
        # A paper whose file has errors exists. Its errors are reported there.
        if ("paper", entry.paper) not in corpus.places:
            message = f"there is no paper {entry.paper!r}"
            yield problem((*path, "paper"), message, advice(entry.paper), Level.ERROR)


def _by_alias(corpus: Corpus) -> dict[str, str]:
    return {alias: paper.slug for paper in corpus.papers.values() for alias in paper.aliases}
