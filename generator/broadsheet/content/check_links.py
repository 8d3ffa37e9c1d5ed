"""Checking the links to papers in introductions and commentary."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from broadsheet.base.errors import Level, Problem
from broadsheet.content.finding import Finder
from broadsheet.content.model import Collection, Corpus, Issue
from broadsheet.content.paper_links import editors_texts, linked_papers

Advice = Callable[[str], str]


def check_links(
    corpus: Corpus, folder: Path, finder: Callable[[str, str], Finder], advice: Advice
) -> Iterator[Problem]:
    """Yields links to papers that don't exist, or that aren't published.

    Args:
        corpus: The corpus.
        folder: The content folder, which is read again to find the lines of links.
        finder: Makes problems with a value, by its kind and key.
        advice: Returns advice about a paper that doesn't exist.
    """
    aliases = {alias for paper in corpus.papers.values() for alias in paper.aliases}
    values: list[tuple[str, str, Issue | Collection]] = [
        *(("issue", f"{issue.digest}/{issue.name}", issue) for issue in corpus.issues),
        *(("collection", found.slug, found) for found in corpus.collections),
    ]
    for kind, key, value in values:
        for path, text in editors_texts(value):
            for name in linked_papers(text):
                found = _problem(corpus, aliases, value, name, advice)
                if found:
                    problem = finder(kind, key)(path, *found)
                    file = folder / corpus.places[kind, key].file
                    yield replace(problem, line=_line(file, problem.line, name))


def _problem(
    corpus: Corpus, aliases: set[str], value: Issue | Collection, name: str, advice: Advice
) -> tuple[str, str, Level] | None:
    paper = corpus.papers.get(name)
    if paper and paper.draft and not (isinstance(value, Issue) and value.draft):
        message = f"[[{name}]] links to a draft, so the published text has no link"
        return message, "publish the paper first, or remove the link", Level.WARNING
    if ("paper", name) in corpus.places or name in aliases:
        return None
    return f"there is no paper {name!r} to link to", advice(name), Level.ERROR


def _line(file: Path, first: int, name: str) -> int:
    """Returns the line of a link in a text that starts at a line, if it's on one line."""
    if not file.is_file():  # a hook has added it
        return first
    lines = file.read_text("utf-8").splitlines()[first - 1 :]
    found = (n for n, line in enumerate(lines, first) if "[[" in line and name in line)
    return next(found, first)
