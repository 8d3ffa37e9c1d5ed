"""Findings about the texts of a corpus as problems, each with its file and line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from broadsheet.base.encoding import decode
from broadsheet.base.errors import Problem, warning
from broadsheet.content.model import Corpus, Place
from broadsheet.content.texts import FIELDS, findings
from broadsheet.content.texts.accepted import texts_in_file
from broadsheet.content.texts.finding import Finding


def text_problems(
    corpus: Corpus, folder: Path, shown: str, *, english: bool = True
) -> Iterator[Problem]:
    """Yields the findings about the texts of all papers, except accepted ones.

    Args:
        corpus: The content.
        folder: The content folder, where comments that accept findings are looked up.
        shown: The folder's path as problems print it.
        english: Whether the texts are in English.
    """
    for slug, paper in corpus.papers.items():
        found = tuple(findings(paper, english=english))
        if found:
            place = corpus.places["paper", slug]
            raw = (folder / place.file).read_bytes() if place.file.endswith(".yml") else b""
            yield from problems_of(found, replace(place, file=f"{shown}/{place.file}"), raw)


def problems_of(found: Sequence[Finding], place: Place, raw: bytes) -> Iterator[Problem]:
    """Yields the findings about a paper that its file doesn't accept.

    Args:
        found: The findings.
        place: Where the paper is, with the path as problems print it.
        raw: The content of its YAML file. Lines of JSON have no comments.
    """
    if raw:
        yield from _in_yaml(decode(raw, place.file), place.file, found)
    else:
        for finding in found:
            yield _problem(finding, place.file, place.line, finding.advice)


def _in_yaml(text: str, name: str, found: Sequence[Finding]) -> Iterator[Problem]:
    texts = texts_in_file(text, FIELDS)
    for finding in found:
        place = texts[finding.field]
        others = [other for other in found if other.field == finding.field]
        if not place.accepts(finding, others):
            advice = f"{finding.advice}, or accept it with `# ok: reason`"
            yield _problem(finding, name, place.line_of(finding.words), advice)


def _problem(finding: Finding, name: str, line: int, advice: str) -> Problem:
    return warning(name, line, finding.field, finding.message, advice)
